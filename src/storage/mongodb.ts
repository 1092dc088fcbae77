import { type Connection, createConnection } from 'mongoose';

/**
 * Connects to a MongoDB-protocol server with a bounded pool and bounded waits, so that a lost server turns into errors
 * within seconds and not into requests that hang. Writes are acknowledged by a majority.
 */
export async function openMongodbConnection(url: string): Promise<Connection> {
  const connection = createConnection(url, {
    appName: 'yihao',
    maxPoolSize: 50,
    minPoolSize: 2,
    connectTimeoutMS: 5000,
    serverSelectionTimeoutMS: 5000,
    socketTimeoutMS: 20_000,
    waitQueueTimeoutMS: 5000,
    writeConcern: { w: 'majority' },
    bufferCommands: false,
    autoIndex: true,
  });
  return connection.asPromise();
}
