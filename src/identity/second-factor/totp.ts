import { createHmac, timingSafeEqual } from 'node:crypto';

const stepSeconds = 30;
const digits = 6;
/** One step to either side, for clocks that are a little off. */
const drift = [0, -1, 1];
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Computes a one-time password of a counter (RFC 4226, HMAC-SHA-1, dynamic truncation). */
export function oneTimePassword(secret: Buffer, counter: number, length = digits): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const digest = createHmac('sha1', secret).update(message).digest();
  const offset = (digest[digest.length - 1] ?? 0) & 0x0f;
  const value = digest.readUInt32BE(offset) & 0x7fffffff;
  return String(value % 10 ** length).padStart(length, '0');
}

/**
 * Finds the time step a code is right for (RFC 6238: 30 seconds, T0 = 0), at the instant or one beside it, and later than
 * the last that was used: a code serves once. Null when it is right for none.
 */
export function stepOfCode(
  secret: Buffer,
  code: string,
  { at, after }: { at: Date; after: number },
): number | null {
  const now = Math.floor(at.getTime() / 1000 / stepSeconds);
  const given = Buffer.from(code);
  for (const step of drift.map((by) => now + by)) {
    const right = Buffer.from(oneTimePassword(secret, step));
    if (step > after && given.length === right.length && timingSafeEqual(given, right)) return step;
  }
  return null;
}

/** Writes a secret as apps read it (base32 of RFC 4648, no padding). */
export function toBase32(secret: Buffer): string {
  const bits = [...secret].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)] ?? '')
    .join('');
}

/** Writes the address by which apps take a secret in; `label` names the account to its owner only. */
export const totpAddress = (secret: Buffer, label: string): string =>
  `otpauth://totp/${encodeURIComponent(`一号:${label}`)}?${new URLSearchParams({ secret: toBase32(secret), issuer: '一号' })}`;
