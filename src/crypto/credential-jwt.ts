import { createLocalJWKSet, errors, importJWK, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { type Clock, epochSeconds } from '../base/clock.ts';
import type { SigningJwk } from './key-ring.ts';

/** A public key as it is published (RFC 7517). */
export type PublicJwk = JWK;

/** The keys that an issuer publishes. */
export interface PublishedKeys {
  keys: PublicJwk[];
}

/** The keys of the region's credentials: the one that signs, and all that are published. */
export interface CredentialKeys {
  signing: SigningJwk;
  published: PublishedKeys;
}

/** What became of a token: verified, or why not. */
export type JwtOutcome =
  | { outcome: 'verified'; payload: JWTPayload }
  | { outcome: 'malformed' | 'signature' | 'expired' | 'early' };

const algorithm = 'ES256';

/**
 * Tells whether a text is base64url in its one spelling. The last character has bits that belong to no byte, and readers
 * are lenient: without this, an altered signature could read as the genuine one.
 */
export const isBase64url = (text: string): boolean =>
  text !== '' && Buffer.from(text, 'base64url').toString('base64url') === text;

/** Tells whether a text is a token in three parts whose header says just this type and our algorithm, and nothing critical. */
export function hasHeader(token: string, type: string): boolean {
  const parts = token.split('.');
  const [header = ''] = parts;
  if (parts.length !== 3 || !parts.every(isBase64url)) return false;
  try {
    const read: unknown = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
    if (typeof read !== 'object' || read === null) return false;
    const { alg, typ, crit } = read as Record<string, unknown>;
    return alg === algorithm && typ === type && crit === undefined;
  } catch {
    return false;
  }
}

/** Signs a token of a type by a key that is named in its header. */
export const signJwt = (signing: SigningJwk, type: string, payload: JWTPayload): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ alg: algorithm, typ: type, kid: signing.kid }).sign(signing);

/** What a token is held against. */
export interface JwtCheck {
  keys: PublishedKeys | { holder: PublicJwk };
  type: string;
  clock: Clock;
  /** How much later than `exp`, and earlier than `nbf`, it still counts; none when left out. */
  toleranceSeconds?: number;
}

/**
 * Verifies a token of a type against an issuer's keys, or the one key of a holder, and its `exp` and `nbf` against the
 * clock. A token that says it was issued later than the skew allows is early; one that does not say when is malformed.
 */
export async function verifyJwt(
  token: string,
  { keys, type, clock, toleranceSeconds = 0 }: JwtCheck,
): Promise<JwtOutcome> {
  if (!hasHeader(token, type)) return { outcome: 'malformed' };
  try {
    // A holder's header may name the key in whatever way its wallet likes; there is only the one.
    const key =
      'holder' in keys
        ? () => importJWK(keys.holder, algorithm)
        : createLocalJWKSet({ keys: keys.keys.map(publicPartOf) });
    const { payload } = await jwtVerify(token, key, {
      algorithms: [algorithm],
      currentDate: clock.now(),
      clockTolerance: toleranceSeconds,
    });
    if (typeof payload.iat !== 'number') return { outcome: 'malformed' };
    const isEarly = payload.iat > epochSeconds(clock) + clockSkewSeconds;
    return isEarly ? { outcome: 'early' } : { outcome: 'verified', payload };
  } catch (error) {
    return { outcome: outcomeOf(error) };
  }
}

/** How far the clocks of two regions may be apart. A design of this project. */
const clockSkewSeconds = 60;

/** Leaves the private part out: a ring hands its keys out whole, and a key that signs does not verify. */
const publicPartOf = ({ d: _private, ...rest }: PublicJwk): PublicJwk => rest;

function outcomeOf(error: unknown): Exclude<JwtOutcome['outcome'], 'verified'> {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) return error.claim === 'nbf' ? 'early' : 'malformed';
  if (error instanceof errors.JWTInvalid) return 'malformed';
  // Whatever else failed, a key of another kind or curve included: that the signature holds was not shown.
  return 'signature';
}
