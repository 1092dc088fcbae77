import { generateKeyPair, type JWK, SignJWT } from 'jose';
import type { AddressGuard } from '../../base/address-guard.ts';
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/id.ts';
import { createPeerFetch } from '../recognition/peer-fetch.ts';
import type { Site } from '../sites.ts';

/** What calling a site showed; null where there is nothing to call. */
export interface Probe {
  at: string;
  keys: 'usable' | 'unusable' | 'unreachable' | null;
  /** The answer to a good test notice, and to one that another key signed. */
  logout: {
    good: 'accepted' | 'refused' | 'unreachable';
    forged: 'accepted' | 'refused' | 'unreachable';
  } | null;
}

export interface ProbeDeps {
  issuer: string;
  clock: Clock;
  /** Keeps calls off private networks. */
  guard: AddressGuard;
  /** The private key that signs notices, with its `kid`. */
  signingKey(): Promise<JWK>;
}

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';
const tokenTtlSeconds = 120;

/** Returns the site's key set as it is registered or as its address serves it; null when that cannot be had. */
export async function readSiteKeys(
  { guard }: Pick<ProbeDeps, 'guard'>,
  { metadata }: Site,
): Promise<JWK[] | null> {
  const pasted = metadata['jwks'] as { keys: JWK[] } | undefined;
  if (pasted !== undefined) return pasted.keys;
  const uri = String(metadata['jwks_uri']);
  try {
    const headers = { accept: 'application/json' };
    const answer = await createPeerFetch(uri, guard)(uri, {
      method: 'GET',
      headers,
      body: undefined,
      redirect: 'manual',
    });
    const { keys } = (await answer.json()) as { keys?: unknown };
    return answer.ok && Array.isArray(keys) ? keys : null;
  } catch {
    return null;
  }
}

/** Tells whether a key can prove who a site is: public, named, for signing, of a kind that the provider takes. */
export const isUsableKey = (key: JWK): boolean => {
  const kind =
    key.kty === 'EC' ? key.crv === 'P-256' : key.kty === 'OKP' ? key.crv === 'Ed25519' : key.kty === 'RSA';
  return kind && Boolean(key.kid) && key.d === undefined && (key.use ?? 'sig') === 'sig';
};

/**
 * Calls a site as a sign-out would: once with a good notice about nobody, once with one that another key signed, and
 * fetches its keys. That a site answers 200 to the one and 400 to the other is from memory of OpenID Connect Back-Channel
 * Logout 1.0 [M].
 */
export async function probeSite(deps: ProbeDeps, site: Site): Promise<Probe> {
  const hasKeys = site.metadata['token_endpoint_auth_method'] !== 'none';
  const uri = site.metadata['backchannel_logout_uri'];
  const [keys, logout] = await Promise.all([
    hasKeys ? readSiteKeys(deps, site) : null,
    typeof uri === 'string' ? probeLogout(deps, site.clientId, uri) : null,
  ]);
  return { at: deps.clock.now().toISOString(), keys: hasKeys ? verdictOf(keys) : null, logout };
}

const verdictOf = (keys: JWK[] | null): Probe['keys'] => {
  if (keys === null) return 'unreachable';
  return keys.some(isUsableKey) ? 'usable' : 'unusable';
};

const probeLogout = async (deps: ProbeDeps, clientId: string, uri: string): Promise<Probe['logout']> => {
  const key = await deps.signingKey();
  const { privateKey } = await generateKeyPair('ES256');
  const send = async (signing: JWK | CryptoKey): Promise<'accepted' | 'refused' | 'unreachable'> => {
    const token = await logoutToken(deps, clientId, { signing, kid: String(key.kid) });
    return post(deps, uri, token);
  };
  return { good: await send(key), forged: await send(privateKey) };
};

const logoutToken = (
  { issuer, clock }: ProbeDeps,
  audience: string,
  { signing, kid }: { signing: JWK | CryptoKey; kid: string },
): Promise<string> => {
  const now = Math.floor(clock.now().getTime() / 1000);
  return new SignJWT({ events: { [logoutEvent]: {} }, sid: newId(), sub: newId() })
    .setProtectedHeader({ alg: 'ES256', typ: 'logout+jwt', kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setJti(newId())
    .setIssuedAt(now)
    .setExpirationTime(now + tokenTtlSeconds)
    .sign(signing);
};

const post = async ({ guard }: ProbeDeps, uri: string, token: string) => {
  try {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({ logout_token: token });
    const answer = await createPeerFetch(uri, guard)(uri, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
    });
    if (answer.ok) return 'accepted';
    return answer.status < 500 ? 'refused' : 'unreachable';
  } catch {
    return 'unreachable';
  }
};
