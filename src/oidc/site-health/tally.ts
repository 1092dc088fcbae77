import type { CalendarDate } from '../../terms/calendar-date.ts';
import type { CountName, Counts } from './figures.ts';
import type { SiteCountsRecord } from './store.ts';

/** Counts that were not written yet, by site and day. */
export interface Tally {
  add(clientId: string, counts: Counts): void;
  /** Writes all that was counted, one site after another; what cannot be written stays, and is thrown. */
  flush(write: (record: SiteCountsRecord) => Promise<void>): Promise<void>;
}

/** Starts counting at nothing. */
export function createTally(today: () => CalendarDate): Tally {
  const pending = new Map<string, SiteCountsRecord>();
  const addTo = (clientId: string, day: CalendarDate, counts: Counts): void => {
    const added = Object.entries(counts) as [CountName, number][];
    if (added.length === 0) return;
    const _id = `${clientId} ${day}`;
    const record = pending.get(_id) ?? { _id, clientId, day, counts: {} };
    for (const [name, count] of added) record.counts[name] = (record.counts[name] ?? 0) + count;
    pending.set(_id, record);
  };
  return {
    add: (clientId, counts) => addTo(clientId, today(), counts),
    async flush(write) {
      for (const [_id, record] of [...pending]) {
        // Who flushes at the same moment may have it in hand.
        if (pending.get(_id) !== record) continue;
        pending.delete(_id);
        try {
          await write(record);
        } catch (error) {
          addTo(record.clientId, record.day, record.counts);
          throw error;
        }
      }
    },
  };
}
