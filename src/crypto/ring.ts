import { randomBytes } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import { newEvent } from '../base/event.ts';
import { promote, type RingEntry, replace, usable } from './lifecycle.ts';
import type { MasterKey } from './master-key.ts';
import type { RingRecord, RingStore } from './store.ts';

/** A secret just made, with the identifier it will go by. */
export interface FreshSecret {
  id: string;
  secret: Buffer;
}

/** What a ring of secrets is made of. */
export interface RingDeps {
  store: RingStore;
  masterKey: MasterKey;
  clock: Clock;
  /** Names the ring in seals and in event types: `key-ring`, `data-keys`. */
  name: string;
  /** Whose ring it is, where there are many of one name: it goes into seals and events, so that no secret moves between them. */
  owner?: string;
  /** How long a retired secret is still of use; null: for ever. */
  overlapSeconds: number | null;
  /** Makes a secret of each kind; gets the entries of that kind there are. */
  makers: Record<string, (existing: RingEntry[]) => Promise<FreshSecret>>;
  /** What did the work of a kind before there was this ring, read when it is made: retired from the start and kept for ever. */
  former?: Record<string, () => Promise<FreshSecret[]>>;
}

/** An entry with its secret opened. */
export interface OpenedEntry extends RingEntry {
  secret: Buffer;
}

/** The ring as it stands, opened. */
export interface OpenedRing {
  version: number;
  /** What is of use now: current, next, then retired with the newest first. */
  entries: OpenedEntry[];
  permanentSecret: Buffer;
}

export interface RotateOptions {
  /** Who asked: an officer's identifier, or `system` when left out. */
  actor?: string;
  /** Rotates only if the ring still is this version, so that two schedulers take one step and not two. */
  expectedVersion?: number;
}

/** How a ring is replaced at once, because its secrets may be known to others. */
export interface ReplaceOptions {
  /** Who asked: an officer's identifier, or `system` when left out. */
  actor?: string;
  /** Why, in words that name nobody: it goes into the event. */
  reason: string;
  /** Whether what worked before still verifies or opens. */
  keepsFormer: boolean;
}

/** `conflict`: another process wrote first and nothing was written here; `version` is the ring's as read again. */
export interface RotateResult {
  outcome: 'rotated' | 'conflict';
  version: number;
}

export interface Ring {
  /** Reads the ring and makes none; null when there is none. Throws like read. */
  find(): Promise<OpenedRing | null>;
  /** Reads the ring, making it when there is none. Throws an Error naming the fix when the master key does not fit. */
  read(): Promise<OpenedRing>;
  /** Moves every kind one step on, in one write. */
  rotate(options?: RotateOptions): Promise<RotateResult>;
  /** Puts fresh secrets in the place of every current and next one, in one write. */
  replace(options: ReplaceOptions): Promise<RotateResult>;
}

/** Makes a ring of rotating secrets over one document; the first of any number of processes to read it creates it. */
export const createRing = (deps: RingDeps): Ring => {
  const write = async (
    record: RingRecord,
    next: RingRecord,
    happened: { type: string; actor: string; reason?: string },
  ): Promise<RotateResult> => {
    const { type, actor, ...why } = happened;
    const event = newEvent(deps.clock, `${deps.name}.${type}`, actor, { ...detail(deps, next), ...why });
    if (await deps.store.swap(record.version, next, event))
      return { outcome: 'rotated', version: next.version };
    return { outcome: 'conflict', version: (await readRecord(deps)).version };
  };

  return {
    async find() {
      const found = await deps.store.read();
      return found ? openRecord(deps, checkMasterKey(deps, found)) : null;
    },

    async read() {
      return openRecord(deps, await readRecord(deps));
    },

    async rotate({ actor = 'system', expectedVersion } = {}) {
      const record = await readRecord(deps);
      if (expectedVersion !== undefined && record.version !== expectedVersion) {
        return { outcome: 'conflict', version: record.version };
      }
      return write(record, await nextRecord(deps, record), { type: 'rotated', actor });
    },

    async replace({ actor = 'system', reason, keepsFormer }) {
      const record = await readRecord(deps);
      const next = await replacedRecord(deps, record, keepsFormer);
      return write(record, next, { type: 'replaced', actor, reason });
    },
  };
};

const readRecord = async (deps: RingDeps): Promise<RingRecord> => {
  const found = await deps.store.read();
  if (found) return checkMasterKey(deps, found);
  const record = await firstRecord(deps);
  const event = newEvent(deps.clock, `${deps.name}.created`, 'system', detail(deps, record));
  if (await deps.store.insertIfAbsent(record, event)) return record;
  const theirs = await deps.store.read();
  if (!theirs)
    throw new Error(`The ${deps.name} document exists and cannot be read. Fix: check the storage.`);
  return checkMasterKey(deps, theirs);
};

