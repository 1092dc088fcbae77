import { Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import { bytesOf } from '../../storage/bytes.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { insertOnce } from '../../storage/insert.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';
import type { ProposalRecord } from './proposal.ts';

const text = { type: String, required: true };
const instant = { type: Date, required: true };
const yesNo = { type: Boolean, required: true };
const part = { type: String, default: null };

const stepSchema = new Schema(
  { act: text, at: instant, officerId: text, note: { type: Buffer, default: null } },
  { _id: false },
);

const proposalSchema = new Schema<ProposalRecord>(
  {
    _id: text,
    kind: text,
    subject: text,
    regionCode: text,
    openSlot: { ...text, unique: true },
    difference: { type: [{ field: text, before: part, after: part, _id: false }], required: true },
    proposer: text,
    proposedAt: instant,
    expiresAt: instant,
    emergency: yesNo,
    state: text,
    settled: yesNo,
    history: { type: [stepSchema], required: true },
    version: { type: Number, required: true },
  } as never,
  { collection: 'proposals', versionKey: false },
)
  .index({ proposedAt: 1, _id: 1 })
  .index({ subject: 1 })
  .index({ state: 1, expiresAt: 1 })
  .index({ settled: 1, _id: 1 });
withOutbox(proposalSchema);

const proposalOf = (raw: ProposalRecord): ProposalRecord => ({
  ...raw,
  history: raw.history.map((step) => ({ ...step, note: step.note === null ? null : bytesOf(step.note) })),
});

/** The outbox is pushed to and never set: the relay may be emptying it meanwhile. */
export type ProposalChanges = Partial<Pick<ProposalRecord, 'state' | 'settled' | 'openSlot' | 'history'>>;

/** A place in the list of proposals, which runs newest first. */
export interface ProposalPlace {
  proposedAt: Date;
  proposalId: string;
}

export type ProposalStore = ReturnType<typeof openProposalStore>;

/** Opens the proposals; every change is one compare-and-swap that carries its event. */
export function openProposalStore(connection: RecordConnection) {
  const proposals = connection.model<ProposalRecord>('Proposal', proposalSchema);
  const find = async (
    filter: Record<string, unknown>,
    sort: Record<string, 1 | -1>,
    limit: number,
  ): Promise<ProposalRecord[]> => {
    const found = await proposals
      .find(filter as never)
      .sort(sort)
      .limit(limit)
      .lean<ProposalRecord[]>()
      .exec();
    return found.map(proposalOf);
  };
  return {
    outbox: outboxOf(proposals, 'proposals'),
    ready: async () => {
      await proposals.init();
    },
    /** Adds a proposal; false when one of its kind is open about the same thing. */
    insert: (record: ProposalRecord) => insertOnce(proposals.create(record)),
    async byId(proposalId: string): Promise<ProposalRecord | null> {
      const raw = await proposals.findOne({ _id: proposalId }).lean<ProposalRecord>().exec();
      return raw === null ? null : proposalOf(raw);
    },
    /** Lists what a filter lets through behind a place, newest first. */
    list(filter: Record<string, unknown>, after: ProposalPlace | null, limit: number) {
      const behind =
        after === null
          ? {}
          : {
              proposedAt: { $lte: after.proposedAt },
              $or: [{ proposedAt: { $lt: after.proposedAt } }, { _id: { $lt: after.proposalId } }],
            };
      return find({ ...filter, ...behind }, { proposedAt: -1, _id: -1 }, limit);
    },
    /** Lists the proposals about a thing and its versions until an instant, newest first. */
    aboutThing(
      thing: string,
      { until, ...visible }: { until: Date } & Record<string, unknown>,
      limit: number,
    ) {
      const versions = ['@', ':'].map((mark) => ({
        subject: { $gte: `${thing}${mark}`, $lte: `${thing}${mark}\uffff` },
      }));
      const about = { $or: [{ subject: thing }, ...versions], proposedAt: { $lte: until } };
      return find({ ...visible, ...about }, { proposedAt: -1, _id: -1 }, limit);
    },
    overdue: (now: Date, limit: number) =>
      find({ state: 'open', expiresAt: { $lte: now } }, { expiresAt: 1 }, limit),
    unsettled: (limit: number) => find({ settled: false }, { _id: 1 }, limit),
    /** Writes changes and an event if the proposal is still at the version read; returns whether it was. */
    async swap(
      { _id, version }: ProposalRecord,
      changes: ProposalChanges,
      event: DomainEvent,
    ): Promise<boolean> {
      const { matchedCount } = await proposals.updateOne({ _id, version }, {
        $set: { ...changes, version: version + 1 },
        $push: { outbox: event },
      } as never);
      return matchedCount === 1;
    },
  };
}
