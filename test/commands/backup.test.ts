import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { demoFace } from '../../config/demo/faces.ts';
import { demoPeople } from '../../config/demo/people.ts';
import { readConfig } from '../../config/index.ts';
import { createApp } from '../../src/app.ts';
import { systemClock } from '../../src/base/clock.ts';
import { maskName } from '../../src/base/mask.ts';
import { archiveLines } from '../../src/commands/archive-file.ts';
import { backUp, restore } from '../../src/commands/backup.ts';
import { runMigrations, showMigrations } from '../../src/commands/migrate.ts';
import { parseMasterKey } from '../../src/crypto/index.ts';
import { createLog } from '../../src/http/index.ts';
import type { Line } from '../../src/storage/archive/lines.ts';
import { loadArchive } from '../../src/storage/archive/load.ts';
import { readLines } from '../../src/storage/archive/verify.ts';
import { openStorage } from '../../src/storage/index.ts';
import { createBrowser } from '../support/browser-fetch.ts';
import { issueLicence, seedTypes } from '../support/certificates.ts';
import { type Front, openFront } from '../support/front.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { signInAtPortal } from '../support/portal-sign-in.ts';

const before = { ...process.env };
const masterKey = '5e'.repeat(32);
let work: string;
let file: string;
let front: Front;
let instance: Instance;
let person: Awaited<ReturnType<Instance['addPerson']>>;
let identifier: string;
let photoId: string;
let said: string[];

const keepWaitingPhoto = async (): Promise<string> => {
  const input = { bytes: await demoFace(1), profileId: 'id-card', holderId: person.accountId, actor: 'test' };
  const admission = await instance.app.house.photos.admitPhoto(input);
  if (admission.outcome === 'refused') throw new Error('the drawn face is not admitted');
  return admission.photo.photoId;
};
/** The storage that the commands and the next instance use. */
const use = (name: string): string => {
  process.env['YIHAO_DATA_FOLDER'] = join(work, name);
  return join(work, name);
};
const refusal = (code: string) => expect.objectContaining({ code });

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'yihao-backup-'));
  await mkdir(join(work, 'backups'));
  file = join(work, 'first.backup');
  front = await openFront();
  instance = await startInstance({ YIHAO_ISSUER: front.issuer }, use('served'));
  Object.assign(process.env, {
    YIHAO_MODE: 'development',
    YIHAO_ISSUER: instance.issuer,
    YIHAO_REGION_CODE: '990000',
    YIHAO_REGION_NAME: '示例省',
    YIHAO_MASTER_KEY: masterKey,
    YIHAO_LOG_LEVEL: 'silent',
  });
  await seedTypes(instance);
  person = await instance.addPerson();
  identifier = await issueLicence(instance, person);
  photoId = await keepWaitingPhoto();
  await instance.app.house.audit.start().stop();
}, 60_000);
afterAll(async () => {
  await instance?.stop();
  await front?.close();
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  await rm(work, { recursive: true, force: true });
});
beforeEach(() => {
  said = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env['YIHAO_MASTER_KEY'] = masterKey;
});

test('a backup is written while the instance goes on writing, is read back, and shows nothing to who has no key', async () => {
  use('served');
  const { identity, audit } = instance.app.house;
  const relaying = audit.start(50);
  const writing = (async () => {
    for (const { number, name } of demoPeople.slice(1, 8))
      await identity.createAccount({ number, name, assurance: 2, actor: 'seed' });
  })();
  await backUp([file]);
  await writing;
  await relaying.stop();
  expect(said).toEqual([
    `written and read back: ${file}`,
    expect.stringMatching(/^\d+ records of \d+ collections, [1-9]\d* audit entries$/),
    expect.stringContaining('master key'),
  ]);
  const bytes = await readFile(file, 'latin1');
  for (const told of ['accounts', 'auditentries', person.accountId, instance.issuer])
    expect(bytes).not.toContain(told);
  expect((await readdir(work)).filter((name) => name.endsWith('.partial'))).toEqual([]);
});

test('a backup takes no name that is taken, and in a folder is named after region and time', async () => {
  use('served');
  const bytes = await readFile(file);
  await expect(backUp([file])).rejects.toEqual(refusal('backup-target-taken'));
  expect(await readFile(file)).toEqual(bytes);
  await backUp([join(work, 'backups')]);
  expect(await readdir(join(work, 'backups'))).toEqual([
    expect.stringMatching(/^yihao-990000-\d{8}T\d{6}Z\.backup$/),
  ]);
  use('nothing');
  await expect(backUp([join(work, 'none')])).rejects.toEqual(refusal('backup-nothing'));
});

