import { expect, test } from '@jest/globals';
import { startLoop } from '../../src/base/loop.ts';
import { waitUntil } from '../support/wait.ts';

const never = 1_000_000_000;

test('a loop works on while there is work, waits when there is none, and stops at once', async () => {
  const left = [3, 2, 1, 0];
  let passes = 0;
  const loop = startLoop(
    async () => {
      passes += 1;
      return left.shift() ?? 0;
    },
    never,
    () => undefined,
  );
  await waitUntil(async () => left.length === 0, 5);
  await loop.stop();
  expect(passes).toBe(4);
});

test('a loop that is stopped lets the pass under way end first', async () => {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  let ended = false;
  const loop = startLoop(
    async () => {
      await gate;
      ended = true;
      return 1;
    },
    never,
    () => undefined,
  );
  const stopped = loop.stop();
  expect(ended).toBe(false);
  release();
  await stopped;
  expect(ended).toBe(true);
});

test('a pass that fails is told of and is not the last', async () => {
  const failures: unknown[] = [];
  let passes = 0;
  const loop = startLoop(
    async () => {
      passes += 1;
      if (passes === 1) throw new Error('once');
      return 0;
    },
    1,
    (error) => failures.push(error),
  );
  await waitUntil(async () => passes > 2, 5);
  await loop.stop();
  expect(failures).toMatchObject([{ message: 'once' }]);
});

test('a loop that is woken goes on at once, and once more when it was woken in the middle of a pass', async () => {
  let passes = 0;
  const loop = startLoop(
    async () => {
      passes += 1;
      if (passes === 2) loop.wake();
      return 0;
    },
    never,
    () => undefined,
  );
  await waitUntil(async () => passes === 1, 5);
  loop.wake();
  await waitUntil(async () => passes === 3, 5);
  await loop.stop();
  expect(passes).toBe(3);
});
