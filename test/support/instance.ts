import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoPeople } from '../../config/demo/people.ts';
import { readConfig } from '../../config/index.ts';
import { type App, createApp } from '../../src/app.ts';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { parseMasterKey } from '../../src/crypto/index.ts';
import { createLog } from '../../src/http/index.ts';
import type { Migration } from '../../src/storage/migrations/index.ts';

export const testPassword = 'Test-password-2026';

/** An instance of Yihao on embedded storage, on a real socket. */
export interface Instance {
  issuer: string;
  app: App;
  /** Adds one of the synthetic people, with testPassword. */
  addPerson(index?: number): Promise<{ accountId: string; number: string; name: string }>;
  stop(): Promise<void>;
}

/** Starts an instance on a free port of localhost, in a temporary folder or the one given. */
export async function startInstance(
  environment: Record<string, string> = {},
  folder?: string,
  clock: Clock = systemClock,
  migrations: readonly Migration[] = [],
): Promise<Instance> {
  const dataFolder = folder ?? (await mkdtemp(join(tmpdir(), 'yihao-test-')));
  let listener: RequestListener = () => undefined;
  const server = createServer((request, response) => listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const issuer = environment['YIHAO_ISSUER'] ?? `http://localhost:${(server.address() as AddressInfo).port}`;
  const config = readConfig({
    YIHAO_MODE: 'development',
    YIHAO_ISSUER: issuer,
    YIHAO_REGION_CODE: '990000',
    YIHAO_REGION_NAME: '示例省',
    YIHAO_DATA_FOLDER: dataFolder,
    YIHAO_MASTER_KEY: '5e'.repeat(32),
    YIHAO_PRIVATE_SITE_HOSTS: 'localhost',
    YIHAO_LOG_LEVEL: 'silent',
    ...environment,
  });
  const masterKey = parseMasterKey(config.masterKey.text ?? '');
  const app = await createApp({ config, masterKey, clock, migrations, log: createLog(config.logLevel) });
  listener = app.listener;
  return {
    issuer,
    app,
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
      if (folder === undefined) await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
