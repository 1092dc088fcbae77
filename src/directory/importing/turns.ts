/** Lets what concerns one thing be done one after the other, in the order asked, and all else at once. */
export function createTurns(): <T>(keys: readonly string[], work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (keys, work) => {
    const before = keys.flatMap((key) => last.get(key) ?? []);
    const done = Promise.allSettled(before).then(work);
    for (const key of keys) last.set(key, done);
    return done;
  };
}
