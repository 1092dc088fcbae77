/**
 * What the storage looks like, and how it becomes what this program needs. Owns the schema record, the lease by which one
 * process at a time migrates, and the ordered list of migrations; indexes are none of it (each store makes its own). A
 * change comes in two releases: *expand* (the new shape beside the old; programs before it still serve) and, once none of
 * those runs any more, *contract* (the old shape goes; `major` rises, and they refuse to start). A design of this project;
 * control leaves by the report and by an AppError with a code.
 */
import type { Clock } from '../../base/clock.ts';
import type { RecordConnection } from '../index.ts';

/** One change of what is stored. */
export interface Migration {
  /** Its name for ever; it is never changed once released. */
  id: string;
  /** The schema it makes: as before when it expands, one more when it contracts. */
  major: number;
  /** Does its work in batches, each of which may be done again. */
  up(step: MigrationStep): Promise<void>;
}

/** What a migration has to work with. */
export interface MigrationStep {
  records: RecordConnection;
  clock: Clock;
  /** What it said last of where it is, when it is run again; null at first. */
  position: string | null;
  /** Keeps the position and the lease; call it after each batch. Throws migration-taken when the lease was lost. */
  reached(position: string): Promise<void>;
}

/** The migrations of this program, in order; the first release has none. */
export const migrations: readonly Migration[] = [];

/** The schema that a list of migrations ends at. */
export const majorOf = (list: readonly Migration[]): number =>
  list.reduce((most, { major }) => Math.max(most, major), 1);
