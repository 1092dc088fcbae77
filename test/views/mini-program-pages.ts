import type { VNode } from 'preact';
import { MiniProgramPage } from '../../views/interaction/mini-program.tsx';
import type { PageContext } from '../../views/layout.tsx';
import { LinkCodePage, MiniProgramsPage } from '../../views/portal/mini-programs.tsx';

const at = new Date('2026-11-24T04:00:00Z');

/** Makes the pages of signing in through a mini-program and of letting one in, in each of their shapes. */
export const miniProgramPages = (context: PageContext): Record<string, VNode> => {
  const form = { context, action: '/act', csrf: 'csrf-1' };
  const list = { ...form, backHref: '/my/passkeys', isOffered: true };
  const sign = { ...form, abortAction: '/abort', otherHref: '/other' };
  const bindings = [
    { boundAt: at, lastUsedAt: at, removeHref: '/my/mini-programs/1/remove' },
    { boundAt: at, lastUsedAt: null, removeHref: '/my/mini-programs/2/remove' },
  ];
  return {
    miniProgram: MiniProgramPage({ ...sign, person: '**远' }),
    miniProgramUnnamed: MiniProgramPage({ ...sign, person: '' }),
    miniPrograms: MiniProgramsPage({ ...list, bindings }),
    noMiniPrograms: MiniProgramsPage({ ...list, bindings: [], error: '等级不够' }),
    miniProgramsClosed: MiniProgramsPage({ ...list, bindings: [], isOffered: false }),
    miniProgramCode: LinkCodePage({ context, linkCode: '12345678', minutes: 5, listHref: '/my' }),
  };
};
