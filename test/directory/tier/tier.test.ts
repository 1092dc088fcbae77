import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { ConfigError, readConfig } from '../../../config/index.ts';
import { parseDirectoryKey } from '../../../src/crypto/index.ts';
import { type ChildSide, type ChildSideDeps, createChildSide } from '../../../src/directory/index.ts';
import { createMachineClient, createParentDirectory } from '../../../src/oidc/index.ts';
import { openStorage } from '../../../src/storage/index.ts';
import { holderKeyOf } from '../../../src/terms/holder.ts';
import { parseRegionCode } from '../../../src/terms/region-code.ts';
import { type Department, startDepartment, useCause } from '../../support/department.ts';
import { frozenClock } from '../../support/frozen-clock.ts';
import { waitUntil } from '../../support/wait.ts';
import {
  cityClient,
  directoryKey,
  holder,
  issue,
  realEstate,
  relay,
  revoke,
  startOtherCity,
  startTwoRegions,
  type TwoRegions,
} from './two-regions.ts';

let regions: TwoRegions;
let asker: Department;
let otherCity: Department;
/** Bodies of all requests that left either instance. */
const sent: string[] = [];
const identifiers: string[] = [];

beforeAll(async () => {
  const send = globalThis.fetch;
  jest.spyOn(globalThis, 'fetch').mockImplementation((input, options) => {
    if (typeof options?.body === 'string') sent.push(options.body);
    return send(input, options);
  });
  regions = await startTwoRegions();
  asker = await startDepartment(regions.province, { scope: 'certificate.query' });
  otherCity = await startOtherCity(regions.province);
  for (let i = 0; i < 5; i += 1) identifiers.push(await issue(regions.city));
  await issue(regions.city, '990200');
}, 60_000);
afterAll(async () => {
  await regions?.stop();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
  jest.restoreAllMocks();
});

const childSide = () => {
  const { childSide: side } = regions.city.app.house;
  if (side === null) throw new Error('the city has a parent');
  return side;
};

const law = { law: '测试法', article: '第一条' };
const locate = async (more: object = {}) =>
  asker.call('/directory/locate', {
    holder: { type: holder.type, code: holder.code },
    typeCode: realEstate,
    useCause,
    basis: law,
    ...more,
  });

interface Library {
  region: string;
  address: string;
  certificates: { identifier: string; status: string }[];
}
const libraries = async (): Promise<Library[]> => (await locate()).body['libraries'] as Library[];

const cityOf = async () =>
  (await regions.province.app.house.parentSide.listChildren()).find(({ region }) => region === '990100');

const folders: string[] = [];
const linkFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'yihao-link-'));
  folders.push(folder);
  return folder;
};

/** Lets a new process, as it were, work on the city's library with small pages and a link kept in a folder. */
const inNewProcess = async <T>(
  dataFolder: string,
  work: (side: ChildSide) => Promise<T>,
  more: Partial<ChildSideDeps> = {},
): Promise<T> => {
  const { crypto, audit, directory } = regions.city.app.house;
  const clock = frozenClock();
  const storage = await openStorage(
    { dataFolder, mongodbUrl: null, redisUrl: null, redisCluster: false },
    clock,
  );
  const machine = createMachineClient({
    issuer: regions.front.issuer,
    clientId: cityClient,
    scope: 'directory.push',
    signingKey: async () => (await crypto.keyRing.load()).signing,
    nowSeconds: () => 0,
  });
  const side = createChildSide({
    connection: storage.records,
    library: directory.libraryFor(parseDirectoryKey(directoryKey)),
    clock,
    region: parseRegionCode('990100'),
    directoryKey: parseDirectoryKey(directoryKey),
    parent: createParentDirectory(machine),
    parentName: 'parent',
    changes: {
      head: () => audit.lastSequence(),
      after: async (position) => ({ identifiers: [], position }),
    },
    reconcileSeconds: 86_400,
    entriesAtOnce: 2,
    log: { warn: () => undefined, info: () => undefined },
    ...more,
  });
  try {
    await side.ready();
    return await work(side);
  } finally {
    await storage.close();
  }
};

