/**
 * Checking codes without a network (离线核验), on a machine of a counter. Owns what such a machine keeps of each region
 * while it has a network (keys and lists of statuses), what it says of a code by them, and since when it knows. It does
 * not own how a code is made (presentation/), how credentials are verified (crypto), where things are kept (a cache is
 * handed in; a folder is one), nor words (whoever shows the verdict). It needs no storage, no key and no account.
 * Its limits: two machines that do not meet may take the same code once each, and a list says what was so when it was
 * fetched. How old knowledge may be, the tolerance and the single use are our own design.
 * Control leaves by a verdict; what is refused is a value with a code.
 */
import { checkOffline, type OfflineVerdict } from './check-offline.ts';
import type { KioskDeps } from './ports.ts';
import { type Refreshed, refreshKnowledge } from './refresh-knowledge.ts';

/** What can be asked of a machine that checks codes. */
export interface Kiosk {
  /** Fetches keys and lists of every region anew; what cannot be had stays as it was, and is told. */
  refresh(): Promise<Refreshed[]>;
  /** Checks a code by what is kept; never asks the network. */
  check(text: string): Promise<OfflineVerdict>;
}

/** How old keys and lists may be where nothing else is said: half the life of a signed list. */
export const longestKnowledgeSeconds = 12 * 3600;

/** Makes a machine that checks codes. */
export const createKiosk = (deps: KioskDeps): Kiosk => ({
  refresh: () => refreshKnowledge(deps),
  check: (text) => checkOffline(deps, text),
});
