import type { VNode } from 'preact';
import { noticeKinds } from '../../src/consent/index.ts';
import type { PageContext } from '../../views/layout.tsx';
import { AskPage } from '../../views/portal/ask.tsx';
import { ClosingPage } from '../../views/portal/closing.tsx';
import { ExportPage } from '../../views/portal/export.tsx';
import { HistoryPage } from '../../views/portal/history.tsx';
import { NoticesPage } from '../../views/portal/notices.tsx';
import { ProfilePage } from '../../views/portal/profile.tsx';
import { SessionsPage } from '../../views/portal/sessions.tsx';
import { SitesPage } from '../../views/portal/sites.tsx';
import { ReceiptsPage, type ShownReceipt } from '../../views/receipts.tsx';
import { textOf } from '../../views/text/index.ts';

const at = new Date('2026-11-24T04:00:00Z');
const csrf = 'csrf-1';

/** A notice of every kind, each with the values it says it needs. */
const everyNotice = () =>
  (Object.keys(noticeKinds) as (keyof typeof noticeKinds)[]).map((kind, place) => ({
    noticeId: kind,
    kind,
    values: Object.fromEntries(noticeKinds[kind].map((name) => [name, 'X'])),
    at,
    isRead: place > 0,
  }));

/** Makes the pages of sessions, sign-outs, notices and the end of an account. */
export const myPages = (context: PageContext): Record<string, VNode> => {
  const { my } = textOf(context.language);
  const person = { name: '**丰', number: '1***6', phone: null, assurance: 2 as const };
  const session = {
    uid: 'u1',
    browser: '—',
    network: '203.0.*.*',
    level: 2 as const,
    startedAt: at,
    usedAt: at,
    sites: ['公积金'],
    isCurrent: true,
  };
  const receipts = (Object.keys(my.receipts.states) as ShownReceipt['state'][]).map((state) => ({
    site: `公积金 ${state}`,
    state,
    at,
    nextTryAt: state === 'waiting' ? at : null,
  }));
  return {
    sessions: SessionsPage({
      context,
      csrf,
      sessions: [session, { ...session, uid: 'u2', sites: [], place: '示例市甲' }],
      devices: [
        { deviceId: 'd1', name: '—', network: '203.0.*.*', place: '不明', firstSeenAt: at, lastSeenAt: at },
      ],
    }),
    ask: AskPage({
      context,
      csrf,
      title: my.sessions.endAllTitle,
      text: my.sessions.endAllText,
      action: '/my/sessions/end-all',
      confirm: my.sessions.endAll,
      cancel: my.sessions.cancel,
      backHref: '/my/sessions',
    }),
    receipts: ReceiptsPage({ context, receipts, isSignedOut: false, backHref: '/my' }),
    noReceipts: ReceiptsPage({ context, receipts: [], isSignedOut: true, backHref: '/' }),
    sites: SitesPage({
      context,
      sites: [{ name: '公积金', lastAt: at, withdrawHref: '/my/sites/fund/withdraw' }],
    }),
    noSites: SitesPage({ context, sites: [] }),
    history: HistoryPage({
      context,
      keptDays: 180,
      nextHref: '/my/history?before=1',
      signIns: [
        { at, method: 'continued', reached: { site: '公积金', level: 2 } },
        { at, method: 'pwd', reached: null, place: '示例市甲' },
      ],
    }),
    noHistory: HistoryPage({ context, keptDays: 180, nextHref: null, signIns: [] }),
    notices: NoticesPage({ context, notices: everyNotice(), nextHref: '/my/notices?after=1' }),
    noNotices: NoticesPage({ context, notices: [], nextHref: null }),
    profile: ProfilePage({ ...person, context, csrf, isWhole: false }),
    wholeProfile: ProfilePage({ ...person, context, csrf, isWhole: true }),
    export: ExportPage({
      ...person,
      context,
      parts: [
        { part: 'uses', lines: ['公积金'], isWhole: false },
        { part: 'notices', lines: [], isWhole: true },
      ],
    }),
    closing: ClosingPage({ context, csrf, days: 15, dueAt: null }),
    closingRuns: ClosingPage({ context, csrf, days: 15, dueAt: at }),
  };
};
