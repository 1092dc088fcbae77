import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';
import { AppError } from '../../base/error.ts';

type Database = InstanceType<typeof DatabaseSync>;
type Statement = ReturnType<Database['prepare']>;
type Value = string | number | Uint8Array;

/** A unique constraint was met; whoever wrote knows which. */
export class UniqueViolation extends Error {}

// busy_timeout comes first: the pragmas after it may already meet the lock of another handle on the file.
const pragmas = `PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;`;
/** What SQLite calls a file that is none: it is gone with the process. */
export const inMemory = ':memory:';
const mostStatements = 500;
const rowsAtOnce = 25;
const mostTries = 100;
const pauseMilliseconds = 20;

/** One handle on the SQLite file. Every call is synchronous, which is what makes a transaction whole in this process. */
export class SqliteFile {
  /** Counts the transactions that were undone: what was remembered of the file meanwhile is to be read again. */
  undone = 0;
  private readonly database: Database;
  private readonly statements = new Map<string, Statement>();
  private inTransaction = false;

  /** Opens the file, readable by its owner only; throws storage-unavailable when it cannot be opened. */
  constructor(path: string) {
    this.database = attempt(() => {
      if (path !== inMemory) closeSync(openSync(path, 'a', 0o600));
      const database = new DatabaseSync(path);
      begin(database);
      return database;
    });
  }

  exec(sql: string): void {
    attempt(() => this.database.exec(sql));
  }

  /** Runs a statement; returns the row it inserted. Throws UniqueViolation. */
  run(sql: string, ...values: Value[]): number {
    return attempt(() => Number(this.prepared(sql).run(...values).lastInsertRowid));
  }

  /** Inserts rows, many with each statement. Throws UniqueViolation. */
  insertRows(into: string, rows: readonly Value[][]): void {
    for (let at = 0; at < rows.length; at += rowsAtOnce) {
      const some = rows.slice(at, at + rowsAtOnce);
      const places = `(${some[0]?.map(() => '?').join()})`;
      if (some.length === rowsAtOnce)
        this.run(`INSERT INTO ${into} VALUES ${some.map(() => places).join()}`, ...some.flat());
      else for (const row of some) this.run(`INSERT INTO ${into} VALUES ${places}`, ...row);
    }
  }

  get<Row>(sql: string, ...values: Value[]): Row | undefined {
    return attempt(() => this.prepared(sql).get(...values) as Row | undefined);
  }

  all<Row>(sql: string, values: Value[]): Row[] {
    return attempt(() => this.prepared(sql).all(...values) as Row[]);
  }

  /** Hands rows to `take` until it returns false; a scan that ends early reads no further. */
  each<Row>(sql: string, values: Value[], take: (row: Row) => boolean): void {
    for (const row of attempt(() => this.prepared(sql).iterate(...values) as IterableIterator<Row>))
      if (!take(row)) return;
  }

  /** Runs the work as one writer among all processes; whatever it throws undoes all of it. */
  transaction<T>(work: () => T): T {
    if (this.inTransaction) return work();
    this.exec('BEGIN IMMEDIATE');
    this.inTransaction = true;
    try {
      const result = work();
      this.exec('COMMIT');
      return result;
    } catch (error) {
      this.undo();
      throw error;
    } finally {
      this.inTransaction = false;
    }
  }

  /**
   * Runs a transaction whose loss to a power cut does no harm, since it is made anew: it is on disk with the
   * next one that must be, which the log keeps in order. A start makes some two hundred tables.
   */
  restorable<T>(work: () => T): T {
    if (this.inTransaction) return work();
    this.exec('PRAGMA synchronous = NORMAL');
    try {
      return this.transaction(work);
    } finally {
      this.exec('PRAGMA synchronous = FULL');
    }
  }

  /** Runs the work so that, inside a transaction, only its own writes are undone if it throws. */
  savepoint<T>(work: () => T): T {
    this.exec('SAVEPOINT one');
    try {
      return work();
    } catch (error) {
      this.undone++;
      this.exec('ROLLBACK TO one');
      throw error;
    } finally {
      this.exec('RELEASE one');
    }
  }

  close(): void {
    this.statements.clear();
    this.database.close();
  }

  private undo(): void {
    this.undone++;
    try {
      this.database.exec('ROLLBACK');
    } catch {
      // SQLite has undone it by itself: a full disk or a failed write does that.
    }
  }

  private prepared(sql: string): Statement {
    const known = this.statements.get(sql);
    if (known) return known;
    if (this.statements.size >= mostStatements) this.statements.clear();
    const statement = this.database.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }
}

/** The switch to the log of writes does not wait for another handle that is just making it; so it is tried again. */
const begin = (database: Database): void => {
  for (let tries = 1; ; tries += 1)
    try {
      database.exec(pragmas);
      return;
    } catch (error) {
      if (tries >= mostTries || !/locked|busy/i.test(String((error as Error).message))) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMilliseconds);
    }
};

const attempt = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    const message = String((error as { message?: unknown }).message);
    if (message.includes('UNIQUE constraint failed')) throw new UniqueViolation(message);
    throw new AppError('storage-unavailable', {}, { cause: error });
  }
};

/** Quotes a name for SQL. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
