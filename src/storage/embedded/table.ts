import { type Doc, encodeDocument } from './bson.ts';
import { type Catalog, type Index, type IndexDefinition, tableOf } from './catalog.ts';
import { duplicateKey, serverError, unsupported } from './errors.ts';
import { encodeKey } from './keys.ts';
import { pathValues } from './paths.ts';
import { scan } from './scan.ts';
import { type SqliteFile, UniqueViolation } from './sqlite-file.ts';

/** A document where it stands. */
export interface Found {
  row: number;
  doc: Doc;
  bytes: Uint8Array;
}

const idIndex = { name: '_id_', key: { _id: 1 } };

/** Writes the documents of one collection together with the rows of its indexes. Every method: within a transaction. */
export class Table {
  readonly name: string;

  constructor(
    readonly file: SqliteFile,
    readonly catalog: Catalog,
    readonly collection: string,
    private readonly namespace: string,
  ) {
    this.name = tableOf(collection);
  }

  get indexes(): Index[] {
    this.catalog.ensure(this.collection);
    return this.catalog.indexes(this.collection);
  }

  /** Inserts a document, with its bytes when they are at hand; throws duplicate key (11000). */
  insert(doc: Doc, bytes: Uint8Array = encodeDocument(doc)): void {
    const { indexes } = this;
    const row = this.unique(idIndex, doc, () => this.addDocument(doc, bytes));
    for (const index of indexes) this.addKeys(index, this.keysOf(index, doc), row, doc);
  }

  /** Inserts documents, then the rows of one index after the other in the order of its keys; throws UniqueViolation. */
  insertAll(docs: readonly { doc: Doc; bytes: Uint8Array }[]): void {
    const { indexes } = this;
    const rows = docs.map(({ doc, bytes }) => this.addDocument(doc, bytes));
    for (const index of indexes) {
      const keys = docs.flatMap(({ doc }, at) =>
        this.keysOf(index, doc).map((key) => ({ key, row: rows[at] ?? 0 })),
      );
      keys.sort((one, other) => Buffer.compare(one.key, other.key));
      this.file.insertRows(
        `${index.table} (k, r)`,
        keys.map(({ key, row }) => [key, row]),
      );
    }
  }

  /** Puts a document in place of another with the same `_id`; throws duplicate key (11000). */
  replace({ row, doc: before }: Found, after: Doc, bytes: Uint8Array): void {
    for (const index of this.indexes) {
      const old = this.keysOf(index, before);
      const wanted = this.keysOf(index, after);
      this.removeKeys(index, missingFrom(wanted, old), row);
      this.addKeys(index, missingFrom(old, wanted), row, after);
    }
    this.file.run(`UPDATE ${this.name} SET d = ? WHERE r = ?`, bytes, row);
  }

  remove({ row, doc }: Found): void {
    for (const index of this.indexes) this.removeKeys(index, this.keysOf(index, doc), row);
    this.file.run(`DELETE FROM ${this.name} WHERE r = ?`, row);
  }

  /** Makes an index over the documents there are; throws duplicate key (11000) when they break it. */
  createIndex(definition: IndexDefinition): void {
    this.catalog.ensure(this.collection);
    const index = this.catalog.add(this.collection, definition);
    if (!index) return;
    for (const { row, doc } of scan(this, {})) this.addKeys(index, this.keysOf(index, doc), row, doc);
  }

  private addDocument(doc: Doc, bytes: Uint8Array): number {
    if (Array.isArray(doc._id)) throw serverError(2, 'A document cannot have an array for its _id.');
    return this.file.run(`INSERT INTO ${this.name} (k, d) VALUES (?, ?)`, encodeKey(doc._id), bytes);
  }

  private keysOf(index: Index, doc: Doc): Buffer[] {
    if (index.covers && !index.covers(doc)) return [];
    const fields = index.fields.map((path) => pathValues(doc, path));
    const arrays = fields.filter(({ crossedArray }) => crossedArray).length;
    if (arrays > 1)
      throw unsupported('an index over two fields that both hold arrays', 'index one of the two');
    if (index.sparse && fields.every(({ values }) => values.every((value) => value === undefined))) return [];
    if (arrays === 1 && !index.multikey) this.catalog.markMultikey(this.collection, index);
    const keys = fields.reduce<Buffer[][]>(
      (begun, { values }) => begun.flatMap((parts) => values.map((value) => [...parts, encodeKey(value)])),
      [[]],
    );
    const whole = keys.map((parts) => Buffer.concat(parts));
    return arrays === 0 ? whole : missingFrom([], whole);
  }

  private addKeys(index: Index, keys: Buffer[], row: number, doc: Doc): void {
    for (const key of keys)
      this.unique(index, doc, () =>
        this.file.run(`INSERT INTO ${index.table} (k, r) VALUES (?, ?)`, key, row),
      );
  }

  private removeKeys(index: Index, keys: Buffer[], row: number): void {
    for (const key of keys) this.file.run(`DELETE FROM ${index.table} WHERE k = ? AND r = ?`, key, row);
  }

  private unique<T>(index: { name: string; key: Record<string, number> }, doc: Doc, write: () => T): T {
    try {
      return write();
    } catch (error) {
      throw error instanceof UniqueViolation ? duplicateKey(this.namespace, index, doc) : error;
    }
  }
}

/** The keys of `some` that are not among `others`, each once. */
const missingFrom = (others: Buffer[], some: Buffer[]): Buffer[] => {
  if (others.length === 1 && some.length === 1 && others[0] && some[0]?.equals(others[0])) return [];
  const seen = new Set(others.map((key) => key.toString('latin1')));
  return some.filter((key) => {
    const text = key.toString('latin1');
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
};
