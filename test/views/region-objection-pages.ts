import type { VNode } from 'preact';
import { ObjectionPage, type ObjectionPageProps } from '../../views/console/objection.tsx';
import { ObjectionActPage, OpenObjectionPage } from '../../views/console/objection-forms.tsx';
import { CitizensPage, ObjectionsPage } from '../../views/console/objections.tsx';
import type { PageContext } from '../../views/layout.tsx';

const at = new Date('2026-11-24T04:00:00Z');
const csrf = 'csrf-1';
const row = {
  href: '/console/objections/o1',
  number: 'o1',
  name: '示例市',
  side: 'opener' as const,
  subject: 'sign-in' as const,
  ground: 'no-consent' as const,
  state: 'overdue' as const,
  dueOn: '2026-12-09',
};

const one = (context: PageContext, changes: Partial<ObjectionPageProps>): VNode =>
  ObjectionPage({
    ...row,
    context,
    reference: '2026-11-24T10:30+08:00',
    openedAt: at,
    text: '本人未到场',
    steps: [],
    isDelivered: false,
    isOfCitizen: true,
    agreementHref: '/console/agreements/agr_1/1',
    ways: ['answer', 'close'],
    ...changes,
  });

/** Makes the pages of cases between regions, in each of their shapes. */
export const regionObjectionPages = (context: PageContext): Record<string, VNode> => {
  const empty = { subject: '', reference: '', ground: '', text: '' };
  const open = { context, csrf, backHref: '/console/objections' };
  const act = { context, csrf, href: row.href, errors: [], draft: { choice: '', text: '' } };
  return {
    regionObjections: ObjectionsPage({
      context,
      query: { state: 'overdue', agreement: 'agr_1' },
      objections: [row, { ...row, href: '/console/objections/o2', state: 'answered', side: 'answerer' }],
      openHref: '/console/objections/open?agreement=agr_1',
      passOnHref: '/console/objections/citizens',
      nextHref: '/console/objections?after=1',
    }),
    noRegionObjections: ObjectionsPage({
      context,
      query: { state: '', agreement: '' },
      objections: [],
      openHref: null,
      passOnHref: null,
      nextHref: null,
    }),
    regionObjection: one(context, {}),
    regionObjectionClosed: one(context, {
      state: 'closed',
      isDelivered: true,
      isOfCitizen: false,
      ways: [],
      steps: [
        { act: 'answered', finding: 'rejected', isOurs: false, at, text: '经查属实' },
        { act: 'closed', outcome: 'unsettled', isOurs: true, at, text: '未达成一致' },
      ],
    }),
    openRegionObjection: OpenObjectionPage({
      ...open,
      action: '/console/objections/open',
      hidden: { agreement: 'agr_1' },
      agreements: [],
      citizenText: null,
      draft: empty,
      errors: [{ field: 'reference', text: '请更正' }],
    }),
    passOnRegionObjection: OpenObjectionPage({
      ...open,
      action: '/console/objections/citizens/c1',
      hidden: {},
      agreements: [{ value: 'agr_1', label: '示例市' }],
      citizenText: '不是我办的',
      draft: empty,
      errors: [],
    }),
    answerRegionObjection: ObjectionActPage({ ...act, act: 'answer', choices: ['upheld', 'rejected'] }),
    closeRegionObjection: ObjectionActPage({
      ...act,
      act: 'close',
      choices: ['settled'],
      errors: [{ field: 'sure', text: '请勾选' }],
    }),
    closeRegionObjectionNot: ObjectionActPage({ ...act, act: 'close', choices: [] }),
    citizensObjections: CitizensPage({
      context,
      objections: [
        {
          href: '/console/objections/citizens/c1',
          who: '示例市民政局',
          at,
          reason: '不是我办的事',
          isPassedOn: false,
        },
        {
          href: '/console/objections/citizens/c2',
          who: '示例市民政局',
          at,
          reason: '内容不对',
          isPassedOn: true,
        },
      ],
      nextHref: null,
    }),
    noCitizensObjections: CitizensPage({ context, objections: [], nextHref: null }),
  };
};
