/** One secret of a ring: made as `next`, then `current` (the one that signs or seals), then `retired` (only verifies or opens). */
export interface RingEntry {
  /** What it is for: `signing`, `cookie`, `data`; each kind has its own one `current` and one `next`. */
  kind: string;
  /** Names it within its kind. */
  id: string;
  state: 'next' | 'current' | 'retired';
  createdAt: Date;
  /** When a retired entry ends; null for the living, and for retired ones that are kept for ever. */
  verifyUntil: Date | null;
  /** The secret sealed under the master key, base64url. */
  sealed: string;
}

const stateOrder = { current: 0, next: 1, retired: 2 } as const;

/**
 * Moves one kind on by a step: next becomes current, current becomes retired, `fresh` becomes next; what has ended is dropped.
 * `overlapSeconds` is how long the retired one still verifies; null keeps it for ever.
 */
export const promote = (
  entries: RingEntry[],
  fresh: RingEntry,
  now: Date,
  overlapSeconds: number | null,
): RingEntry[] => {
  const verifyUntil = overlapSeconds === null ? null : new Date(now.getTime() + overlapSeconds * 1000);
  const moved = usable(entries, now).map((entry): RingEntry => {
    if (entry.state === 'next') return { ...entry, state: 'current' };
    if (entry.state === 'current') return { ...entry, state: 'retired', verifyUntil };
    return entry;
  });
  return usable([...moved, fresh], now);
};

/**
 * Puts two fresh ones in the place of all that one kind has. What worked before is kept as retired, without an end of its
 * own, or is gone; a next one, which has done nothing yet, is gone either way.
 */
export const replace = (
  entries: RingEntry[],
  fresh: { current: RingEntry; next: RingEntry },
  now: Date,
  keepsFormer: boolean,
): RingEntry[] => {
  const former = keepsFormer ? usable(entries, now).filter(({ state }) => state !== 'next') : [];
  const retired = former.map((entry): RingEntry => ({ ...entry, state: 'retired' }));
  return usable([{ ...fresh.current, state: 'current' }, fresh.next, ...retired], now);
};

/** Leaves out what has ended and orders the rest: current, next, then retired with the newest first. */
export const usable = (entries: RingEntry[], now: Date): RingEntry[] =>
  entries
    .filter((entry) => entry.verifyUntil === null || now < entry.verifyUntil)
    .sort(
      (a, b) =>
        stateOrder[a.state] - stateOrder[b.state] ||
        (b.verifyUntil?.getTime() ?? 0) - (a.verifyUntil?.getTime() ?? 0),
    );

/** Returns the first instant after now at which an entry ends by itself; null when none will. */
export const nextEnd = (entries: RingEntry[], now: Date): Date | null => {
  const ends = usable(entries, now).flatMap((entry) => entry.verifyUntil ?? []);
  return ends.reduce<Date | null>((first, end) => (first === null || end < first ? end : first), null);
};
