import type { Clock } from '../../src/base/clock.ts';
import type { DomainEvent } from '../../src/base/event.ts';
import type { RingRecord, RingStore } from '../../src/crypto/store.ts';

/** A ring store in memory that shows what it keeps. */
export interface MemoryStore extends RingStore {
  record: RingRecord | null;
  outbox: DomainEvent[];
}

export const memoryStore = (): MemoryStore => {
  const store: MemoryStore = {
    record: null,
    outbox: [],
    read: async () => structuredClone(store.record),
    async insertIfAbsent(record, event) {
      if (store.record) return false;
      store.record = structuredClone(record);
      store.outbox.push(event);
      return true;
    },
    async swap(expectedVersion, record, event) {
      if (store.record?.version !== expectedVersion) return false;
      store.record = structuredClone(record);
      store.outbox.push(event);
      return true;
    },
  };
  return store;
};

/** A clock that stands still until it is moved. */
export interface FrozenClock extends Clock {
  moveSeconds(seconds: number): void;
}

export const frozenClock = (start = '2030-01-01T00:00:00Z'): FrozenClock => {
  let at = new Date(start).getTime();
  return {
    now: () => new Date(at),
    moveSeconds: (seconds) => {
      at += seconds * 1000;
    },
  };
};
