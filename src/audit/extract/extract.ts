/**
 * What a search found, taken out of the house (导出). Owns the record that somebody did, and the walk through all pages of a
 * search. It does not own who may (staff, http), nor how the rows are written (http). Control leaves by a value and by an
 * AppError with a code; what happened is an event, written before the first row goes out.
 */
import { createHash } from 'node:crypto';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import { canonicalBytes } from '../../crypto/canonical-json.ts';
import type { ChainEntry } from '../entry.ts';
import type { Work } from '../ports.ts';
import { type EntrySearch, filterOf, searchEntries } from '../search.ts';
import type { ExtractStore } from './store.ts';

/** Longer extracts are asked for in parts, by days. */
export const mostExtracted = 100_000;

/** What is to be taken out, and by whom. */
export interface Extraction {
  officerId: string;
  search: Omit<EntrySearch, 'after' | 'limit'>;
}

const pageSize = 200;

/**
 * Takes out what a search finds, newest first, a page at a time, 100,000 entries at most. The event says who did and the
 * digest of the search: SHA-256 over its canonical JSON (RFC 8785), a design of this project. Throws audit-page-invalid.
 */
export async function extractEntries(
  work: Work & { extracts: ExtractStore },
  { officerId, search }: Extraction,
): Promise<AsyncIterable<readonly ChainEntry[]>> {
  const { from, to, ...words } = search;
  filterOf(search);
  const query = {
    ...words,
    ...(from && { from: from.toISOString() }),
    ...(to && { to: to.toISOString() }),
  };
  const queryDigest = createHash('sha256').update(canonicalBytes(query)).digest('hex');
  const event = newEvent(work.clock, 'audit.extracted', officerId, { queryDigest });
  await work.extracts.insert({ _id: newId(), officerId, queryDigest, at: event.at, outbox: [event] });
  return pagesOf(work, search);
}

async function* pagesOf(work: Work, search: Extraction['search']): AsyncGenerator<readonly ChainEntry[]> {
  let after: string | null | undefined;
  for (let taken = 0; taken < mostExtracted && after !== null; taken += pageSize) {
    const page = await searchEntries(work, {
      ...search,
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
    });
    yield page.entries;
    after = page.next;
  }
}
