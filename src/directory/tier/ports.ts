import type { Clock } from '../../base/clock.ts';
import type { DirectoryKey } from '../../crypto/directory-key.ts';
import type { BlindIndex } from '../../crypto/ports.ts';
import type { RecordConnection } from '../../storage/index.ts';
import type { RegionCode } from '../../terms/region-code.ts';
import type { ThinEntry } from './entry.ts';
import type { LinkStore, ParentStore } from './store.ts';
import type { BucketTally, StatusCount } from './tally.ts';

/** What a parent's side is given from outside. */
export interface ParentSideDeps {
  connection: RecordConnection;
  blindIndex: BlindIndex;
  clock: Clock;
  region: RegionCode;
  /** Null: this instance gathers nothing. */
  directoryKey: DirectoryKey | null;
}

export interface ParentWork extends Omit<ParentSideDeps, 'connection'> {
  store: ParentStore;
}

/** A batch of entries, as it crosses the wire. */
export interface Batch {
  keyId: string;
  entries: readonly ThinEntry[];
  behind: number | null;
}

/** What became of a batch. */
export interface BatchAnswer {
  stored: number;
  unchanged: number;
  refused: readonly { identifier: string; code: string }[];
}

/** Neighbouring buckets, as the library counts them. */
export interface BucketQuestion {
  keyId: string;
  buckets: readonly BucketTally[];
}

/** Which of them the parent counts otherwise, and what it has in all of them. */
export interface BucketAnswer {
  differing: readonly number[];
  counts: readonly StatusCount[];
}

/** The parent's instance, over the wire. Throws tier-parent-unreachable and tier-parent-refused. */
export interface ParentDirectory {
  pushEntries(batch: Batch): Promise<BatchAnswer>;
  compareBuckets(question: BucketQuestion): Promise<BucketAnswer>;
}

/** What changed in the library, in one order that never changes: the audit chain. */
export interface ChangeFeed {
  /** The place of the newest change; 0 when there is none. */
  head(): Promise<number>;
  /** Reads on after a place: which certificates changed, each once, and up to where was read. */
  after(position: number, limit: number): Promise<{ identifiers: string[]; position: number }>;
}

/** What a child's side is given from outside. */
export interface ChildSideDeps {
  connection: RecordConnection;
  library: Library;
  clock: Clock;
  region: RegionCode;
  directoryKey: DirectoryKey;
  parent: ParentDirectory;
  /** The parent's address and the name this instance has there. */
  parentName: string;
  changes: ChangeFeed;
  reconcileSeconds: number;
  /** How many certificates are read and sent at once: 500 when left out, which is the most the parent takes. */
  entriesAtOnce?: number;
  log: { warn(bindings: object, message: string): void; info(bindings: object, message: string): void };
}

export interface ChildWork extends Required<Omit<ChildSideDeps, 'connection'>> {
  store: LinkStore;
}

/** A certificate as far as an entry is made of it. */
export interface LibraryRow {
  identifier: string;
  areaCode: RegionCode;
  status: string;
  revision: number;
}

/** The certificates of this instance. */
export interface Library {
  /** Reads on after an identifier, in their order, what is counted of each. */
  rowsAfter(identifier: string, limit: number): Promise<LibraryRow[]>;
  /** Makes entries of certificates; null for one that does not open. One that is gone is left out. */
  entriesOf(identifiers: readonly string[]): Promise<{ row: LibraryRow; entry: ThinEntry | null }[]>;
}
