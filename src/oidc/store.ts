import { Schema } from 'mongoose';
import type { DomainEvent } from '../base/event.ts';
import type { RecordConnection } from '../storage/index.ts';
import { outboxOf, withOutbox } from '../storage/outbox.ts';
import type { SiteProfile } from './profiles.ts';

/** A site as it is kept. `metadata` is the OpenID client metadata, as the provider reads it. */
export interface SiteRecord {
  _id: string;
  name: { zh: string; en: string };
  department: string;
  /** The unified social credit code of the department; a machine acts in its name. */
  authorityCode?: string;
  purpose: string;
  /** What agreements between regions call the purpose; without it nobody from another region signs in here. */
  purposeCode?: string;
  homeUrl: string;
  enabled: boolean;
  /** Scope → the law it rests on; `id_number` needs one. */
  legalBasis: Record<string, string>;
  metadata: Record<string, unknown>;
  /** Its rung; absent on what was registered before there was a ladder, and on what signs nobody in by code. */
  profile?: SiteProfile;
  /** Why a site that keeps a key stands below the default rung. */
  unsafeLesserProfileReason?: string;
  /** The accounts that may change its sandbox and ask for production. */
  developers?: string[];
  /** The version two officers put into production last (onboarding/release.ts). */
  release?: number;
  /** Its own quota (site-health/); absent: the usual one. */
  requestsPerMinute?: number;
  version: number;
  outbox: DomainEvent[];
}

const siteSchema = new Schema<SiteRecord>(
  {
    _id: { type: String, required: true },
    name: { zh: { type: String, required: true }, en: { type: String, required: true } },
    department: { type: String, required: true },
    authorityCode: String,
    purpose: { type: String, required: true },
    purposeCode: String,
    homeUrl: { type: String, required: true },
    enabled: { type: Boolean, required: true },
    legalBasis: { type: Schema.Types.Mixed, required: true },
    metadata: { type: Schema.Types.Mixed, required: true },
    profile: String,
    unsafeLesserProfileReason: String,
    developers: { type: [String], default: undefined, index: { sparse: true } } as never,
    release: Number,
    requestsPerMinute: Number,
    version: { type: Number, required: true },
  },
  { collection: 'sites', minimize: false, versionKey: false, timestamps: true },
);
withOutbox(siteSchema);

/** Reads and writes the sites; a write is a compare-and-swap on `version`. */
export function openSiteRecords(connection: RecordConnection) {
  const model = connection.model<SiteRecord>('Site', siteSchema);
  return {
    outbox: outboxOf(model, 'sites'),
    ready: async () => {
      await model.init();
    },
    find: (clientId: string) => model.findById(clientId).lean<SiteRecord>().exec(),
    list: () => model.find({}).sort({ _id: 1 }).limit(1000).lean<SiteRecord[]>().exec(),
    page: (after: string, limit: number) =>
      model
        .find({ _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<SiteRecord[]>()
        .exec(),
    listOfDeveloper: (accountId: string) =>
      model.find({ developers: accountId }).sort({ _id: 1 }).limit(100).lean<SiteRecord[]>().exec(),
    insert: async (record: SiteRecord) => {
      await model.create(record);
    },
    /** Replaces the record if its version is still the one given; returns whether it was. */
    swap: async (version: number, record: SiteRecord): Promise<boolean> => {
      const { outbox, ...fields } = record;
      const result = await model.updateOne(
        { _id: record._id, version },
        {
          $set: fields,
          // A reason that has gone is not to be read beside a higher rung.
          ...(fields.unsafeLesserProfileReason === undefined
            ? { $unset: { unsafeLesserProfileReason: '' } }
            : {}),
          $push: { outbox: { $each: outbox } },
        },
      );
      return result.matchedCount === 1;
    },
  };
}
