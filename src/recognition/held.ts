import type { Clock } from '../base/clock.ts';

/** A store that tells what was written to it lately. */
export interface Changing<T> {
  /** Reads what was written since an instant; everything when it is null. */
  changedSince(at: Date | null): Promise<T[]>;
  /** Names what a row says, so that the same row read twice is held once. */
  stampOf(row: T): string;
}

/** How far apart the clocks of the processes of a region may be: what they write bears their time. */
const overlapMilliseconds = 2000;
/** After that everything is read again, whoever's clock was wrong and whatever was removed. */
const wholeMilliseconds = 60_000;

/** Holds the rows of a store in memory; a call reads what was written since the last one. Rejects when it cannot be read. */
export function holdRows<T extends { _id: string }>(clock: Clock, store: Changing<T>): () => Promise<T[]> {
  let rows = new Map<string, T>();
  let last: { readAt: number; wholeAt: number } | null = null;
  const refresh = async (): Promise<T[]> => {
    const now = clock.now().getTime();
    const isWhole = last === null || Math.abs(now - last.wholeAt) >= wholeMilliseconds;
    const since = last === null || isWhole ? null : new Date(last.readAt - overlapMilliseconds);
    const found = (await store.changedSince(since)).map((row): [string, T] => {
      const known = rows.get(row._id);
      return [row._id, known && store.stampOf(known) === store.stampOf(row) ? known : row];
    });
    rows = new Map(isWhole ? found : [...rows, ...found]);
    last = { readAt: now, wholeAt: last === null || isWhole ? now : last.wholeAt };
    return [...rows.values()];
  };
  // One after another: a read that was begun before a write must not come in after one that was begun behind it.
  let turn: Promise<unknown> = Promise.resolve();
  return () => {
    const mine = turn.then(refresh);
    turn = mine.catch(() => undefined);
    return mine;
  };
}
