import { type Loop, startLoop } from '../base/loop.ts';
import { deliver } from './deliver.ts';
import { entriesAtOnce, fanOut } from './fan-out.ts';
import type { Work } from './ports.ts';

/** Follows the chain and sends what is due. */
export interface Rounds {
  /** Begins a round; returns how much of the chain there may be still. */
  begin(): Promise<number>;
  /** Resolves when the calls under way have ended. */
  ended(): Promise<void>;
}

const keepDays = 30;
const dayMilliseconds = 86_400_000;
const sweepMilliseconds = 3_600_000;

/** Begins a round after each pause until it is stopped; calls under way end first. */
export function startRounds(work: Work, idleMilliseconds: number): Loop {
  let stopping = false;
  const rounds = createRounds(work, () => stopping);
  const loop = startLoop(rounds.begin, idleMilliseconds, (error) =>
    work.log.warn({ err: error }, 'a pass over the signals failed'),
  );
  return {
    stop: async () => {
      stopping = true;
      await loop.stop();
      await rounds.ended();
    },
  };
}

/** Makes rounds that do not wait for the calls they make, so that a round is short and the next one comes in time. */
export function createRounds(work: Work, isStopping?: () => boolean): Rounds {
  const running = new Map<string, Promise<void>>();
  let sweptAt = 0;

  const sweep = async (now: number): Promise<void> => {
    if (now - sweptAt < sweepMilliseconds) return;
    sweptAt = now;
    // Told or not: who was away for a month asks anew, and the audit chain still has it.
    await work.store.deleteMadeBefore(new Date(now - keepDays * dayMilliseconds));
  };

  const run = async (clientId: string): Promise<void> => {
    try {
      await deliver(work, clientId, isStopping);
    } catch (error) {
      work.log.warn({ err: error, clientId }, 'signals could not be sent');
    } finally {
      running.delete(clientId);
    }
  };

  return {
    async begin(): Promise<number> {
      await sweep(work.clock.now().getTime());
      const followed = await fanOut(work);
      for (const clientId of await work.store.dueClients(work.clock.now()))
        if (!running.has(clientId)) running.set(clientId, run(clientId));
      // Less than a whole batch is the end of the chain.
      return followed < entriesAtOnce ? 0 : followed;
    },
    ended: async (): Promise<void> => {
      await Promise.all(running.values());
    },
  };
}
