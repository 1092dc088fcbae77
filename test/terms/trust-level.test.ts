import { describe, expect, test } from '@jest/globals';
import {
  decideTrust,
  isAtLeast,
  lowerTo,
  markings,
  parseTrustLevel,
  raiseByCheck,
  type TrustLevel,
  trustLevels,
} from '../../src/terms/trust-level.ts';

const check = {
  officerId: 'officer-1',
  counterId: 'counter-3',
  checkedAt: new Date('2026-11-24T02:00:00Z'),
  scanDigest: 'ab'.repeat(32),
};

describe('a trust level', () => {
  test.each(['A', 'b', ' C ', 'Ｄ'])('%j is read', (text) => {
    expect(trustLevels).toContain(parseTrustLevel(text));
  });
  test.each(['', 'E', 'AA', '1'])('%j is refused', (text) => {
    expect(() => parseTrustLevel(text)).toThrow(expect.objectContaining({ code: 'trust-level-unknown' }));
  });

  test('is ordered from A down to D', () => {
    expect(trustLevels.map((level) => isAtLeast(level, 'B'))).toEqual([true, true, false, false]);
    expect(trustLevels.map((level) => isAtLeast('C', level))).toEqual([false, false, true, true]);
  });
});

describe('a use of certificate information', () => {
  const decide = (held: TrustLevel, crossesRegion: boolean): string[] =>
    trustLevels.map((minimum) => decideTrust({ held, minimum, crossesRegion }));

  test.each([true, false])('of A and B is free up to the minimum asked, across regions: %s', (crosses) => {
    expect(decide('A', crosses)).toEqual(['usable', 'usable', 'usable', 'usable']);
    expect(decide('B', crosses)).toEqual(['refused', 'usable', 'usable', 'usable']);
  });

  test('of C waits for the original, and is in vain where A is asked', () => {
    expect(decide('C', false)).toEqual([
      'refused',
      'check-original-first',
      'check-original-first',
      'check-original-first',
    ]);
  });

  test('of D is a declaration where that is enough, and never leaves its region', () => {
    expect(decide('D', false)).toEqual(['refused', 'refused', 'refused', 'usable-as-declaration']);
    expect(decide('D', true)).toEqual(['refused', 'refused', 'refused', 'refused']);
  });
});

describe('a check against the original', () => {
  test('makes B of C', () => {
    expect(raiseByCheck('C', check)).toBe('B');
  });

  test.each(['A', 'B', 'D'] as const)('raises nothing of level %s', (level) => {
    expect(() => raiseByCheck(level, check)).toThrow(
      expect.objectContaining({ code: 'trust-level-evidence' }),
    );
  });

  test.each([
    { officerId: ' ' },
    { counterId: '' },
    { checkedAt: new Date(Number.NaN) },
    { scanDigest: 'ab' },
    { scanDigest: 'zz'.repeat(32) },
  ])('with evidence wanting %j raises nothing', (wanting) => {
    expect(() => raiseByCheck('C', { ...check, ...wanting })).toThrow(
      expect.objectContaining({ code: 'trust-level-evidence' }),
    );
  });
});

test('a complaint lowers a level and never raises one', () => {
  expect(trustLevels.map((level) => lowerTo(level, 'C'))).toEqual(['C', 'C', 'C', 'D']);
});

test('only A bears the seal of its issuer, and only A and B a watermark that binds them to government service', () => {
  expect(trustLevels.filter((level) => markings[level].issuerSeal)).toEqual(['A']);
  expect(
    trustLevels.filter((level) => markings[level].watermark.includes('government-service-only')),
  ).toEqual(['A', 'B']);
  expect(markings.A.watermark).toContain('valid-until');
  expect(markings.B.watermark).toContain('checked-against-original');
});
