/**
 * How often what happens (监督). Owns counts of acts by hour, day and since the beginning, made from the entries of the
 * chain: a projection, which can be counted anew at any time. It owns no act, knows nobody who acted (what it splits by is
 * a method, a level, a code, a site or an agreement), and does not own how figures are shown (http). The groups and the
 * way each entry is counted once are designs of this project. Hours and days are those of Beijing. Control leaves by a
 * value, and by the log when a pass fails.
 */
import { newId } from '../../base/id.ts';
import { type Loop, startLoop } from '../../base/loop.ts';
import type { RecordConnection } from '../../storage/index.ts';
import type { ChainEntry } from '../entry.ts';
import type { AuditLog } from '../ports.ts';
import { countNext } from './count.ts';
import { type Measure, nameOf, readName } from './measure.ts';
import { recount } from './recount.ts';
import { allTime } from './span.ts';
import { bucketIdOf, type MeasureStore, openMeasureStore, type PositionRecord } from './store.ts';

export { type Measure, type MeasureGroup, measureGroups } from './measure.ts';

/** A count and how often. */
export interface Counted extends Measure {
  count: number;
}

/** The counts of one hour (`2026-11-24T13`) or day (`2026-11-24`). */
export interface CountedSpan {
  span: string;
  counted: Counted[];
  /** Whether some of it is invented traffic of a demo. */
  isSynthetic: boolean;
}

/** What can be asked of the counts. */
export interface Measures {
  /** Resolves when the indexes stand. */
  ready(): Promise<void>;
  /** Counts the next entries of the chain; returns how many there were. */
  countOnce(): Promise<number>;
  /** Counts what the chain has gained, until it is stopped. */
  start(idleMilliseconds?: number): Loop;
  /**
   * Counts the whole chain anew and returns how many entries it has; what is no longer in the store is handed in. Throws
   * audit-segment-missing, and an Error when another was first.
   */
  recount(archived?: AsyncIterable<readonly ChainEntry[]>): Promise<number>;
  /** Reads hours and days, in the order asked; what nothing happened in has no counts. */
  readSpans(spans: readonly string[]): Promise<CountedSpan[]>;
  /** Reads what was counted since the chain began, without what a demo invented. */
  totals(): Promise<Counted[]>;
  /** Puts invented counts beside the true ones, marked as such; the same span again replaces them. */
  putSynthetic(spans: readonly { span: string; counted: readonly Counted[] }[]): Promise<void>;
}

export interface MeasuresDeps {
  connection: RecordConnection;
  chain: {
    entriesFrom(sequence: number, limit: number): Promise<ChainEntry[]>;
    firstSequence(): Promise<number | null>;
  };
  log: AuditLog;
}

/** What the counting works with. */
export interface MeasureWork {
  store: MeasureStore;
  chain: MeasuresDeps['chain'];
}

/** The generation that a demo invents; no recount touches it. */
export const syntheticGeneration = 'synthetic';

/** With the relay's own half second, what happens is in the figures well within five. */
const usualIdleMilliseconds = 1500;

/** Opens the counts on their store. */
export function createMeasures({ connection, chain, log }: MeasuresDeps): Measures {
  const work: MeasureWork = { store: openMeasureStore(connection), chain };
  const countOnce = async (): Promise<number> => countNext(work, await positionOf(work));
  return {
    ready: work.store.ready,
    countOnce,
    start: (idleMilliseconds = usualIdleMilliseconds) =>
      startLoop(countOnce, idleMilliseconds, (error) =>
        log.warn({ err: error }, 'what happened could not be counted; it is tried again'),
      ),
    recount: (archived) => recount(work, archived),
    readSpans: (spans) => readSpans(work, spans),
    totals: async () => {
      const { generation } = await positionOf(work);
      const [bucket] = await work.store.buckets([bucketIdOf(generation, allTime)]);
      return countedOf(bucket?.counts ?? {});
    },
    putSynthetic: async (spans) => {
      for (const { span, counted } of spans)
        await work.store.replaceBucket({
          _id: bucketIdOf(syntheticGeneration, span),
          generation: syntheticGeneration,
          through: 0,
          counts: Object.fromEntries(counted.map((one) => [nameOf(one), one.count])),
        });
    },
  };
}

/** Reads how far the chain is counted; the first time that is nothing. */
export async function positionOf(work: MeasureWork): Promise<PositionRecord> {
  const read = await work.store.position();
  if (read !== null) return read;
  await work.store.beginPosition(newId());
  return positionOf(work);
}

const countedOf = (counts: Record<string, number>): Counted[] =>
  Object.entries(counts).flatMap(([name, count]) => {
    const measure = readName(name);
    return measure === null ? [] : [{ ...measure, count }];
  });

const readSpans = async (work: MeasureWork, spans: readonly string[]): Promise<CountedSpan[]> => {
  const { generation } = await positionOf(work);
  const idsOf = (span: string) =>
    [bucketIdOf(generation, span), bucketIdOf(syntheticGeneration, span)] as const;
  const found = await work.store.buckets(spans.flatMap(idsOf));
  const counts = new Map(found.map((bucket) => [bucket._id, bucket.counts]));
  return spans.map((span) => {
    const [real, synthetic] = idsOf(span).map((id) => countedOf(counts.get(id) ?? {}));
    return {
      span,
      counted: [...(real ?? []), ...(synthetic ?? [])],
      isSynthetic: (synthetic ?? []).length > 0,
    };
  });
};
