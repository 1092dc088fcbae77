import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Compiled, compileSource } from '../../support/compile.ts';

const folder = mkdtempSync(join(tmpdir(), 'yihao-opening-'));
let compiled: Compiled;
beforeAll(async () => {
  compiled = await compileSource();
}, 60_000);
afterAll(async () => {
  await compiled?.remove();
  rmSync(folder, { recursive: true });
});

test('four processes that open a file nobody has made yet all open it', async () => {
  const engine = join(compiled.folder, 'src/storage/embedded/index.js');
  const script = join(import.meta.dirname, '../../support/open-file.mjs');
  for (let round = 0; round < 2; round += 1) {
    const file = join(folder, `round-${round}.sqlite`);
    const openers = Array.from({ length: 4 }, () => fork(script, [engine, file]));
    await Promise.all(openers.map((opener) => once(opener, 'message')));
    const codes = Promise.all(openers.map(async (opener) => (await once(opener, 'exit'))[0]));
    for (const opener of openers) opener.send('go');
    expect(await codes).toEqual(Array(4).fill(0));
  }
}, 60_000);
