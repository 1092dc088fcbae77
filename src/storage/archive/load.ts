import { AppError } from '../../base/error.ts';
import type { Doc } from '../embedded/bson.ts';
import type { RecordConnection } from '../index.ts';
import { restoreCollection } from './dump.ts';
import { type Line, type Manifest, readDocument } from './lines.ts';
import { readLines } from './verify.ts';

/** How far the one restore of a storage came. */
interface RestoreRecord {
  _id: 'restore';
  archiveId: string;
  state: 'running' | 'loaded';
}

const batchSize = 200;

const restoreOf = async (records: RecordConnection): Promise<RestoreRecord | null> =>
  records.collection<RestoreRecord>(restoreCollection).findOne({ _id: 'restore' });

/** Refuses a storage whose restore was cut off: half of its records are missing. Throws restore-unfinished. */
export async function refuseHalfRestored(records: RecordConnection): Promise<void> {
  if ((await restoreOf(records))?.state === 'running') throw new AppError('restore-unfinished');
}

/**
 * Writes the documents of a verified archive into an empty storage, or goes on where it was cut off; returns how many
 * it wrote. Once all are in, it writes nothing again. Throws restore-not-empty, restore-incomplete, backup-unreadable.
 */
export async function loadArchive(
  records: RecordConnection,
  { archiveId, parts }: Manifest,
  lines: AsyncIterable<Line>,
): Promise<number> {
  const state = records.collection<RestoreRecord>(restoreCollection);
  const before = await restoreOf(records);
  if (before?.archiveId === archiveId && before.state === 'loaded') return 0;
  if (before !== null && before.archiveId !== archiveId)
    throw new AppError('restore-not-empty', { collection: restoreCollection });
  if (before === null) {
    await refuseFilled(records);
    await state.insertOne({ _id: 'restore', archiveId, state: 'running' });
  }
  const writer = batchWriter(records, before !== null);
  await readLines(lines, writer.take);
  await writer.flush();
  for (const { collection, count: wanted } of parts) {
    const found = await records.collection(collection).countDocuments({});
    if (found !== wanted) throw new AppError('restore-incomplete', { collection, found, wanted });
  }
  await state.updateOne({ _id: 'restore' }, { $set: { state: 'loaded' } });
  return writer.written();
}

const refuseFilled = async (records: RecordConnection): Promise<void> => {
  const found = (await records.db?.listCollections().toArray()) ?? [];
  for (const { name } of found)
    if (!name.startsWith('system.') && (await records.collection(name).findOne({})) !== null)
      throw new AppError('restore-not-empty', { collection: name });
};

/** Writes in batches; after a cut, those of a batch that are there already are left as they are. */
const batchWriter = (records: RecordConnection, resumed: boolean) => {
  let into = '';
  let batch: Doc[] = [];
  let written = 0;
  const missing = async (): Promise<Doc[]> => {
    if (!resumed) return batch;
    const ids = batch.map(({ _id }) => _id as string | number);
    const there = await records
      .collection<{ _id: string | number }>(into)
      .find({ _id: { $in: ids } }, { projection: { _id: 1 } })
      .toArray();
    const known = new Set(there.map(({ _id }) => String(_id)));
    return batch.filter(({ _id }) => !known.has(String(_id)));
  };
  const flush = async (): Promise<void> => {
    const docs = await missing();
    if (docs.length > 0) await records.collection<Doc>(into).insertMany(docs);
    written += docs.length;
    batch = [];
  };
  return {
    take: async (collection: string, text: string): Promise<void> => {
      if (collection !== into || batch.length >= batchSize) await flush();
      into = collection;
      batch.push(readDocument(text));
    },
    flush,
    written: () => written,
  };
};