describe('a city that tells its province', () => {
  test('fills it once, and leaves out what is of another region', async () => {
    await relay(regions.city);
    expect(await childSide().push()).toEqual({ stored: 5, unchanged: 0, refused: 0, skipped: 1 });
    expect(await childSide().push()).toEqual({ stored: 0, unchanged: 0, refused: 0, skipped: 0 });
    expect(await childSide().state()).toMatchObject({ filled: true, behind: 0, stored: 5, skipped: 1 });
    expect(await cityOf()).toMatchObject({ clientId: cityClient, stored: 5, refused: 0 });
  });

  test('sends nothing that a certificate says, nor whose it is', () => {
    const batches = sent.filter((body) => body.includes('holderBlinds'));
    expect(batches).toHaveLength(1);
    expect(batches[0]).toContain(identifiers[0]);
    for (const secret of [holder.name, holder.code, '和平路', '示(2026)', '单独所有', '测试登记机关'])
      expect(sent.join()).not.toContain(secret);
  });

  test('tells of a change, and of nothing else', async () => {
    await revoke(regions.city, identifiers[0] ?? '');
    identifiers.push(await issue(regions.city));
    await relay(regions.city);
    expect(await childSide().push()).toMatchObject({ stored: 2, unchanged: 0 });
    const [library] = await libraries();
    expect(library?.certificates).toHaveLength(6);
    expect(library?.certificates).toContainEqual({ identifier: identifiers[0], status: 'revoked' });
  });

  test('keeps what waits while the province is down, and tells it afterwards', async () => {
    await regions.front.close();
    await revoke(regions.city, identifiers[1] ?? '');
    await relay(regions.city);
    await expect(childSide().push()).rejects.toMatchObject({ code: 'tier-parent-unreachable' });
    expect((await childSide().state()).behind).toBeGreaterThan(0);
    await regions.front.open();
    expect(await childSide().push()).toMatchObject({ stored: 1 });
    expect((await childSide().state()).behind).toBe(0);
  });

  test('that dies before the answer came goes on at that page, and nothing is doubled', async () => {
    const path = '/api/directory/entries';
    const before = regions.front.count(path);
    regions.front.loseAnswer(path, 1);
    const link = await linkFolder();
    const push = () => inNewProcess(link, (side) => side.push());
    await expect(push()).rejects.toMatchObject({ code: 'tier-parent-unreachable' });
    expect(regions.front.count(path) - before).toBe(2);
    // Seven certificates, one of them left out, in pages of two: not the first page again, but the second and those after.
    expect(await push()).toEqual({ stored: 0, unchanged: 4, refused: 0, skipped: 1 });
    expect(regions.front.count(path) - before).toBe(5);
    expect(await libraries()).toMatchObject([{ certificates: { length: 6 } }]);
  });

  test('begins anew when its storage came back from a backup', async () => {
    const link = await linkFolder();
    await inNewProcess(link, (side) => side.push());
    const changes = { head: async () => 1, after: async () => ({ identifiers: [], position: 1 }) };
    const restored = inNewProcess(link, async (side) => [await side.push(), await side.state()], { changes });
    expect(await restored).toMatchObject([{ unchanged: 6 }, { filled: true, behind: 0 }]);
  });

  test('waits longer and longer while nobody answers, and goes on when it is time', async () => {
    const clock = frozenClock();
    const warnings: number[] = [];
    let calls = 0;
    const parent = {
      pushEntries: async () => {
        calls += 1;
        throw new Error('down');
      },
      compareBuckets: async () => ({ differing: [], counts: [] }),
    };
    const log = {
      warn: (said: object) => void warnings.push((said as { waitSeconds: number }).waitSeconds),
      info: () => undefined,
    };
    const fail = async (side: ChildSide): Promise<void> => {
      const loop = side.start(1);
      for (let failure = 1; failure <= 3; failure += 1) {
        await waitUntil(async () => warnings.length === failure, 5);
        clock.advance(5 * 2 ** (failure - 1));
      }
      await waitUntil(async () => warnings.length === 4, 5);
      await loop.stop();
    };
    await inNewProcess(await linkFolder(), fail, { clock, parent, log });
    expect([calls, warnings]).toEqual([4, [5, 10, 20, 40]]);
  });
});

