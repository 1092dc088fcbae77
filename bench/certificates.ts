/**
 * `npm run bench:certificates`: what it costs to verify a certificate and to find a person's, beside one bare ES256
 * verification, in one run. Owns the order of the rounds; it opens a house of its own in a temporary folder, on embedded
 * storage, and leaves nothing behind.
 */
import { createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config/index.ts';
import { systemClock } from '../src/base/clock.ts';
import { seedCatalogue } from '../src/commands/seed-certificates.ts';
import { parseMasterKey } from '../src/crypto/index.ts';
import { type House, openHouse } from '../src/house.ts';
import { createLog } from '../src/http/index.ts';
import { directoryKey, measureEntries } from './entries.ts';
import { quantile } from './report.ts';

const { values: options } = parseArgs({
  options: {
    entries: { type: 'string', default: '2000' },
    repeats: { type: 'string', default: '400' },
    thin: { type: 'string', default: '100000' },
  },
});
const entries = Number(options.entries);
const repeats = Number(options.repeats);
if (!Number.isInteger(entries) || entries < 10)
  throw new Error('--entries takes a whole number of 10 or more');
const thinEntries = Number(options.thin);
if (!Number.isInteger(thinEntries) || thinEntries < 0) throw new Error('--thin takes a whole number');
if (!Number.isInteger(repeats) || repeats < 1) throw new Error('--repeats takes a whole number of 1 or more');

const roundsEach = 2;
const registry = { code: '11999999000000027G', name: '测量机关' };
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Makes a synthetic citizen number: the address code stands for no place, the check character is right (GB 11643). */
const numberOf = (index: number): string => {
  const day = new Date(Date.UTC(1950, 0, 1 + (index % 18_000)))
    .toISOString()
    .slice(0, 10)
    .replaceAll('-', '');
  const body = `999999${day}${String(Math.floor(index / 18_000)).padStart(3, '0')}`;
  const sum = [...body].reduce((total, digit, i) => total + Number(digit) * (weights[i] ?? 0), 0);
  return `${body}${'10X98765432'[sum % 11]}`;
};

const openTestHouse = (dataFolder: string): Promise<House> => {
  const config = readConfig({
    YIHAO_MODE: 'development',
    YIHAO_ISSUER: 'http://localhost:3000',
    YIHAO_REGION_CODE: '990000',
    YIHAO_REGION_NAME: '示例省',
    YIHAO_DATA_FOLDER: dataFolder,
    YIHAO_MASTER_KEY: 'be'.repeat(32),
    YIHAO_DIRECTORY_KEY: directoryKey,
  });
  const masterKey = parseMasterKey(config.masterKey.text ?? '');
  return openHouse({ config, masterKey, clock: systemClock, log: createLog('silent') });
};

const issue = async ({ directory }: House, index: number): Promise<string> => {
  const { certificate } = await directory.issueCertificate({
    issuer: registry,
    areaCode: '990000',
    typeCode: '11999999000000019M007',
    serial: `RE${index}`,
    number: `示(2026)第${index}号`,
    holders: [{ type: '111', code: numberOf(index), name: '甲某' }],
    dates: { issuedOn: '2026-01-01' },
    fields: {
      ownership: '单独所有',
      location: '示例省示例市和平路1号',
      unitNumber: `F${index}`,
      rightType: '房屋所有权',
      rightNature: '市场化商品房',
      purpose: '住宅',
      area: '89.50 平方米',
      usePeriod: '2080-01-01 止',
    },
    actor: 'bench',
  });
  return certificate.identifier;
};

interface Round {
  cpuMilliseconds: number;
  wallMilliseconds: number[];
}

const run = async (act: (index: number) => Promise<unknown> | unknown): Promise<Round> => {
  const wallMilliseconds: number[] = [];
  const before = process.cpuUsage();
  for (let index = 0; index < repeats; index += 1) {
    const startedAt = performance.now();
    await act(index);
    wallMilliseconds.push(performance.now() - startedAt);
  }
  const { user, system } = process.cpuUsage(before);
  return { cpuMilliseconds: (user + system) / 1000, wallMilliseconds };
};

const es256 = (): (() => boolean) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const bytes = randomBytes(600);
  const signature = sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  const key = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' }));
  return () => verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, signature);
};

/** Shows a certificate and scans it, as a citizen and a counter do. */
const presentAndOpen = async (house: House, identifier: string, index: number): Promise<void> => {
  const holder = { type: '111', code: numberOf(index) };
  const { code } = await house.presentations.present({
    identifier,
    accountId: 'bench',
    holder,
    fields: ['purpose'],
  });
  const { presentation } = await house.presentations.take(code);
  const { verdict } = await house.presentations.open(presentation);
  if (verdict.kind !== 'genuine') throw new Error(`it is ${verdict.kind}`);
};

const report = (name: string, rounds: readonly Round[], bare: number): void => {
  const cpu = rounds.reduce((total, round) => total + round.cpuMilliseconds, 0) / (repeats * rounds.length);
  const wall = rounds.flatMap((round) => round.wallMilliseconds);
  const by = rounds.map((round) => (round.cpuMilliseconds / repeats).toFixed(2)).join('/');
  console.log(
    `${name.padEnd(22)} CPU ms ${cpu.toFixed(2)} (${by}), ${(cpu / bare).toFixed(1)} x ES256, p50 ${quantile(wall, 0.5).toFixed(2)} ms, p95 ${quantile(wall, 0.95).toFixed(2)} ms`,
  );
};

async function bench(house: House): Promise<void> {
  await seedCatalogue(house);
  const startedAt = performance.now();
  const identifiers: string[] = [];
  for (let index = 0; index < entries; index += 1) identifiers.push(await issue(house, index));
  const perSecond = entries / ((performance.now() - startedAt) / 1000);
  console.log(`${entries} certificates issued one after the other, ${perSecond.toFixed(0)} a second`);

  const identifierOf = (index: number): string => identifiers[(index * 7919) % entries] ?? '';
  const bareVerify = es256();
  const acts: Record<string, (index: number) => Promise<unknown> | unknown> = {
    'one ES256 verification': bareVerify,
    'verify by identifier': (index) => house.directory.verifyCertificate({ identifier: identifierOf(index) }),
    'present and open': (index) => {
      const place = (index * 7919) % entries;
      return presentAndOpen(house, identifierOf(index), place);
    },
    'list of a holder': (index) =>
      house.directory.listCertificatesOfHolder(
        { type: '111', code: numberOf((index * 7919) % entries) },
        { limit: 20 },
      ),
  };
  for (const act of Object.values(acts)) await run(act);
  const rounds = new Map<string, Round[]>(Object.keys(acts).map((name) => [name, []]));
  for (let round = 0; round < roundsEach; round += 1)
    for (const [name, act] of Object.entries(acts)) rounds.get(name)?.push(await run(act));
  const bareRounds = rounds.get('one ES256 verification') ?? [];
  const bare =
    bareRounds.reduce((total, one) => total + one.cpuMilliseconds, 0) / (repeats * bareRounds.length);
  for (const [name, list] of rounds) report(name, list, bare);
  await measureEntries(house, numberOf, thinEntries);
}

const folder = await mkdtemp(join(tmpdir(), 'yihao-bench-'));
try {
  const house = await openTestHouse(folder);
  try {
    await bench(house);
  } finally {
    await house.close();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
