import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MasterKey, parseMasterKey, readOrCreateMasterKeyFile } from '../../src/crypto/master-key.ts';

const bytes = Buffer.from('00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff', 'hex');

describe('the master key', () => {
  test('opens what it sealed, under the same context', () => {
    const key = new MasterKey(bytes);
    expect(key.open(key.seal(Buffer.from('secret'), 'a:1'), 'a:1').toString()).toBe('secret');
  });

  test('seals the same bytes differently each time', () => {
    const key = new MasterKey(bytes);
    expect(key.seal(Buffer.from('x'), 'a').equals(key.seal(Buffer.from('x'), 'a'))).toBe(false);
  });

  test('opens nothing that was moved, altered, cut or sealed by another master key', () => {
    const key = new MasterKey(bytes);
    const sealed = key.seal(Buffer.from('secret'), 'a:1');
    expect(() => key.open(sealed, 'a:2')).toThrow('does not open');
    expect(() => new MasterKey(randomBytes(32)).open(sealed, 'a:1')).toThrow('does not open');
    for (let i = 0; i < sealed.length; i++) {
      const altered = Buffer.from(sealed);
      altered.writeUInt8(altered.readUInt8(i) ^ 1, i);
      expect(() => key.open(altered, 'a:1')).toThrow('does not open');
      expect(() => key.open(sealed.subarray(0, i), 'a:1')).toThrow('does not open');
    }
  });

  test('derives one key a purpose, the same each time', () => {
    const key = new MasterKey(bytes);
    expect(key.derive('a')).toHaveLength(32);
    expect(key.derive('a').equals(new MasterKey(bytes).derive('a'))).toBe(true);
    expect(key.derive('a').equals(key.derive('b'))).toBe(false);
    expect(key.derive('a').equals(bytes)).toBe(false);
  });

  test('does not show its bytes when printed or serialised', () => {
    const key = new MasterKey(bytes);
    const shown = inspect(key, { depth: 9, showHidden: true }) + JSON.stringify(key) + String(key);
    expect(shown).not.toContain(bytes.toString('hex').slice(0, 8));
    expect(shown).not.toContain('00 11 22');
    expect(bytes.toString('hex')).not.toContain(key.fingerprint);
  });

  test('is not made of fewer or more than 32 bytes', () => {
    expect(() => new MasterKey(randomBytes(31))).toThrow('32 bytes');
    expect(() => new MasterKey(randomBytes(33))).toThrow('32 bytes');
  });
});

describe('reading a master key from text', () => {
  const ends = Buffer.alloc(32, 0xfb);
  test.each([
    ['hex', bytes.toString('hex'), bytes],
    ['hex in capitals', bytes.toString('hex').toUpperCase(), bytes],
    ['base64', ends.toString('base64'), ends],
    ['base64 without padding', ends.toString('base64').replace('=', ''), ends],
    ['base64url', ends.toString('base64url'), ends],
    ['hex with a line end', `${bytes.toString('hex')}\n`, bytes],
  ])('accepts %s', (_form, text, expected) => {
    expect(parseMasterKey(text).fingerprint).toBe(new MasterKey(expected).fingerprint);
  });

  test.each([
    ['nothing', ''],
    ['31 bytes of hex', bytes.toString('hex').slice(2)],
    ['33 bytes of base64', randomBytes(33).toString('base64')],
    ['hex with a wrong character', `z${bytes.toString('hex').slice(1)}`],
    ['base64 with bits left over', `${ends.toString('base64url').slice(0, 42)}t`],
    ['base64 with a stray character', `${ends.toString('base64url').slice(0, 42)}!`],
    ['a passphrase', 'correct horse battery staple correct horse!'],
  ])('refuses %s, and does not repeat it', (_what, text) => {
    let message = '';
    try {
      parseMasterKey(text);
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('64 hex characters');
    expect(message).toContain('Fix:');
    if (text !== '') expect(message).not.toContain(text.slice(0, 10));
  });
});

describe('the master key file', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yihao-master-key-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('is made for its owner alone, with its folder, and read again the next time', async () => {
    const path = join(folder, 'data', 'master.key');
    const made = await readOrCreateMasterKeyFile(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await readOrCreateMasterKeyFile(path)).fingerprint).toBe(made.fingerprint);
    expect(parseMasterKey(await readFile(path, 'utf8')).fingerprint).toBe(made.fingerprint);
  });

  test('is one and the same for many that start at once, and no draft stays behind', async () => {
    const path = join(folder, 'master.key');
    const keys = await Promise.all(Array.from({ length: 8 }, () => readOrCreateMasterKeyFile(path)));
    expect(new Set(keys.map((key) => key.fingerprint)).size).toBe(1);
    expect(await readdir(folder)).toEqual(['master.key']);
  });

  test.each([0o640, 0o604, 0o620, 0o644])('is refused with mode %o, naming the fix', async (mode) => {
    const path = join(folder, 'master.key');
    await writeFile(path, bytes.toString('hex'));
    await chmod(path, mode);
    await expect(readOrCreateMasterKeyFile(path)).rejects.toThrow(`chmod 600 ${path}`);
  });

  test('is refused when it holds no key, and neither shown nor overwritten', async () => {
    const path = join(folder, 'master.key');
    await writeFile(path, 'not-a-key-at-all', { mode: 0o600 });
    const error: unknown = await readOrCreateMasterKeyFile(path).catch((caught: unknown) => caught);
    expect(String(error)).toContain(`${path} holds no master key`);
    expect(inspect(error)).not.toContain('not-a-key');
    expect(await readFile(path, 'utf8')).toBe('not-a-key-at-all');
  });
});
