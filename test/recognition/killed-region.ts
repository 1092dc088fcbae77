import { cpSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCrypto, type PublicEcJwk, parseMasterKey } from '../../src/crypto/index.ts';
import { agreementMessages } from '../../src/http/peer/agreements.ts';
import {
  createPeerCall,
  createPeerLink,
  createRecognition,
  keySetPath,
  type Recognition,
} from '../../src/recognition/index.ts';
import { openStorage, type RecordConnection } from '../../src/storage/index.ts';
import type { FrozenClock } from '../support/frozen-clock.ts';

/** A region on a real socket that is lost at a step, and goes on from what was on the disk at that moment. */
export interface KillableRegion {
  issuer: string;
  agreementKey: PublicEcJwk;
  readonly recognition: Recognition;
  readonly records: RecordConnection;
  /** How often it was killed. */
  kills(): number;
  /** Has it die at its step of that number, counted from now; never at 0. */
  arm(steps: number): void;
  /** Does what is due to the other side, or dies of it. */
  visit(): Promise<void>;
  /** Resolves when it is there again. */
  alive(): Promise<void>;
  stop(): Promise<void>;
}

const never = new Promise<never>(() => undefined);
const call = createPeerCall({ privateHosts: ['localhost'] });

/** One life of a region: all it has in memory. A step lets it go on, or not. */
async function live(
  folder: string,
  { issuer, regionCode, clock }: { issuer: string; regionCode: string; clock: FrozenClock },
  step: (path: string) => Promise<void>,
) {
  const settings = { dataFolder: folder, mongodbUrl: null, redisUrl: null, redisCluster: false };
  const storage = await openStorage(settings, clock);
  const { records: connection, ephemeral: memory } = storage;
  const masterKey = parseMasterKey('5e'.repeat(32));
  const keys = { connection, masterKey, clock, keyOverlapSeconds: 60, nationalSeals: false };
  const { agreementKeys, peerKeys } = await openCrypto(keys);
  const self = { entityId: issuer, regionCode };
  const recognition = createRecognition({ connection, clock, self, keys: agreementKeys });
  const link = createPeerLink({
    connection,
    clock,
    self: issuer,
    recognition,
    peerKeys,
    memory,
    mail: [],
    log: { warn: () => undefined },
    call: async (url, text) => {
      await step(new URL(url).pathname);
      const answer = await call(url, text);
      await step(new URL(url).pathname);
      return answer;
    },
  });
  await Promise.all([recognition.ready(), link.ready()]);
  const messages = agreementMessages(recognition);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { url = '' } = request;
    if (url === keySetPath) {
      response.end(await agreementKeys.signKeySet(issuer, await peerKeys.published()));
      return;
    }
    await step(url);
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const one = messages.find(({ kind }) => kind.path === url);
    if (one === undefined) throw new Error(url);
    const question = await link.openQuestion(one.kind, Buffer.concat(parts).toString());
    const reply = await one.handle(one.content.parse(question.claims), question);
    const { status, type, body } = await link.sealReply(one.kind, question, reply);
    await step(url);
    response.writeHead(status, { 'content-type': type }).end(body);
  };
  return { storage, recognition, link, answer, agreementKeys };
}

/**
 * Starts a region. To kill it is to copy its folder as it is at the step, to cut its connections, to let nothing of it go on,
 * and to open another on the copy: what SIGKILL leaves of a process, without the seconds that the next one takes to load.
 * That the storage itself outlives SIGKILL is shown by its own tests. No transaction is open at a step: they are synchronous.
 */
export async function startKillable(
  port: number,
  regionCode: string,
  clock: FrozenClock,
): Promise<KillableRegion> {
  const folder = await mkdtemp(join(tmpdir(), 'yihao-killed-'));
  const issuer = `http://localhost:${port}`;
  let stepsLeft = 0;
  let kills = 0;
  let reborn = Promise.resolve();

  const begin = async () => {
    const life = { isOver: false, died: (): void => undefined };
    const death = new Promise<void>((resolve) => {
      life.died = resolve;
    });
    const inFolder = join(folder, String(kills));
    const step = async (path: string): Promise<void> => {
      if (life.isOver) return never;
      if (!path.startsWith('/peer/agreements')) return;
      stepsLeft -= 1;
      if (stepsLeft !== 0) return;
      life.isOver = true;
      kills += 1;
      cpSync(inFolder, join(folder, String(kills)), { recursive: true });
      server.closeAllConnections();
      reborn = begin().then(async (next) => {
        await current.storage.close();
        current = next;
      });
      life.died();
      return never;
    };
    return { ...(await live(inFolder, { issuer, regionCode, clock }, step)), death };
  };

  const server = createServer((request, response) => {
    reborn.then(() => current.answer(request, response)).catch(() => response.destroy());
  });
  let current = await begin();
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  return {
    issuer,
    agreementKey: (await current.agreementKeys.load()).current,
    get recognition() {
      return current.recognition;
    },
    get records() {
      return current.storage.records;
    },
    kills: () => kills,
    arm: (steps) => {
      stepsLeft = steps;
    },
    visit: () => Promise.race([current.link.runOnce(), current.death]),
    alive: () => reborn,
    async stop() {
      server.close();
      server.closeAllConnections();
      await current.storage.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
