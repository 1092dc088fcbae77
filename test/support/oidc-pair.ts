import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import type { Migration } from '../../src/storage/migrations/index.ts';
import { type Instance, startInstance } from './instance.ts';
import { startRedis } from './redis.ts';

/** Two instances behind one address, as behind a load balancer: one Redis, one file of records. */
export interface InstancePair {
  issuer: string;
  first: Instance;
  second: Instance;
  /** What a command beside them needs to find their stores. */
  environment: Record<string, string>;
  /** Who answers from now on; `in turn` gives every request to the one that did not have the last. */
  answer(by: 'first' | 'second' | 'in turn'): void;
  stop(): Promise<void>;
}

/** Starts two instances that share their stores, the second with migrations of its own; the first answers until told otherwise. */
export async function startPair(migrations: readonly Migration[] = []): Promise<InstancePair> {
  const redis = await startRedis();
  const folder = await mkdtemp(join(tmpdir(), 'yihao-pair-'));
  const instances: Instance[] = [];
  let turn = 0;
  let step = 0;
  const balancer = createServer((request, response) => {
    instances[turn]?.app.listener(request, response);
    turn = (turn + step) % 2;
  });
  await new Promise<void>((resolve) => balancer.listen(0, 'localhost', resolve));
  const issuer = `http://localhost:${(balancer.address() as AddressInfo).port}`;
  const environment = { YIHAO_ISSUER: issuer, YIHAO_DATA_FOLDER: folder, REDIS_URL: redis.url };
  const first = await startInstance(environment, folder);
  const second = await startInstance(environment, folder, systemClock, migrations);
  instances.push(first, second);
  return {
    issuer,
    first,
    second,
    environment,
    answer: (by) => {
      step = by === 'in turn' ? 1 : 0;
      turn = by === 'second' ? 1 : 0;
    },
    stop: async () => {
      await new Promise((resolve) => {
        balancer.close(resolve);
        balancer.closeAllConnections();
      });
      await Promise.all([first.stop(), second.stop()]);
      await redis.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
