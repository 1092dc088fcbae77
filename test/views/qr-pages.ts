import type { VNode } from 'preact';
import { QrEndedPage, QrPage } from '../../views/interaction/qr.tsx';
import type { PageContext } from '../../views/layout.tsx';
import { QrAnsweredPage, QrApprovePage } from '../../views/portal/qr-approve.tsx';

/** The pages of signing in by a code that the phone scans. */
export const qrPages = (context: PageContext): Record<string, VNode> => {
  const form = { context, action: '/act', csrf: 'csrf-1', abortAction: '/abort', signInHref: '/in' };
  const shown = { qrImage: 'data:image/svg+xml;base64,PHN2Zy8+', matchNumber: '42', eventsHref: '/events' };
  const approve = {
    context,
    csrf: 'csrf-1',
    action: '/my/qr/x',
    denyAction: '/my/qr/x/deny',
    options: { challenge: 'a"b<c' },
    site: '示例公积金',
    network: '203.0.*.*',
    browser: 'Chrome · Windows',
    askedAt: new Date('2026-11-24T04:00:00Z'),
  };
  return {
    qr: QrPage({ ...form, ...shown, notYet: true }),
    qrExpired: QrEndedPage({ ...form, state: 'expired', newHref: '/qr' }),
    qrNumberWrong: QrEndedPage({ ...form, state: 'number-wrong', newHref: '/qr' }),
    qrDenied: QrEndedPage({ ...form, state: 'denied', newHref: '/qr' }),
    qrApprove: QrApprovePage({ ...approve, place: '示例市甲', hasPasskey: true, error: '没有收到' }),
    qrNoPasskey: QrApprovePage({ ...approve, hasPasskey: false }),
    qrApproved: QrAnsweredPage({ context, answer: 'approved' }),
    qrRefused: QrAnsweredPage({ context, answer: 'denied' }),
  };
};
