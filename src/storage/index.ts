/**
 * Where things are kept. Owns the connection to records (MongoDB, or the embedded driver on one SQLite file) and the
 * ephemeral store (Redis, or a table of the same file); owns no schema: those stand beside their domain in `store.ts`.
 * Control leaves by the connection and the store it hands out; `close` waits for both.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/error.ts';
import { openEmbeddedConnection } from './embedded/index.ts';
import { inMemory } from './embedded/sqlite-file.ts';
import { type EphemeralStore, openEphemeralStore } from './ephemeral/index.ts';
import { openMongodbConnection } from './mongodb.ts';

/** A connection on which a `store.ts` defines its mongoose models; the same on every engine. */
export type RecordConnection = Connection;

export interface StorageSettings {
  dataFolder: string;
  mongodbUrl: string | null;
  redisUrl: string | null;
  redisCluster: boolean;
}

export interface Storage {
  records: RecordConnection;
  ephemeral: EphemeralStore;
  /** Resolves when both engines answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Names the file of the embedded storage; none for the simulator, which keeps all in memory. */
export const fileOf = ({ dataFolder }: Pick<StorageSettings, 'dataFolder'>): string =>
  dataFolder === inMemory ? inMemory : join(dataFolder, 'yihao.sqlite');

/** Opens both stores; what is not configured lives in `yihao.sqlite` of the data folder, readable by its owner only. */
export async function openStorage(settings: StorageSettings, clock: Clock): Promise<Storage> {
  const { mongodbUrl, redisUrl, redisCluster } = settings;
  const file = fileOf(settings);
  if (file !== inMemory && (mongodbUrl === null || redisUrl === null))
    await mkdir(settings.dataFolder, { recursive: true, mode: 0o700 });
  const records =
    mongodbUrl === null ? await openEmbeddedConnection({ file }) : await openMongodbConnection(mongodbUrl);
  const ephemeral = await openEphemeralStore(
    redisUrl === null ? { file, clock } : { redisUrl, redisCluster, clock },
  );
  return {
    records,
    ephemeral,
    ping: async () => {
      await Promise.all([pingRecords(records), ephemeral.ping()]);
    },
    close: async () => {
      await Promise.all([records.close(), ephemeral.close()]);
    },
  };
}

const pingRecords = async (records: RecordConnection): Promise<void> => {
  if (records.db === undefined) throw new AppError('storage-unavailable');
  await records.db.command({ ping: 1 });
};
