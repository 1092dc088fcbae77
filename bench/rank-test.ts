/** What a comparison of two samples found. */
export interface RankTest {
  /** Standard deviations by which the ranks of the first differ from chance; above 0 when it is the greater. */
  z: number;
  /** How often chance alone does as much, two-sided. */
  p: number;
}

/**
 * Compares two samples by ranks (Mann–Whitney U, normal approximation, written from memory [M]): it asks whether a value of
 * one tends to be greater than a value of the other, whatever their distributions, so a few slow tries decide nothing.
 */
export function rankTest(first: readonly number[], second: readonly number[]): RankTest {
  const all = [
    ...first.map((value) => ({ value, isFirst: true })),
    ...second.map((value) => ({ value, isFirst: false })),
  ].sort((one, other) => one.value - other.value);
  let rankSum = 0;
  for (let at = 0; at < all.length; ) {
    let end = at;
    while (all[end]?.value === all[at]?.value && end < all.length) end += 1;
    // Equal values share the mean of their ranks, which are 1-based.
    const rank = (at + 1 + end) / 2;
    rankSum += rank * all.slice(at, end).filter(({ isFirst }) => isFirst).length;
    at = end;
  }
  const [n, m] = [first.length, second.length];
  const u = rankSum - (n * (n + 1)) / 2;
  const z = (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
  return { z, p: 2 * upperTail(Math.abs(z)) };
}

/** The tail of the normal distribution (Abramowitz and Stegun 26.2.17, from memory [M]; its error is below 1e-7). */
const upperTail = (z: number): number => {
  const t = 1 / (1 + 0.2316419 * z);
  const sum =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum;
};

/** Returns the middle value. */
export const medianOf = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
