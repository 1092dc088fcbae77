import type { RingEntry } from './lifecycle.ts';
import type { RingKind, RingView } from './store.ts';

/** What operators call a ring: by its kind; `audit` is the ring of the instance's own seals, which sign the audit chain. */
export type RingName = RingKind | 'audit';

/** When rings are rotated. */
export interface KeyPolicy {
  /** After how many days a ring is rotated by itself; 0, or none named: by hand only. */
  readonly rotationDays: Readonly<Partial<Record<RingName, number>>>;
  /** How many days a key is published at least before it signs. */
  readonly announceDays: number;
}

/** How a ring stands towards the policy. */
export interface RingStatus {
  name: RingName;
  /** What a command calls it: its name, for an authority with the code behind a colon. */
  label: string;
  /** Where it is kept: its kind, and whose it is. */
  kind: RingKind;
  id: string;
  version: number;
  keys: Omit<RingEntry, 'sealed'>[];
  /** From when on the next key has been published for long enough to work. */
  readyAt: Date;
  /** When it is rotated by itself; null: by hand only. */
  dueAt: Date | null;
  /** Due for a day and not done: whoever does it by itself does not run, or fails. */
  overdue: boolean;
}

const dayMilliseconds = 86_400_000;
const graceMilliseconds = dayMilliseconds;

/** Says how a ring stands. Every turn makes the next key, so its age is the time since the last one. */
export function statusOf(
  view: RingView & { kind: RingKind },
  { policy, ownCode, now }: { policy: KeyPolicy; ownCode: string; now: Date },
): RingStatus {
  const { kind, id, version, entries } = view;
  const name = kind === 'authority' && id === ownCode ? 'audit' : kind;
  const turnedAt = entries.find(({ state }) => state === 'next')?.createdAt.getTime() ?? 0;
  const days = kind === 'agreement' ? 0 : (policy.rotationDays[name] ?? 0);
  const readyAt = turnedAt + policy.announceDays * dayMilliseconds;
  const dueAt = days === 0 ? null : Math.max(readyAt, turnedAt + days * dayMilliseconds);
  return {
    name,
    label: name === 'authority' ? `authority:${id}` : name,
    kind,
    id,
    version,
    keys: entries.filter(({ verifyUntil }) => verifyUntil === null || now < verifyUntil),
    readyAt: new Date(readyAt),
    dueAt: dueAt === null ? null : new Date(dueAt),
    overdue: dueAt !== null && now.getTime() > dueAt + graceMilliseconds,
  };
}
