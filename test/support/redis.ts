import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { waitUntil } from './wait.ts';

const run = promisify(execFile);

export interface RedisServer {
  /** redis:// address; of a cluster, its three nodes with commas between. */
  url: string;
  stop(): Promise<void>;
}

/** Returns loopback ports that nobody listens on. */
export const freePorts = async (amount: number): Promise<number[]> => {
  const servers = Array.from({ length: amount }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) => {
          server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            resolve(typeof address === 'object' && address ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
};

/** Tells whether it is the server we started that answers on the port, and not a stranger who took it first. */
const answers = async (port: number, child: ChildProcess): Promise<boolean> =>
  run('redis-cli', ['-p', String(port), 'info', 'server']).then(
    ({ stdout }) => stdout.includes(`process_id:${child.pid}\r`),
    () => false,
  );

const stopServer = async (child: ChildProcess, directory: string): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }
  await rm(directory, { recursive: true, force: true });
};

const startServer = async (port: number, more: string[] = []): Promise<() => Promise<void>> => {
  const directory = await mkdtemp(join(tmpdir(), 'yihao-redis-'));
  const settings = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--daemonize', 'no'];
  const child = spawn('redis-server', ['--port', String(port), '--dir', directory, ...settings, ...more], {
    stdio: 'ignore',
  });
  let failure: Error | undefined;
  child.once('error', () => {
    failure = new Error(
      'redis-server is not installed. Install it (Debian, Ubuntu: apt-get install redis-server; macOS: brew install redis) and run the tests again.',
    );
  });
  child.once('exit', (code) => {
    failure ??= new Error(`redis-server on port ${port} ended with code ${code}.`);
  });
  try {
    await waitUntil(async () => {
      if (failure) throw failure;
      return answers(port, child);
    }, 10);
  } catch (error) {
    if (child.pid !== undefined) await stopServer(child, directory);
    throw error;
  }
  return () => stopServer(child, directory);
};

/** Starts a Redis server on a free loopback port, that of its predecessor if one is given; nothing of it stays. */
export const startRedis = async (port?: number): Promise<RedisServer & { port: number }> => {
  const [free = 0] = port === undefined ? await freePorts(1) : [port];
  return { url: `redis://127.0.0.1:${free}`, port: free, stop: await startServer(free) };
};

/** Starts a cluster of three masters on loopback and waits until all its slots are served. */
export const startRedisCluster = async (): Promise<RedisServer> => {
  const ports = await freePorts(6);
  const nodes = ports.slice(0, 3).map((port, i) => ({ port, bus: ports[i + 3] ?? 0 }));
  const stops = await Promise.all(
    nodes.map(({ port, bus }) =>
      startServer(port, ['--cluster-enabled', 'yes', '--cluster-port', String(bus)]),
    ),
  );
  const stop = async (): Promise<void> => {
    await Promise.all(stops.map((each) => each()));
  };
  try {
    const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`);
    await run('redis-cli', ['--cluster', 'create', ...addresses, '--cluster-replicas', '0', '--cluster-yes']);
    await waitUntil(async () => {
      const states = await Promise.all(
        nodes.map(({ port }) => run('redis-cli', ['-p', String(port), 'cluster', 'info'])),
      );
      return states.every(({ stdout }) => stdout.includes('cluster_state:ok'));
    }, 20);
    return { url: addresses.map((address) => `redis://${address}`).join(','), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
