import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { mongo } from 'mongoose';
import { dumpLines } from '../../src/storage/archive/dump.ts';
import { linesOf, type Manifest } from '../../src/storage/archive/lines.ts';
import { loadArchive } from '../../src/storage/archive/load.ts';
import { openSource } from '../../src/storage/archive/source.ts';
import { readLines } from '../../src/storage/archive/verify.ts';
import { openEmbeddedConnection } from '../../src/storage/embedded/index.ts';
import { openMongodbConnection } from '../../src/storage/mongodb.ts';

const head = { archiveId: 'one', issuer: 'https://id.example.gov.cn', regionCode: '990000', begunAt: '' };

/** Everything of one storage as the bytes of an archive, and what it says of itself. */
const dumpOf = async (settings: { dataFolder: string; mongodbUrl: string | null }) => {
  const source = await openSource({ ...settings, redisUrl: null, redisCluster: false });
  const bytes: Buffer[] = [];
  for await (const text of dumpLines(source, head, ['chain'])) bytes.push(Buffer.from(text));
  await source.close();
  const lines = () =>
    linesOf(
      (async function* () {
        yield* bytes;
      })(),
    );
  return { lines, manifest: await readLines(lines()) };
};

/** What an archive holds must be the same on every engine: from the embedded file to a server, and back out of it. */
export const archiveContract = (url: string): void => {
  test('an archive of the embedded file fills a MongoDB-protocol server, whose own archive holds the same', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'yihao-archive-'));
    const embedded = await openEmbeddedConnection({ file: join(dataFolder, 'yihao.sqlite') });
    const bytes = new mongo.Binary(Buffer.from([0, 255, 10]));
    const paper = {
      _id: 'a',
      at: new Date(5),
      bytes,
      text: '一\u2028\n',
      rate: 0.5,
      many: 2 ** 40,
      list: [null, { n: 1 }],
    };
    await embedded.collection<{ _id: string }>('papers').insertMany([paper, { _id: 'b' }]);
    await embedded.collection<{ _id: number }>('chain').insertMany([{ _id: 1 }, { _id: 2 }]);
    await embedded.close();
    const first = await dumpOf({ dataFolder, mongodbUrl: null });
    const target = new URL(url);
    target.pathname = `/archive${process.pid}`;
    const connection = await openMongodbConnection(target.href);
    expect(await loadArchive(connection, first.manifest, first.lines())).toBe(4);
    expect(await loadArchive(connection, first.manifest, first.lines())).toBe(0);
    const second: { manifest: Manifest } = await dumpOf({ dataFolder, mongodbUrl: target.href });
    expect(second.manifest.consistency).toBe('in-order');
    expect(second.manifest.parts).toEqual(first.manifest.parts);
    expect(second.manifest.parts.map(({ collection }) => collection)).toEqual(['papers', 'chain']);
    await connection.dropDatabase();
    await connection.close();
    await rm(dataFolder, { recursive: true, force: true });
  });
};
