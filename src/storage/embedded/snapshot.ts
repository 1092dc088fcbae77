import { type Doc, decodeDocument } from './bson.ts';
import { Catalog, tableOf } from './catalog.ts';
import { SqliteFile } from './sqlite-file.ts';

const pageSize = 500;

/** Everything in the file as it was at one instant, while others go on writing. */
export interface Snapshot {
  collections(): string[];
  /** Hands out the documents of a collection in the order of `_id`. */
  documents(collection: string): Generator<Doc>;
  close(): void;
}

/**
 * Opens a read transaction over the whole file: SQLite's log of writes keeps what it sees as it was and holds up no
 * writer. The log grows until it is closed. Throws storage-unavailable.
 */
export function openSnapshot(path: string): Snapshot {
  const file = new SqliteFile(path);
  const catalog = new Catalog(file);
  file.exec('BEGIN');
  return {
    collections: () => catalog.collections(),
    *documents(collection) {
      const sql = `SELECT k, d FROM ${tableOf(collection)} WHERE k > ? ORDER BY k LIMIT ${pageSize}`;
      let after: Uint8Array = Buffer.alloc(0);
      for (;;) {
        const page = file.all<{ k: Uint8Array; d: Uint8Array }>(sql, [after]);
        for (const { d } of page) yield decodeDocument(d);
        const last = page.at(-1);
        if (last === undefined || page.length < pageSize) return;
        after = last.k;
      }
    },
    close: () => {
      file.exec('COMMIT');
      file.close();
    },
  };
}
