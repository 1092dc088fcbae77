import { describe, expect, test } from '@jest/globals';
import { pairwiseSubject } from '../../src/crypto/subject.ts';

const secret = Buffer.alloc(32, 7);

describe('a pairwise subject', () => {
  test('is the same every time, 43 characters of base64url', () => {
    const subject = pairwiseSubject(secret, 'a.gov.example', 'account');
    expect(subject).toBe(pairwiseSubject(Buffer.from(secret), 'a.gov.example', 'account'));
    expect(subject).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  test('differs by sector, by account and by secret', () => {
    const subjects = [
      pairwiseSubject(secret, 'a', 'x'),
      pairwiseSubject(secret, 'b', 'x'),
      pairwiseSubject(secret, 'a', 'y'),
      pairwiseSubject(Buffer.alloc(32, 8), 'a', 'x'),
    ];
    expect(new Set(subjects).size).toBe(4);
  });

  test('does not confuse where the sector ends and the account begins', () => {
    expect(pairwiseSubject(secret, 'ab', 'c')).not.toBe(pairwiseSubject(secret, 'a', 'bc'));
    expect(pairwiseSubject(secret, '', 'abc')).not.toBe(pairwiseSubject(secret, 'abc', ''));
  });

  test('never moves: sites know people by this very computation', () => {
    expect(pairwiseSubject(secret, 'a.gov.example', 'account')).toBe(
      '19C-gR_-X2hhKRAfFH7XQlAA2SirFS1Y7cqrvp2DQpM',
    );
  });
});
