import { randomBytes } from 'node:crypto';

/** Makes an unguessable identifier: 128 random bits (or as many bytes as asked), base64url. */
export const newId = (bytes = 16): string => randomBytes(bytes).toString('base64url');

const traceAlphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** Makes a code of 8 characters that a person can read out on the telephone: no 0/O, 1/I/L. */
export const newTraceCode = (): string =>
  Array.from(randomBytes(8), (byte) => traceAlphabet[byte % traceAlphabet.length]).join('');