test('restored on an empty machine everything is there: people, certificates, photos, keys and the chain', async () => {
  const folder = use('restored');
  expect(await restore([file])).toBe(true);
  expect(said.at(-1)).toBe('The chain holds.');
  const restored = await startInstance({ YIHAO_ISSUER: instance.issuer }, folder);
  const [was, is] = [instance.app.house, restored.app.house];
  const claims = { holderName: person.name, holderCode: person.number };
  expect(await is.directory.verifyCertificate({ identifier, claims })).toEqual({ kind: 'genuine' });
  expect(await is.directory.verifySeal(identifier)).toEqual(await was.directory.verifySeal(identifier));
  const view = { photoId, reviewer: 'test' };
  expect(await is.photos.openForReview(view)).toEqual(await was.photos.openForReview(view));
  const keysOf = async ({ crypto }: typeof is) => (await crypto.keyRing.load()).keys.map(({ kid }) => kid);
  expect(await keysOf(is)).toEqual(await keysOf(was));
  expect((await is.audit.searchEntries({ recordId: person.accountId })).entries).not.toEqual([]);
  front.listener = restored.app.listener;
  const page = await signInAtPortal(createBrowser(), front.issuer, person.number);
  expect(page.text).toContain(maskName(person.name));
  expect(await was.storage.records.collection('signins').countDocuments({})).toBe(0);
  await restored.stop();
}, 60_000);

test('what is restored again is left alone, and checked again', async () => {
  use('restored');
  expect(await restore([file])).toBe(true);
  expect(said[0]).toMatch(/^0 records written/);
});

test('a restore that was cut off keeps the storage from being served, and goes on when it is run again', async () => {
  use('cut');
  const key = parseMasterKey(masterKey);
  const manifest = await readLines(archiveLines(file, key));
  const cutAfter = async function* (count: number): AsyncGenerator<Line> {
    for await (const line of archiveLines(file, key)) {
      if (line.kind === 'D') count -= 1;
      if (count < 0) throw new Error('power cut');
      yield line;
    }
  };
  const storage = await openStorage(readConfig().storage, systemClock);
  await expect(loadArchive(storage.records, manifest, cutAfter(60))).rejects.toThrow('power cut');
  await storage.close();
  const config = readConfig();
  const deps = { config, masterKey: key, clock: systemClock, log: createLog('silent') };
  await expect(createApp(deps)).rejects.toEqual(refusal('restore-unfinished'));
  await expect(runMigrations()).rejects.toEqual(refusal('restore-unfinished'));
  expect(await restore([file])).toBe(true);
  const all = manifest.parts.reduce((sum, { count }) => sum + count, 0);
  const [, written] = /^(\d+) records written/.exec(said[0] ?? '') ?? [];
  expect(Number(written)).toBeGreaterThan(0);
  expect(Number(written)).toBeLessThan(all);
});

test.each<[string, (copy: string) => Promise<void>, string]>([
  [
    'under another master key',
    async () => void Object.assign(process.env, { YIHAO_MASTER_KEY: '5f'.repeat(32) }),
    'backup-other-key',
  ],
  [
    'with one byte changed',
    async (copy) => change(copy, (bytes) => bytes.writeUInt8((bytes[9000] ?? 0) ^ 1, 9000)),
    'backup-unreadable',
  ],
  [
    'cut at the end',
    async (copy) => writeFile(copy, (await readFile(copy)).subarray(0, -1)),
    'backup-unreadable',
  ],
  ['that is another file', async (copy) => writeFile(copy, 'no backup'), 'backup-unreadable'],
])('a backup %s is refused with words before anything is written', async (_what, spoil, code) => {
  const folder = use('untouched');
  const copy = join(work, 'copy.backup');
  await copyFile(file, copy);
  await spoil(copy);
  await expect(restore([copy])).rejects.toEqual(refusal(code));
  await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a backup is refused by another instance and by a storage in use', async () => {
  use('untouched');
  process.env['YIHAO_ISSUER'] = 'http://localhost:1';
  await expect(restore([file])).rejects.toEqual(refusal('backup-other-instance'));
  process.env['YIHAO_ISSUER'] = instance.issuer;
  use('served');
  await expect(restore([file])).rejects.toEqual(refusal('restore-not-empty'));
});

test('the schema of the storage is told', async () => {
  use('served');
  expect(await showMigrations()).toBe(true);
  expect(said).toEqual(['schema 1; this program knows up to 1']);
});

const change = async (copy: string, alter: (bytes: Buffer) => unknown): Promise<void> => {
  const bytes = await readFile(copy);
  alter(bytes);
  await writeFile(copy, bytes);
};
