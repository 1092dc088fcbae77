import type { VNode } from 'preact';
import type { PageContext } from '../../views/layout.tsx';
import {
  ClerkAnsweredPage,
  ClerkRequestPage,
  ClerkRequestsPage,
  MatchCodePage,
} from '../../views/portal/clerk-requests.tsx';

/** The pages of answering a clerk at a counter. */
export const clerkRequestPages = (context: PageContext): Record<string, VNode> => {
  const request = {
    href: '/my/requests/x',
    site: '政务服务窗口',
    place: '政务服务大厅 3 号窗口',
    clerkId: 'SYN-007',
    purpose: '不动产转移登记',
    bindingMessage: '蓝鲸 42',
    askedAt: new Date('2026-11-24T04:00:00Z'),
  };
  const one = { context, csrf: 'csrf-1', request, given: ['姓名'], options: { challenge: 'a"b<c' } };
  return {
    clerkRequests: ClerkRequestsPage({ context, requests: [request] }),
    noClerkRequests: ClerkRequestsPage({ context, requests: [] }),
    clerkRequest: ClerkRequestPage({ ...one, hasPasskey: true, error: '没有收到' }),
    clerkRequestNoPasskey: ClerkRequestPage({ ...one, hasPasskey: false }),
    clerkApproved: ClerkAnsweredPage({ context, answer: 'approved' }),
    clerkNotMe: ClerkAnsweredPage({ context, answer: 'not-me' }),
    matchCode: MatchCodePage({ context, csrf: 'csrf-1', code: '12345678' }),
    noMatchCode: MatchCodePage({ context, csrf: 'csrf-1', code: null }),
  };
};
