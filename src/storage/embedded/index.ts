/**
 * The record engine that needs no server: mongoose on one SQLite file, for the demo, a kiosk, a small county. Owns the
 * part below mongoose that a MongoDB client would have: documents as BSON, indexes as tables of ordered keys, the query
 * language by mingo. A plan may find too much and never too little, since each document is tested again; a write is one
 * SQLite transaction, on disk when it returns. Several connections and processes may share the file. It does not own
 * schemas, hooks or casting, which remain mongoose's own, and refuses by name what it cannot do as MongoDB does.
 * Text is compared by code point in indexes and sorts, but by UTF-16 unit in the tests of ranges. Control leaves it by
 * the connection returned and by SQLite's calls, all of which are synchronous.
 */
import mongoose, { type Connection, type Mongoose } from 'mongoose';
import { EmbeddedClient, type EmbeddedDatabase } from './database.ts';

/** What a mongoose connection is to the driver below it. */
interface DriverSide {
  readyState: number;
  client: EmbeddedClient;
  db: EmbeddedDatabase;
  name: string;
  host: string;
  collections: Record<string, { onOpen(): void }>;
  onOpen(): void;
}

/**
 * Opens the file, made when it is not there, as a mongoose connection with a Mongoose of its own. Throws
 * storage-unavailable when the file cannot be opened or is of another format.
 */
export async function openEmbeddedConnection({ file }: { file: string }): Promise<Connection> {
  const client = new EmbeddedClient(file);
  const own = new mongoose.Mongoose();
  own.setDriver({ Connection: connectionOn(own, client), Collection: collectionOf(own) });
  return own.createConnection('embedded:').asPromise();
}

const connectionOn = (own: Mongoose, client: EmbeddedClient) =>
  class EmbeddedConnection extends own.Connection {
    async createClient(): Promise<unknown> {
      const side = this as unknown as DriverSide;
      side.readyState = mongoose.STATES.connecting;
      side.client = client;
      side.db = client.db();
      side.name = side.db.databaseName;
      side.host = 'embedded';
      side.onOpen();
      for (const collection of Object.values(side.collections)) collection.onOpen();
      return this;
    }
  };

const collectionOf = (own: Mongoose): unknown => own.Collection;
