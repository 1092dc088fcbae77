import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { createFieldCipher } from '../../src/crypto/field-cipher.ts';

const keysOf = (...keys: Buffer[]) => ({
  current: () => ({ version: keys.length, key: keys.at(-1) ?? Buffer.alloc(0) }),
  find: (version: number) => keys[version - 1] ?? null,
});

const first = randomBytes(32);
const second = randomBytes(32);
const context = 'accounts.name:abc';

describe('the field cipher', () => {
  test.each(['', '张三丰', 'a'.repeat(10_000)])('opens what it sealed', (plain) => {
    const cipher = createFieldCipher(keysOf(first));
    expect(cipher.open(cipher.seal(plain, context), context)).toBe(plain);
  });

  test('writes version, iv, ciphertext and tag, and nothing readable', () => {
    const sealed = createFieldCipher(keysOf(first, second)).seal('plain text', context);
    expect(sealed.readUInt32BE(0)).toBe(2);
    expect(sealed).toHaveLength(4 + 12 + 'plain text'.length + 16);
    expect(sealed.includes('plain')).toBe(false);
  });

  test('seals under the newest data key and still opens what older ones sealed', () => {
    const old = createFieldCipher(keysOf(first)).seal('kept', context);
    const cipher = createFieldCipher(keysOf(first, second));
    expect(cipher.open(old, context)).toBe('kept');
    expect(cipher.seal('kept', context).readUInt32BE(0)).toBe(2);
  });

  test('does not open a value moved to another record', () => {
    const cipher = createFieldCipher(keysOf(first));
    expect(() => cipher.open(cipher.seal('x', context), 'accounts.name:abd')).toThrow(
      'moved from another record',
    );
  });

  test('does not open a value with any bit altered, or any end cut off', () => {
    const cipher = createFieldCipher(keysOf(first, second));
    const sealed = cipher.seal('secret', context);
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const altered = Buffer.from(sealed);
      altered.writeUInt8(altered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => cipher.open(altered, context)).toThrow('sealed field');
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(() => cipher.open(sealed.subarray(0, length), context)).toThrow('sealed field');
    }
  });

  test('names the version of a data key that it does not know', () => {
    const sealed = createFieldCipher(keysOf(first, second)).seal('x', context);
    expect(() => createFieldCipher(keysOf(first)).open(sealed, context)).toThrow('data key version 2');
  });
});
