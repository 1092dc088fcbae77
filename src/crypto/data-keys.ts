import { randomBytes } from 'node:crypto';
import type { DataKeySource } from './field-cipher.ts';
import type { OpenedRing, Ring, RingDeps } from './ring.ts';

/** The data keys in memory, and the secret under the blind index. */
export interface DataKeys extends DataKeySource {
  /** Keys the blind index; never rotates. */
  indexSecret: Buffer;
  /** Reads the keys again, to learn of another process's rotation. */
  refresh(): Promise<void>;
  /** Makes the next version the one that seals; older ones still open. */
  rotate(): Promise<void>;
}

/** Names the maker of data keys: versions count up from 1. */
export const dataKeyMakers: RingDeps['makers'] = {
  data: async (existing) => ({
    id: String(Math.max(0, ...existing.map((entry) => Number(entry.id))) + 1),
    secret: randomBytes(32),
  }),
};

/**
 * Loads the data keys. The next version is made one rotation ahead, so a process opens what another has sealed
 * under a rotation it has not seen; meeting such a value, it reads the keys again behind the scenes.
 */
export const loadDataKeys = async (ring: Ring): Promise<DataKeys> => {
  let opened = await ring.read();
  let keys = byVersion(opened);
  let refreshing = false;

  const refresh = async (): Promise<void> => {
    const read = await ring.read();
    // Two reads may end out of order; an older ring never replaces a newer.
    if (read.version < opened.version) return;
    opened = read;
    keys = byVersion(read);
  };

  const refreshInBackground = async (): Promise<void> => {
    if (refreshing) return;
    refreshing = true;
    try {
      await refresh();
    } catch {
      // Nothing is lost: the next value of that version asks again.
    } finally {
      refreshing = false;
    }
  };

  return {
    indexSecret: opened.permanentSecret,
    current: () => currentKey(opened),
    find(version) {
      if (version > currentKey(opened).version) void refreshInBackground();
      return keys.get(version) ?? null;
    },
    refresh,
    async rotate() {
      // A conflict means that another process rotated at this very moment, which is what was asked.
      await ring.rotate();
      await refresh();
    },
  };
};

const byVersion = (opened: OpenedRing): Map<number, Buffer> =>
  new Map(opened.entries.map((entry) => [Number(entry.id), entry.secret]));

const currentKey = (opened: OpenedRing): { version: number; key: Buffer } => {
  const current = opened.entries[0];
  if (current?.state !== 'current') {
    throw new Error(
      'The data-keys in this storage have no current one. Fix: restore them from the last backup.',
    );
  }
  return { version: Number(current.id), key: current.secret };
};
