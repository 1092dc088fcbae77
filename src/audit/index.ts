/**
 * What happened. Owns the relay that takes events out of every record's outbox, the chain they end in (审计链), the
 * Merkle tree and signed tree heads over it, proofs, the search, the counts of what happened, and what of the chain was
 * moved to files. It does not own what an event means nor who may see one (the domains, http), and keeps no personal data:
 * an event that seems to carry some is refused. Its standards, all from memory: RFC 9162 section 2.1 (tree and proofs),
 * RFC 8785 (canonical bytes), RFC 7515 appendix F (seals); the chain, the proof files and the minute between tree heads are
 * designs of this project. It shows that entries were altered, left out or put in, up to the newest tree head that someone
 * outside holds; it cannot show what never reached an outbox. Control leaves by a value, by an AppError with a code, and by
 * the log for what a person must look at.
 */
import { type Loop, startLoop } from '../base/loop.ts';
import { type Archive, createArchive } from './archive/archive.ts';
import { openCutStore } from './archive/store.ts';
import { type ChainReport, checkChain } from './check-chain.ts';
import { type Checkpoint, checkpointSeconds } from './checkpoint.ts';
import type { ChainEntry } from './entry.ts';
import { exportSegment, type Segment } from './export-segment.ts';
import { type Extraction, extractEntries } from './extract/extract.ts';
import { openExtractStore } from './extract/store.ts';
import { makeCheckpoint } from './make-checkpoint.ts';
import { createMeasures, type Measures } from './measures/measures.ts';
import type { AuditDeps, Work } from './ports.ts';
import type { ConsistencyProof, InclusionProof } from './proof.ts';
import { prove, proveConsistency } from './prove.ts';
import { createRelay, type Relay } from './relay.ts';
import { type EntryPage, type EntrySearch, searchEntries } from './search.ts';
import { openAuditStore } from './store.ts';

export type { Loop } from '../base/loop.ts';
export type { Archive } from './archive/archive.ts';
export { proveArchived } from './archive/prove-archived.ts';
export {
  archivedEntries,
  type SegmentFile,
  type SegmentsReport,
  verifySegments,
} from './archive/segment-files.ts';
export type { Cut } from './archive/store.ts';
export type { ChainFault, ChainReport } from './check-chain.ts';
export type { Checkpoint } from './checkpoint.ts';
export type { ChainEntry } from './entry.ts';
export { mostExtracted } from './extract/extract.ts';
export {
  type Counted,
  type CountedSpan,
  type MeasureGroup,
  type Measures,
  measureGroups,
} from './measures/measures.ts';
export type { AuditDeps, AuditLog } from './ports.ts';
export type { ConsistencyProof, InclusionProof, Proof } from './proof.ts';
export { mentioning } from './rules.ts';
export type { EntryPage, EntrySearch } from './search.ts';
export { isSegment } from './segment.ts';
export { type Finding, type ProofReport, verifyProof } from './verify-proof.ts';
export { verifySegment } from './verify-segment.ts';

/** What can be asked of the domain. */
export interface Audit {
  /** Resolves when the indexes stand, those of the outboxes too. */
  ready(): Promise<void>;
  relay: Relay;
  /** Signs a tree head if one is due; null when not. Throws audit-chain-broken. */
  makeCheckpoint(): Promise<Checkpoint | null>;
  /** Relays and signs until it is stopped. */
  start(idleMilliseconds?: number): Loop;
  /** Proves an entry by sequence number or event identifier. Throws audit-entry-missing, audit-entry-archived, audit-entry-unsealed. */
  prove(name: number | string): Promise<InclusionProof>;
  /** Proves that one signed tree grew into another. Throws audit-checkpoint-missing. */
  proveConsistency(firstSize: number, secondSize: number): Promise<ConsistencyProof>;
  /** Exports what came after a signed tree head, 0 for all. Throws audit-checkpoint-missing, audit-segment-empty, audit-entry-archived. */
  exportSegment(after: number): Promise<Segment>;
  /** Finds entries, newest first. Throws audit-page-invalid. */
  searchEntries(search: EntrySearch): Promise<EntryPage>;
  /** Takes out what a search finds and leaves an event that somebody did. Throws audit-page-invalid. */
  extractEntries(extraction: Extraction): Promise<AsyncIterable<readonly ChainEntry[]>>;
  /** Reads entries in their order, from a sequence number on: what follows the chain by position loses none. */
  entriesFrom(sequence: number, limit: number): Promise<ChainEntry[]>;
  /** Returns the newest sequence number; 0 for the empty chain. */
  lastSequence(): Promise<number>;
  /** Walks the whole chain. */
  check(): Promise<ChainReport>;
  /** How often what happened. */
  measures: Measures;
  /** What of the chain stands in files. */
  archive: Archive;
}

const usualIdleMilliseconds = 500;

/** Opens the domain on its store. */
export function createAudit({ connection, ...deps }: AuditDeps): Audit {
  const { log } = deps;
  const [store, cuts] = [openAuditStore(connection), openCutStore(connection)];
  const extracts = openExtractStore(connection);
  const sources = [...deps.sources, cuts.outbox, extracts.outbox];
  const work: Work = { ...deps, sources, store };
  const relay = createRelay(work);
  const measures = createMeasures({ connection, chain: store, log });
  return {
    ready: async () => {
      await Promise.all([store.ready(), measures.ready(), ...sources.map((source) => source.ready())]);
    },
    relay,
    makeCheckpoint: () => makeCheckpoint(work),
    start: (idleMilliseconds = usualIdleMilliseconds) =>
      startLoop(passOf(work, relay), idleMilliseconds, (error) =>
        log.warn({ err: error }, 'a pass of the audit relay failed'),
      ),
    prove: (name) => prove({ ...work, cuts }, name),
    proveConsistency: (firstSize, secondSize) => proveConsistency(work, firstSize, secondSize),
    exportSegment: (after) => exportSegment({ ...work, cuts }, after),
    searchEntries: (search) => searchEntries(work, search),
    extractEntries: (extraction) => extractEntries({ ...work, extracts }, extraction),
    entriesFrom: (sequence, limit) => store.entriesFrom(sequence, limit),
    lastSequence: async () => (await store.head())?.sequence ?? 0,
    check: async () => checkChain(work, await cuts.latest()),
    measures,
    archive: createArchive({ ...work, cuts, countOnce: measures.countOnce }),
  };
}

/**
 * A pass that found less than this has caught up. It asks every outbox, whoever has something: on a busy server a loop
 * that went on at once would ask them all for each single event.
 */
const fullPass = 100;
/** Every so many passes all outboxes are asked: others write too, and who crashed has left something. */
const allEvery = 5;

/** Relays, then signs; where that fails the relay goes on, and signing is tried again, and told of again, in a minute. */
const passOf = (work: Work, relay: Relay): (() => Promise<number>) => {
  let failedAt: number | null = null;
  let passes = 0;
  return async () => {
    const added = await relay.runOnce(passes++ % allEvery === 0 ? 'all' : 'written');
    const now = work.clock.now().getTime();
    if (failedAt !== null && now - failedAt < checkpointSeconds * 1000) return added < fullPass ? 0 : added;
    try {
      await makeCheckpoint(work);
      failedAt = null;
    } catch (error) {
      failedAt = now;
      work.log.error({ err: error }, 'no tree head of the audit chain could be signed');
    }
    return added < fullPass ? 0 : added;
  };
};
