/**
 * The tiers of the directory (上下级目录). Owns what a region tells the region above of its library, a thin entry for each
 * certificate, and what the one above keeps of it: which library holds a certificate of which type for whom. It does not
 * own certificates (the directory, whose content never leaves its instance), who may ask (consent, http), the wire (http
 * and oidc), nor entries of a grandchild: each instance tells of its own library only. The thin entry, the buckets and the
 * shared key are our design; no standard's text on directories was read.
 *
 * Holders are called by HMAC under the directory key, which stands in a file beside each process and in no database, and
 * the parent puts that once more under its own index secret. So a stolen database of either side finds nobody, nor does
 * the parent's with the directory key of one city. Whoever has the parent's database, its master key and the directory
 * key can try numbers one by one, as the parent itself can: the key keeps thieves of records out, not the parent. A city
 * that is taken over sees the blinds of its own holders, which it knows by name anyway. Type, issuer, area and status are
 * in the clear, and how many certificates a blind has.
 *
 * Control leaves by a value, or by an AppError with a code; what happened rides in the outboxes: of entries, one event a
 * batch, since each certificate's own acts stand in the chain of its library.
 */
import type { Loop } from '../../base/loop.ts';
import type { OutboxSource } from '../../storage/outbox.ts';
import { type Child, listChildren, type NewChild, saveChild } from './children.ts';
import { compareBuckets } from './compare-buckets.ts';
import type { LinkState, Pushed, Reconciled } from './link.ts';
import { type LocatedLibrary, type LocateQuestion, locateLibraries } from './locate-libraries.ts';
import { startReporting } from './loop.ts';
import type {
  Batch,
  BatchAnswer,
  BucketAnswer,
  BucketQuestion,
  ChildSideDeps,
  ChildWork,
  ParentSideDeps,
  ParentWork,
} from './ports.ts';
import { pushAll, stateOf } from './push-entries.ts';
import { receiveEntries } from './receive-entries.ts';
import { reconcile } from './reconcile.ts';
import { mostEntries } from './send-entries.ts';
import { openLinkStore, openParentStore } from './store.ts';

/** What can be asked of the region above. */
export interface ParentSide {
  /** Resolves when the indexes stand. */
  ready(): Promise<void>;
  /** Where the audit relay finds what happened. */
  readonly outboxes: readonly OutboxSource[];
  saveChild(child: NewChild): Promise<void>;
  listChildren(): Promise<Child[]>;
  receiveEntries(clientId: string, batch: Batch): Promise<BatchAnswer>;
  compareBuckets(clientId: string, question: BucketQuestion): Promise<BucketAnswer>;
  /** The ledger's row must stand before. */
  locateLibraries(question: LocateQuestion): Promise<LocatedLibrary[]>;
}

/** What can be asked of a region that has one above. */
export interface ChildSide {
  ready(): Promise<void>;
  readonly outboxes: readonly OutboxSource[];
  /** Sends what waits. */
  push(): Promise<Pushed>;
  reconcile(): Promise<Reconciled>;
  state(): Promise<LinkState>;
  /** Sends and reconciles until it is stopped. */
  start(idleMilliseconds?: number): Loop;
}

const usualIdleMilliseconds = 1000;

/** Opens the side of a region that gathers from those below. */
export function createParentSide({ connection, ...deps }: ParentSideDeps): ParentSide {
  const store = openParentStore(connection);
  const work: ParentWork = { ...deps, store };
  return {
    ready: store.ready,
    outboxes: [store.outbox],
    saveChild: (child) => saveChild(work, child),
    listChildren: () => listChildren(work),
    receiveEntries: (clientId, batch) => receiveEntries(work, clientId, batch),
    compareBuckets: (clientId, question) => compareBuckets(work, clientId, question),
    locateLibraries: (question) => locateLibraries(work, question),
  };
}

/** Opens the side of a region that tells the one above. */
export function createChildSide({ connection, ...deps }: ChildSideDeps): ChildSide {
  const store = openLinkStore(connection);
  const work: ChildWork = {
    entriesAtOnce: mostEntries,
    ...deps,
    store,
  };
  return {
    ready: store.ready,
    outboxes: [store.outbox],
    push: () => pushAll(work),
    reconcile: () => reconcile(work),
    state: () => stateOf(work),
    start: (idleMilliseconds = usualIdleMilliseconds) => startReporting(work, idleMilliseconds),
  };
}