const firstRecord = async (deps: RingDeps): Promise<RingRecord> => {
  const now = deps.clock.now();
  let entries: RingEntry[] = [];
  for (const kind of Object.keys(deps.makers)) {
    // A first promotion of nothing leaves `next`; the second makes it `current` and leaves another `next`.
    const first = promote([], await freshEntry(deps, kind, []), now, null);
    entries = [...entries, ...promote(first, await freshEntry(deps, kind, first), now, null)];
    const former = (await deps.former?.[kind]?.()) ?? [];
    entries = [
      ...entries,
      ...former.map((each) => ({ ...sealedEntry(deps, kind, each), state: 'retired' as const })),
    ];
  }
  return {
    version: 1,
    masterKeyFingerprint: deps.masterKey.fingerprint,
    entries,
    permanentSecret: deps.masterKey.seal(randomBytes(32), permanentContext(deps)).toString('base64url'),
  };
};

const nextRecord = async (deps: RingDeps, record: RingRecord): Promise<RingRecord> => {
  const now = deps.clock.now();
  let entries: RingEntry[] = [];
  for (const kind of Object.keys(deps.makers)) {
    const existing = record.entries.filter((entry) => entry.kind === kind);
    const fresh = await freshEntry(deps, kind, existing);
    entries = [...entries, ...promote(existing, fresh, now, deps.overlapSeconds)];
  }
  return { ...record, version: record.version + 1, entries };
};

const replacedRecord = async (
  deps: RingDeps,
  record: RingRecord,
  keepsFormer: boolean,
): Promise<RingRecord> => {
  const now = deps.clock.now();
  let entries: RingEntry[] = [];
  for (const kind of Object.keys(deps.makers)) {
    const existing = record.entries.filter((entry) => entry.kind === kind);
    const current = await freshEntry(deps, kind, existing);
    const next = await freshEntry(deps, kind, [...existing, current]);
    entries = [...entries, ...replace(existing, { current, next }, now, keepsFormer)];
  }
  return { ...record, version: record.version + 1, entries };
};

const freshEntry = async (deps: RingDeps, kind: string, existing: RingEntry[]): Promise<RingEntry> => {
  const make = deps.makers[kind];
  if (!make) throw new Error(`The ${deps.name} has no maker of ${kind}.`);
  return sealedEntry(deps, kind, await make(existing));
};

const sealedEntry = (deps: RingDeps, kind: string, { id, secret }: FreshSecret): RingEntry => {
  const sealed = deps.masterKey.seal(secret, entryContext(deps, { kind, id })).toString('base64url');
  return { kind, id, state: 'next', createdAt: deps.clock.now(), verifyUntil: null, sealed };
};

const openRecord = (deps: RingDeps, record: RingRecord): OpenedRing => ({
  version: record.version,
  entries: usable(record.entries, deps.clock.now()).map((entry) => ({
    ...entry,
    secret: openSealed(deps, entry.sealed, entryContext(deps, entry)),
  })),
  permanentSecret: openSealed(deps, record.permanentSecret, permanentContext(deps)),
});

const openSealed = (deps: RingDeps, sealed: string, context: string): Buffer => {
  try {
    return deps.masterKey.open(Buffer.from(sealed, 'base64url'), context);
  } catch (cause) {
    throw new Error(
      `The ${deps.name} in this storage are damaged: a key does not open although the master key is the right one. ` +
        'Fix: restore the storage from its last backup.',
      { cause },
    );
  }
};

const checkMasterKey = (deps: RingDeps, record: RingRecord): RingRecord => {
  if (record.masterKeyFingerprint === deps.masterKey.fingerprint) return record;
  throw new Error(
    `The master key does not open the keys in this storage: they were sealed by the master key with fingerprint ` +
      `${record.masterKeyFingerprint}, and the one given has ${deps.masterKey.fingerprint}. Fix: start with the master key ` +
      'that this storage was first started with (restore its file or setting from your backup); a new key cannot read it.',
  );
};

/** Binds a seal to its place, so that one entry's secret cannot be put in another's. */
const entryContext = (deps: RingDeps, entry: { kind: string; id: string }): string =>
  `${placeOf(deps)}:${entry.kind}:${entry.id}`;

const permanentContext = (deps: RingDeps): string => `${placeOf(deps)}:permanent`;

const placeOf = ({ name, owner }: RingDeps): string => (owner === undefined ? name : `${name}/${owner}`);

/** What the event tells: whose ring, the new version, and which entry of each kind is current now. */
const detail = (deps: RingDeps, record: RingRecord): Record<string, string | number> => ({
  ...(deps.owner === undefined ? {} : { owner: deps.owner }),
  version: record.version,
  ...Object.fromEntries(
    record.entries.filter((entry) => entry.state === 'current').map((entry) => [entry.kind, entry.id]),
  ),
});
