import { Schema } from 'mongoose';
import type { RecordConnection } from '../../storage/index.ts';
import { isDuplicate } from '../../storage/insert.ts';

/** The counts of one hour, one day, or of all time. */
export interface BucketRecord {
  /** Generation, then the span as `spansOf` names it. */
  _id: string;
  generation: string;
  /** The newest entry of the chain that is counted in here. */
  through: number;
  counts: Record<string, number>;
}

/** How far the chain is counted, and in which generation of buckets. */
export interface PositionRecord {
  _id: string;
  generation: string;
  through: number;
}

const text = { type: String, required: true };
const count = { type: Number, required: true };

const bucketSchema = new Schema<BucketRecord>(
  {
    _id: text,
    generation: text,
    through: count,
    counts: { type: Schema.Types.Mixed, required: true },
  } as never,
  { collection: 'auditmeasures', versionKey: false, minimize: false },
).index({ generation: 1 });

const positionSchema = new Schema<PositionRecord>({ _id: text, generation: text, through: count } as never, {
  collection: 'auditmeasurepositions',
  versionKey: false,
});

const onlyPosition = 'position';

/** Names a bucket. */
export const bucketIdOf = (generation: string, span: string): string => `${generation} ${span}`;

export type MeasureStore = ReturnType<typeof openMeasureStore>;

/** Opens the buckets and the position; all of it can be counted anew from the chain. */
export function openMeasureStore(connection: RecordConnection) {
  const buckets = connection.model<BucketRecord>('AuditMeasure', bucketSchema);
  const positions = connection.model<PositionRecord>('AuditMeasurePosition', positionSchema);
  const once = async (inserting: Promise<unknown>): Promise<boolean> => {
    try {
      await inserting;
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  };
  return {
    ready: async () => {
      await Promise.all([buckets.init(), positions.init()]);
    },
    position: () => positions.findById(onlyPosition).lean<PositionRecord>().exec(),
    /** Puts the first position; that of another process stays. */
    beginPosition: (generation: string) =>
      once(positions.create({ _id: onlyPosition, generation, through: 0 })),
    /** Moves the position on from where it was read; returns whether nobody else had. */
    async movePosition(read: PositionRecord, to: Partial<PositionRecord>): Promise<boolean> {
      const { _id, generation, through } = read;
      const { matchedCount } = await positions.updateOne({ _id, generation, through }, { $set: to });
      return matchedCount === 1;
    },
    bucketThrough: async (_id: string): Promise<number | null> =>
      (await buckets.findById(_id).select({ through: 1 }).lean<BucketRecord>().exec())?.through ?? null,
    insertBucket: (record: BucketRecord) => once(buckets.create(record)),
    /** Adds counts and says how far they reach in one write; returns whether the bucket still reached as far as read. */
    async addTo(
      { _id, through }: Pick<BucketRecord, '_id' | 'through'>,
      { counts, ...reached }: Pick<BucketRecord, 'counts' | 'through'>,
    ): Promise<boolean> {
      const $inc = Object.fromEntries(Object.entries(counts).map(([name, n]) => [`counts.${name}`, n]));
      const { matchedCount } = await buckets.updateOne({ _id, through }, { $inc, $set: reached } as never);
      return matchedCount === 1;
    },
    replaceBucket: async (record: BucketRecord): Promise<void> => {
      await buckets.replaceOne({ _id: record._id }, record as never, { upsert: true });
    },
    buckets: (ids: readonly string[]) =>
      buckets
        .find({ _id: { $in: [...ids] } })
        .lean<BucketRecord[]>()
        .exec(),
    /** Deletes every generation but those named. */
    async keepOnly(generations: readonly string[]): Promise<void> {
      await buckets.deleteMany({ generation: { $nin: [...generations] } });
    },
  };
}
