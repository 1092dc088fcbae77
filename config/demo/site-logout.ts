import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '../../src/base/clock.ts';

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';
const maximumAgeSeconds = 300;
const skewSeconds = 30;

/** A logout token that is not acted on; the message says why and holds nothing of the token. */
export class LogoutTokenRefused extends Error {
  override readonly name = 'LogoutTokenRefused';
}

/** Whom a logout token signs out: one sign-in (`sid`), or all of a person's (`sub`). */
export interface NamedByLogout {
  sid: string | null;
  sub: string | null;
}

export interface LogoutTokenDeps {
  issuer: string;
  clientId: string;
  clock: Clock;
  jwksUri(): Promise<URL>;
}

const faultOf = (payload: JWTPayload): string | null => {
  const { events, sid, sub } = payload;
  const event =
    typeof events === 'object' && events !== null ? (events as Record<string, unknown>)[logoutEvent] : null;
  if (typeof event !== 'object' || event === null) return 'it is not a sign-out notice';
  if ('nonce' in payload) return 'a sign-out notice has no nonce';
  if (typeof sid !== 'string' && typeof sub !== 'string') return 'it names nobody';
  return null;
};

const keyTroubles: readonly string[] = ['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID'];

/** Names the check that failed; trouble in fetching the keys is not the token's fault and stays what it is. */
const refusalOf = (error: unknown): unknown => {
  const ofTheToken = error instanceof errors.JOSEError && !keyTroubles.includes(error.code);
  if (!ofTheToken) return error;
  const claim = error instanceof errors.JWTClaimValidationFailed ? ` ${error.claim}` : '';
  return new LogoutTokenRefused(`${error.code}${claim}`, { cause: error });
};

/** Refuses what was seen before; forgets it once it would be too old anyway. */
const createReplayGuard = (clock: Clock): ((jti: string) => boolean) => {
  const seenUntil = new Map<string, number>();
  return (jti) => {
    const now = clock.now().getTime();
    for (const [known, until] of seenUntil) if (until <= now) seenUntil.delete(known);
    if (seenUntil.has(jti)) return false;
    seenUntil.set(jti, now + (maximumAgeSeconds + 2 * skewSeconds) * 1000);
    return true;
  };
};

/**
 * Makes the reader of logout tokens (OpenID Connect Back-Channel Logout 1.0 §2.6): signature by the issuer's keys,
 * iss, aud, iat within five minutes, jti once, the event, no nonce. Throws LogoutTokenRefused.
 */
export function createLogoutTokenReader({ issuer, clientId, clock, jwksUri }: LogoutTokenDeps) {
  let keys: ReturnType<typeof createRemoteJWKSet> | null = null;
  const isNew = createReplayGuard(clock);
  return async (token: string): Promise<NamedByLogout> => {
    keys ??= createRemoteJWKSet(await jwksUri());
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience: clientId,
      algorithms: ['ES256'],
      typ: 'logout+jwt',
      maxTokenAge: maximumAgeSeconds,
      clockTolerance: skewSeconds,
      currentDate: clock.now(),
      requiredClaims: ['iat', 'jti'],
    }).catch((error: unknown) => {
      throw refusalOf(error);
    });
    const fault = faultOf(payload);
    if (fault !== null) throw new LogoutTokenRefused(fault);
    if (!isNew(String(payload.jti))) throw new LogoutTokenRefused('it was used before');
    const { sid, sub } = payload;
    return { sid: typeof sid === 'string' ? sid : null, sub: sub ?? null };
  };
}
