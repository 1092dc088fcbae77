import { createHash, createPublicKey, verify } from 'node:crypto';
import { canonicalBytes } from '../crypto/canonical-json.ts';
import type { JsonObject, Seal } from '../crypto/ports.ts';
import type { PublicJwk } from './proof.ts';

/** Why a seal does not hold. */
export type SealFault = 'altered' | 'unknown-key';

/**
 * Verifies the ES256 signature of a seal by public keys at hand (RFC 7515 with the payload left out, RFC 7638, both from
 * memory); null when it holds. Written for a verifier who has a file of keys and no instance, so it asks none; a second
 * signature of the national suite is left to whoever has that suite.
 */
export function sealFault(document: JsonObject, seal: Seal, keys: readonly PublicJwk[]): SealFault | null {
  // A key goes by its thumbprint as computed here: what a file of keys calls it counts for nothing.
  const key = keys.find((jwk) => thumbprintOf(jwk) === seal.keyId);
  if (key === undefined) return 'unknown-key';
  const [header = '', payload, signature = '', more] = seal.jws.split('.');
  if (payload !== '' || more !== undefined || !namesKey(header, seal.keyId)) return 'altered';
  const bytes = canonicalBytes(document);
  const isDigest = createHash('sha256').update(bytes).digest('hex') === seal.digest;
  return isDigest && isSigned(key, `${header}.${bytes.toString('base64url')}`, signature) ? null : 'altered';
}

/** Computes the RFC 7638 thumbprint of an EC key on P-256; null for any other. */
const thumbprintOf = ({ kty, crv, x, y }: PublicJwk): string | null =>
  kty === 'EC' && crv === 'P-256' && x !== undefined && y !== undefined
    ? createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
    : null;

const namesKey = (header: string, keyId: string): boolean => {
  try {
    const { alg, kid, crit } = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
    return alg === 'ES256' && kid === keyId && crit === undefined;
  } catch {
    return false;
  }
};

const isSigned = ({ kty, crv, x, y }: PublicJwk, text: string, signature: string): boolean => {
  const bytes = Buffer.from(signature, 'base64url');
  try {
    const jwk = { kty: String(kty), crv: String(crv), x: String(x), y: String(y) };
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, bytes);
  } catch {
    // Not a point of the curve.
    return false;
  }
};
