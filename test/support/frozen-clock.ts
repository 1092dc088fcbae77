import type { Clock } from '../../src/base/clock.ts';

/** A clock that stands still until it is moved. */
export interface FrozenClock extends Clock {
  advance(seconds: number): void;
}

/** Makes a clock that stands at an instant. */
export function frozenClock(at = '2026-11-24T04:00:00Z'): FrozenClock {
  let now = new Date(at);
  return {
    now: () => new Date(now),
    advance: (seconds) => {
      now = new Date(now.getTime() + seconds * 1000);
    },
  };
}
