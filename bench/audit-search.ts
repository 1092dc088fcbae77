/** How long one page of the audit search takes deep in a long chain. */
import { type ChainEntry, chainOn } from '../src/audit/entry.ts';
import { type EntrySearch, filterOf } from '../src/audit/search.ts';
import type { openAuditStore } from '../src/audit/store.ts';
import { newId } from '../src/base/id.ts';
import { quantile } from './report.ts';

const batch = 500;
const tries = 40;
const pageSize = 50;
const families = ['access.recorded', 'account.signed-in', 'certificate.issued', 'verification.answered'];

/** Grows the chain to so many entries, a second apart, and reads pages near its beginning, in its middle and at its end. */
export async function measureSearch(store: ReturnType<typeof openAuditStore>, size: number): Promise<void> {
  let head: ChainEntry | null = await store.head();
  const first = (head?.sequence ?? 0) + 1;
  const start = Date.parse('2024-01-01T00:00:00Z');
  const at = (n: number): Date => new Date(start + n * 1000);
  for (let n = 0; n < size; n += batch) {
    const made = Array.from({ length: batch }, (_, i) => {
      const index = n + i;
      const detail = { agreementId: `agreement-${index % 100}` };
      const type = families[index % families.length] ?? 'access.recorded';
      const event = { id: newId(), type, at: at(index), actor: `officer-${index % 1000}`, detail };
      return { event, source: 'papers', recordId: `paper-${index % 50_000}` };
    });
    const entries: ChainEntry[] = chainOn(head, made);
    await store.insertEntries(entries);
    head = entries.at(-1) ?? head;
  }
  const searches: Record<string, EntrySearch> = {
    everything: {},
    'an officer': { actor: 'officer-77' },
    'a record': { recordId: 'paper-77' },
    'an agreement': { mention: 'agreement-77' },
    'a type': { type: 'access.recorded' },
    'a family': { type: 'verification.' },
  };
  for (const [name, search] of Object.entries(searches)) {
    const wall: number[] = [];
    for (let n = 0; n < tries; n += 1) {
      const depth = Math.floor((size * (n + 1)) / (tries + 1));
      const place = { to: at(depth), after: `${at(depth).getTime()}-${first + depth}` };
      const askedAt = performance.now();
      await store.search({ filter: filterOf({ ...search, ...place }), limit: pageSize + 1 });
      wall.push(performance.now() - askedAt);
    }
    console.log(
      `a page of ${name} among ${size} entries  p50 ${quantile(wall, 0.5).toFixed(1)} ms, p95 ${quantile(wall, 0.95).toFixed(1)} ms`,
    );
  }
}
