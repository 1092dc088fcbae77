/** The one source of the present moment; tests freeze it. */
export interface Clock {
  /** Returns the current instant (UTC). */
  now(): Date;
}

/** Reads the machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

/** Returns the current instant in whole seconds since the Unix epoch. */
export const epochSeconds = (clock: Clock): number => Math.floor(clock.now().getTime() / 1000);
