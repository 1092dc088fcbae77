/**
 * What expires: challenges, sessions, OIDC artifacts, limits, replay caches. Two engines keep this promise, Redis
 * and a table of the embedded file; `test/contract/ephemeral.ts` holds both to it. A value is an opaque string.
 * Keys are at most 512 characters. Everything is durable as far as the engine is, and atomic across processes.
 */
export interface EphemeralStore {
  /** Writes an entry, replacing any; `group` puts it under a name by which deleteGroup removes it. */
  put(key: string, value: string, options: PutOptions): Promise<void>;
  /** Reads an entry; null when absent or expired. */
  get(key: string): Promise<Entry | null>;
  /** Reads and removes an entry; of any number of callers one gets it. */
  take(key: string): Promise<string | null>;
  /** Writes an entry unless one is there; returns whether it was written. */
  add(key: string, value: string, options: PutOptions): Promise<boolean>;
  /** Marks an entry as used at an instant, once: 'marked', 'already' (someone was before us), or 'absent'. */
  mark(key: string, at: Date): Promise<'marked' | 'already' | 'absent'>;
  /** Adds one to a counter whose window starts with its first count; returns the count and the seconds left. */
  count(key: string, windowSeconds: number): Promise<Count>;
  /** Removes an entry or counter. Absent is fine. */
  delete(key: string): Promise<void>;
  /** Removes every entry that was put under the group. */
  deleteGroup(group: string): Promise<void>;
  /** Resolves when the engine answers, rejects when it does not. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface PutOptions {
  ttlSeconds: number;
  group?: string;
}

export interface Entry {
  value: string;
  /** When the entry was marked, if it was. */
  markedAt: Date | null;
}

export interface Count {
  count: number;
  /** Whole seconds until the window ends, at least 1. */
  resetSeconds: number;
}
