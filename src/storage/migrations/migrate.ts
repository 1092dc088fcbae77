import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../base/clock.ts';
import { AppError } from '../../base/error.ts';
import { newId } from '../../base/id.ts';
import { refuseHalfRestored } from '../archive/load.ts';
import { openStorage, type RecordConnection, type Storage, type StorageSettings } from '../index.ts';
import { type Migration, majorOf } from './index.ts';
import { openSchemaRecord, type SchemaRecord, type SchemaRecords } from './schema-record.ts';

export interface MigrateDeps {
  records: RecordConnection;
  clock: Clock;
  migrations: readonly Migration[];
}

/** How the storage stands to a list of migrations. */
export interface SchemaReport {
  /** The schema of the storage, and the newest this program knows. */
  major: number;
  known: number;
  applied: readonly string[];
  pending: readonly string[];
  /** What somebody is at, and where. */
  underWay: SchemaRecord['position'];
}

const pauseMilliseconds = 500;

/** Opens both stores once their schema is what this program needs. Throws restore-unfinished, schema-newer, migration-taken. */
export async function openMigratedStorage(
  settings: StorageSettings,
  clock: Clock,
  migrations: readonly Migration[],
): Promise<Storage> {
  const storage = await openStorage(settings, clock);
  try {
    await refuseHalfRestored(storage.records);
    await migrate({ records: storage.records, clock, migrations });
    return storage;
  } catch (error) {
    await storage.close();
    throw error;
  }
}

/** Reports how the storage stands; changes nothing. */
export async function schemaReport({ records, clock, migrations }: MigrateDeps): Promise<SchemaReport> {
  const record = await openSchemaRecord(records, clock).read();
  const applied = record?.applied ?? [];
  return {
    major: record?.major ?? 1,
    known: majorOf(migrations),
    applied,
    pending: pendingOf(migrations, applied).map(({ id }) => id),
    underWay: record?.position ?? null,
  };
}

/**
 * Runs what is pending, in order and by one process at a time: others wait for it. Returns the names of what it ran;
 * a run that was cut off goes on from its last batch. Throws schema-newer, migration-taken.
 */
export async function migrate(deps: MigrateDeps): Promise<string[]> {
  const schema = openSchemaRecord(deps.records, deps.clock);
  if (!needed(await schema.read(), deps.migrations)) return [];
  await schema.make();
  const holder = newId();
  for (;;) {
    const taken = await schema.take(holder);
    if (taken !== null) return runPending(deps, schema, holder, taken);
    if (!needed(await schema.read(), deps.migrations)) return [];
    await wait(pauseMilliseconds);
  }
}

const pendingOf = (list: readonly Migration[], applied: readonly string[]): Migration[] =>
  list.filter(({ id }) => !applied.includes(id));

/** Whether there is something to do; a storage without a record needs one. */
const needed = (record: SchemaRecord | null, list: readonly Migration[]): boolean => {
  const known = majorOf(list);
  if (record !== null && record.major > known)
    throw new AppError('schema-newer', { found: record.major, known });
  return record === null || pendingOf(list, record.applied).length > 0;
};

const runPending = async (
  { records, clock, migrations }: MigrateDeps,
  schema: SchemaRecords,
  holder: string,
  taken: SchemaRecord,
): Promise<string[]> => {
  const done: string[] = [];
  try {
    for (const { id, major, up } of pendingOf(migrations, taken.applied)) {
      const held = (kept: boolean): void => {
        if (!kept) throw new AppError('migration-taken', { migration: id });
      };
      const position = taken.position?.migration === id ? taken.position.at : null;
      const reached = async (at: string) => held(await schema.keep(holder, { migration: id, at }));
      await up({ records, clock, position, reached });
      held(await schema.finish(holder, id, major));
      done.push(id);
    }
    return done;
  } finally {
    await schema.release(holder);
  }
};
