const maximumKeyLength = 512;
const maximumSeconds = 100 * 366 * 24 * 3600;
// Control characters would make keys unreadable in the engine's own tools; a lone surrogate has no UTF-8, so two keys could meet in one.
const unfit = /[\p{Cc}\p{Cs}]/u;

/**
 * Returns the key (or group name) if a store may hold it: 1 to 512 characters, no control characters.
 * Throws a RangeError otherwise, which never quotes the key: it is the caller's mistake, not the person's.
 */
export const checkKey = (key: string): string => {
  if (key.length === 0 || key.length > maximumKeyLength) {
    throw new RangeError(`An ephemeral key has 1 to ${maximumKeyLength} characters, not ${key.length}.`);
  }
  if (unfit.test(key)) throw new RangeError('An ephemeral key has no control characters.');
  return key;
};

/** Returns a lifetime in whole milliseconds, at least 1. Throws a RangeError unless it is above 0 and within a century. */
export const toMilliseconds = (seconds: number): number => {
  if (!(seconds > 0 && seconds <= maximumSeconds)) {
    throw new RangeError(`An ephemeral lifetime is above 0 seconds and within a century, not ${seconds}.`);
  }
  return Math.ceil(seconds * 1000);
};

/** Returns the whole seconds left of a window, at least 1. */
export const toResetSeconds = (milliseconds: number): number => Math.max(1, Math.ceil(milliseconds / 1000));
