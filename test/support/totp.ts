import { oneTimePassword } from '../../src/identity/second-factor/totp.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Computes the code that an app shows at an instant, from the secret as a page shows it. */
export const codeOfApp = (secret: string, at: Date): string => {
  const bits = [...secret.replaceAll(' ', '')].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0'));
  const bytes = (bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  return oneTimePassword(Buffer.from(bytes), Math.floor(at.getTime() / 1000 / 30));
};
