import { systemClock } from '../../src/base/clock.ts';

/** Resolves as soon as the condition holds; rejects when it does not within the seconds given. */
export const waitUntil = async (condition: () => Promise<boolean>, seconds: number): Promise<void> => {
  const deadline = systemClock.now().getTime() + seconds * 1000;
  while (!(await condition())) {
    if (systemClock.now().getTime() > deadline) throw new Error(`Not so after ${seconds} s: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
