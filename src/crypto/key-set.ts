import { type Clock, epochSeconds } from '../base/clock.ts';
import { type PublicJwk, type PublishedKeys, verifyJwt } from './credential-jwt.ts';
import { type Signer, signJws } from './signer.ts';
import { type PublicEcJwk, thumbprintOf } from './thumbprint.ts';

/** The operational keys of a region as its agreement key vouches for them, and until when. */
export interface KeySet extends PublishedKeys {
  issuedAt: Date;
  expiresAt: Date;
}

const keySetType = 'yihao-key-set+jwt';

/** How long others may go by a key set they hold: a region that is away for a day is not cut off. */
const keySetTtlSeconds = 86_400;

/** Signs a region's operational keys (RFC 7517) by its agreement key, so that they roll without a new agreement. */
export async function signKeySet(
  agreementKey: Signer,
  { issuer, keys, clock }: { issuer: string; keys: readonly PublicJwk[]; clock: Clock },
): Promise<string> {
  const iat = epochSeconds(clock);
  const claims = { iss: issuer, iat, exp: iat + keySetTtlSeconds, keys };
  const header = { alg: 'ES256', typ: keySetType, kid: agreementKey.keyId };
  const signed = await signJws(agreementKey, header, Buffer.from(JSON.stringify(claims), 'utf8'));
  return `${signed.protected}.${signed.payload}.${signed.signature}`;
}

/** Verifies a key set against the one agreement key that is pinned for its issuer; null when it is not by it, or has ended. */
export async function verifyKeySet(
  token: string,
  { issuer, agreementKey, clock }: { issuer: string; agreementKey: PublicEcJwk; clock: Clock },
): Promise<KeySet | null> {
  const pinned = { ...agreementKey, kid: thumbprintOf(agreementKey), alg: 'ES256' };
  const read = await verifyJwt(token, { keys: { keys: [pinned] }, type: keySetType, clock });
  if (read.outcome !== 'verified') return null;
  const { iss, iat, exp, keys } = read.payload;
  if (iss !== issuer || iat === undefined || exp === undefined || !Array.isArray(keys)) return null;
  const hasPrivatePart = keys.some((key) => typeof key !== 'object' || key === null || 'd' in key);
  if (hasPrivatePart) return null;
  return { keys, issuedAt: new Date(iat * 1000), expiresAt: new Date(exp * 1000) };
}
