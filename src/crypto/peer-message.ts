import { CompactEncrypt, compactDecrypt, errors, importJWK } from 'jose';
import type { Clock } from '../base/clock.ts';
import { epochSeconds } from '../base/clock.ts';
import { newId } from '../base/id.ts';
import { type PublishedKeys, signJwt, verifyJwt } from './credential-jwt.ts';
import type { SigningJwk } from './key-ring.ts';
import { type PublicEcJwk, publicEcPart } from './thumbprint.ts';

/** How long a message between regions holds: long enough for clocks half a minute apart. A design of this project. */
export const messageTtlSeconds = 60;

/** What every message says of itself, beside its own members. */
export interface MessageClaims {
  iss: string;
  aud: string;
  iat: number;
  exp: number;
  jti: string;
  [member: string]: unknown;
}

/** What became of a message: verified, or why not; `misdirected` when it is of another issuer or for another audience. */
export type MessageOutcome =
  | { outcome: 'verified'; claims: MessageClaims }
  | { outcome: 'malformed' | 'signature' | 'expired' | 'early' | 'misdirected' };

/** Who talks to whom, and in what kind of message. */
export interface MessageRoute {
  type: string;
  issuer: string;
  audience: string;
}

/** A private key for what others encrypt to this region. */
export interface DecryptionJwk extends PublicEcJwk {
  d: string;
  kid: string;
}

/** Signs a message (compact JWS) that holds for a minute and has an identifier of its own. */
export function signMessage(
  signing: SigningJwk,
  { type, issuer, audience }: MessageRoute,
  { content, clock }: { content: Record<string, unknown>; clock: Clock },
): Promise<string> {
  const iat = epochSeconds(clock);
  const own = { iss: issuer, aud: audience, iat, exp: iat + messageTtlSeconds, jti: newId() };
  return signJwt(signing, type, { ...content, ...own });
}

/**
 * Verifies a message of a type against its issuer's published keys. One that holds longer than a minute is malformed:
 * its identifier would have to be remembered longer than anybody does. Whether the identifier is new is the caller's to see.
 */
export async function verifyMessage(
  token: string,
  { type, issuer, audience }: MessageRoute,
  { keys, clock }: { keys: PublishedKeys; clock: Clock },
): Promise<MessageOutcome> {
  const read = await verifyJwt(token, { keys, type, clock });
  if (read.outcome !== 'verified') return read;
  const { iss, aud, iat, exp, jti } = read.payload;
  const isWhole = typeof iat === 'number' && typeof exp === 'number' && typeof jti === 'string' && jti !== '';
  if (!isWhole || exp - iat > messageTtlSeconds || exp <= iat) return { outcome: 'malformed' };
  if (iss !== issuer || aud !== audience) return { outcome: 'misdirected' };
  return { outcome: 'verified', claims: { ...read.payload, iss, aud, iat, exp, jti } };
}

const algorithms = { alg: 'ECDH-ES+A256KW', enc: 'A256GCM' } as const;

/** Encrypts a signed message to a region's key (JWE, ECDH-ES+A256KW with A256GCM); `contentType` says what is inside. */
export async function encryptMessage(
  token: string,
  { key, contentType }: { key: PublicEcJwk & { kid: string }; contentType: string },
): Promise<string> {
  return new CompactEncrypt(Buffer.from(token, 'utf8'))
    .setProtectedHeader({ ...algorithms, kid: key.kid, cty: contentType })
    .encrypt(await importJWK({ ...publicEcPart(key) }, algorithms.alg));
}

/** Decrypts what was encrypted to one of our keys; null for anything else. The signed message within is yet to be verified. */
export async function decryptMessage(
  sealed: string,
  { keys, contentType }: { keys: readonly DecryptionJwk[]; contentType: string },
): Promise<string | null> {
  try {
    const { plaintext } = await compactDecrypt(
      sealed,
      async ({ kid, cty }) => {
        const key = keys.find((candidate) => candidate.kid === kid);
        if (key === undefined || cty !== contentType) throw new errors.JWEInvalid();
        return importJWK({ ...publicEcPart(key), d: key.d }, algorithms.alg);
      },
      { keyManagementAlgorithms: [algorithms.alg], contentEncryptionAlgorithms: [algorithms.enc] },
    );
    return Buffer.from(plaintext).toString('utf8');
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof DOMException) return null;
    throw error;
  }
}
