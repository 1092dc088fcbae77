import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from '../../config/index.ts';
import { startServer } from '../../src/commands/server.ts';
import { parseMasterKey, type SignedDocument, thumbprintOf } from '../../src/crypto/index.ts';
import { type House, openHouse } from '../../src/house.ts';
import { createLog } from '../../src/http/index.ts';
import { frozenClock } from '../support/frozen-clock.ts';

const clock = frozenClock();
const [above, here] = ['https://province.example', 'https://city.example'];
const actor = 'command-line';
let work: string;
let province: House;
let city: House;
let first: SignedDocument;

const configOf = (regionCode: string, more: Record<string, string> = {}) =>
  readConfig({
    YIHAO_MODE: 'production',
    YIHAO_ISSUER: regionCode === '990000' ? above : here,
    YIHAO_REGION_CODE: regionCode,
    YIHAO_REGION_NAME: '示例',
    YIHAO_DATA_FOLDER: join(work, regionCode),
    YIHAO_MASTER_KEY: '5e'.repeat(32),
    YIHAO_LOG_LEVEL: 'silent',
    ...more,
  });
const ofCity = (more: Record<string, string> = {}) =>
  configOf('990100', {
    YIHAO_PARENT_ISSUER: above,
    YIHAO_PARENT_CLIENT_ID: 'city',
    YIHAO_DIRECTORY_KEY: '77'.repeat(32),
    YIHAO_SESSION_TTL_SECONDS: '28800',
    YIHAO_SESSION_IDLE_SECONDS: '3600,3600,1800,900',
    ...more,
  });
const open = (config: ReturnType<typeof configOf>): Promise<House> =>
  openHouse({ config, clock, masterKey: parseMasterKey('5e'.repeat(32)), log: createLog('silent') });
const rulesOf = (sessionSeconds: number) => ({
  sessionSeconds,
  sessionIdleSeconds: [14_400, 14_400, 1800, 900],
  auditRetentionDays: 183,
  hardwareKeys: 'attested',
});
const refusal = (code: string, values: object = {}) =>
  expect.objectContaining({ code, values: expect.objectContaining(values) });

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'yihao-rules-'));
  province = await open(
    configOf('990000', {
      YIHAO_SESSION_TTL_SECONDS: '28800',
      YIHAO_SESSION_IDLE_SECONDS: '14400,3600,1800,900',
    }),
  );
  city = await open(ofCity());
  first = await province.rulesAbove.publish({ version: 1, rules: rulesOf(36_000), actor });
}, 30_000);
afterAll(async () => {
  await Promise.all([city?.close(), province?.close()]);
  await rm(work, { recursive: true, force: true });
});

test('a region publishes no rule that its own settings break, and none that nobody knows', async () => {
  const publish = (rules: object) => province.rulesAbove.publish({ version: 2, rules, actor });
  await expect(publish(rulesOf(20_000))).rejects.toEqual(
    refusal('rules-looser', { settings: 'YIHAO_SESSION_TTL_SECONDS=28800 (≤ 20000)' }),
  );
  await expect(publish({ sesionSeconds: 1 })).rejects.toEqual(
    refusal('rules-invalid', { place: 'rules sesionSeconds' }),
  );
});

test('rules are taken in only from the region above, by a key that two officers compared', async () => {
  const take = () => city.rulesAbove.takeIn(first, actor);
  await expect(take()).rejects.toEqual(refusal('rules-untrusted'));
  const key = (await province.crypto.agreementKeys.load()).current;
  const said = { entityId: above, regionCode: '990000', regionPrefix: '99', name: '示例省' };
  await city.recognition.addPeer({ ...said, agreementKey: key, actor });
  await city.recognition.comparePeer({ entityId: above, thumbprint: thumbprintOf(key), actor: 'li' });
  await expect(take()).rejects.toEqual(refusal('rules-untrusted'));
  await city.recognition.comparePeer({ entityId: above, thumbprint: thumbprintOf(key), actor: 'wang' });
  const text = Buffer.from(first.payload, 'base64url').toString().replace('36000', '86000');
  const altered = { ...first, payload: Buffer.from(text).toString('base64url') };
  await expect(city.rulesAbove.takeIn(altered, actor)).rejects.toEqual(refusal('rules-untrusted'));
  expect((await take()).version).toBe(1);
  expect((await take()).version).toBe(1);
  await expect(province.rulesAbove.takeIn(first, actor)).rejects.toEqual(refusal('rules-nobody-above'));
});

test('each rule stands beside the setting here, with who is stricter', async () => {
  expect(await city.rulesAbove.compareOwn()).toEqual({
    version: 1,
    comparisons: [
      ['sessionSeconds', 'YIHAO_SESSION_TTL_SECONDS', '28800', '≤ 36000'],
      ['sessionIdleSeconds', 'YIHAO_SESSION_IDLE_SECONDS', '3600,3600,1800,900', '≤ 14400,14400,1800,900'],
      ['auditRetentionDays', 'YIHAO_AUDIT_RETENTION_DAYS', '183', '≥ 183'],
      ['hardwareKeys', 'YIHAO_HARDWARE_KEYS', 'none', '⊆ attested'],
    ].map(([name, key, own, bound]) => ({ name, key, own, bound, isAsStrict: true })),
  });
});

test('a later version that settings here break is not taken in, and an earlier one never again', async () => {
  const { rulesAbove } = province;
  const second = await rulesAbove.publish({ version: 2, rules: rulesOf(28_800), actor });
  const third = await rulesAbove.publish({ version: 3, rules: { triesPerAccount: 5 }, actor });
  await expect(rulesAbove.publish({ version: 3, rules: {}, actor })).rejects.toEqual(
    refusal('rules-stale', { version: 3, kept: 3 }),
  );
  expect((await city.rulesAbove.takeIn(second, actor)).version).toBe(2);
  await expect(city.rulesAbove.takeIn(first, actor)).rejects.toEqual(refusal('rules-stale', { kept: 2 }));
  await city.close();
  city = await open(ofCity({ YIHAO_TRIES_PER_ACCOUNT: '9' }));
  await expect(city.rulesAbove.takeIn(third, actor)).rejects.toEqual(
    refusal('rules-looser', { settings: 'YIHAO_TRIES_PER_ACCOUNT=9 (≤ 5)' }),
  );
  await city.audit.start().stop();
  const { entries } = await city.audit.searchEntries({ recordId: above });
  const taken = entries.filter(({ event }) => event.type === 'region-rules.taken-in');
  expect(taken.map(({ event }) => event.detail['version']).sort()).toEqual([1, 2]);
});

test('in production nothing is served under settings that are looser than a rule, and the refusal names each', async () => {
  await city.close();
  const looser = ofCity({
    YIHAO_SESSION_TTL_SECONDS: '43200',
    YIHAO_SESSION_IDLE_SECONDS: '60,60,60,901',
    YIHAO_HARDWARE_KEYS: 'bound',
  });
  await expect(startServer(looser)).rejects.toEqual(
    refusal('rules-looser', {
      settings:
        'YIHAO_SESSION_TTL_SECONDS=43200 (≤ 28800), ' +
        'YIHAO_SESSION_IDLE_SECONDS=60,60,60,901 (≤ 14400,14400,1800,900), ' +
        'YIHAO_HARDWARE_KEYS=bound (⊆ attested)',
    }),
  );
}, 20_000);
