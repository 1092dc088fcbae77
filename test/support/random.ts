/** A source of numbers that gives the same ones for the same seed, so that what a test met can be met again. */
export interface Random {
  /** A whole number from 0 and below the limit. */
  below(limit: number): number;
  pick<T>(of: readonly T[]): T;
}

/** Mulberry32: small, and good enough to choose test cases. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  return {
    below,
    pick: (of) => {
      const chosen = of[below(of.length)];
      if (chosen === undefined) throw new RangeError('nothing to pick from');
      return chosen;
    },
  };
}
