import type { VNode } from 'preact';
import { SupervisionPage, type SupervisionPageProps } from '../../views/console/supervision.tsx';
import type { PageContext } from '../../views/layout.tsx';

const at = new Date('2026-11-24T04:00:00Z');

const ailing = {
  requests: 40,
  refused: 10,
  apiCalls: 0,
  overQuota: 2,
  causes: [],
  answers: [{ call: 'signOut' as const, taken: 3, slow: 1, failed: 1, meanMilliseconds: 1200 }],
};

const empty = (context: PageContext): SupervisionPageProps => ({
  context,
  period: 'today',
  months: ['2026-11', '2026-10'],
  reportMonth: '2026-11',
  summary: { signIns: 0, refusals: 0, issued: 0, used: 0, papers: 0 },
  stars: null,
  groups: [{ name: 'signIns', title: 'x', times: [], rows: [] }],
  sites: [],
  agreements: [],
  deaf: [],
  ailing: [],
  mayReadSites: false,
  isSynthetic: false,
  maySearch: false,
});

/** Makes the page of supervision, with nothing to show and with everything. */
export const supervisionPages = (context: PageContext): Record<string, VNode> => {
  const outcomes = { href: '/console/audit?actor=s1', name: '示例网站', done: 9, refused: 1, notes: [] };
  const row = {
    href: '/console/agreements/agr_1/1',
    name: '示例市',
    region: '990200',
    version: 1,
    state: 'active' as const,
    health: { state: 'fresh' as const, heardAt: at, ageSeconds: 3 },
  };
  return {
    supervisionEmpty: SupervisionPage(empty(context)),
    supervision: SupervisionPage({
      ...empty(context),
      period: '2026-10',
      stars: { average: 4.5, count: 2 },
      groups: [
        {
          name: 'signIns',
          title: 'x',
          times: ['10-01', '10-02'],
          rows: [{ label: 'y', numbers: [0, 2], total: 2, auditHref: '/console/audit?type=x' }],
        },
      ],
      sites: [outcomes, { ...outcomes, href: null, name: '一', done: 0, refused: 0 }],
      agreements: [{ ...outcomes, row }],
      ailing: [{ name: '示例公积金', clientId: 'fund', figures: ailing }],
      mayReadSites: true,
      deaf: [
        { name: 'a', signals: { failingSince: at, waiting: 1, parked: 0 }, signOuts: 2 },
        { name: 'b', signals: { failingSince: null, waiting: 1, parked: 0 }, signOuts: 0 },
      ],
      isSynthetic: true,
      maySearch: true,
    }),
  };
};
