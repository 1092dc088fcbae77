import type { KoaContextWithOIDC } from 'oidc-provider';
import { clockToleranceSeconds, maximumAssertionSeconds, providerPaths } from '../configuration.ts';
import { type MaskedRequest, maskText } from './masked.ts';

/** What can be looked at again in a masked request; each has its words in views/text/doctor-*. */
export const checkNames = [
  'client',
  'redirectUri',
  'logoutAddress',
  'scope',
  'grantType',
  'responseType',
  'challenge',
  'verifier',
  'pushed',
  'assertionIssuer',
  'assertionAudience',
  'assertionLifetime',
  'assertionId',
  'assertionKey',
  'dpopMethod',
  'dpopAddress',
  'dpopTime',
  'dpopId',
] as const;

export type CheckName = (typeof checkNames)[number];

/** One check; null where the request has nothing of the kind, or what it needs is not known. */
export type Checks = Record<CheckName, boolean | null>;

export type Client = NonNullable<KoaContextWithOIDC['oidc']['client']>;

/** How far a DPoP proof's iat may be off: the library's, measured with oidc-provider 9.13.3 [M]. */
const dpopWindowSeconds = 300;

/** Asks only where there is something to ask about. */
const when = (there: boolean, holds: () => boolean): boolean | null => (there ? holds() : null);

/**
 * Holds a masked request against a registration, by the client's own comparisons. Times are read as of `atSeconds`,
 * when the request came; `keyIds` are the keys the site has, null when they are not known.
 */
export function checkRequest(
  request: MaskedRequest,
  client: Client | undefined,
  { issuer, atSeconds, keyIds }: { issuer: string; atSeconds: number; keyIds: readonly string[] | null },
): Checks {
  if (client === undefined) return { ...nothing, client: false };
  const { path } = request;
  return {
    ...nothing,
    client: true,
    ...checkParameters(request, client),
    ...checkAssertion(request, { issuer, atSeconds, keyIds, path, clientId: client.clientId }),
    ...checkDpop(request, { atSeconds, address: `${issuer}${path}` }),
  };
}

const nothing = Object.fromEntries(checkNames.map((name) => [name, null])) as Checks;

const checkParameters = ({ parameters, path }: MaskedRequest, client: Client): Partial<Checks> => {
  const sent = new Map(parameters);
  const has = (name: string): boolean => sent.has(name);
  const value = (name: string): string => sent.get(name) ?? '';
  const allowedScopes = (client.scope ?? '').split(' ');
  const asksForPerson =
    path === providerPaths.authorization || path === providerPaths.pushed_authorization_request;
  const responseType = value('response_type');
  return {
    redirectUri: when(has('redirect_uri') && asksForPerson, () =>
      client.redirectUriAllowed(value('redirect_uri')),
    ),
    logoutAddress: when(has('post_logout_redirect_uri'), () =>
      client.postLogoutRedirectUriAllowed(value('post_logout_redirect_uri')),
    ),
    scope: when(has('scope'), () =>
      value('scope')
        .split(' ')
        .every((name) => allowedScopes.includes(name)),
    ),
    grantType: when(has('grant_type'), () => client.grantTypeAllowed(value('grant_type'))),
    responseType: when(
      has('response_type'),
      () => responseType === 'code' && client.responseTypeAllowed(responseType),
    ),
    challenge: when(
      has('response_type') && asksForPerson,
      () => has('code_challenge') && value('code_challenge_method') === 'S256',
    ),
    verifier: when(value('grant_type') === 'authorization_code', () => has('code_verifier')),
    pushed: when(
      path === providerPaths.authorization && client.requirePushedAuthorizationRequests === true,
      () => has('request_uri'),
    ),
  };
};

const checkAssertion = (
  { assertion }: MaskedRequest,
  about: {
    issuer: string;
    path: string;
    clientId: string;
    atSeconds: number;
    keyIds: readonly string[] | null;
  },
): Partial<Checks> => {
  if (assertion === null) return {};
  const { claims, header } = assertion;
  const { issuer, path, atSeconds, keyIds } = about;
  const audiences = [issuer, `${issuer}${providerPaths.token}`, `${issuer}${path}`];
  const expiresAt = Number(claims['exp']);
  const issuedAt = Math.min(Number(claims['iat'] ?? atSeconds), atSeconds + clockToleranceSeconds);
  return {
    assertionIssuer: [claims['iss'], claims['sub']].every((who) => who === maskText(about.clientId)),
    assertionAudience: [claims['aud']].flat().some((one) => audiences.includes(String(one))),
    assertionLifetime:
      expiresAt > atSeconds - clockToleranceSeconds && expiresAt - issuedAt <= maximumAssertionSeconds,
    assertionId: claims['jti'] !== undefined,
    assertionKey:
      keyIds &&
      (header['kid'] === undefined
        ? keyIds.length > 0
        : keyIds.map(maskText).includes(String(header['kid']))),
  };
};

const checkDpop = (
  { dpop, method }: MaskedRequest,
  { atSeconds, address }: { atSeconds: number; address: string },
): Partial<Checks> =>
  dpop === null
    ? {}
    : {
        dpopMethod: dpop.claims['htm'] === method,
        dpopAddress: String(dpop.claims['htu']).replace(/[?#].*$/, '') === address,
        dpopTime: Math.abs(Number(dpop.claims['iat']) - atSeconds) <= dpopWindowSeconds,
        dpopId: dpop.claims['jti'] !== undefined,
      };
