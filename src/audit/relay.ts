import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/error.ts';
import type { DomainEvent } from '../base/event.ts';
import type { Outbox, OutboxSource } from '../storage/outbox.ts';
import { type Arrival, chainOn } from './entry.ts';
import type { AuditLog } from './ports.ts';
import { unfitBecause } from './rules.ts';
import type { AuditStore } from './store.ts';

export interface RelayDeps {
  sources: readonly OutboxSource[];
  store: AuditStore;
  clock: Clock;
  log: AuditLog;
}

/** Carries events from the outboxes into the chain (发件箱中继). */
export interface Relay {
  /**
   * Takes a batch from each outbox, or from those only that this process wrote to; returns how many entries it added to
   * the chain.
   */
  runOnce(which?: 'all' | 'written'): Promise<number>;
}

const recordsAtOnce = 100;
const entriesAtOnce = 200;
const mostAttempts = 20;

/**
 * Makes a relay; any number of them may work on one storage. It adds first and drops after, so that whatever stops it in
 * between, an event is in the chain or in its outbox; and the chain takes no event twice, so that it is there once.
 */
export function createRelay({ sources, store, clock, log }: RelayDeps): Relay {
  const refusals = createRefusals(clock, log);

  const relay = async (source: OutboxSource): Promise<number> => {
    const found = await source.next(recordsAtOnce, refusals.eventIds());
    const outboxes = found
      .map(({ recordId, events }) => ({
        recordId,
        events: events.filter((event) => refusals.lets(source.name, event)),
      }))
      .filter(({ events }) => events.length > 0)
      .sort((one, other) => startOf(one) - startOf(other));
    const added = await append(store, arrivalsOf(source.name, outboxes));
    for (const { recordId, events } of outboxes) {
      await source.drop(
        recordId,
        events.map(({ id }) => id),
      );
      // On the embedded file a write does not wait for anything: let requests in between.
      await nextTurn();
    }
    return added;
  };

  return {
    async runOnce(which = 'all') {
      let added = 0;
      for (const source of sources) {
        if (which === 'written' && !source.wasWritten()) continue;
        try {
          added += await relay(source);
        } catch (error) {
          // What is not done stays in the outbox, and the other outboxes are no worse for it.
          log.warn({ err: error, source: source.name }, 'events could not be relayed to the audit chain');
        }
      }
      return added;
    },
  };
}

/** Remembers the events that stay where they are; each is told of once by a process. */
const createRefusals = (clock: Clock, log: AuditLog) => {
  const refused = new Set<string>();
  return {
    eventIds: (): string[] => [...refused],
    lets(source: string, { id, type, at, ...rest }: DomainEvent): boolean {
      const reason = unfitBecause({ id, type, at, ...rest });
      if (reason === null) return true;
      const waitedSeconds = Math.round((clock.now().getTime() - at.getTime()) / 1000);
      if (!refused.has(id))
        log.error(
          { source, eventId: id, type, reason, waitedSeconds },
          'an event was refused by the audit chain and stays in its outbox',
        );
      refused.add(id);
      return false;
    },
  };
};

/** The events of one record stay in their order; among records the one that waits longest comes first. */
const startOf = ({ events }: Outbox): number => events[0]?.at.getTime() ?? 0;

const arrivalsOf = (source: string, outboxes: readonly Outbox[]): Arrival[] =>
  outboxes.flatMap(({ recordId, events }) => events.map((event) => ({ event, source, recordId })));

/** Adds those that the chain does not have yet; returns how many. Throws storage-unavailable when others are always first. */
async function append(store: AuditStore, arrivals: readonly Arrival[]): Promise<number> {
  let added = 0;
  for (let at = 0; at < arrivals.length; at += entriesAtOnce) {
    added += await appendSome(store, arrivals.slice(at, at + entriesAtOnce));
    await nextTurn();
  }
  return added;
}

const appendSome = async (store: AuditStore, arrivals: readonly Arrival[]): Promise<number> => {
  let added = 0;
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const known = await store.known(arrivals.map(({ event }) => event.id));
    const fresh = arrivals.filter(({ event }) => !known.has(event.id));
    if (fresh.length === 0) return added;
    // Where another relay was first, a place is taken: the head is read anew and the rest goes on after it.
    const inserted = await store.insertEntries(chainOn(await store.head(), fresh));
    added += inserted;
    if (inserted === fresh.length) return added;
  }
  throw new AppError('storage-unavailable');
};
