/** The keys of a PKCS#11 token, against SoftHSM: `npm run test:hsm`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from '../../config/index.ts';
import {
  type MasterKey,
  openCrypto,
  parseMasterKey,
  thumbprintOf,
  verifyDocument,
  verifyKeySet,
} from '../../src/crypto/index.ts';
import { openKeyToken } from '../../src/open-key-token.ts';
import { openEmbeddedConnection } from '../../src/storage/embedded/index.ts';
import type { RecordConnection } from '../../src/storage/index.ts';
import { frozenClock } from '../support/frozen-clock.ts';

const authorityCode = '11999999000000019M';
const issuer = 'https://id.example.gov.cn';
const clock = frozenClock('2030-01-01T00:00:00Z');
const masterKey: MasterKey = parseMasterKey('5e'.repeat(32));
let folder = '';
let connection: RecordConnection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yihao-hsm-'));
  connection = await openEmbeddedConnection({ file: join(folder, 'records.sqlite') });
});
afterAll(async () => {
  await connection?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Opens the keys as an instance does whose environment has the token that the command made, changed as said. */
const open = (changes: Record<string, string> = {}) => {
  const config = readConfig({
    ...process.env,
    YIHAO_MODE: 'development',
    YIHAO_ISSUER: issuer,
    YIHAO_REGION_CODE: '990000',
    YIHAO_REGION_NAME: '示例省',
    YIHAO_PKCS11_RINGS: 'agreement,authority',
    ...changes,
  });
  const tokenKeys = openKeyToken(config);
  return openCrypto({ connection, masterKey, clock, keyOverlapSeconds: 60, nationalSeals: true, tokenKeys });
};
const withoutToken = { YIHAO_PKCS11_MODULE: '', YIHAO_PKCS11_TOKEN: '', YIHAO_PKCS11_PIN: '' };

test('sign agreements, key sets and seals as others verify them, and their private half is never in the storage', async () => {
  const { agreementKeys, peerKeys, sealer } = await open();
  const { current } = await agreementKeys.load();
  const bytes = Buffer.from('{"a":1}');
  const signed = await agreementKeys.sign(thumbprintOf(current), bytes, { typ: 'yihao-test+jws' });
  const document = { payload: bytes.toString('base64url'), ...signed };
  expect(await verifyDocument(current, 'yihao-test+jws', document)).toMatchObject({ alg: 'ES256' });
  const keySet = await agreementKeys.signKeySet(issuer, await peerKeys.published());
  expect(await verifyKeySet(keySet, { issuer, agreementKey: current, clock })).not.toBeNull();

  const seal = await sealer.seal(authorityCode, { a: '1' });
  expect(await sealer.verify(authorityCode, { a: '1' }, seal)).toBe('genuine');
  expect(await sealer.verify(authorityCode, { a: '2' }, seal)).toBe('altered');

  const keys = await kept();
  expect(keys).toHaveLength(4);
  for (const key of keys) {
    expect(key).not.toHaveProperty('d');
    expect(key).toHaveProperty('inToken');
  }
  const { keys: published } = await sealer.publicKeys(authorityCode);
  expect(published.filter((key) => 'inToken' in key || 'd' in key)).toEqual([]);
});

test('are made in the token by a rotation too, and verify but sign nothing without it, which says how to', async () => {
  const { sealer } = await open();
  const seal = await sealer.seal(authorityCode, { a: '1' });
  expect((await sealer.rotate(authorityCode)).outcome).toBe('rotated');
  const rotated = await sealer.seal(authorityCode, { a: '1' });
  expect(rotated.keyId).not.toBe(seal.keyId);

  const bare = await open(withoutToken);
  for (const each of [seal, rotated])
    expect(await bare.sealer.verify(authorityCode, { a: '1' }, each)).toBe('genuine');
  await expect(bare.sealer.seal(authorityCode, { a: '1' })).rejects.toThrow(
    /in a PKCS#11 token. Fix: set YIHAO/,
  );
});

test('with a wrong PIN sign nothing, and the PIN is in no error', async () => {
  const wrong = await open({ YIHAO_PKCS11_PIN: '90219021' });
  const failed = await wrong.sealer.seal(authorityCode, { a: '1' }).catch((error: Error) => error.message);
  expect(failed).toMatch(/did not do what was asked.*Fix: install opensc/s);
  expect(failed).not.toContain('90219021');
});

/** Opens what the storage keeps of the keys of agreements and of the authority. */
const kept = async (): Promise<unknown[]> => {
  const { rings } = await open();
  const opened = await Promise.all([
    rings.of('agreement', '').read(),
    rings.of('authority', authorityCode).read(),
  ]);
  return opened
    .flatMap(({ entries }) => entries)
    .filter(({ kind }) => kind !== 'sm2')
    .map(({ secret }) => JSON.parse(secret.toString('utf8')));
};
