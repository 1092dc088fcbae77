import { type Model, Schema } from 'mongoose';
import type { RecordConnection } from '../storage/index.ts';
import { isDuplicate } from '../storage/insert.ts';
import type { Checkpoint } from './checkpoint.ts';
import { checkpointSeconds, leafOf } from './checkpoint.ts';
import type { ChainEntry } from './entry.ts';
import { familyOf, mentionOf } from './rules.ts';
import type { SearchQuery } from './search.ts';
import { keyOf, type NodeName, type TreeNode } from './tree.ts';

const text = { type: String, required: true };
const count = { type: Number, required: true };
const date = { type: Date, required: true };
const mixed = { type: Schema.Types.Mixed, required: true };

type EntryRecord = Omit<ChainEntry, 'sequence'> & { _id: number; family: string; mention?: string };
/** `_id` is `level/index`. */
type NodeRecord = { _id: string; hash: string };
type CheckpointRecord = Omit<Checkpoint, 'treeSize'> & { _id: number; minute: number };

const entrySchema = new Schema<EntryRecord>(
  {
    _id: count,
    event: { id: text, type: text, at: date, actor: text, detail: mixed },
    family: text,
    mention: String,
    source: text,
    recordId: text,
    previousHash: text,
    hash: text,
  } as never,
  { collection: 'auditentries', versionKey: false, minimize: false },
);
entrySchema.index({ 'event.id': 1 }, { unique: true });
// A search is one of these values, or none, then newest first.
for (const field of ['event.actor', 'recordId', 'event.type', 'family'])
  entrySchema.index({ [field]: 1, 'event.at': 1, _id: 1 });
entrySchema.index({ 'event.at': 1, _id: 1 });
entrySchema.index(
  { mention: 1, 'event.at': 1, _id: 1 },
  { partialFilterExpression: { mention: { $exists: true } } },
);

const nodeSchema = new Schema<NodeRecord>({ _id: text, hash: text } as never, {
  collection: 'auditnodes',
  versionKey: false,
});

const checkpointSchema = new Schema<CheckpointRecord>(
  // Of two processes that sign in the same minute one is first.
  {
    _id: count,
    origin: text,
    rootHash: text,
    at: date,
    minute: { ...count, unique: true },
    seal: mixed,
  } as never,
  { collection: 'auditcheckpoints', versionKey: false, minimize: false },
);

const recordOf = ({ sequence, ...rest }: ChainEntry): EntryRecord => {
  const mention = mentionOf(rest.event);
  return {
    _id: sequence,
    family: familyOf(rest.event.type),
    ...(mention === undefined ? {} : { mention }),
    ...rest,
  };
};

const entryOf = ({ _id, event, source, recordId, previousHash, hash }: EntryRecord): ChainEntry => {
  const { id, type, at, actor, detail } = event;
  return { sequence: _id, event: { id, type, at, actor, detail }, source, recordId, previousHash, hash };
};

const checkpointOf = ({ _id, origin, rootHash, at, seal }: CheckpointRecord): Checkpoint => ({
  origin,
  treeSize: _id,
  rootHash,
  at,
  seal,
});

export type AuditStore = ReturnType<typeof openAuditStore>;

/** Opens the chain, its tree and its tree heads: all is inserted once and never changed; only entries may be deleted. */
export function openAuditStore(connection: RecordConnection) {
  const entries = connection.model<EntryRecord>('AuditEntry', entrySchema);
  const nodes = connection.model<NodeRecord>('AuditNode', nodeSchema);
  const checkpoints = connection.model<CheckpointRecord>('AuditCheckpoint', checkpointSchema);
  return {
    ready: async () => {
      await Promise.all([entries.init(), nodes.init(), checkpoints.init()]);
    },
    ...entryMethods(entries),
    ...checkpointMethods(checkpoints),
    ...nodeMethods(entries, nodes),
  };
}

