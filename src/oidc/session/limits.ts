import { type AssuranceLevel, levelOf } from '../../terms/assurance.ts';

/** How long a session lasts by the level it reached: from the proof on, and without being used. */
export interface SessionLimits {
  /** Of levels 1 to 4, in seconds. */
  absoluteSeconds: readonly number[];
  idleSeconds: readonly number[];
}

/** Tells the level of a session by its context class; one that names none counts as the lowest. */
export const levelOfAcr = (acr: string | null | undefined): AssuranceLevel => levelOf(acr ?? '') ?? 1;

/** Returns the longest a session of a level may last. Throws RangeError when the table has no such level. */
export const absoluteSecondsOf = (limits: SessionLimits, acr: string | null | undefined): number =>
  secondsOf(limits.absoluteSeconds, acr);

/** Returns the longest a session of a level may go unused. Throws RangeError when the table has no such level. */
export const idleSecondsOf = (limits: SessionLimits, acr: string | null | undefined): number =>
  secondsOf(limits.idleSeconds, acr);

const secondsOf = (table: readonly number[], acr: string | null | undefined): number => {
  const seconds = table[levelOfAcr(acr) - 1];
  if (seconds === undefined) throw new RangeError('the table of session limits has four levels');
  return seconds;
};
