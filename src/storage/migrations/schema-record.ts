import type { Clock } from '../../base/clock.ts';
import type { RecordConnection } from '../index.ts';
import { insertOnce } from '../insert.ts';

/** The one record of what the storage looks like. */
export interface SchemaRecord {
  _id: 'schema';
  major: number;
  applied: string[];
  /** Where the migration under way is. */
  position: { migration: string; at: string } | null;
  /** Who migrates, and until when others wait for him. */
  lease: { holder: string; expiresAt: Date } | null;
}

const leaseSeconds = 60;
const only = { _id: 'schema' as const };

export type SchemaRecords = ReturnType<typeof openSchemaRecord>;

/** Opens the schema record; every write of it is one compare-and-swap. */
export function openSchemaRecord(records: RecordConnection, clock: Clock) {
  const schemas = records.collection<SchemaRecord>('schemas');
  const lease = (holder: string) => ({
    holder,
    expiresAt: new Date(clock.now().getTime() + leaseSeconds * 1000),
  });
  /** Writes while the lease is held; false when it is not any more. */
  const asHolder = async (holder: string, update: object): Promise<boolean> => {
    const { matchedCount } = await schemas.updateOne({ ...only, 'lease.holder': holder }, update);
    return matchedCount === 1;
  };
  return {
    read: () => schemas.findOne(only),
    /** Makes the record of a storage that has none. */
    make: () =>
      insertOnce(schemas.insertOne({ ...only, major: 1, applied: [], position: null, lease: null })),
    /** Takes the lease if nobody holds it; the record as it then is, or null. */
    take: (holder: string): Promise<SchemaRecord | null> =>
      schemas.findOneAndUpdate(
        { ...only, $or: [{ lease: null }, { 'lease.expiresAt': { $lte: clock.now() } }] },
        { $set: { lease: lease(holder) } },
        { returnDocument: 'after' },
      ),
    keep: (holder: string, position: SchemaRecord['position']) =>
      asHolder(holder, { $set: { position, lease: lease(holder) } }),
    finish: (holder: string, migration: string, major: number) =>
      asHolder(holder, {
        $push: { applied: migration },
        $max: { major },
        $set: { position: null, lease: lease(holder) },
      }),
    release: (holder: string) => asHolder(holder, { $set: { lease: null } }),
  };
}
