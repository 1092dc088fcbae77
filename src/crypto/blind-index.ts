import { createHmac, hkdfSync } from 'node:crypto';
import type { BlindIndex } from './ports.ts';

/**
 * Makes the blind index over the index secret: random, sealed beside the data keys and never rotated, so that
 * neither a new data key nor a new master key moves the digests. Callers write a value one way before they ask.
 */
export const createBlindIndex = (indexSecret: Buffer): BlindIndex => {
  const keys = new Map<string, Buffer>();

  const keyOf = (purpose: string): Buffer => {
    const known = keys.get(purpose);
    if (known) return known;
    const key = Buffer.from(
      hkdfSync('sha256', indexSecret, Buffer.alloc(0), `yihao/blind-index/${purpose}`, 32),
    );
    keys.set(purpose, key);
    return key;
  };

  return {
    of: (purpose, value) => createHmac('sha256', keyOf(purpose)).update(value, 'utf8').digest('base64url'),
  };
};
