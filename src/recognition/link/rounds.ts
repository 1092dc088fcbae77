import { AppError } from '../../base/error.ts';
import { newId } from '../../base/id.ts';
import { type Loop, startLoop } from '../../base/loop.ts';
import { retryAfter } from '../agreement/delivery.ts';
import { ask } from './ask.ts';
import { beat, deliver } from './deliver.ts';
import { refreshKeySet } from './keys.ts';
import { fetchMappings } from './mappings.ts';
import type { LinkWork } from './ports.ts';
import type { LinkRecord } from './store.ts';

/** Goes to each peer that something is due to. */
export interface Rounds {
  /** Begins a round; the calls go on by themselves, so that a slow peer holds up no other. */
  begin(): Promise<void>;
  /** Resolves when the calls under way have ended. */
  ended(): Promise<void>;
}

/** How often a peer is told how its agreements are seen. A design of this project, as are the times below. */
const beatSeconds = 30;
const leaseSeconds = 60;
/** No call is begun in the last part of a lease. */
const lastCallSeconds = 40;
const parcelsAtOnce = 20;

/**
 * Begins a round after each pause, and at once when an act was written in this process, until it is stopped; calls under
 * way end first.
 */
export function startRounds(work: LinkWork, idleMilliseconds: number): Loop {
  let stopping = false;
  const rounds = createRounds(work, { isStopping: () => stopping, missed: () => loop.wake() });
  const pass = async (): Promise<number> => {
    await rounds.begin();
    return 0;
  };
  const loop = startLoop(pass, idleMilliseconds, (error) =>
    work.log.warn({ err: error }, 'a round to the peers failed'),
  );
  work.recognition.onWritten(loop.wake);
  return {
    stop: async () => {
      stopping = true;
      await loop.stop();
      await rounds.ended();
    },
  };
}

/**
 * Makes rounds; of any number of processes one at a time talks to a peer. `missed` is told when a round passed over a peer
 * that was just being talked to: what was written meanwhile may have come too late for that visit.
 */
export function createRounds(
  work: LinkWork,
  { isStopping, missed }: { isStopping(): boolean; missed(): void },
): Rounds {
  const running = new Map<string, Promise<void>>();
  const passedOver = new Set<string>();
  const run = async (peer: string): Promise<void> => {
    try {
      await tend(work, peer, isStopping);
    } catch (error) {
      work.log.warn({ err: error, peer }, 'a round to a peer failed');
    } finally {
      running.delete(peer);
      if (passedOver.delete(peer)) missed();
    }
  };
  return {
    async begin() {
      for (const mail of work.mail) await mail.tend();
      const { recognition, store } = work;
      const [peers, all, due] = await Promise.all([
        recognition.listPeers(),
        store.list(),
        recognition.listDueRegions(),
      ]);
      const links = new Map(all.map((link) => [link._id, link]));
      for (const { _id: peer, state, regionCode } of peers) {
        if (state !== 'confirmed') continue;
        if (running.has(peer)) {
          passedOver.add(peer);
          continue;
        }
        const link = links.get(peer) ?? null;
        if (link === null) await store.begin(peer);
        const isDue = await isVisitDue(work, { peer, link, hasAgreements: due.includes(regionCode) });
        if (isDue) running.set(peer, run(peer));
      }
    },
    ended: async () => {
      await Promise.all(running.values());
    },
  };
}

async function isVisitDue(
  work: LinkWork,
  { peer, link, hasAgreements }: { peer: string; link: LinkRecord | null; hasAgreements: boolean },
): Promise<boolean> {
  const now = work.clock.now();
  if (link?.nextTryAt && link.nextTryAt > now) return false;
  if (isBeatDue(link, now) || hasAgreements) return true;
  const waiting = await Promise.all(work.mail.map((mail) => mail.isDue(peer)));
  return waiting.includes(true);
}

const isBeatDue = (link: LinkRecord | null, now: Date): boolean =>
  !link?.beatAt || now.getTime() - link.beatAt.getTime() >= beatSeconds * 1000;

/** Does all that is due to a peer, under its lease, and writes down how it went. */
async function tend(work: LinkWork, peer: string, isStopping: () => boolean): Promise<void> {
  const begunAt = work.clock.now();
  const until = new Date(begunAt.getTime() + leaseSeconds * 1000);
  const link = await work.store.takeLease(peer, { token: newId(), now: begunAt, until });
  if (link === null) return;
  const hasTime = (): boolean =>
    !isStopping() && work.clock.now().getTime() - begunAt.getTime() < lastCallSeconds * 1000;
  const outcome = await attempt(work, link, hasTime);
  await work.store.release(link, work.clock.now(), outcome);
}

async function attempt(
  work: LinkWork,
  link: LinkRecord,
  hasTime: () => boolean,
): Promise<Partial<LinkRecord>> {
  const begunAt = work.clock.now();
  try {
    // What an officer did goes before what only says that nothing has changed.
    await deliverDue(work, link._id, hasTime);
    const isBeating = isBeatDue(link, begunAt) && hasTime();
    if (isBeating) {
      await refreshKeySet(work, link._id);
      await beat(work, link._id);
      await fetchMappings(work, link._id);
      await deliverDue(work, link._id, hasTime);
    }
    for (const mail of work.mail)
      await mail.send(link._id, (peer, kind, content) => ask(work, peer, kind, content), hasTime);
    const answered = { tries: 0, nextTryAt: null, failingSince: null, lastFault: null };
    return isBeating ? { ...answered, beatAt: begunAt } : answered;
  } catch (error) {
    const tries = link.tries + 1;
    const lastFault = faultOf(error);
    if (!(error instanceof AppError)) work.log.warn({ err: error, peer: link._id }, 'a peer was not told');
    const now = work.clock.now();
    return { tries, nextTryAt: retryAfter(tries, now), failingSince: link.failingSince ?? now, lastFault };
  }
}

async function deliverDue(work: LinkWork, peer: string, hasTime: () => boolean): Promise<void> {
  while (hasTime()) {
    const due = await work.recognition.listDue(peer, parcelsAtOnce);
    if (due.length === 0) return;
    for (const parcel of due) if (hasTime()) await deliver(work, peer, parcel);
  }
}

const faultOf = (error: unknown): string => {
  if (!(error instanceof AppError)) return 'internal';
  return error.code === 'peer-refused' ? String(error.values['code']) : error.code;
};
