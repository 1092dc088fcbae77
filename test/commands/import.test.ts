import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { openCrypto, parseMasterKey } from '../../src/crypto/index.ts';
import { catalogueSeed, createDirectory } from '../../src/directory/index.ts';
import { openStorage } from '../../src/storage/index.ts';
import { marriageFile, marriageRow, rejectedOf } from '../directory/importing/import-house.ts';
import { type Compiled, compileSource } from '../support/compile.ts';
import { seededRandom } from '../support/random.ts';
import { waitUntil } from '../support/wait.ts';

const masterKeyText = '5e'.repeat(32);
let compiled: Compiled;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yihao-import-command-'));
  compiled = await compileSource();
}, 120_000);
afterAll(async () => {
  await compiled?.remove();
  await rm(folder, { recursive: true, force: true });
});

/** Opens the storage of a data folder, while no process has it. */
const withStorage = async <T>(
  name: string,
  work: (records: Awaited<ReturnType<typeof openStorage>>['records']) => Promise<T>,
): Promise<T> => {
  const settings = { dataFolder: join(folder, name), mongodbUrl: null, redisUrl: null, redisCluster: false };
  const storage = await openStorage(settings, systemClock);
  try {
    return await work(storage.records);
  } finally {
    await storage.close();
  }
};

const seedCatalogue = (name: string): Promise<void> =>
  withStorage(name, async (connection) => {
    const clock = systemClock;
    const masterKey = parseMasterKey(masterKeyText);
    const keys = { connection, masterKey, clock, keyOverlapSeconds: 60, nationalSeals: false };
    const { cipher, blindIndex, sealer } = await openCrypto(keys);
    const directory = createDirectory({
      ...{ connection, cipher, blindIndex, sealer, clock },
      // Only the catalogue is used.
      photos: { findPhoto: async () => null },
      onStatusChanged: async () => undefined,
    });
    await directory.ready();
    for (const type of catalogueSeed) await directory.catalogue.saveType(type, 'seed');
  });

/** Starts `yihao import certificates` on a data folder. */
const start = (name: string, words: string[]): { child: ChildProcess; ended: Promise<Ended> } => {
  const main = join(compiled.folder, 'src/main.js');
  const child = spawn(process.execPath, [main, 'import', 'certificates', ...words], {
    env: {
      PATH: process.env['PATH'] ?? '',
      YIHAO_MODE: 'development',
      YIHAO_ISSUER: 'http://localhost:9',
      YIHAO_REGION_CODE: '990000',
      YIHAO_REGION_NAME: '示例省',
      YIHAO_MASTER_KEY: masterKeyText,
      YIHAO_DATA_FOLDER: join(folder, name),
      YIHAO_LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', complaint: '' };
  child.stdout.on('data', (chunk) => {
    said.out += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    said.complaint += String(chunk);
  });
  const ended = once(child, 'close').then(([status]) => ({ status: status as number | null, ...said }));
  return { child, ended };
};
interface Ended {
  status: number | null;
  out: string;
  complaint: string;
}

const lineReached = async (file: string): Promise<number> => {
  try {
    return (JSON.parse(await readFile(`${file}.progress.json`, 'utf8')) as { next: { line: number } }).next
      .line;
  } catch {
    return 0;
  }
};

/** Runs an import until its place in the file is past a line, then kills it, as a power cut would. */
const killedPast = async (line: number, name: string, file: string): Promise<Ended> => {
  const { child, ended } = start(name, [file]);
  await waitUntil(async () => {
    if (child.exitCode !== null) throw new Error('the import ended before it could be killed');
    return (await lineReached(file)) > line;
  }, 60);
  child.kill('SIGKILL');
  return ended;
};

const keptIn = (name: string): Promise<{ certificates: number; serials: number }> =>
  withStorage(name, async (records) => {
    const certificates = records.collection<{ serialKey: string }>('certificates');
    const serials = (await certificates.find({}, { projection: { serialKey: 1 } }).toArray()).map(
      ({ serialKey }) => serialKey,
    );
    return { certificates: serials.length, serials: new Set(serials).size };
  });

const total = 800;

/** Each 50th row with a wrong check digit, each 40th the one before it again. */
const rows = Array.from({ length: total }, (_, i) => {
  if (i % 50 === 49) return marriageRow(i, { code: '999999199001010017' });
  return marriageRow(i % 40 === 39 ? i - 1 : i);
});
const [wrong, twice] = [total / 50, rows.length - new Set(rows).size];
const summary = `${total - wrong - twice} issued, ${twice} already there, ${wrong} rejected`;

test('killed twice and started again, an import ends as one that was left alone', async () => {
  const random = seededRandom(20);
  const files = { whole: join(folder, 'whole.csv'), cut: join(folder, 'cut.csv') };
  for (const [name, file] of Object.entries(files)) {
    await writeFile(file, marriageFile(rows));
    await seedCatalogue(name);
  }

  const whole = await start('whole', [files.whole]).ended;
  const first = 60 + random.below(200);
  expect((await killedPast(first, 'cut', files.cut)).status).toBeNull();
  const reached = await lineReached(files.cut);
  expect(reached).toBeGreaterThan(first);
  expect((await killedPast(reached + 60 + random.below(200), 'cut', files.cut)).complaint).toContain(
    `Going on at line ${reached}.`,
  );
  const cut = await start('cut', [files.cut]).ended;

  expect(whole).toMatchObject({ status: 3, out: expect.stringContaining(summary) });
  expect(cut).toMatchObject({ status: 3, out: expect.stringContaining(summary) });
  const report = await rejectedOf(files.cut);
  expect(report).toEqual(await rejectedOf(files.whole));
  expect(report.map(({ line }) => line)).toEqual(Array.from({ length: wrong }, (_, i) => 51 + 50 * i));
  expect(report.every(({ field, code }) => field === 'holder1.code' && code === 'citizen-number-check')).toBe(
    true,
  );
  const certificates = total - wrong - twice;
  expect(await keptIn('cut')).toEqual({ certificates, serials: certificates });
  expect(await keptIn('whole')).toEqual({ certificates, serials: certificates });
}, 240_000);

test('the exit status tells a clean import, a trial, and one that could not be', async () => {
  await seedCatalogue('small');
  const file = join(folder, 'small.csv');
  await writeFile(file, marriageFile([marriageRow(1), marriageRow(2)]));
  const trial = await start('small', [file, '--dry-run']).ended;
  expect(trial).toMatchObject({ status: 0, out: '2 would be issued, 0 already there, 0 rejected\n' });
  expect(await keptIn('small')).toEqual({ certificates: 0, serials: 0 });
  expect((await start('small', [file]).ended).status).toBe(0);
  const none = await start('small', [join(folder, 'none.csv')]).ended;
  expect(none).toMatchObject({ status: 1, complaint: expect.stringContaining('none.csv') });
  const misspelt = await start('small', [file, '--dryrun']).ended;
  expect(misspelt).toMatchObject({ status: 1, complaint: expect.stringContaining('usage: yihao import') });
}, 60_000);
