import type { AssuranceLevel } from '../terms/assurance.ts';

/** How a person was checked. */
export type EvidenceMethod = 'phone' | 'population-match' | 'face' | 'net-id' | 'counter';

/** One check of a person that was passed: what was compared is kept as a keyed digest only. */
export interface Evidence {
  method: EvidenceMethod;
  at: Date;
  /** Of what was checked and the authority's name for its answer. */
  digest: string;
  /** Who checked, at a counter. */
  officer?: string;
}

const yearMilliseconds = 365 * 86_400_000;

/**
 * What a check is worth and for how long: a design of this project after GB/T 40651's scales. A face says who only of a
 * person whose name and number are known; at a counter both are looked at.
 */
const worth: Record<EvidenceMethod, { level: AssuranceLevel; years: number; onTopOf: AssuranceLevel }> = {
  phone: { level: 1, years: 1, onTopOf: 1 },
  'population-match': { level: 2, years: 5, onTopOf: 1 },
  face: { level: 3, years: 2, onTopOf: 2 },
  'net-id': { level: 3, years: 2, onTopOf: 2 },
  counter: { level: 3, years: 5, onTopOf: 1 },
};

/** Returns until when a check counts. */
export const countsUntil = ({ method, at }: Pick<Evidence, 'method' | 'at'>): Date =>
  new Date(at.getTime() + worth[method].years * yearMilliseconds);

/**
 * Computes how surely a person is known at an instant: what was granted when the account was made, raised by the checks
 * that still count. Nothing needs to be written for a level to lapse.
 */
export function assuranceOf(
  { assurance, evidence = [] }: { assurance: AssuranceLevel; evidence?: readonly Evidence[] },
  now: Date,
): AssuranceLevel {
  const standing = evidence
    .filter((one) => countsUntil(one) > now)
    .map(({ method }) => worth[method])
    .sort((a, b) => a.level - b.level);
  return standing.reduce<AssuranceLevel>(
    (reached, { level, onTopOf }) => (reached >= onTopOf && level > reached ? level : reached),
    assurance,
  );
}

/** Puts a check in the place of the last one of its kind. */
export const withEvidence = (evidence: readonly Evidence[] = [], fresh: Evidence): Evidence[] => [
  ...evidence.filter(({ method }) => method !== fresh.method),
  fresh,
];
