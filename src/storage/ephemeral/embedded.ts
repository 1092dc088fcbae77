import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Clock } from '../../base/clock.ts';
import { AppError } from '../../base/error.ts';
import { checkKey, toMilliseconds, toResetSeconds } from './limits.ts';
import type { Count, Entry, EphemeralStore, PutOptions } from './port.ts';

// busy_timeout comes first: the pragmas after it may already meet the lock of another handle on the file.
const schema = `
PRAGMA busy_timeout = 5000;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE IF NOT EXISTS ephemeral (
  kind TEXT NOT NULL, -- 'entry' or 'counter'; the two do not see one another
  key TEXT NOT NULL,
  value BLOB NOT NULL, -- UTF-8; as TEXT the driver would end it at a NUL
  tally INTEGER NOT NULL, -- of an entry: how often it was marked; of a counter: the count
  marked_at INTEGER,
  group_name TEXT,
  expires_at INTEGER NOT NULL, -- epoch milliseconds, as marked_at; gone from that instant on
  PRIMARY KEY (kind, key)
);
CREATE INDEX IF NOT EXISTS ephemeral_expiry ON ephemeral (expires_at);
CREATE INDEX IF NOT EXISTS ephemeral_group ON ephemeral (group_name) WHERE group_name IS NOT NULL;`;

const insertEntry = `INSERT INTO ephemeral (kind, key, value, tally, marked_at, group_name, expires_at)
  VALUES ('entry', :key, :value, 0, NULL, :group, :expiresAt)
  ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value, tally = 0, marked_at = NULL,
    group_name = excluded.group_name, expires_at = excluded.expires_at`;
const living = `kind = 'entry' AND key = :key AND expires_at > :now`;
const rowsASweep = 500;

// One statement an operation: that is what makes each atomic, among handles and processes too.
const prepare = (database: DatabaseSyncInstance) => ({
  put: database.prepare(insertEntry),
  add: database.prepare(`${insertEntry} WHERE ephemeral.expires_at <= :now`),
  get: database.prepare(`SELECT value, marked_at FROM ephemeral WHERE ${living}`),
  take: database.prepare(`DELETE FROM ephemeral WHERE ${living} RETURNING value`),
  mark: database.prepare(
    `UPDATE ephemeral SET tally = tally + 1, marked_at = coalesce(marked_at, :at) WHERE ${living} RETURNING tally`,
  ),
  count: database.prepare(`INSERT INTO ephemeral (kind, key, value, tally, expires_at)
    VALUES ('counter', :key, x'', 1, :expiresAt) ON CONFLICT (kind, key) DO UPDATE SET
      tally = CASE WHEN expires_at <= :now THEN 1 ELSE tally + 1 END,
      expires_at = CASE WHEN expires_at <= :now THEN excluded.expires_at ELSE expires_at END
    RETURNING tally, expires_at`),
  delete: database.prepare(`DELETE FROM ephemeral WHERE kind IN ('entry', 'counter') AND key = :key`),
  deleteGroup: database.prepare('DELETE FROM ephemeral WHERE group_name = :group'),
  ping: database.prepare('SELECT count(*) FROM (SELECT 1 FROM ephemeral LIMIT 1)'),
  sweep: database.prepare(
    'DELETE FROM ephemeral WHERE rowid IN (SELECT rowid FROM ephemeral WHERE expires_at <= :now LIMIT :limit)',
  ),
});

const toText = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();

const attempt = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    throw new AppError('storage-unavailable', {}, { cause: error });
  }
};

class EmbeddedEphemeralStore implements EphemeralStore {
  private readonly statements: ReturnType<typeof prepare>;
  private readonly timer: NodeJS.Timeout;
  private closed = false;

  constructor(
    private readonly database: DatabaseSyncInstance,
    private readonly clock: Clock,
    sweepSeconds: number,
  ) {
    database.exec(schema);
    this.statements = prepare(database);
    this.timer = setInterval(() => this.sweep(), toMilliseconds(sweepSeconds));
    this.timer.unref();
  }

  async put(key: string, value: string, options: PutOptions): Promise<void> {
    const row = this.row(key, value, options);
    attempt(() => this.statements.put.run(row));
  }

  async get(key: string): Promise<Entry | null> {
    const named = { key: checkKey(key), now: this.now() };
    const row = attempt(
      () => this.statements.get.get(named) as { value: Uint8Array; marked_at: number | null } | undefined,
    );
    if (!row) return null;
    return { value: toText(row.value), markedAt: row.marked_at === null ? null : new Date(row.marked_at) };
  }

  async take(key: string): Promise<string | null> {
    const named = { key: checkKey(key), now: this.now() };
    const row = attempt(() => this.statements.take.get(named) as { value: Uint8Array } | undefined);
    return row ? toText(row.value) : null;
  }

  async add(key: string, value: string, options: PutOptions): Promise<boolean> {
    const row = { ...this.row(key, value, options), now: this.now() };
    return attempt(() => this.statements.add.run(row)).changes === 1;
  }

  async mark(key: string, at: Date): Promise<'marked' | 'already' | 'absent'> {
    const named = { key: checkKey(key), now: this.now(), at: at.getTime() };
    const row = attempt(() => this.statements.mark.get(named) as { tally: number } | undefined);
    if (!row) return 'absent';
    return row.tally === 1 ? 'marked' : 'already';
  }

  async count(key: string, windowSeconds: number): Promise<Count> {
    const now = this.now();
    const named = { key: checkKey(key), now, expiresAt: now + toMilliseconds(windowSeconds) };
    const row = attempt(() => this.statements.count.get(named) as { tally: number; expires_at: number });
    return { count: row.tally, resetSeconds: toResetSeconds(row.expires_at - now) };
  }

  async delete(key: string): Promise<void> {
    const named = { key: checkKey(key) };
    attempt(() => this.statements.delete.run(named));
  }

  async deleteGroup(group: string): Promise<void> {
    const named = { group: checkKey(group) };
    attempt(() => this.statements.deleteGroup.run(named));
  }

  async ping(): Promise<void> {
    attempt(() => this.statements.ping.get());
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    clearInterval(this.timer);
    attempt(() => this.database.close());
  }

  private now(): number {
    return this.clock.now().getTime();
  }

  private row(key: string, value: string, options: PutOptions) {
    const group = options.group === undefined ? null : checkKey(options.group);
    const expiresAt = this.now() + toMilliseconds(options.ttlSeconds);
    return { key: checkKey(key), value: Buffer.from(value), group, expiresAt };
  }

  /** Removes expired rows, a bounded batch a turn of the event loop, so that no request waits for a long delete. */
  private sweep(): void {
    if (this.closed) return;
    try {
      const { changes } = this.statements.sweep.run({ now: this.now(), limit: rowsASweep });
      if (changes === rowsASweep) setImmediate(() => this.sweep()).unref();
    } catch {
      // Expired rows are invisible already, so a sweep that met a lock loses nothing: the next one removes them.
    }
  }
}

/**
 * Opens the ephemeral store on a table of the embedded file; the records driver has its own handle on the same file.
 * Entries expire by the clock handed in; a sweeper removes them from the file every `sweepSeconds` (60).
 * Throws `storage-unavailable` when the file cannot be opened.
 */
export const openEmbeddedEphemeralStore = (options: {
  file: string;
  clock: Clock;
  sweepSeconds?: number;
}): EphemeralStore =>
  attempt(
    () =>
      new EmbeddedEphemeralStore(new DatabaseSync(options.file), options.clock, options.sweepSeconds ?? 60),
  );
