import { newId } from '../../base/id.ts';
import { limitOf, mapPage, mergePage, type Page, type PageRequest, positionOf } from '../page.ts';
import type { Work } from '../ports.ts';
import type { NewNotice, Notice, NoticeRecord } from './notice.ts';

/** Adds a notice to a person's own pages. */
export async function addNotice(work: Work, { accountId, kind, values }: NewNotice): Promise<void> {
  const at = work.clock.now();
  await work.notices.insert({ _id: newId(), accountId, kind, values, at, readAt: null });
}

/** Lists the notices of a person, newest first, as they were before this look; what is listed counts as read. */
export async function readNotices(
  work: Work,
  accountId: string,
  request: PageRequest = {},
): Promise<Page<Notice>> {
  const page = await listNotices(work, accountId, request);
  const unread = page.rows.flatMap(({ noticeId, isRead }) => (isRead ? [] : [noticeId]));
  if (unread.length > 0) await work.notices.markRead(accountId, unread, work.clock.now());
  return page;
}

/** Lists the notices of a person, newest first. Throws consent-page-invalid. */
export async function listNotices(
  work: Work,
  accountId: string,
  request: PageRequest = {},
): Promise<Page<Notice>> {
  const limit = limitOf(request);
  const found = await work.notices.page(accountId, positionOf(request), limit + 1);
  return mapPage(
    mergePage([found], ({ at }) => at, limit),
    viewNotice,
  );
}

const viewNotice = ({ _id, kind, values, at, readAt }: NoticeRecord): Notice => ({
  noticeId: _id,
  kind,
  values,
  at,
  isRead: readAt !== null,
});
