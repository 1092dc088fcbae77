import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openEmbeddedConnection } from '../../../src/storage/embedded/index.ts';
import { type Compiled, compileSource } from '../../support/compile.ts';
import { seededRandom } from '../../support/random.ts';

const folder = mkdtempSync(join(tmpdir(), 'yihao-crash-'));
let compiled: Compiled;
beforeAll(async () => {
  compiled = await compileSource();
}, 60_000);
afterAll(async () => {
  await compiled?.remove();
  rmSync(folder, { recursive: true });
});

/** Kills the writer once it has acknowledged so many documents; returns the numbers it had told by then. */
const killedAfter = async (writer: ChildProcess, count: number): Promise<number[]> => {
  let told = '';
  writer.stdout?.on('data', (chunk: Buffer) => {
    told += chunk.toString();
    if (told.split('\n').length > count) writer.kill('SIGKILL');
  });
  await once(writer, 'close');
  return told.split('\n').slice(0, -1).map(Number);
};

test('a writer killed at any moment has lost nothing it was told is written', async () => {
  const random = seededRandom(7);
  const file = join(folder, 'crash.sqlite');
  const engine = join(compiled.folder, 'src/storage/embedded/index.js');
  const script = resolve(import.meta.dirname, '../../support/crash-writer.mjs');
  for (let round = 0; round < 3; round++) {
    const writer = spawn(process.execPath, [script, engine, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    const told = await killedAfter(writer, 20 + random.below(200));
    expect(told.length).toBeGreaterThanOrEqual(20);
    const connection = await openEmbeddedConnection({ file });
    const numbers = connection.collection<{ _id: number; state: string; slot: string }>('numbers');
    const kept = await numbers.find({ _id: { $in: told } }).toArray();
    expect(kept.filter(({ state, _id, slot }) => state === 'done' && slot === `t${_id}`)).toHaveLength(
      told.length,
    );
    for (const number of told.slice(-20))
      expect(await numbers.findOne({ slot: `t${number}` })).toMatchObject({ _id: number });
    // Each kill so far may have left one that was made and not yet updated.
    const half = await numbers.countDocuments({ slot: { $gte: 's', $lt: 't' } });
    expect(half).toBeLessThanOrEqual(round + 1);
    await connection.close();
  }
}, 60_000);
