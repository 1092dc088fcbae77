import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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
import {
  findFileKey,
  newFileKey,
  openSealedFile,
  parseMasterKey,
  readIdentityFile,
  readRecipientFile,
  sealedFile,
} from '../../src/crypto/index.ts';
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
/** A backup for a recipient, and the files of its keys. */
let sealedFor: { file: string; recipient: string; identity: string };

const keyFiles = async (name: string): Promise<{ recipient: string; identity: string }> => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [recipient, identity] = [join(work, `${name}.json`), join(work, `${name}.pem`)];
  await writeFile(recipient, JSON.stringify(publicKey.export({ format: 'jwk' })));
  await writeFile(identity, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
  return { recipient, identity };
};

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
  const keys = await keyFiles('recipient');
  await backUp([join(work, 'backups'), '--recipient', keys.recipient]);
  const names = await readdir(join(work, 'backups'));
  expect(names).toEqual([expect.stringMatching(/^yihao-990000-\d{8}T\d{6}Z\.backup$/)]);
  sealedFor = { file: join(work, 'backups', String(names[0])), ...keys };
  use('nothing');
  await expect(backUp([join(work, 'none')])).rejects.toEqual(refusal('backup-nothing'));
});

test('a backup for a recipient needs the private key of that one, and the master key as well', async () => {
  const folder = use('untouched');
  const other = await keyFiles('other');
  await expect(restore([sealedFor.file])).rejects.toEqual(refusal('backup-for-recipient'));
  const withOther = restore([sealedFor.file, '--identity', other.identity]);
  await expect(withOther).rejects.toEqual(refusal('backup-for-recipient'));
  process.env['YIHAO_MASTER_KEY'] = '5f'.repeat(32);
  const withIts = restore([sealedFor.file, '--identity', sealedFor.identity]);
  await expect(withIts).rejects.toEqual(refusal('backup-other-key'));
  await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a private key is no recipient, a public one opens nothing, and a private one is its owner’s alone', async () => {
  const { recipient, identity } = sealedFor;
  await expect(readRecipientFile(identity)).rejects.toEqual(refusal('backup-recipient-unfit'));
  await expect(readIdentityFile(recipient)).rejects.toThrow(/chmod 600/);
  await chmod(recipient, 0o600);
  await expect(readIdentityFile(recipient)).rejects.toEqual(refusal('backup-recipient-unfit'));
  const edwards = generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' });
  await writeFile(join(work, 'ed25519.pem'), edwards);
  await expect(readRecipientFile(join(work, 'ed25519.pem'))).rejects.toEqual(
    refusal('backup-recipient-unfit'),
  );
});

test('frames that are swapped, left out, cut off or under another header do not open, on any curve', async () => {
  const [frame, plain] = [65_536 + 16, randomBytes(150_000)];
  for (const type of ['x25519', 'P-521'] as const) {
    const { publicKey, privateKey } =
      type === 'x25519' ? generateKeyPairSync(type) : generateKeyPairSync('ec', { namedCurve: type });
    await writeFile(join(work, 'public.pem'), publicKey.export({ format: 'pem', type: 'spki' }));
    await writeFile(join(work, 'private.json'), JSON.stringify(privateKey.export({ format: 'jwk' })), {
      mode: 0o600,
    });
    const recipient = await readRecipientFile(join(work, 'public.pem'));
    const identity = await readIdentityFile(join(work, 'private.json'));
    const key = parseMasterKey(masterKey);
    const made = async () => all(sealedFile(await newFileKey(key, recipient), chunksOf(plain)));
    const open = (bytes: Buffer) =>
      all(openSealedFile((header) => findFileKey(header, key, identity), chunksOf(bytes)));
    const [sealed, another] = [await made(), await made()];
    const at = sealed.indexOf(10) + 1;
    const [header, first] = [sealed.subarray(0, at), sealed.subarray(at, at + frame)];
    const [second, last] = [sealed.subarray(at + frame, at + 2 * frame), sealed.subarray(at + 2 * frame)];
    expect(await open(sealed)).toEqual(plain);
    const spoiled = [
      [header, second, first, last],
      [header, first, last],
      [header, first, second],
      [header, first, second, last.subarray(0, -1)],
      [another.subarray(0, another.indexOf(10) + 1), first, second, last],
      [Buffer.from(header.toString().replace('"wrapped":"e', '"wrapped":"f')), first, second, last],
    ];
    for (const parts of spoiled)
      await expect(open(Buffer.concat(parts))).rejects.toEqual(refusal('backup-unreadable'));
  }
});

test('restored on an empty machine everything is there: people, certificates, photos, keys and the chain', async () => {
  const folder = use('restored');
  expect(await restore([sealedFor.file, '--identity', sealedFor.identity])).toBe(true);
  expect(said.at(-1)).toBe('The chain holds.');
  const restored = await startInstance({ YIHAO_ISSUER: instance.issuer }, folder);
  const [was, is] = [instance.app.house, restored.app.house];
  const claims = { holderName: person.name, holderCode: person.number };
  expect(await is.directory.verifyCertificate({ identifier, claims })).toEqual({ kind: 'genuine' });
  expect(await is.directory.verifySeal(identifier)).toEqual(await was.directory.verifySeal(identifier));
  // The minute stands in its watermark, so two openings are not compared; that it opens shows bytes and key.
  expect((await is.photos.openForReview({ photoId, reviewer: 'test' })).length).toBeGreaterThan(1000);
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
  expect(await restore([sealedFor.file, '--identity', sealedFor.identity])).toBe(true);
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

const all = async (source: AsyncIterable<Buffer>): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
};
async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 40_000) yield bytes.subarray(at, at + 40_000);
}
