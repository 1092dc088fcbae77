import type { IncomingMessage } from 'node:http';
import type Provider from 'oidc-provider';
import { demoPeople } from '../config/demo/people.ts';

/**
 * Puts the two pages every provider must have before the library: sign in and agree. They are as small as pages can be,
 * on the same addresses as Yihao's, so that both are walked by the same client in the same number of requests. The
 * library's own development pages print debug output on every page and would make the bare side look slow.
 */
export function answerInteractions(provider: Provider): void {
  provider.use(async (ctx, next) => {
    const [, uid, step] = /^\/interaction\/([\w-]+)(?:\/([\w-]+))?$/.exec(ctx.path) ?? [];
    if (uid === undefined) return next();
    const details = await provider.interactionDetails(ctx.req, ctx.res);
    if (ctx.method === 'GET') {
      ctx.type = 'html';
      ctx.body = pageOf(uid, details.prompt.name === 'login' ? 'without-proof' : 'consent');
      return;
    }
    const form = new URLSearchParams(await bodyOf(ctx.req));
    const result =
      step === 'without-proof'
        ? signIn(form.get('number'))
        : { consent: { grantId: await agree(provider, details) } };
    ctx.status = 303;
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));
  });
}

type Details = Awaited<ReturnType<Provider['interactionDetails']>>;

const pageOf = (uid: string, step: string): string =>
  `<!doctype html><title>${step}</title><form method="post" action="/interaction/${uid}/${step}"><button>OK</button></form>`;

const signIn = (number: string | null) => {
  const index = demoPeople.findIndex((person) => person.number === number);
  if (index === -1) throw new Error('nobody has this number');
  return { login: { accountId: String(index), amr: ['user'], acr: 'urn:yihao:loa:2', remember: false } };
};

const agree = async (provider: Provider, { session, params }: Details): Promise<string> => {
  const grant = new provider.Grant({
    accountId: String(session?.accountId),
    clientId: String(params['client_id']),
  });
  grant.addOIDCScope(String(params['scope']));
  return grant.save();
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
};
