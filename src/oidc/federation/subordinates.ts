import type { Clock } from '../../base/clock.ts';
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import type { PublicJwk } from '../../crypto/index.ts';
import type { RecordConnection } from '../../storage/index.ts';
import type { OutboxSource } from '../../storage/outbox.ts';
import { isEntityId, keySetSchema } from './statement.ts';
import { openSubordinateStore, type SubordinateRecord } from './store.ts';

/** An entity right below this instance. */
export type Subordinate = Pick<SubordinateRecord, 'keys' | 'entityTypes' | 'state'> & { entityId: string };

/** The entities this instance vouches for. */
export interface Subordinates {
  outboxes: readonly OutboxSource[];
  ready(): Promise<void>;
  /**
   * Registers an entity, or changes it when it is there, removed ones too. Throws federation-subordinate-invalid and
   * federation-subordinate-changed.
   */
  save(given: {
    entityId: string;
    keys: unknown;
    entityTypes: string[];
    actor: string;
  }): Promise<'added' | 'changed'>;
  /** Stops vouching for an entity. Throws federation-subordinate-missing and federation-subordinate-changed. */
  remove(given: { entityId: string; actor: string }): Promise<void>;
  /** Finds an entity this instance vouches for now. Throws federation-subordinate-missing. */
  find(entityId: string): Promise<Subordinate>;
  hasActive(): Promise<boolean>;
  list(): Promise<Subordinate[]>;
}

interface Deps {
  connection: RecordConnection;
  clock: Clock;
  self: string;
}

type Fields = Omit<SubordinateRecord, 'version' | 'outbox'>;

/** Opens the entities below an instance, which is `self`. */
export function createSubordinates({ connection, clock, self }: Deps): Subordinates {
  const store = openSubordinateStore(connection);
  const write = async (
    former: SubordinateRecord | null,
    fields: Fields,
    { type, actor }: { type: string; actor: string },
  ): Promise<void> => {
    const version = (former?.version ?? 0) + 1;
    const detail = { version, entityTypes: fields.entityTypes.join(' ') };
    const event = newEvent(clock, `federation-subordinate.${type}`, actor, detail);
    const record = { ...fields, version, outbox: [event] };
    const written = await (former === null ? store.insert(record) : store.swap(former.version, record));
    if (!written) throw new AppError('federation-subordinate-changed');
  };
  return {
    outboxes: [store.outbox],
    ready: store.ready,
    async save({ actor, ...given }) {
      const fields = fieldsOf(given, self);
      const former = await store.find(given.entityId);
      const outcome = former === null ? 'added' : 'changed';
      await write(former, fields, { type: outcome, actor });
      return outcome;
    },
    async remove({ entityId, actor }) {
      const former = await store.find(entityId);
      if (former?.state !== 'active') throw new AppError('federation-subordinate-missing');
      const { _id, keys, entityTypes } = former;
      await write(former, { _id, keys, entityTypes, state: 'removed' }, { type: 'removed', actor });
    },
    async find(entityId) {
      const record = await store.find(entityId);
      if (record?.state !== 'active') throw new AppError('federation-subordinate-missing');
      return subordinateOf(record);
    },
    hasActive: store.hasActive,
    list: async () => (await store.list()).map(subordinateOf),
  };
}

const fieldsOf = (
  { entityId, keys, entityTypes }: { entityId: string; keys: unknown; entityTypes: string[] },
  self: string,
): Fields => {
  if (!isEntityId(entityId) || entityId === self) throw invalid('entity id');
  const parsed = keySetSchema.safeParse({ keys });
  if (!parsed.success) throw invalid('keys');
  if (entityTypes.length === 0 || !entityTypes.every((type) => /^[a-z_]{1,64}$/.test(type)))
    throw invalid('entity types');
  return { _id: entityId, keys: parsed.data.keys as PublicJwk[], entityTypes, state: 'active' };
};

const subordinateOf = ({ _id, keys, entityTypes, state }: SubordinateRecord): Subordinate => ({
  entityId: _id,
  keys,
  entityTypes,
  state,
});

const invalid = (place: string): AppError => new AppError('federation-subordinate-invalid', { place });
