import { type Clock, epochSeconds } from '../base/clock.ts';
import { AppError } from '../base/error.ts';
import { type PublishedKeys, signJwt, verifyJwt } from './credential-jwt.ts';
import type { SigningJwk } from './key-ring.ts';
import { type DecodedStatusList, decodeStatusList, encodeStatusList } from './status-list.ts';

const tokenType = 'statuslist+jwt';
/** How long a list may be held before it is asked for again. A design of this project, as are the other two. */
export const statusListTtlSeconds = 60;
/** How long a list counts where the issuer cannot be reached. */
export const statusListLifetimeSeconds = 86_400;
const mostTokenCharacters = 2 ** 19;

/** A list as verified, and when it was signed. */
export interface VerifiedStatusList extends DecodedStatusList {
  issuedAt: Date;
}

/** Signs a list as a Token Status List token: its own address is its subject (draft-ietf-oauth-status-list, from memory). */
export function signStatusList(
  signing: SigningJwk,
  { uri, bytes }: { uri: string; bytes: Buffer },
  clock: Clock,
): Promise<string> {
  const now = epochSeconds(clock);
  return signJwt(signing, tokenType, {
    sub: uri,
    iat: now,
    exp: now + statusListLifetimeSeconds,
    ttl: statusListTtlSeconds,
    status_list: { ...encodeStatusList(bytes) },
  });
}

/**
 * Verifies a list against its issuer's keys and the address it was fetched from: a genuine list of other certificates is
 * not the one asked for. Throws credential-status-list-invalid.
 */
export async function verifyStatusList(
  token: string,
  { uri, keys, clock }: { uri: string; keys: PublishedKeys; clock: Clock },
): Promise<VerifiedStatusList> {
  if (token.length > mostTokenCharacters) throw new AppError('credential-status-list-invalid');
  const verified = await verifyJwt(token, { keys, type: tokenType, clock });
  if (verified.outcome !== 'verified') throw new AppError('credential-status-list-invalid');
  const { sub, iat, exp, status_list: list } = verified.payload;
  // Without an end, a list from before a certificate was ended would count for ever.
  if (sub !== uri || iat === undefined || exp === undefined)
    throw new AppError('credential-status-list-invalid');
  return { ...decodeStatusList(list), issuedAt: new Date(iat * 1000) };
}
