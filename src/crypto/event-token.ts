import type { JWTPayload } from 'jose';
import { signJwt } from './credential-jwt.ts';
import type { SigningJwk } from './key-ring.ts';

/**
 * Signs a Security Event Token (RFC 8417, from memory: an explicit type, so that it can be taken for no other token; no
 * `exp`, since what happened stays so).
 */
export const signEventToken = (signing: SigningJwk, claims: JWTPayload): Promise<string> =>
  signJwt(signing, 'secevent+jwt', claims);
