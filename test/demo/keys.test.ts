import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { publicKeyOf, readOrCreateSiteKey } from '../../config/demo/keys.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yihao-keys-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a demo site’s key', () => {
  test('is made once, and only its owner may read it', async () => {
    const path = join(folder, 'sites', 'property.json');
    const made = await readOrCreateSiteKey(path);
    expect(await readOrCreateSiteKey(path)).toEqual(made);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('is the same for all that start together, and nothing else is left in the folder', async () => {
    const path = join(folder, 'social.json');
    const keys = await Promise.all(Array.from({ length: 20 }, () => readOrCreateSiteKey(path)));
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1);
    expect(await readdir(folder)).toEqual(['social.json']);
  });

  test('shows no private part in its registration', async () => {
    const shown = publicKeyOf(await readOrCreateSiteKey(join(folder, 'property.json')));
    expect(shown).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' });
    expect(shown).not.toHaveProperty('d');
  });

  test('that is not one is refused by the name of its file', async () => {
    const path = join(folder, 'property.json');
    await writeFile(path, '{"kty":"RSA"}');
    await expect(readOrCreateSiteKey(path)).rejects.toThrow(path);
  });
});
