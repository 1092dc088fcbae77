import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Model, Schema } from 'mongoose';
import { type Audit, createAudit } from '../../src/audit/index.ts';
import { createRelay, type Relay } from '../../src/audit/relay.ts';
import { openAuditStore } from '../../src/audit/store.ts';
import { type DomainEvent, newEvent } from '../../src/base/event.ts';
import { type Crypto, openCrypto, parseMasterKey } from '../../src/crypto/index.ts';
import { openEmbeddedConnection } from '../../src/storage/embedded/index.ts';
import { openStorage, type RecordConnection } from '../../src/storage/index.ts';
import { type OutboxSource, outboxOf, withOutbox } from '../../src/storage/outbox.ts';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.ts';

/** The synthetic authority that seals in these tests. */
export const authorityCode = '11999999000000019M';

interface Paper {
  _id: string;
  version: number;
  outbox: DomainEvent[];
}

const paperSchema = new Schema<Paper>({ _id: { type: String, required: true }, version: Number } as never, {
  collection: 'papers',
  versionKey: false,
});
withOutbox(paperSchema);

/** A line of the log. */
export interface Line {
  level: 'warn' | 'error';
  fields: object;
  message: string;
}

/** The audit domain on embedded storage with a clock that stands and one collection of papers that things happen to. */
export interface AuditHouse {
  audit: Audit;
  crypto: Crypto;
  records: RecordConnection;
  clock: FrozenClock;
  source: OutboxSource;
  lines: Line[];
  /** Files a paper with events of one type; returns them. */
  file(recordId: string, count?: number, detail?: DomainEvent['detail']): Promise<DomainEvent[]>;
  /** Another relay on a connection of its own, as another process has; `change` may spoil its source. */
  relayBeside(change?: (source: OutboxSource) => OutboxSource): Promise<Relay>;
  /** What waits in the outbox of a paper. */
  waiting(recordId: string): Promise<string[]>;
  /** Everything in the chain, by the driver. */
  chain(): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Opens it in a temporary folder. */
export async function openAuditHouse(): Promise<AuditHouse> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'yihao-audit-'));
  const clock = frozenClock();
  const storage = await openStorage(
    { dataFolder, mongodbUrl: null, redisUrl: null, redisCluster: false },
    clock,
  );
  const { records } = storage;
  const crypto = await openCrypto({
    connection: records,
    masterKey: parseMasterKey('5e'.repeat(32)),
    clock,
    keyOverlapSeconds: 60,
    nationalSeals: false,
  });
  const papers: Model<Paper> = records.model<Paper>('Paper', paperSchema);
  const source = outboxOf(papers, 'papers');
  const lines: Line[] = [];
  const log = {
    warn: (fields: object, message: string) => void lines.push({ level: 'warn', fields, message }),
    error: (fields: object, message: string) => void lines.push({ level: 'error', fields, message }),
  };
  const audit = createAudit({
    connection: records,
    sources: [source],
    clock,
    log,
    origin: 'https://id.example.gov.cn/audit',
    seal: (document) => crypto.sealer.seal(authorityCode, document),
    verifySeal: (document, seal) => crypto.sealer.verify(authorityCode, document, seal),
  });
  await audit.ready();
  const beside: RecordConnection[] = [];
  return {
    audit,
    crypto,
    records,
    clock,
    source,
    lines,
    file: async (recordId, count = 1, detail = {}) => {
      const events = Array.from({ length: count }, (_, n) =>
        newEvent(clock, n === 0 ? 'paper.filed' : 'paper.stamped', `officer-${n % 3}`, detail),
      );
      await papers.create({ _id: recordId, version: 1, outbox: events });
      return events;
    },
    relayBeside: async (change = (own) => own) => {
      const connection = await openEmbeddedConnection({ file: join(dataFolder, 'yihao.sqlite') });
      beside.push(connection);
      const own = outboxOf(connection.model<Paper>('Paper', paperSchema), 'papers');
      const store = openAuditStore(connection);
      await Promise.all([store.ready(), own.ready()]);
      return createRelay({ sources: [change(own)], store, clock, log });
    },
    waiting: async (recordId) => {
      const found = await papers.findById(recordId).lean<Paper>().exec();
      return (found?.outbox ?? []).map(({ id }) => id);
    },
    chain: () =>
      records
        .collection('auditentries')
        .find({}, { sort: { _id: 1 } })
        .toArray(),
    close: async () => {
      await Promise.all(beside.map((connection) => connection.close()));
      await storage.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
