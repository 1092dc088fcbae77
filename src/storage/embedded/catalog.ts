import { Query } from 'mingo';
import { AppError } from '../../base/error.ts';
import { type Doc, encodeDocument, fromExtendedJson, toExtendedJson } from './bson.ts';
import { serverError, unsupported } from './errors.ts';
import { queryOptions } from './query.ts';
import { quoted, type SqliteFile } from './sqlite-file.ts';

export interface IndexDefinition {
  name: string;
  key: Record<string, number>;
  unique: boolean;
  sparse: boolean;
  partialFilterExpression?: Doc;
}

/** An index as it is used: its table holds one row (`k` key, `r` row of the document) for each key of each document. */
export interface Index extends IndexDefinition {
  fields: string[];
  /** Whether some document has had several keys; then it cannot give an order. */
  multikey: boolean;
  table: string;
  /** Whether the index holds the document; null when it holds all. */
  covers: ((doc: Doc) => boolean) | null;
}

interface CatalogRow {
  collection: string;
  name: string;
  spec: string;
  multikey: number;
}

/** Written into the file's header: 'YH' and the version of this layout. */
const fileFormat = 0x59480001;

/** Knows the collections and indexes of the file, and notices when another process changes them. */
export class Catalog {
  private readonly known = new Map<string, Index[]>();
  private readonly created = new Set<string>();
  private knownState = '';

  constructor(private readonly file: SqliteFile) {
    const format = this.pragma('application_id');
    if (format !== 0 && format !== fileFormat)
      throw new AppError('storage-unavailable', {}, { cause: new Error('The file has another format.') });
    if (format === 0)
      file.exec(`CREATE TABLE IF NOT EXISTS catalog
        (collection TEXT, name TEXT, spec TEXT, multikey INTEGER NOT NULL, PRIMARY KEY (collection, name));
        PRAGMA application_id = ${fileFormat};`);
  }

  collections(): string[] {
    const rows = this.file.all<CatalogRow>('SELECT DISTINCT collection FROM catalog', []);
    return rows.map((row) => row.collection);
  }

  /** Creates the table of a collection if it is not there. */
  ensure(collection: string): void {
    if (this.created.has(collection) && !this.changed()) return;
    this.file.transaction(() => {
      this.file.exec(`CREATE TABLE IF NOT EXISTS ${tableOf(collection)}
        (r INTEGER PRIMARY KEY, k BLOB NOT NULL UNIQUE, d BLOB NOT NULL)`);
      this.write('INSERT OR IGNORE INTO catalog VALUES (?, ?, ?, 0)', collection, '_id_', '{}');
    });
    this.created.add(collection);
  }

  /** Lists the indexes besides the one on `_id`. */
  indexes(collection: string): Index[] {
    this.changed();
    const found = this.known.get(collection);
    if (found) return found;
    const sql = `SELECT * FROM catalog WHERE collection = ? AND name <> '_id_'`;
    const read = this.file.all<CatalogRow>(sql, [collection]).map(toIndex);
    this.known.set(collection, read);
    return read;
  }

  /** Adds an index without rows; null when it is there already. Call within a transaction. */
  add(collection: string, definition: IndexDefinition): Index | null {
    const existing = this.indexes(collection).find(({ name }) => name === definition.name);
    if (existing) {
      if (sameDefinition(existing, definition)) return null;
      throw serverError(86, `An index named ${definition.name} exists with a different definition.`);
    }
    const unique = definition.unique ? 'k' : 'k, r';
    this.file.exec(`CREATE TABLE ${indexTableOf(collection, definition.name)}
      (k BLOB NOT NULL, r INTEGER NOT NULL, PRIMARY KEY (${unique})) WITHOUT ROWID`);
    const spec = toExtendedJson({ ...definition });
    this.write('INSERT INTO catalog VALUES (?, ?, ?, 0)', collection, definition.name, spec);
    this.announce();
    return this.indexes(collection).find(({ name }) => name === definition.name) ?? null;
  }

  markMultikey(collection: string, index: Index): void {
    this.write('UPDATE catalog SET multikey = 1 WHERE collection = ? AND name = ?', collection, index.name);
    index.multikey = true;
    this.announce();
  }

  remove(collection: string, name: string): void {
    const index = this.indexes(collection).find((one) => one.name === name);
    if (!index) throw serverError(27, `There is no index named ${name}.`);
    this.file.exec(`DROP TABLE ${index.table}`);
    this.write('DELETE FROM catalog WHERE collection = ? AND name = ?', collection, name);
    this.announce();
  }

  drop(collection: string): void {
    for (const index of this.indexes(collection)) this.file.exec(`DROP TABLE ${index.table}`);
    this.file.exec(`DROP TABLE IF EXISTS ${tableOf(collection)}`);
    this.write('DELETE FROM catalog WHERE collection = ?', collection);
    this.announce();
  }

  /** Forgets what it knew when this or another process has changed the catalog, or undone a change. */
  private changed(): boolean {
    const state = `${this.pragma('user_version')}/${this.file.undone}`;
    if (state === this.knownState) return false;
    this.known.clear();
    this.created.clear();
    this.knownState = state;
    return true;
  }

  private announce(): void {
    this.file.exec(`PRAGMA user_version = ${this.pragma('user_version') + 1}`);
  }

  private pragma(name: 'application_id' | 'user_version'): number {
    return Number(this.file.get<Record<string, number>>(`PRAGMA ${name}`)?.[name]);
  }

  private write(sql: string, ...values: string[]): void {
    this.file.run(sql, ...values);
  }
}

export const tableOf = (collection: string): string => quoted(`c:${collection}`);
const indexTableOf = (collection: string, name: string): string => quoted(`i:${collection}:${name}`);

const toIndex = (row: CatalogRow): Index => {
  const definition = fromExtendedJson(row.spec) as unknown as IndexDefinition;
  const partial = definition.partialFilterExpression;
  const query = partial && new Query(partial, queryOptions);
  return {
    ...definition,
    fields: Object.keys(definition.key),
    multikey: row.multikey === 1,
    table: indexTableOf(row.collection, row.name),
    covers: query ? (doc) => query.test(doc) : null,
  };
};

const sameDefinition = (one: IndexDefinition, other: IndexDefinition): boolean => {
  const shape = ({ key, unique, sparse, partialFilterExpression = {} }: IndexDefinition) =>
    encodeDocument({ key, unique, sparse, partialFilterExpression });
  return shape(one).equals(shape(other));
};

/** Reads what `createIndex` is given; refuses the kinds the engine does not have. */
export function toDefinition(given: unknown, options: Doc): IndexDefinition {
  const key = Object.fromEntries(given instanceof Map ? given : Object.entries(given as Doc));
  if (Object.values(key).some((direction) => direction !== 1 && direction !== -1))
    throw unsupported('text, hashed, geographic and wildcard indexes', 'index plain fields with 1 or -1');
  if (options.expireAfterSeconds !== undefined && options.expireAfterSeconds !== null)
    throw unsupported('indexes that expire documents', 'keep what expires in the ephemeral store');
  if (options.collation) throw unsupported('collations', 'index a field that holds the text in one form');
  const partial = options.partialFilterExpression as Doc | undefined;
  return {
    name: String(options.name ?? Object.entries(key).flat().join('_')),
    key: key as Record<string, number>,
    unique: options.unique === true,
    sparse: options.sparse === true,
    ...(partial ? { partialFilterExpression: partial } : {}),
  };
}
