import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoPeople } from '../../config/demo/people.ts';
import { readConfig } from '../../config/index.ts';
import { createApp } from '../../src/app.ts';
import { systemClock } from '../../src/base/clock.ts';
import { parseMasterKey } from '../../src/crypto/index.ts';
import { createLog } from '../../src/http/index.ts';
import { type FrozenClock, frozenClock } from './frozen-clock.ts';
import { type Instance, testPassword } from './instance.ts';

/** An instance whose stores and keys go by a clock that stands; the library's own dates go by the system's. */
export interface FrozenInstance extends Instance {
  clock: FrozenClock;
}

/** Starts an instance at the present, where its clock stops. */
export async function startFrozenInstance(environment: Record<string, string> = {}): Promise<FrozenInstance> {
  const folder = await mkdtemp(join(tmpdir(), 'yihao-frozen-'));
  const clock = frozenClock(systemClock.now().toISOString());
  let listener: RequestListener = () => undefined;
  const server = createServer((request, response) => listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const config = readConfig({
    YIHAO_MODE: 'development',
    YIHAO_ISSUER: issuer,
    YIHAO_REGION_CODE: '990000',
    YIHAO_REGION_NAME: '示例省',
    YIHAO_DATA_FOLDER: folder,
    YIHAO_PRIVATE_SITE_HOSTS: 'localhost',
    YIHAO_LOG_LEVEL: 'silent',
    ...environment,
  });
  const masterKey = parseMasterKey('5e'.repeat(32));
  const app = await createApp({ config, masterKey, clock, log: createLog(config.logLevel) });
  listener = app.listener;
  return {
    issuer,
    app,
    clock,
    addPerson: async (index = 0) => {
      const person = demoPeople[index];
      if (person === undefined) throw new RangeError('there are twenty people');
      const { number, name, phone } = person;
      const input = { number, name, phone, password: testPassword, assurance: 2 as const, actor: 'test' };
      return { ...(await app.house.identity.createAccount(input)), number, name };
    },
    stop: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await app.house.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
