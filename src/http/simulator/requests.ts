import type { IncomingMessage } from 'node:http';
import { type ParsedUrlQuery, parse } from 'node:querystring';
import type { Context } from 'koa';
import { cookieNameOf } from '../../base/cookie-name.ts';
import { readForm } from '../form.ts';
import type { StepDeps } from '../interaction/open.ts';
import type { AnyClient } from './any-client.ts';
import type { Endpoint } from './faults.ts';

export type Parameters = Record<string, string>;

const textsOf = (parsed: ParsedUrlQuery): Parameters =>
  Object.fromEntries(
    Object.entries(parsed).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );

/** Reads what a JWT says, without a check. */
const claimsOf = (jwt: string): Record<string, unknown> => {
  try {
    return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8'));
  } catch {
    return {};
  }
};

/** The provider takes a body that was read before from `body`. */
const keepBody = (request: IncomingMessage, body: ParsedUrlQuery): void => {
  Object.assign(request, { body });
};

/**
 * Reads the parameters of a request to an endpoint, and leaves the body to the provider. A client that names itself in a
 * header is not looked at: the provider reads the body of such a request itself.
 */
export async function readParameters(ctx: Context): Promise<Parameters> {
  const hasForm = ctx.method === 'POST' && Boolean(ctx.is('application/x-www-form-urlencoded'));
  if (!hasForm) return textsOf(parse(ctx.querystring));
  if (/^basic /i.test(ctx.get('authorization'))) return {};
  await readForm(ctx, async () => undefined);
  const body = parse(ctx.request.rawBody ?? '');
  keepBody(ctx.req, body);
  return textsOf(body);
}

/** Finds what a pushed request said; the parameters themselves where none was pushed. */
export async function pushedParameters(
  { provider }: Pick<StepDeps, 'provider'>,
  parameters: Parameters,
): Promise<Record<string, unknown>> {
  const [, id] = /^urn:ietf:params:oauth:request_uri:([\w-]+)$/.exec(parameters['request_uri'] ?? '') ?? [];
  if (id === undefined) return parameters;
  const pushed = await provider().PushedAuthorizationRequest.find(id);
  return claimsOf(String((pushed as { request?: string } | undefined)?.request ?? ''));
}

/** Registers a client at first sight, and takes the assertion of one that did so without a check: it has shown no key. */
export async function admitClient(
  ctx: Context,
  anyClient: AnyClient,
  endpoint: Endpoint | 'logout',
  parameters: Parameters,
): Promise<void> {
  const assertion = parameters['client_assertion'];
  const clientId = parameters['client_id'] ?? String(claimsOf(assertion ?? '')['sub'] ?? '');
  const [member, address] =
    endpoint === 'logout'
      ? (['post_logout_redirect_uris', parameters['post_logout_redirect_uri']] as const)
      : (['redirect_uris', parameters['redirect_uri']] as const);
  if (address !== undefined) await anyClient.admit(clientId, member, address);
  if (assertion === undefined || !anyClient.isSelfMade(clientId)) return;
  const { client_assertion: _one, client_assertion_type: _two, ...rest } = parameters;
  keepBody(ctx.req, { ...rest, client_id: clientId });
}

/** Takes the session out of a request and out of the browser, so that the person signs in anew. */
export function forgetSession(ctx: Context, issuer: string): void {
  const name = cookieNameOf(issuer, 'yihao_session');
  const isOfSession = (pair: string): boolean =>
    pair.startsWith(`${name}=`) || pair.startsWith(`${name}.sig=`);
  const pairs = (ctx.req.headers.cookie ?? '').split(/; */);
  if (!pairs.some(isOfSession)) return;
  ctx.req.headers.cookie = pairs.filter((pair) => !isOfSession(pair)).join('; ');
  ctx.cookies.set(name, null, { path: '/', signed: false });
}
