import { Schema } from 'mongoose';
import type { RecordConnection } from '../../storage/index.ts';
import { insertOnce } from '../../storage/insert.ts';
import type { StoreDeps } from '../ports.ts';
import type { MemberList } from './member-list.ts';

/** The last list of an operator, verified when it came. */
export interface HeldList {
  /** The entity identifier of the operator. */
  _id: string;
  issuedAt: Date;
  version: number;
  list: MemberList;
}

/** How far a peer was told of this region's own list. */
export interface Told {
  _id: string;
  version: number;
  toldAt: Date;
}

const toldSchema = new Schema<Told>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    toldAt: { type: Date, required: true },
  } as never,
  { collection: 'memberlisttold', versionKey: false },
);

const listSchema = new Schema<HeldList>(
  {
    _id: { type: String, required: true },
    issuedAt: { type: Date, required: true },
    version: { type: Number, required: true },
    list: { type: Schema.Types.Mixed, required: true },
  } as never,
  { collection: 'memberlists', versionKey: false, minimize: false },
);

export type ListStore = ReturnType<typeof openListStore>;

/** Opens the member lists; one that comes is no act of anybody here, so there is no outbox. */
export function openListStore(connection: RecordConnection, { written }: Pick<StoreDeps, 'written'>) {
  const lists = connection.model<HeldList>('MemberList', listSchema);
  const told = connection.model<Told>('MemberListTold', toldSchema);
  return {
    ready: async () => {
      await Promise.all([lists.init(), told.init()]);
    },
    byId: (operator: string) => lists.findOne({ _id: operator }).lean<HeldList>().exec(),
    all: () => lists.find({}).lean<HeldList[]>().exec(),
    /** Keeps a list unless one that was issued later, or says later things, is held. */
    async keep({ _id, ...held }: HeldList): Promise<void> {
      const older = { _id, issuedAt: { $lte: held.issuedAt }, version: { $lte: held.version } };
      const { matchedCount } = await lists.updateOne(older, { $set: held } as never);
      if (matchedCount === 0) await insertOnce(lists.create({ _id, ...held }));
      written();
    },
    forget: async (operator: string): Promise<void> => {
      await lists.deleteOne({ _id: operator });
      written();
    },
    toldTo: (peer: string) => told.findOne({ _id: peer }).lean<Told>().exec(),
    /** Notes how far a peer was told. */
    async tell(peer: string, how: Omit<Told, '_id'>): Promise<void> {
      await told.updateOne({ _id: peer }, { $set: how } as never, { upsert: true });
    },
  };
}