const nodeMethods = (entries: Model<EntryRecord>, nodes: Model<NodeRecord>) => ({
  /** Finds subtrees, in the order named; of pruned entries only some leaves were kept. Throws an Error naming one that is not there. */
  async nodes(names: readonly NodeName[]): Promise<TreeNode[]> {
    const sequences = names.filter(({ level }) => level === 0).map(({ index }) => index + 1);
    const keys = names.map(keyOf);
    const [leaves, inner] = await Promise.all([
      entries
        .find({ _id: { $in: sequences } })
        .select({ hash: 1 })
        .lean<EntryRecord[]>()
        .exec(),
      nodes
        .find({ _id: { $in: keys } })
        .lean<NodeRecord[]>()
        .exec(),
    ]);
    const hashes = new Map([
      ...inner.map(({ _id, hash }) => [_id, Buffer.from(hash, 'hex')] as const),
      ...leaves.map((leaf) => [`0/${leaf._id - 1}`, leafOf(leaf)] as const),
    ]);
    return names.map((name) => {
      const hash = hashes.get(keyOf(name));
      if (hash === undefined)
        throw new Error(`The audit tree lacks its node ${keyOf(name)}. Fix: yihao audit check`);
      return { ...name, hash };
    });
  },
  /** Writes subtrees; one that is there already stays, as there is only one it can be. */
  async insertNodes(made: readonly TreeNode[]): Promise<void> {
    const documents = made.map((node) => ({ _id: keyOf(node), hash: node.hash.toString('hex') }));
    try {
      if (documents.length > 0) await nodes.insertMany(documents, { ordered: false, lean: true });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  },
});

const entryMethods = (entries: Model<EntryRecord>) => ({
  async head(): Promise<ChainEntry | null> {
    const found = await entries.findOne().sort({ _id: -1 }).lean<EntryRecord>().exec();
    return found === null ? null : entryOf(found);
  },
  /** Tells which of the events are in the chain. */
  async known(eventIds: readonly string[]): Promise<Set<string>> {
    const found = await entries
      .find({ 'event.id': { $in: eventIds } })
      .select({ 'event.id': 1 })
      .lean<{ event: { id: string } }[]>()
      .exec();
    return new Set(found.map(({ event }) => event.id));
  },
  /** Inserts entries in order and stops at the first whose place or event is taken; returns how many went in. */
  async insertEntries(made: readonly ChainEntry[]): Promise<number> {
    try {
      await entries.insertMany(made.map(recordOf), { ordered: true, lean: true });
      return made.length;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return (error as { insertedDocs?: unknown[] }).insertedDocs?.length ?? 0;
    }
  },
  async entry(sequence: number): Promise<ChainEntry | null> {
    const found = await entries.findOne({ _id: sequence }).lean<EntryRecord>().exec();
    return found === null ? null : entryOf(found);
  },
  async entryOfEvent(eventId: string): Promise<ChainEntry | null> {
    const found = await entries.findOne({ 'event.id': eventId }).lean<EntryRecord>().exec();
    return found === null ? null : entryOf(found);
  },
  async entriesFrom(sequence: number, limit: number): Promise<ChainEntry[]> {
    const found = await entries
      .find({ _id: { $gte: sequence } })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<EntryRecord[]>()
      .exec();
    return found.map(entryOf);
  },
  async firstSequence(): Promise<number | null> {
    const found = await entries.findOne().sort({ _id: 1 }).select({ _id: 1 }).lean<EntryRecord>().exec();
    return found?._id ?? null;
  },
  /** Deletes entries, both ends within; what asks for it has them in a file. */
  async deleteEntries(from: number, to: number): Promise<void> {
    await entries.deleteMany({ _id: { $gte: from, $lte: to } });
  },
  /** Finds entries newest first, one of the indexes serving each query. */
  async search({ filter, limit }: SearchQuery): Promise<ChainEntry[]> {
    const found = await entries
      .find(filter as never)
      .sort({ 'event.at': -1, _id: -1 })
      .limit(limit)
      .lean<EntryRecord[]>()
      .exec();
    return found.map(entryOf);
  },
});

const checkpointMethods = (checkpoints: Model<CheckpointRecord>) => ({
  async latestCheckpoint(): Promise<Checkpoint | null> {
    const found = await checkpoints.findOne().sort({ _id: -1 }).lean<CheckpointRecord>().exec();
    return found === null ? null : checkpointOf(found);
  },
  async checkpoint(treeSize: number): Promise<Checkpoint | null> {
    const found = await checkpoints.findOne({ _id: treeSize }).lean<CheckpointRecord>().exec();
    return found === null ? null : checkpointOf(found);
  },
  async checkpointsFrom(treeSize: number, limit: number): Promise<Checkpoint[]> {
    const found = await checkpoints
      .find({ _id: { $gte: treeSize } })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<CheckpointRecord[]>()
      .exec();
    return found.map(checkpointOf);
  },
  /** Inserts a tree head; false when this minute, or this size, has one. */
  async insertCheckpoint({ treeSize, ...rest }: Checkpoint): Promise<boolean> {
    const minute = Math.floor(rest.at.getTime() / 1000 / checkpointSeconds);
    try {
      await checkpoints.create({ _id: treeSize, minute, ...rest });
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  },
});
