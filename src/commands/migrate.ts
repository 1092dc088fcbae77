import { readConfig } from '../../config/index.ts';
import { systemClock } from '../base/clock.ts';
import { refuseHalfRestored } from '../storage/archive/load.ts';
import { openStorage } from '../storage/index.ts';
import { migrations } from '../storage/migrations/index.ts';
import { type MigrateDeps, migrate, schemaReport } from '../storage/migrations/migrate.ts';

/** Says which migrations the configured storage has had and which wait; returns whether this program may serve it. */
export const showMigrations = (): Promise<boolean> =>
  withRecords(async (deps) => {
    const { major, known, applied, pending, underWay } = await schemaReport(deps);
    console.log(`schema ${major}; this program knows up to ${known}`);
    for (const id of applied) console.log(`done     ${id}`);
    for (const id of pending)
      console.log(`pending  ${id}${underWay?.migration === id ? `, at ${underWay.at}` : ''}`);
    return major <= known;
  });

/** Runs the migrations that wait, or waits for the process that runs them. */
export const runMigrations = (): Promise<void> =>
  withRecords(async (deps) => {
    await refuseHalfRestored(deps.records);
    const done = await migrate(deps);
    for (const id of done) console.log(`done     ${id}`);
    console.log(`${done.length} migrations were run`);
  });

const withRecords = async <T>(work: (deps: MigrateDeps) => Promise<T>): Promise<T> => {
  const storage = await openStorage(readConfig().storage, systemClock);
  try {
    return await work({ records: storage.records, clock: systemClock, migrations });
  } finally {
    await storage.close();
  }
};
