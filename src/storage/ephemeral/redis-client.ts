import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { AppError } from '../../base/error.ts';
import { redisScripts } from './redis-scripts.ts';

export type RedisClient = Redis | Cluster;

/**
 * Makes the refusal for an engine that failed. The cause keeps name and message only: the client hangs the command's
 * arguments on its errors, and those are tokens and values that no log may hold.
 */
export const unavailable = (error: unknown): AppError => {
  const { name, message, code } = error as { name?: string; message?: string; code?: string };
  return new AppError('storage-unavailable', {}, { cause: new Error(`${name}: ${message || code}`) });
};

/** Resolves with the answer, or rejects when it takes longer than the milliseconds given. */
export const within = async <T>(milliseconds: number, answer: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Redis did not answer in ${milliseconds} ms.`)), milliseconds);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Options of one connection, to a single server or to a node of a cluster. */
const connectionOptions = (timeoutMilliseconds: number) =>
  ({
    connectTimeout: timeoutMilliseconds,
    // A peer that fell silent is given up, or a cut network would hold the connection for many minutes.
    socketTimeout: timeoutMilliseconds,
    // Leave was taken by QUIT before; a socket that does not end then should not hold the process.
    disconnectTimeout: 300,
    // Nothing is sent twice: a count or a take whose answer was lost must not be done again behind the caller's back.
    maxRetriesPerRequest: 0,
    // After a failover the old master answers READONLY; a new connection finds the new one.
    reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
  }) satisfies RedisOptions;

const makeSingle = (url: string, timeoutMilliseconds: number): Redis =>
  new Redis(url, {
    ...connectionOptions(timeoutMilliseconds),
    ...(url.startsWith('rediss:') ? { tls: {} } : {}),
    scripts: redisScripts,
    lazyConnect: true,
    retryStrategy: (attempt) => Math.min(attempt * 100, 1000),
  });

/** The address may name several nodes with commas between; the first one's user and password serve for all. */
const makeCluster = (address: string, timeoutMilliseconds: number): Cluster => {
  const urls = address.split(',').map((text) => new URL(text.trim()));
  const secure = urls.some((url) => url.protocol === 'rediss:');
  const username = decodeURIComponent(urls[0]?.username ?? '');
  const password = decodeURIComponent(urls[0]?.password ?? '');
  return new Cluster(
    urls.map((url) => ({ host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 6379) })),
    {
      scripts: redisScripts,
      lazyConnect: true,
      // While no node is known a caller hears so at once; queued, an operation already refused could still happen later.
      enableOfflineQueue: false,
      clusterRetryStrategy: (attempt) => Math.min(attempt * 100, 1000),
      redisOptions: {
        ...connectionOptions(timeoutMilliseconds),
        ...(username ? { username } : {}),
        ...(password ? { password } : {}),
        ...(secure ? { tls: {} } : {}),
      },
      // Certificates name hosts, so under TLS a node is called by its name and not by its resolved address.
      ...(secure ? { dnsLookup: (host, done) => done(null, host) } : {}),
    },
  );
};

/** Connects to Redis or a cluster; throws `storage-unavailable` when it does not answer within the timeout. */
export const connectRedis = async (options: {
  url: string;
  cluster: boolean;
  timeoutMilliseconds: number;
}): Promise<RedisClient> => {
  const { url, cluster, timeoutMilliseconds } = options;
  const client = cluster ? makeCluster(url, timeoutMilliseconds) : makeSingle(url, timeoutMilliseconds);
  let lastError: unknown;
  // Without a listener the client prints; each operation reports its own failure, and the latest one explains a failed start.
  client.on('error', (error: unknown) => {
    lastError = error;
  });
  try {
    await within(timeoutMilliseconds, client.connect());
    return client;
  } catch (error) {
    client.disconnect();
    throw unavailable(lastError ?? error);
  }
};