describe('a province that is asked where a certificate is', () => {
  test('names the library and its address, after the person’s ledger has the row', async () => {
    const { directory, consent } = regions.province.app.house;
    const person = { holderIndex: directory.holderIndexOf(holder) };
    const before = (await consent.listAccesses(person)).rows.length;
    expect(await libraries()).toEqual([
      {
        region: '990100',
        name: { zh: '示例市', en: 'Example city' },
        address: regions.city.issuer,
        certificates: expect.any(Array),
      },
    ]);
    const rows = (await consent.listAccesses(person)).rows;
    expect(rows).toHaveLength(before + 1);
    expect(rows[0]).toMatchObject({ reader: { id: asker.clientId }, basis: law });
  });

  test('tells a machine that only sends entries nothing, and no one who gives no law', async () => {
    const refused = await otherCity.call('/directory/locate', {});
    expect([refused.status, refused.body['code']]).toEqual([403, 'machine-scope-missing']);
    expect((await locate({ basis: undefined })).status).toBe(400);
  });

  test('names itself too where its own library holds one', async () => {
    const own = await issue(regions.province, '990000');
    expect(await libraries()).toMatchObject([
      { region: '990000', address: regions.province.issuer, certificates: [{ identifier: own }] },
      { region: '990100' },
    ]);
  });

  test('keeps nothing by which the directory key alone finds a holder', async () => {
    const { records } = regions.province.app.house.storage;
    const kept = JSON.stringify(await records.collection('directoryentries').find({}).toArray());
    const blind = parseDirectoryKey(directoryKey).blindOf(holderKeyOf({ type: '111', code: holder.code }));
    expect(sent.join()).toContain(blind);
    expect(kept).toContain(identifiers[0]);
    for (const secret of [blind, holder.code, holder.name]) expect(kept).not.toContain(secret);
  });
});

describe('a province that is sent entries', () => {
  const keyId = parseDirectoryKey(directoryKey).id;
  const blind = 'A'.repeat(43);
  const push = async (entries: object[], more: object = {}) =>
    (await otherCity.call('/directory/entries', { keyId, behind: 0, entries, ...more })).body;
  const entryOf = (identifier: string | undefined, more: object = {}) => ({
    identifier,
    areaCode: '990200',
    status: 'valid',
    revision: 2,
    holderBlinds: [blind],
    ...more,
  });

  test('keeps the later one, however often and in whatever order they come', async () => {
    const entry = entryOf(identifiers[0]);
    expect(await push([entry, entry])).toEqual({ stored: 1, unchanged: 0, refused: [] });
    expect(await push([entry])).toMatchObject({ stored: 0, unchanged: 1 });
    expect(await push([{ ...entry, status: 'revoked', revision: 3 }])).toMatchObject({ stored: 1 });
    expect(await push([entry])).toMatchObject({ stored: 0, unchanged: 1 });
    const { records } = regions.province.app.house.storage;
    expect(
      await records.collection('directoryentries').findOne({ _id: `990200/${identifiers[0]}` as never }),
    ).toMatchObject({ status: 'revoked', revision: 3 });
  });

  test('refuses one by one what is of another region or was altered, and takes the rest', async () => {
    const [, second = '', third = ''] = identifiers;
    const altered = `${second.slice(0, -1)}${second.endsWith('A') ? 'B' : 'A'}`;
    expect(
      await push([
        entryOf(second, { areaCode: '990100' }),
        entryOf(altered),
        entryOf(second, { status: 'fine' }),
        entryOf(third),
      ]),
    ).toEqual({
      stored: 1,
      unchanged: 0,
      refused: [
        { identifier: second, code: 'tier-entry-region' },
        { identifier: altered, code: 'certificate-identifier-check' },
        { identifier: second, code: 'certificate-status-unknown' },
      ],
    });
  });

  test('takes nothing of a batch that carries more than an entry may', async () => {
    const [, , , fourth] = identifiers;
    const named = entryOf(fourth, { holderName: holder.name });
    expect(await push([entryOf(fourth), named])).toMatchObject({ code: 'machine-request-invalid' });
    expect(await push(Array.from({ length: 501 }, () => entryOf(fourth)))).toMatchObject({ status: 400 });
    expect(await push([entryOf(fourth)])).toMatchObject({ stored: 1 });
  });

  test('refuses another directory key, and a machine that is no library’s', async () => {
    expect(await push([], { keyId: '0'.repeat(12) })).toMatchObject({ code: 'tier-key-other' });
    const stranger = await startDepartment(regions.province, { scope: 'directory.push' });
    const body = { keyId, behind: 0, entries: [] };
    expect((await stranger.call('/directory/entries', body)).body).toMatchObject({
      code: 'tier-child-unknown',
    });
  });

  test('takes no region that is not below it', async () => {
    const { parentSide } = regions.province.app.house;
    const child = { name: { zh: '示', en: 'E' }, address: 'https://x.example', enabled: true, actor: 'test' };
    for (const region of ['990000', '110100'])
      await expect(parentSide.saveChild({ ...child, region, clientId: 'x' })).rejects.toMatchObject({
        code: 'tier-child-invalid',
      });
    await expect(
      parentSide.saveChild({ ...child, region: '990300', clientId: cityClient }),
    ).rejects.toMatchObject({ code: 'tier-child-invalid' });
  });
});

