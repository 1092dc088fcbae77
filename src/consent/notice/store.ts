import { Schema } from 'mongoose';
import type { RecordConnection } from '../../storage/index.ts';
import { filterAfter, type Position } from '../page.ts';
import type { NoticeRecord } from './notice.ts';

const text = { type: String, required: true };

const noticeSchema = new Schema<NoticeRecord>(
  {
    _id: text,
    accountId: text,
    kind: text,
    values: { type: Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
    readAt: { type: Date, default: null },
  } as never,
  { collection: 'notices', versionKey: false, minimize: false },
).index({ accountId: 1, at: 1, _id: 1 });

export type NoticeStore = ReturnType<typeof openNoticeStore>;

/** Opens the notices; one is written once, and read once. */
export function openNoticeStore(connection: RecordConnection) {
  const notices = connection.model<NoticeRecord>('Notice', noticeSchema);
  return {
    ready: async () => {
      await notices.init();
    },
    insert: async (record: NoticeRecord): Promise<void> => {
      await notices.create(record);
    },
    page: (accountId: string, position: Position | null, limit: number): Promise<NoticeRecord[]> =>
      notices
        .find({ accountId, ...filterAfter('at', position) })
        .sort({ at: -1, _id: -1 })
        .limit(limit)
        .lean<NoticeRecord[]>()
        .exec(),
    countUnread: (accountId: string): Promise<number> => notices.countDocuments({ accountId, readAt: null }),
    markRead: async (accountId: string, noticeIds: readonly string[], readAt: Date): Promise<void> => {
      await notices.updateMany(
        { accountId, _id: { $in: [...noticeIds] }, readAt: null },
        { $set: { readAt } },
      );
    },
    deleteOf: async (accountId: string): Promise<void> => {
      await notices.deleteMany({ accountId });
    },
  };
}
