import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { demoPeople } from '../../config/demo/people.ts';
import { readConfig } from '../../config/index.ts';
import { systemClock } from '../../src/base/clock.ts';
import {
  checkAuditChain,
  exportAuditSegment,
  verifyAuditProof,
  writeAuditProof,
} from '../../src/commands/audit.ts';
import { pruneAudit } from '../../src/commands/audit-archive.ts';
import { startServer } from '../../src/commands/server.ts';
import { parseMasterKey } from '../../src/crypto/index.ts';
import { openHouse } from '../../src/house.ts';
import { createLog } from '../../src/http/index.ts';
import { openEmbeddedConnection } from '../../src/storage/embedded/index.ts';
import { waitUntil } from '../support/wait.ts';

const before = { ...process.env };
let folder: string;
let said: string[];

const openTestHouse = async () => {
  const config = readConfig();
  const masterKey = parseMasterKey(config.masterKey.text ?? '');
  return openHouse({ config, masterKey, clock: systemClock, log: createLog(config.logLevel) });
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yihao-audit-command-'));
  Object.assign(process.env, {
    YIHAO_MODE: 'development',
    YIHAO_ISSUER: 'http://localhost:3000',
    YIHAO_REGION_CODE: '990000',
    YIHAO_REGION_NAME: '示例省',
    YIHAO_DATA_FOLDER: folder,
    YIHAO_MASTER_KEY: '5e'.repeat(32),
    YIHAO_LOG_LEVEL: 'silent',
    YIHAO_LISTEN_PORT: '0',
  });
  const house = await openTestHouse();
  for (const { number, name } of demoPeople.slice(0, 3))
    await house.identity.createAccount({ number, name, assurance: 2, actor: 'seed' });
  const loop = house.audit.start();
  await loop.stop();
  await house.close();
}, 30_000);
afterAll(async () => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  said = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
});
afterEach(() => {
  jest.restoreAllMocks();
});

const [proofFile, keysFile] = ['proof.json', 'keys.json'].map((name) => () => join(folder, name)) as [
  () => string,
  () => string,
];

test('a proof written by one command holds by the keys written by it, and says in words what holds', async () => {
  await writeAuditProof(['2', proofFile()]);
  await writeAuditProof(['--keys', keysFile()]);
  said = [];
  expect(await verifyAuditProof([proofFile(), '--keys', keysFile()])).toBe(true);
  expect(said).toEqual([
    'ok    entry 2 is as it was when it was hashed',
    expect.stringMatching(/^ok {4}it is number 2 of the \d+ entries under the tree head$/),
    expect.stringMatching(
      /^ok {4}the tree head of \d+ entries was signed by http:\/\/localhost:3000\/audit at \S+, key \S+$/,
    ),
    'The proof holds.',
  ]);
  expect(await readFile(keysFile(), 'utf8')).not.toContain('"d"');
});

test('a proof that was altered does not hold, and is told from a file that is none', async () => {
  const altered = (await readFile(proofFile(), 'utf8')).replace(/"actor": "[^"]*"/, '"actor": "other"');
  await writeFile(proofFile(), altered);
  expect(await verifyAuditProof([proofFile(), '--keys', keysFile()])).toBe(false);
  expect(said[0]).toBe('FAULT entry 2 was altered: its hash does not fit what it says');
  expect(said.at(-1)).toBe('The proof does not hold.');
  await expect(verifyAuditProof([keysFile(), '--keys', keysFile()])).rejects.toMatchObject({
    code: 'audit-proof-malformed',
  });
  await expect(verifyAuditProof([proofFile()])).rejects.toThrow(/usage/);
});

test('a segment written by one command holds by the keys alone, and not with a row taken out', async () => {
  const file = join(folder, 'segment.jsonl');
  await exportAuditSegment(['--segment', file]);
  expect(said[0]).toMatch(/^written: \S+, entries 1 to \d+$/);
  said = [];
  expect(await verifyAuditProof([file, '--keys', keysFile()])).toBe(true);
  expect(said.at(-1)).toBe('The proof holds.');
  const rows = (await readFile(file, 'utf8')).split('\n');
  await writeFile(file, rows.toSpliced(2, 1).join('\n'));
  expect(await verifyAuditProof([file, '--keys', keysFile()])).toBe(false);
  await expect(exportAuditSegment([file])).rejects.toThrow(/usage/);
  await expect(verifyAuditProof([join(folder, 'none'), '--keys', keysFile()])).rejects.toThrow(/ENOENT/);
});

test('a folder of segments is verified by the keys alone and with the store, and nothing young is pruned by it', async () => {
  const segments = join(folder, 'segments');
  await mkdir(segments);
  await exportAuditSegment(['--segment', join(segments, 'first.jsonl')]);
  said = [];
  expect(await verifyAuditProof([segments, '--keys', keysFile()])).toBe(true);
  expect(said[0]).toMatch(/^ok {4}first\.jsonl: entries 1 to \d+$/);
  expect(await checkAuditChain(['--segments', segments])).toBe(true);
  await writeAuditProof(['2', proofFile(), '--segment', join(segments, 'first.jsonl')]);
  expect(await verifyAuditProof([proofFile(), '--keys', keysFile()])).toBe(true);
  said = [];
  await pruneAudit(['--before', '2020-01-01', '--segments', segments]);
  expect(said).toEqual([
    expect.stringMatching(
      /^nothing pruned: no segment in \S+ begins after entry 0 and ends before 2020-01-01$/,
    ),
    'the next segment to prune follows with --after 0',
  ]);
  await expect(pruneAudit(['--before', '2999-01-01', '--segments', segments])).rejects.toMatchObject({
    code: 'audit-retention-short',
  });
  await expect(pruneAudit(['--before', '2020-01-01'])).rejects.toThrow(/usage/);
});

test('a server brings what happens into the chain while it runs', async () => {
  const server = await startServer(readConfig());
  const { identity, audit } = server.app.house;
  const { number, name } = demoPeople[3] ?? { number: '', name: '' };
  const { accountId } = await identity.createAccount({ number, name, assurance: 2, actor: 'seed' });
  const found = async () => (await audit.searchEntries({ recordId: accountId })).entries;
  await waitUntil(async () => (await found()).length > 0, 10);
  expect(await found()).toMatchObject([
    { source: 'accounts', event: { type: 'account.created', actor: 'seed' } },
  ]);
  await server.stop();
}, 30_000);

test('the events of accounts and of keys are all in the chain, which the check finds whole until it is altered', async () => {
  expect(await checkAuditChain()).toBe(true);
  expect(said).toEqual([
    expect.stringMatching(/^\d+ entries, 1 signed tree heads, \d+ entries not signed yet$/),
    'The chain holds.',
  ]);
  const connection = await openEmbeddedConnection({ file: join(folder, 'yihao.sqlite') });
  const entries = connection.collection<{ _id: number; event: { type: string } }>('auditentries');
  const types = (await entries.find({}).toArray()).map(({ event }) => event.type);
  expect(types.filter((type) => type === 'account.created')).toHaveLength(4);
  expect(types).toEqual(
    expect.arrayContaining(['key-ring.created', 'data-keys.created', 'photo-keys.created']),
  );
  await entries.updateOne({ _id: 1 }, { $set: { recordId: 'other' } });
  await connection.close();
  said = [];
  expect(await checkAuditChain()).toBe(false);
  expect(said[0]).toBe('FAULT entry 1: it was altered');
});
