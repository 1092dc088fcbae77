import type { IncomingMessage } from 'node:http';
import { parse } from 'node:querystring';
import type { Context } from 'koa';
import type { Provider } from 'oidc-provider';
import { providerPaths } from './configuration.ts';

const paths: ReadonlySet<string> = new Set([
  providerPaths.token,
  providerPaths.device_authorization,
  providerPaths.pushed_authorization_request,
  providerPaths.revocation,
]);
/** As much as the library reads. */
const mostBytes = 56 * 1024;

/**
 * Lets a public client name itself by `Authorization: Basic` with an empty secret, as oidc-agent does [M]: RFC 6749 has
 * such a client send `client_id` in the body (section 3.2.1) and lets the secret be left out when it is empty (2.3.1), both
 * from memory [M]. It proves nothing either way. Only who is registered to prove nothing is taken so, and only where the
 * body names no other client and no proof; everything else goes to the library as it came, which refuses it.
 */
export function takePublicBasic(provider: Provider): void {
  provider.use(async (ctx, next) => {
    const clientId = paths.has(ctx.path) ? unprovenClientOf(ctx.headers.authorization) : null;
    const client = clientId === null ? undefined : await provider.Client.find(clientId);
    if (clientId !== null && client?.clientAuthMethod === 'none') await moveToBody(ctx, clientId);
    await next();
  });
}

/** Reads whom a header names whose secret is empty; null for any other header. */
const unprovenClientOf = (header = ''): string | null => {
  const [, encoded] = /^basic ([a-z0-9+/]+={0,2})$/i.exec(header) ?? [];
  const [, name] = /^([\w.%-]{1,192}):$/.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8')) ?? [];
  try {
    return name === undefined ? null : decodeURIComponent(name);
  } catch {
    return null;
  }
};

/** The body is read here, once: the library takes one that was read before from `body`. */
const moveToBody = async (ctx: Context, clientId: string): Promise<void> => {
  if (!ctx.is('application/x-www-form-urlencoded')) return;
  const body = parse(await readBytes(ctx.req));
  const { client_id: named = clientId, client_secret: secret, client_assertion: assertion } = body;
  Object.assign(ctx.req, { body });
  if (named !== clientId || secret !== undefined || assertion !== undefined) return;
  body['client_id'] = clientId;
  delete ctx.req.headers.authorization;
};

/** Reads a body; of one that is too long nothing is kept, and the library misses what it should say. */
const readBytes = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= mostBytes) chunks.push(chunk);
  }
  return bytes <= mostBytes ? Buffer.concat(chunks).toString('utf8') : '';
};
