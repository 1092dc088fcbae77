import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { createBlindIndex } from '../../src/crypto/blind-index.ts';

const secret = Buffer.alloc(32, 7);

describe('the blind index', () => {
  test('gives equal values one digest of 32 bytes, in base64url', () => {
    const index = createBlindIndex(secret);
    expect(index.of('phone', '13900000000')).toBe(createBlindIndex(secret).of('phone', '13900000000'));
    expect(index.of('phone', '13900000000')).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  test('keeps values, purposes and secrets apart', () => {
    const index = createBlindIndex(secret);
    const digests = [
      index.of('phone', '1'),
      index.of('phone', '2'),
      index.of('number', '1'),
      createBlindIndex(randomBytes(32)).of('phone', '1'),
    ];
    expect(new Set(digests).size).toBe(4);
  });

  test('never moves: stored digests depend on this very computation', () => {
    expect(createBlindIndex(secret).of('phone', '13900000000')).toBe(
      'rW4EuPVhTrqF9qX73zaBBaFVX4VI0Qk6sLjBI2cwqoA',
    );
  });
});
