import { z } from 'zod';
import type { PublishedKeys } from '../../crypto/index.ts';
import { chainInvalid, decode, isCurrent, isEntityId, isSignedBy, toleranceSeconds } from './statement.ts';

/** The type of trust marks, and of what their issuer says of one. */
export const trustMarkType = 'trust-mark+jwt';
export const markStatusType = 'trust-mark-status-response+jwt';

const claimsSchema = z.looseObject({
  iss: z.string().refine(isEntityId),
  sub: z.string().refine(isEntityId),
  trust_mark_type: z.string().min(1).max(512),
  iat: z.number(),
  exp: z.number().optional(),
});

export type TrustMarkClaims = z.infer<typeof claimsSchema>;

/** Reads a trust mark (信任标志); nothing is verified. Null for anything else, and for one that was issued by delegation. */
export function readTrustMark(token: string): TrustMarkClaims | null {
  try {
    const payload = decode(token, trustMarkType, (reason) => chainInvalid(reason, 0));
    const parsed = claimsSchema.safeParse(payload);
    return parsed.success && !('delegation' in payload) ? parsed.data : null;
  } catch {
    return null;
  }
}

/** What becomes of a trust mark, by its own word and its issuer's keys. */
export type MarkOutcome = 'verified' | 'expired' | 'invalid';

/** Verifies a trust mark against its issuer's keys and the clock ("Validating a Trust Mark" of OpenID Federation 1.0). */
export async function verifyTrustMark(
  token: string,
  { claims, keys, now }: { claims: TrustMarkClaims; keys: PublishedKeys; now: Date },
): Promise<MarkOutcome> {
  if (!(await isSignedBy(token, keys))) return 'invalid';
  const { iat, exp = Number.POSITIVE_INFINITY } = claims;
  if (iat > now.getTime() / 1000 + toleranceSeconds) return 'invalid';
  return isCurrent({ iat, exp }, now) ? 'verified' : 'expired';
}

/** Tells whether the issuer's answer says that this very mark is active. */
export async function saysActive(
  answer: string,
  { mark, issuer, keys, now }: { mark: string; issuer: string; keys: PublishedKeys; now: Date },
): Promise<boolean> {
  const said = decode(answer, markStatusType, (reason) => chainInvalid(reason, 0));
  const nowSeconds = now.getTime() / 1000;
  const isRecent = Math.abs(nowSeconds - Number(said.iat)) <= 2 * toleranceSeconds;
  const isOfIt = said.iss === issuer && said['trust_mark'] === mark && said['status'] === 'active';
  return isRecent && isOfIt && (await isSignedBy(answer, keys));
}