describe('reconciling', () => {
  const entries = () => regions.province.app.house.storage.records.collection('directoryentries');
  const idOf = (identifier: string | undefined) => `990100/${identifier}` as never;

  test('finds nothing where both agree', async () => {
    expect(await childSide().reconcile()).toEqual({
      differingBefore: 0,
      differingAfter: 0,
      resent: 0,
      differences: [],
    });
    expect(await cityOf()).toMatchObject({ differing: [], lastComparedAt: expect.any(Date) });
  });

  test('finds what the province lost or has of old, and sends that again', async () => {
    await entries().deleteOne({ _id: idOf(identifiers[2]) });
    await entries().updateOne({ _id: idOf(identifiers[1]) }, { $set: { status: 'valid', revision: 1 } });
    expect(await childSide().reconcile()).toEqual({
      differingBefore: 2,
      differingAfter: 0,
      resent: 2,
      differences: [],
    });
    expect(await entries().findOne({ _id: idOf(identifiers[1]) })).toMatchObject({ status: 'revoked' });
  });

  test('tells of what it cannot mend: an entry of which the library knows nothing', async () => {
    const stray = await entries().findOne({ _id: idOf(identifiers[2]) });
    await entries().updateOne({ _id: idOf(identifiers[2]) }, { $set: { revision: 9, status: 'void' } });
    const found = await childSide().reconcile();
    expect(found).toMatchObject({ differingBefore: 1, differingAfter: 1, resent: 0 });
    expect(found.differences).toContainEqual({ typeCode: realEstate, status: 'void', count: 0, atParent: 1 });
    expect((await cityOf())?.differing).toHaveLength(1);
    await entries().updateOne({ _id: idOf(identifiers[2]) }, { $set: { ...stray } });
    expect(await childSide().reconcile()).toMatchObject({ differingBefore: 0 });
    expect((await cityOf())?.differing).toEqual([]);
  });
});

test.each([
  [{ YIHAO_PARENT_ISSUER: 'https://p.example' }, /YIHAO_PARENT_CLIENT_ID is missing/],
  [{ YIHAO_PARENT_ISSUER: 'https://p.example', YIHAO_PARENT_CLIENT_ID: 'c' }, /YIHAO_DIRECTORY_KEY_FILE is/],
  [{ YIHAO_PARENT_CLIENT_ID: 'c' }, /YIHAO_PARENT_ISSUER is missing/],
  [{ YIHAO_PARENT_ISSUER: 'https://c.example', YIHAO_PARENT_CLIENT_ID: 'c' }, /not its own parent/],
  [{ YIHAO_DIRECTORY_KEY: 'abc' }, /YIHAO_DIRECTORY_KEY \(3 characters, text\) must be 64/],
])('a tier that is configured by half is refused at the start: %j', (environment, said) => {
  const read = () =>
    readConfig({
      YIHAO_MODE: 'development',
      YIHAO_ISSUER: 'https://c.example',
      YIHAO_REGION_CODE: '990100',
      YIHAO_REGION_NAME: '示例市',
      ...environment,
    });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(said);
});
