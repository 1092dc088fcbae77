import { Aggregator } from 'mingo';
import { mongo } from 'mongoose';
import { type Doc, plain } from './bson.ts';
import { bulkWrite } from './bulk.ts';
import { toDefinition } from './catalog.ts';
import { Cursor } from './cursor.ts';
import { unsupported } from './errors.ts';
import { encodeKey } from './keys.ts';
import { pathValues } from './paths.ts';
import { checkOptions, project, queryOptions, type ReadOptions } from './query.ts';
import { count, first, scan, stream } from './scan.ts';
import type { Table } from './table.ts';
import { type Changed, change, insertMany, insertOne, remove } from './writer.ts';

type Options = (ReadOptions & Doc) | undefined;

/** A collection with the methods of the standard driver that mongoose calls; those it lacks refuse by name. */
export class EmbeddedCollection {
  readonly collectionName: string;

  constructor(
    private readonly table: Table,
    private readonly docsOf: (collection: string) => Doc[],
  ) {
    this.collectionName = table.collection;
  }

  find(filter: unknown, options: Options = {}): Cursor<Doc> {
    checkOptions(options);
    const { table } = this;
    return new Cursor(function* (whole) {
      const docs = whole
        ? scan(table, filter, options).map(({ doc }) => doc)
        : stream(table, filter, options);
      for (const doc of docs) yield project(doc, options.projection);
    });
  }

  async findOne(filter: unknown, options: Options = {}): Promise<Doc | null> {
    checkOptions(options);
    const found = first(this.table, filter, options);
    return found && project(found.doc, options.projection);
  }

  async countDocuments(filter: unknown, options: Options = {}): Promise<number> {
    checkOptions(options);
    return count(this.table, filter, options);
  }

  async estimatedDocumentCount(): Promise<number> {
    return count(this.table, {});
  }

  async distinct(path: string, filter: unknown, options?: Options): Promise<unknown[]> {
    checkOptions(options);
    const values = scan(this.table, filter).flatMap(({ doc }) => pathValues(doc, path).values);
    const present = values.filter((value) => value !== undefined && typeof value !== 'symbol');
    return [...new Map(present.map((value) => [encodeKey(value).toString('latin1'), value])).values()];
  }

  aggregate(given: Doc[], options?: Options): Cursor<Doc> {
    checkOptions(options);
    const pipeline = plain(given);
    refuseStages(pipeline);
    // What an index can answer goes to it; the rest is worked out over what it finds.
    const [match] = pipeline.splice(0, pipeline[0]?.$match ? 1 : 0);
    const [sort] = pipeline.splice(0, pipeline[0]?.$sort ? 1 : 0);
    return new Cursor(() => {
      const found = scan(this.table, match?.$match, { sort: sort?.$sort });
      const docs = found.map(({ doc }) => doc);
      return new Aggregator(pipeline, { ...queryOptions, collectionResolver: this.docsOf }).run<Doc>(docs);
    });
  }

  async insertOne(doc: Doc, options?: Options) {
    checkOptions(options);
    return { acknowledged: true, insertedId: insertOne(this.table, doc) };
  }

  async insertMany(docs: Doc[], options?: Options) {
    checkOptions(options);
    const insertedIds = insertMany(this.table, docs, options?.ordered !== false);
    return { acknowledged: true, insertedCount: docs.length, insertedIds };
  }

  /** As with the standard driver, a write concern with `j: false` need not be on disk before it is answered. */
  async updateOne(filter: unknown, given: unknown, options: Options = {}) {
    const concern = options.writeConcern as { j?: boolean } | undefined;
    const work = () => counted(this.update(filter, given, options));
    return concern?.j === false ? this.table.file.restorable(work) : work();
  }

  async updateMany(filter: unknown, given: unknown, options: Options = {}) {
    return counted(this.update(filter, given, { ...options, many: true }));
  }

  async replaceOne(filter: unknown, given: unknown, options: Options = {}) {
    return counted(this.replace(filter, given, options));
  }

  async findOneAndUpdate(filter: unknown, given: unknown, options: Options = {}) {
    return answered(this.update(filter, given, options), options);
  }

