import { createHmac } from 'node:crypto';

/**
 * Computes the subject by which one sector knows an account (OpenID Connect Core 8.1): 43 characters, base64url.
 * It is the same every time, and two sectors cannot find that theirs are one person.
 */
export const pairwiseSubject = (secret: Buffer, sector: string, accountId: string): string => {
  const sectorBytes = Buffer.from(sector, 'utf8');
  // The length in front keeps ("ab", "c") and ("a", "bc") apart.
  const sectorLength = Buffer.alloc(4);
  sectorLength.writeUInt32BE(sectorBytes.length);
  return createHmac('sha256', secret)
    .update(sectorLength)
    .update(sectorBytes)
    .update(accountId, 'utf8')
    .digest('base64url');
};
