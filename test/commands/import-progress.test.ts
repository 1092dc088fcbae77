import { expect, test } from '@jest/globals';
import { describeProgress, type TimedProgress } from '../../src/commands/import-progress.ts';

const at = (seconds: number, offset: number, created: number, rejected = 0): TimedProgress => ({
  at: new Date(seconds * 1000),
  next: { line: created, offset },
  counts: { created, alreadyThere: 0, rejected },
  sizeBytes: 1_000_000,
  isResumed: true,
});

test('progress tells rows done, their rate since this run began, the time left by bytes, and rejected rows', () => {
  const begun = at(0, 500_000, 5000);
  expect(describeProgress(begun, at(10, 600_000, 6000, 4))).toBe(
    '6,004 rows (60%), 100/s, 0:00:40 left, 4 rejected',
  );
});

test('progress tells no rate before there is one', () => {
  const begun = at(0, 0, 0);
  expect(describeProgress(begun, begun)).toBe('0 rows (0%), 0 rejected');
  expect(describeProgress(begun, { ...begun, sizeBytes: 0 })).toBe('0 rows (100%), 0 rejected');
});
