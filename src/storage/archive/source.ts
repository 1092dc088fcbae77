import { existsSync } from 'node:fs';
import { AppError } from '../../base/error.ts';
import type { Doc } from '../embedded/bson.ts';
import { openSnapshot } from '../embedded/snapshot.ts';
import { fileOf, type StorageSettings } from '../index.ts';
import { openMongodbConnection } from '../mongodb.ts';
import type { ArchiveHead } from './lines.ts';

/** Records to be read whole, while others may be writing them. */
export interface ArchiveSource {
  consistency: ArchiveHead['consistency'];
  collections(): Promise<string[]>;
  /** Hands out every document once, in the order of `_id`. */
  documents(collection: string): AsyncIterable<Doc>;
  close(): Promise<void>;
}

/** Opens the records without making a schema, an index or a file. Throws backup-nothing. */
export const openSource = (settings: StorageSettings): Promise<ArchiveSource> =>
  settings.mongodbUrl === null ? openEmbedded(fileOf(settings)) : openServer(settings.mongodbUrl);

const openEmbedded = async (file: string): Promise<ArchiveSource> => {
  if (!existsSync(file)) throw new AppError('backup-nothing');
  const snapshot = openSnapshot(file);
  return {
    consistency: 'one-instant',
    collections: async () => snapshot.collections(),
    documents: async function* (collection) {
      yield* snapshot.documents(collection);
    },
    close: async () => snapshot.close(),
  };
};

const openServer = async (url: string): Promise<ArchiveSource> => {
  const connection = await openMongodbConnection(url);
  const { db } = connection;
  if (db === undefined) throw new AppError('storage-unavailable');
  return {
    consistency: 'in-order',
    collections: async () => {
      const found = await db.listCollections({}, { nameOnly: true }).toArray();
      return found.map(({ name }) => name).filter((name) => !name.startsWith('system.'));
    },
    documents: (collection) => db.collection<Doc>(collection).find({}, { sort: { _id: 1 }, batchSize: 500 }),
    close: () => connection.close(),
  };
};
