import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PublicEcJwk } from '../../src/crypto/index.ts';
import type { FrozenClock } from '../support/frozen-clock.ts';

/** A region whose process can be killed, and is followed by another on the same storage and address. */
export interface KillableRegion {
  issuer: string;
  agreementKey: PublicEcJwk;
  /** How many of its processes were killed. */
  kills(): number;
  /** Has an order carried out; where its process is dead, or dies of it, by the next one, from the start. */
  ask<T = null>(order: string, words?: object): Promise<T>;
  stop(): Promise<void>;
}

interface Answer {
  value?: unknown;
  failed?: string;
}

/** Processes of killed-region.mjs; the next one loads while the last is at work. */
export function createProcesses(compiled: string) {
  const script = join(import.meta.dirname, 'killed-region.mjs');
  const begin = (): ChildProcess =>
    spawn(process.execPath, [script, compiled], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  let spare = begin();
  return {
    take: (): ChildProcess => {
      const taken = spare;
      spare = begin();
      return taken;
    },
    stop: () => spare.kill('SIGKILL'),
  };
}

/** Starts a region in a process of its own. */
export async function startKillable(
  { port, regionCode, clock }: { port: number; regionCode: string; clock: FrozenClock },
  processes: ReturnType<typeof createProcesses>,
): Promise<KillableRegion> {
  const folder = await mkdtemp(join(tmpdir(), 'yihao-killed-'));
  const issuer = `http://localhost:${port}`;
  let child = processes.take();
  let kills = 0;
  const send = (order: string, words: object) => answerOf(child, { order, at: +clock.now(), ...words });
  const open = () => send('open', { folder, issuer, regionCode });
  const agreementKey = (await open()) as PublicEcJwk;
  const ask = async <T>(order: string, words: object = {}): Promise<T> => {
    const answer = await send(order, words);
    if (answer !== killed) return answer as T;
    kills += 1;
    child = processes.take();
    await open();
    return ask<T>(order, words);
  };
  return {
    issuer,
    agreementKey,
    kills: () => kills,
    ask,
    async stop() {
      child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const killed = Symbol('killed');

/** Sends an order and waits for its answer, or for the end of the process by SIGKILL. */
const answerOf = (child: ChildProcess, order: object): Promise<unknown> =>
  new Promise((resolve, reject) => {
    if (child.signalCode === 'SIGKILL') return resolve(killed);
    const gone = (code: number | null, signal: string | null): void =>
      signal === 'SIGKILL' ? resolve(killed) : reject(new Error(`the process ended with ${code}`));
    child.once('exit', gone);
    child.once('message', ({ value, failed }: Answer) => {
      child.removeListener('exit', gone);
      if (failed === undefined) resolve(value);
      else reject(new Error(failed));
    });
    child.send(order, (error) => {
      // Where it cannot be sent the process is about to be gone, and its end says how.
      if (error !== null && child.connected) reject(error);
    });
  });
