import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { saveCatalogue } from '../../src/commands/catalogue.ts';
import { listSites, readSites, saveSites } from '../../src/commands/sites.ts';

const site = {
  clientId: 'property',
  name: { zh: '不动产登记', en: 'Property registration' },
  department: '示例省自然资源厅',
  purpose: '确认申请人身份',
  homeUrl: 'https://property.example/',
  enabled: true,
  legalBasis: {},
  metadata: {
    redirect_uris: ['https://property.example/callback'],
    scope: 'openid name',
    jwks_uri: 'https://property.example/jwks',
  },
};

let folder: string;
const former = { ...process.env };
let printed: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yihao-sites-'));
  Object.assign(process.env, {
    YIHAO_MODE: 'development',
    YIHAO_ISSUER: 'http://localhost:3000',
    YIHAO_REGION_CODE: '990000',
    YIHAO_REGION_NAME: '示例省',
    YIHAO_DATA_FOLDER: folder,
    YIHAO_LOG_LEVEL: 'silent',
  });
  jest.spyOn(console, 'log').mockImplementation((line: string) => {
    printed.push(line);
  });
});
afterEach(() => {
  printed = [];
});
afterAll(async () => {
  jest.restoreAllMocks();
  for (const name of Object.keys(process.env)) if (!(name in former)) delete process.env[name];
  await rm(folder, { recursive: true, force: true });
});

const fileOf = async (value: unknown): Promise<string> => {
  const file = join(folder, 'sites.json');
  await writeFile(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
};

describe('the command that registers sites', () => {
  test('registers what a file holds, and changes it the next time', async () => {
    await saveSites([await fileOf([site])]);
    await saveSites([await fileOf({ ...site, enabled: false })]);
    await listSites();
    expect(printed).toEqual([
      'registered property',
      'changed    property',
      'off property  不动产登记  openid name',
    ]);
  });

  test('refuses a registration in words that say what to do', async () => {
    const bad = { ...site, clientId: 'other', metadata: { ...site.metadata, scope: 'openid id_number' } };
    await expect(saveSites([await fileOf(bad)])).rejects.toThrow(/legalBasis.id_number/);
    const lesser = { ...site, clientId: 'other', profile: 'hardened' };
    await expect(saveSites([await fileOf(lesser)])).rejects.toThrow(/unsafeLesserProfileReason/);
    const own = { ...site, clientId: 'yihao' };
    await expect(saveSites([await fileOf(own)])).rejects.toThrow(/taken by Yihao itself/);
  });

  test('names the place of what it cannot read, and writes nothing', async () => {
    expect(() => readSites('f.json', '{')).toThrow(/f\.json is not JSON/);
    expect(() => readSites('f.json', JSON.stringify([site, { ...site, name: '甲' }]))).toThrow(
      /f\.json: 1\.name/,
    );
    expect(() => readSites('f.json', JSON.stringify({ ...site, secret: 'x' }))).toThrow(/secret/);
    expect(() => readSites('f.json', JSON.stringify({ ...site, profile: 'high' }))).toThrow(/profile/);
    await expect(saveSites([])).rejects.toThrow(/usage/);
  });
});

test('the command that starts the catalogue lists eleven types, and again changes nothing', async () => {
  await saveCatalogue();
  await saveCatalogue();
  expect(printed).toHaveLength(22);
  expect(new Set(printed).size).toBe(11);
});
