import type { Doc } from './bson.ts';
import { Catalog } from './catalog.ts';
import { EmbeddedCollection } from './collection.ts';
import { Cursor } from './cursor.ts';
import { serverError, unsupported } from './errors.ts';
import { scan } from './scan.ts';
import { SqliteFile } from './sqlite-file.ts';
import { Table } from './table.ts';

/** The one database of a file, with the methods of the standard driver that mongoose calls. */
export class EmbeddedDatabase {
  readonly databaseName = 'yihao';
  private readonly catalog: Catalog;
  private readonly collections = new Map<string, EmbeddedCollection>();

  constructor(private readonly file: SqliteFile) {
    this.catalog = new Catalog(file);
  }

  collection(name: string): EmbeddedCollection {
    const known = this.collections.get(name);
    if (known) return known;
    const made = new EmbeddedCollection(this.table(name), (other) =>
      scan(this.table(other), {}).map(({ doc }) => doc),
    );
    this.collections.set(name, made);
    return made;
  }

  async createCollection(name: string, options: Doc = {}): Promise<EmbeddedCollection> {
    for (const option of ['capped', 'timeseries', 'viewOn', 'expireAfterSeconds', 'collation'])
      if (options[option]) throw unsupported(`collections with "${option}"`, 'use a plain collection');
    this.catalog.ensure(name);
    return this.collection(name);
  }

  listCollections(): Cursor<Doc> {
    return new Cursor(() => this.catalog.collections().map((name) => ({ name, type: 'collection' })));
  }

  async dropCollection(name: string): Promise<boolean> {
    return this.collection(name).drop();
  }

  async dropDatabase(): Promise<boolean> {
    for (const name of this.catalog.collections()) await this.collection(name).drop();
    return true;
  }

  /** Answers `ping`; there is no server to give other commands to. */
  async command(command: Doc): Promise<Doc> {
    if (!('ping' in command)) throw serverError(59, `no such command: ${Object.keys(command).join()}`);
    this.file.get('SELECT 1');
    return { ok: 1 };
  }

  private table(name: string): Table {
    return new Table(this.file, this.catalog, name, `${this.databaseName}.${name}`);
  }
}

/** Stands where mongoose has the client of a server. */
export class EmbeddedClient {
  private readonly database: EmbeddedDatabase;
  private readonly file: SqliteFile;
  private closed = false;

  constructor(path: string) {
    this.file = new SqliteFile(path);
    this.database = new EmbeddedDatabase(this.file);
  }

  db(): EmbeddedDatabase {
    return this.database;
  }

  startSession(): never {
    throw unsupported('sessions and transactions', 'write one document at a time with compare-and-swap');
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.file.close();
  }
}
