import { randomInt } from 'node:crypto';
import { Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { isDuplicate } from '../../storage/insert.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';

/** One of the records that only hold events on their way to the audit. */
interface TryRecord {
  _id: string;
  outbox: DomainEvent[];
}

const trySchema = new Schema<TryRecord>({ _id: { type: String, required: true } } as never, {
  collection: 'signintries',
  versionKey: false,
});
withOutbox(trySchema);

/** So many records take turns, so that tries at once do not all write to one. */
const slots = 32;

export type TryStore = ReturnType<typeof openTryStore>;

/**
 * Opens the place where refused tries are written. A try at an account and one at a number that nobody has make the same
 * write here, where a write to the account would tell the two apart by its time; and no record is made for each.
 */
export function openTryStore(connection: RecordConnection) {
  const tries = connection.model<TryRecord>('SignInTry', trySchema);
  const push = async (_id: string, event: DomainEvent): Promise<void> => {
    await tries.updateOne({ _id }, { $push: { outbox: event } }, { upsert: true });
  };
  return {
    outboxes: [outboxOf(tries, 'signintries')],
    ready: async () => {
      await tries.init();
    },
    /** Writes an event. */
    async note(event: DomainEvent): Promise<void> {
      const slot = `slot-${randomInt(slots)}`;
      try {
        await push(slot, event);
      } catch (error) {
        // Another made the record meanwhile.
        if (!isDuplicate(error)) throw error;
        await push(slot, event);
      }
    },
  };
}
