import type { Clock } from '../../base/clock.ts';

/** What was fetched from an address, and when, by this machine's clock. */
export interface Kept {
  text: string;
  fetchedAt: Date;
}

/** Where a machine keeps what it knows while there is no network. */
export interface OfflineCache {
  /** Returns what was last kept of an address; null when nothing was. */
  read(url: string): Promise<Kept | null>;
  keep(url: string, kept: Kept): Promise<void>;
  /** Notes a name until an instant; false when it is noted already. Also over a restart. */
  addIfAbsent(name: string, until: Date): Promise<boolean>;
  /** Drops the names whose instant has passed. */
  sweep(now: Date): Promise<void>;
}

/** What a machine that checks codes is given from outside. */
export interface KioskDeps {
  cache: OfflineCache;
  clock: Clock;
  /** The addresses of the regions whose codes are accepted: instances of this system. */
  issuers: readonly string[];
  /** Fetches a text from an address; rejects when it cannot be had. */
  fetchText(url: string): Promise<string>;
  /** How old keys and lists may be. */
  longestKnowledgeSeconds: number;
}
