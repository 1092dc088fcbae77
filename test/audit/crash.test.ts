import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createAudit } from '../../src/audit/index.ts';
import { systemClock } from '../../src/base/clock.ts';
import { openCrypto, parseMasterKey } from '../../src/crypto/index.ts';
import { createIdentity, createPasskeyCeremonies } from '../../src/identity/index.ts';
import { createSiteStore } from '../../src/oidc/index.ts';
import { openEmbeddedConnection } from '../../src/storage/embedded/index.ts';
import { openStorage } from '../../src/storage/index.ts';
import { type Compiled, compileSource } from '../support/compile.ts';
import { seededRandom } from '../support/random.ts';
import { authorityCode } from './audit-house.ts';

const folder = mkdtempSync(join(tmpdir(), 'yihao-audit-crash-'));
let compiled: Compiled;
beforeAll(async () => {
  compiled = await compileSource();
}, 120_000);
afterAll(async () => {
  await compiled?.remove();
  rmSync(folder, { recursive: true });
});

/** How often an act on each record was begun, and how often it was told as done, over all rounds. */
const begun = new Map<string, number>();
const done = new Map<string, number>();
const count = (of: Map<string, number>, id: string): void => {
  of.set(id, (of.get(id) ?? 0) + 1);
};

/** Kills the writer once it has told so many lines; counts what it had told by then. */
const killedAfter = async (writer: ChildProcess, lines: number): Promise<void> => {
  let told = '';
  writer.stdout?.on('data', (chunk: Buffer) => {
    told += chunk.toString();
    if (told.split('\n').length > lines) writer.kill('SIGKILL');
  });
  const [, signal] = await once(writer, 'close');
  expect(signal).toBe('SIGKILL');
  // A line that was cut off was not told.
  for (const line of told.split('\n').slice(0, -1)) {
    const [word, id = ''] = line.split(' ');
    // The creation of an account is an act of its own, begun and done.
    if (word === 'begun' || word === 'created') count(begun, id);
    if (word === 'done' || word === 'created') count(done, id);
  }
};

interface Seen {
  id: string;
  recordId: string;
}

/** Every event there is, in the chain or in an outbox, each once; and how many are in both. */
const eventsIn = async (
  file: string,
): Promise<{ events: Map<string, string>; waiting: number; chained: number[] }> => {
  const connection = await openEmbeddedConnection({ file });
  const chain = await connection
    .collection<{ _id: number; recordId: string; event: Seen }>('auditentries')
    .find({}, { sort: { _id: 1 } })
    .toArray();
  const events = new Map(chain.map(({ event, recordId }) => [event.id, recordId]));
  let waiting = 0;
  for (const name of ['accounts', 'sites'])
    for (const record of await connection
      .collection<{ _id: string; outbox: Seen[] }>(name)
      .find({})
      .toArray())
      for (const { id } of record.outbox) {
        events.set(id, record._id);
        waiting += 1;
      }
  await connection.close();
  return { events, waiting, chained: chain.map(({ _id }) => _id) };
};

const expectNothingLost = (events: Map<string, string>): void => {
  const found = new Map<string, number>();
  for (const recordId of events.values()) count(found, recordId);
  for (const [id, least] of done) {
    expect(found.get(id) ?? 0).toBeGreaterThanOrEqual(least);
    expect(found.get(id) ?? 0).toBeLessThanOrEqual(begun.get(id) ?? 0);
  }
};

/** Brings in what still waits, as the next start does, and walks the chain. */
const recover = async () => {
  const clock = systemClock;
  const storage = await openStorage(
    { dataFolder: folder, mongodbUrl: null, redisUrl: null, redisCluster: false },
    clock,
  );
  const { records: connection, ephemeral } = storage;
  const masterKey = parseMasterKey('5e'.repeat(32));
  const crypto = await openCrypto({
    connection,
    masterKey,
    clock,
    keyOverlapSeconds: 60,
    nationalSeals: false,
  });
  const { cipher, blindIndex, sealer } = crypto;
  const relyingParty = { id: 'id.example.gov.cn', name: '一号', origins: [] };
  const ceremonies = createPasskeyCeremonies({ ephemeral, relyingParty });
  const identity = createIdentity({
    connection,
    ephemeral,
    cipher,
    blindIndex,
    clock,
    ceremonies,
    region: '990000',
  });
  const audit = createAudit({
    connection,
    sources: [...crypto.outboxes, ...identity.outboxes, ...createSiteStore(connection, clock).outboxes],
    clock,
    log: { warn: () => undefined, error: () => undefined },
    origin: 'https://id.example.gov.cn/audit',
    seal: (document) => sealer.seal(authorityCode, document),
    verifySeal: (document, seal) => sealer.verify(authorityCode, document, seal),
  });
  await audit.ready();
  while ((await audit.relay.runOnce()) > 0);
  await audit.relay.runOnce();
  const report = await audit.check();
  await storage.close();
  return report;
};

/** How often a process is killed, two at once; `KILLS=50` kills more often than the suite has time for. */
const kills = Number(process.env['KILLS'] ?? 20);

test(
  'processes killed again and again with their relays running lose no act they told of, and none is there twice',
  async () => {
    const random = seededRandom(11);
    const file = join(folder, 'yihao.sqlite');
    const script = resolve(import.meta.dirname, 'killed-writer.mjs');
    const runLane = (lane: number): Promise<void> => {
      const words = [script, compiled.folder, folder, String(lane)];
      const writer = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
      return killedAfter(writer, 10 + random.below(60));
    };
    // Of two processes that make the file at the same instant one may find it locked: that is another matter.
    await (await openEmbeddedConnection({ file })).close();
    // Two at once, so that each relay also meets what the other did and what the other left when it was killed.
    for (let round = 0; round < kills / 2; round += 1) {
      await Promise.all([runLane(0), runLane(1)]);
      const { events, chained } = await eventsIn(file);
      expectNothingLost(events);
      expect(chained).toEqual(chained.map((_, n) => n + 1));
    }
    const report = await recover();
    expect(report).toMatchObject({ holds: true, faults: [] });
    expect(report.checkpoints).toBeGreaterThanOrEqual(1);
    const { events, waiting } = await eventsIn(file);
    expect(waiting).toBe(0);
    expectNothingLost(events);
    expect(events.size).toBe(report.entries);
  },
  60_000 + kills * 20_000,
);
