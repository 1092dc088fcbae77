/**
 * What of the chain stands in files (归档). Owns the cuts: up to which signed tree head the entries were taken out of the
 * store once their segments were verified, and in which file they are. It does not own the files, nor the tree and the tree
 * heads, of which nothing is ever taken out: so the chain is one across a cut, and a proof from a segment holds as any other.
 * All of it is a design of this project. Control leaves by a value and by an AppError with a code; that something was
 * pruned is an event.
 */
import type { Work } from '../ports.ts';
import { type Pruning, prune } from './prune.ts';
import type { Cut, CutStore } from './store.ts';

/** What can be asked of the archive. */
export interface Archive {
  /** The newest cut; null while the whole chain is in the store. */
  latestCut(): Promise<Cut | null>;
  /** The cut whose file has what happened at an instant; null when that is in the store. */
  cutOf(at: Date): Promise<Cut | null>;
  /**
   * Takes the entries of verified segments out of the store and returns the cuts made. Throws audit-retention-short,
   * audit-segment-invalid, audit-segment-other.
   */
  prune(pruning: Pruning): Promise<Cut[]>;
}

/** What pruning works with. */
export interface ArchiveWork extends Work {
  cuts: CutStore;
  /** Counts the entries into the figures before they go; returns how many there were. */
  countOnce(): Promise<number>;
}

/** Opens the archive. */
export const createArchive = (work: ArchiveWork): Archive => ({
  latestCut: () => work.cuts.latest(),
  cutOf: (at) => work.cuts.covering(at),
  prune: (pruning) => prune(work, pruning),
});