  async findOneAndReplace(filter: unknown, given: unknown, options: Options = {}) {
    return answered(this.replace(filter, given, options), options);
  }

  async findOneAndDelete(filter: unknown, options: Options = {}) {
    checkOptions(options);
    const [before = null] = remove(this.table, filter, options);
    const changed = { matched: before ? 1 : 0, modified: 0, upsertedId: null, before, after: null };
    return answered(changed, { ...options, returnDocument: 'before' });
  }

  async deleteOne(filter: unknown, options: Options = {}) {
    checkOptions(options);
    return { acknowledged: true, deletedCount: remove(this.table, filter, options).length };
  }

  async deleteMany(filter: unknown, options: Options = {}) {
    checkOptions(options);
    const deleted = remove(this.table, filter, { ...options, many: true });
    return { acknowledged: true, deletedCount: deleted.length };
  }

  async bulkWrite(operations: Doc[], options?: Options) {
    checkOptions(options);
    return bulkWrite(this, operations, options?.ordered !== false);
  }

  async createIndex(key: unknown, options: Options = {}): Promise<string> {
    const definition = toDefinition(key, options);
    this.table.file.restorable(() => this.table.createIndex(definition));
    return definition.name;
  }

  listIndexes(): Cursor<Doc> {
    const { table } = this;
    return new Cursor(() => [
      { v: 2, key: { _id: 1 }, name: '_id_' },
      ...table.indexes.map(({ key, name, unique, sparse, partialFilterExpression }) => ({
        v: 2,
        key,
        name,
        ...(unique ? { unique } : {}),
        ...(sparse ? { sparse } : {}),
        ...(partialFilterExpression ? { partialFilterExpression } : {}),
      })),
    ]);
  }

  async indexes(): Promise<Doc[]> {
    return this.listIndexes().toArray();
  }

  async dropIndex(name: string): Promise<void> {
    const { file, catalog, collection } = this.table;
    file.transaction(() => catalog.remove(collection, name));
  }

  async drop(): Promise<boolean> {
    const { file, catalog, collection } = this.table;
    file.transaction(() => catalog.drop(collection));
    return true;
  }

  private update(filter: unknown, given: unknown, options: ReadOptions & Doc): Changed {
    checkOptions(options);
    const { arrayFilters } = options;
    return change(this.table, filter, { kind: 'operators', given, arrayFilters }, options);
  }

  private replace(filter: unknown, given: unknown, options: ReadOptions & Doc): Changed {
    checkOptions(options);
    return change(this.table, filter, { kind: 'replacement', given }, options);
  }
}

const counted = ({ matched, modified, upsertedId }: Changed) => ({
  acknowledged: true,
  matchedCount: matched,
  modifiedCount: modified,
  upsertedCount: upsertedId === null ? 0 : 1,
  upsertedId,
});

const answered = (changed: Changed, options: ReadOptions & Doc) => {
  const doc = options.returnDocument === 'after' ? changed.after : changed.before;
  const value = doc && project(doc, options.projection);
  if (!options.includeResultMetadata) return value;
  const { matched, upsertedId } = changed;
  const upserted = upsertedId === null ? {} : { upserted: upsertedId };
  const n = upsertedId === null ? matched : 1;
  return { value, ok: 1, lastErrorObject: { n, updatedExisting: matched > 0, ...upserted } };
};

const refusedStages = ['$out', '$merge', '$geoNear', '$search', '$changeStream', '$collStats', '$indexStats'];

const refuseStages = (pipeline: Doc[]): void => {
  for (const stage of pipeline)
    for (const name of Object.keys(stage))
      if (refusedStages.includes(name))
        throw unsupported(`the stage ${name}`, 'aggregate what a plain query finds');
};

// What the standard driver's collection can do and this one cannot is refused by name, not by a missing function.
for (const name of Object.getOwnPropertyNames(mongo.Collection.prototype))
  if (!(name in EmbeddedCollection.prototype) && name !== 'collectionName')
    Object.defineProperty(EmbeddedCollection.prototype, name, {
      configurable: true,
      value: () => {
        throw unsupported(`${name}()`, 'use find, aggregate and the writes of one document');
      },
    });
