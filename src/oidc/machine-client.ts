import { importJWK, type JWK } from 'jose';
import * as client from 'openid-client';
import { AppError } from '../base/error.ts';

/** This instance as a machine of another instance's department interface. */
export interface MachineClient {
  /**
   * Calls an operation and returns its answer. Throws tier-parent-unreachable, and tier-parent-refused with the code the
   * other side gave.
   */
  call(path: `/${string}`, body: object): Promise<unknown>;
}

export interface MachineClientDeps {
  issuer: string;
  clientId: string;
  scope: string;
  /** The key this instance signs with now; the other side finds its public part at this instance's /jwks. */
  signingKey(): Promise<JWK>;
  nowSeconds(): number;
}

interface Session {
  configuration: client.Configuration;
  dpop: client.DPoPHandle;
  token: string;
  usableUntilSeconds: number;
}

const timeoutMilliseconds = 60_000;
const tokenMarginSeconds = 30;

/**
 * Makes a client of another instance: private_key_jwt, client credentials, DPoP. A token is used until it is about to
 * end. A call is sent once, as its proof is good for once: who calls tries again. Nothing but that instance is called,
 * and no redirect is followed.
 */
export function createMachineClient(deps: MachineClientDeps): MachineClient {
  const keys = client.randomDPoPKeyPair('ES256');
  let session: Session | null = null;
  return {
    async call(path, body) {
      try {
        if (session === null || session.usableUntilSeconds <= deps.nowSeconds())
          session = await openSession(deps, await keys);
        return await send(deps, session, path, body);
      } catch (error) {
        session = null;
        throw refusalOf(error);
      }
    },
  };
}

const openSession = async (
  deps: MachineClientDeps,
  keys: Awaited<ReturnType<typeof client.randomDPoPKeyPair>>,
): Promise<Session> => {
  const jwk = await deps.signingKey();
  const key = await importJWK(jwk, 'ES256');
  if (key instanceof Uint8Array || jwk.kid === undefined)
    throw new TypeError('the signing key has no key pair');
  const configuration = await client.discovery(
    new URL(deps.issuer),
    deps.clientId,
    undefined,
    client.PrivateKeyJwt({ key, kid: jwk.kid }),
    {
      [client.customFetch]: fetchOf(deps.issuer),
      execute: deps.issuer.startsWith('http:') ? [client.allowInsecureRequests] : [],
    },
  );
  const dpop = client.getDPoPHandle(configuration, keys);
  const { access_token, expires_in } = await client.clientCredentialsGrant(
    configuration,
    { scope: deps.scope },
    { DPoP: dpop },
  );
  const usableUntilSeconds = deps.nowSeconds() + (expires_in ?? 0) - tokenMarginSeconds;
  return { configuration, dpop, token: access_token, usableUntilSeconds };
};

const fetchOf =
  (issuer: string): client.CustomFetch =>
  (url, options) => {
    if (new URL(url).origin !== issuer) throw new Error(`${url} is not of ${issuer} and is not called`);
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    return fetch(url, { ...options, redirect: 'manual', signal } as RequestInit);
  };

const send = async (
  { issuer }: MachineClientDeps,
  { configuration, dpop, token }: Session,
  path: string,
  body: object,
): Promise<unknown> => {
  const answer = await client.fetchProtectedResource(
    configuration,
    token,
    new URL(`/api${path}`, issuer),
    'POST',
    JSON.stringify(body),
    new Headers({ 'content-type': 'application/json' }),
    { DPoP: dpop },
  );
  if (answer.ok) return answer.json();
  const problem: unknown = await answer.json().catch(() => null);
  throw refused(codeOf(problem) ?? `HTTP ${answer.status}`, answer.status);
};

const refused = (reason: string, status?: number): AppError =>
  new AppError(status !== undefined && status >= 500 ? 'tier-parent-unreachable' : 'tier-parent-refused', {
    reason,
  });

const codeOf = (problem: unknown): string | null => {
  const code = (problem as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[a-z-]{1,64}$/.test(code) ? code : null;
};

/** What the library throws says no to the token or the proof, or that nobody answered as a provider does. */
const refusalOf = (error: unknown): AppError => {
  if (error instanceof AppError) return error;
  if (error instanceof client.ResponseBodyError) return refused(error.error, error.status);
  if (error instanceof client.WWWAuthenticateChallengeError) return refused(`HTTP ${error.status}`);
  return new AppError('tier-parent-unreachable', {}, { cause: error });
};
