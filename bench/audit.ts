/**
 * `npm run bench:audit`: how many events a second the audit chain takes, beside how many bare documents of the same size
 * the same storage takes, in one run; and, asked for, how long a search takes deep in a long chain. Owns the order of the
 * rounds and the verdict; it works on embedded storage in a temporary folder and leaves nothing behind.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRelay } from '../src/audit/relay.ts';
import { openAuditStore } from '../src/audit/store.ts';
import { systemClock } from '../src/base/clock.ts';
import { newEvent } from '../src/base/event.ts';
import { newId } from '../src/base/id.ts';
import { openEmbeddedConnection } from '../src/storage/embedded/index.ts';
import type { RecordConnection } from '../src/storage/index.ts';
import type { Outbox, OutboxSource } from '../src/storage/outbox.ts';
import { measureSearch } from './audit-search.ts';

const { values: options } = parseArgs({
  options: {
    events: { type: 'string', default: '20000' },
    search: { type: 'string', default: '0' },
  },
});
const events = Number(options.events);
const searched = Number(options.search);
if (!Number.isInteger(events) || events < 1000)
  throw new Error('--events takes a whole number of 1000 or more');
if (!Number.isInteger(searched) || searched < 0) throw new Error('--search takes a whole number');

const roundsEach = 3;
const aimedPerSecond = 7000;
const eventsOfRecord = 2;
const batch = 200;

/** What a round took, and CPU time of this process for one event. */
interface Round {
  perSecond: number;
  cpuMilliseconds: number;
}

const timed = async (count: number, work: () => Promise<void>): Promise<Round> => {
  const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return {
    perSecond: count / ((performance.now() - startedAt) / 1000),
    cpuMilliseconds: (user + system) / 1000 / count,
  };
};

/** An outbox in memory: what records keep there is the cost of the act and not of the chain. */
const sourceOf = (outboxes: Map<string, Outbox>): OutboxSource => ({
  name: 'papers',
  ready: async () => undefined,
  wasWritten: () => true,
  next: async (limit) => [...outboxes.values()].slice(0, limit),
  drop: async (recordId) => void outboxes.delete(recordId),
});

const detail = { readerKind: 'department', outcome: 'granted', basis: 'law', channel: 'api' };
const makeOutboxes = (count: number): Map<string, Outbox> =>
  new Map(
    Array.from({ length: count / eventsOfRecord }, () => {
      const made = Array.from({ length: eventsOfRecord }, (_, n) =>
        newEvent(systemClock, 'access.recorded', `client-${n}`, detail),
      );
      const recordId = newId();
      return [recordId, { recordId, events: made }] as const;
    }),
  );

type Chain = ReturnType<typeof openAuditStore>;

const appendRound = async (store: Chain, count: number): Promise<Round> => {
  const outboxes = makeOutboxes(count);
  const log = { warn: console.error, error: console.error };
  const relay = createRelay({ sources: [sourceOf(outboxes)], store, clock: systemClock, log });
  return timed(count, async () => {
    while (outboxes.size > 0) await relay.runOnce();
  });
};

/** Documents as large as entries, in as large batches, with no index but their key: what the storage can do at most. */
const bareRound = async (connection: RecordConnection, sample: object, count: number): Promise<Round> => {
  const bare = connection.collection<{ _id: string }>('bare');
  return timed(count, async () => {
    for (let at = 0; at < count; at += batch)
      await bare.insertMany(Array.from({ length: batch }, () => ({ ...sample, _id: newId() })));
  });
};

const mean = (rounds: readonly Round[], of: keyof Round): number =>
  rounds.reduce((sum, round) => sum + round[of], 0) / rounds.length;

const describe = (name: string, rounds: readonly Round[]): string =>
  `${name.padEnd(14)} ${mean(rounds, 'perSecond').toFixed(0)} a second, ${mean(rounds, 'cpuMilliseconds').toFixed(3)} CPU ms each (by round: ${rounds
    .map(({ perSecond }) => perSecond.toFixed(0))
    .join(', ')} a second)`;

async function bench(folder: string): Promise<boolean> {
  const connection = await openEmbeddedConnection({ file: join(folder, 'audit.sqlite') });
  try {
    const store = openAuditStore(connection);
    await store.ready();
    await appendRound(store, batch * 10);
    const sample = await connection.collection('auditentries').findOne({});
    const [chain, bare]: [Round[], Round[]] = [[], []];
    for (let round = 0; round < roundsEach; round += 1) {
      chain.push(await appendRound(store, events));
      bare.push(await bareRound(connection, sample ?? {}, events));
    }
    console.log(describe('audit chain', chain));
    console.log(describe('bare documents', bare));
    const ratio = mean(bare, 'perSecond') / mean(chain, 'perSecond');
    console.log(`a bare document is written ${ratio.toFixed(1)} times as fast`);
    const expected = batch * 10 + events * roundsEach;
    const last = (await store.head())?.sequence ?? 0;
    const lost = expected - last;
    console.log(lost === 0 ? `none of ${expected} events is lost` : `LOST: ${lost} of ${expected} events`);
    const rate = mean(chain, 'perSecond');
    console.log(`aim ${aimedPerSecond} a second: ${rate >= aimedPerSecond ? 'met' : 'NOT MET'}`);
    if (searched > 0) await measureSearch(store, searched);
    return lost === 0;
  } finally {
    await connection.close();
  }
}

const folder = await mkdtemp(join(tmpdir(), 'yihao-bench-audit-'));
try {
  if (!(await bench(folder))) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
