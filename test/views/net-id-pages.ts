import type { VNode } from 'preact';
import { NetIdDonePage, NetIdPage } from '../../views/interaction/net-id.tsx';
import type { PageContext } from '../../views/layout.tsx';
import { MyNetIdPage } from '../../views/portal/net-id.tsx';

const at = new Date('2026-11-24T04:00:00Z');

/** Makes the pages of signing in by net-ID and of binding one, in each of their shapes. */
export const netIdPages = (context: PageContext): Record<string, VNode> => {
  const form = { context, action: '/act', csrf: 'csrf-1' };
  const mine = { ...form, unbindHref: '/my/net-id/unbind', backHref: '/my/passkeys', isOffered: true };
  const binding = { boundAt: at, lastUsedAt: null };
  return {
    netId: NetIdPage({ ...form, abortAction: '/abort', signInHref: '/in' }),
    netIdDone: NetIdDonePage({ context, continueHref: '/authorize/1' }),
    myNetId: MyNetIdPage({ ...mine, binding, news: 'bound' }),
    noNetId: MyNetIdPage({ ...mine, binding: null, error: '没有应答' }),
    netIdClosed: MyNetIdPage({ ...mine, binding: { ...binding, lastUsedAt: at }, isOffered: false }),
  };
};
