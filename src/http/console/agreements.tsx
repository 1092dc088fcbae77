import type { Context } from 'koa';
import {
  type ActName,
  AgreementPage,
  type AgreementPageProps,
  ComparePage,
} from '../../../views/console/agreement.tsx';
import { AgreementsPage } from '../../../views/console/agreements.tsx';
import { textOf } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import {
  type Agreement,
  type AgreementFile,
  type AgreementState,
  mayAct as mayDo,
  stateOf,
} from '../../recognition/index.ts';
import { mayAct } from '../../staff/index.ts';
import { pageContext } from '../context.ts';
import { showPage } from '../page.ts';
import { accedeRoutes, canJoin, membersOf } from './agreement-accede.tsx';
import { actRoutes } from './agreement-act.tsx';
import { changesBetween, clausesOf } from './agreement-clauses.ts';
import { draftRoutes } from './agreement-draft.tsx';
import { agreementsPath, fingerprintOf, nowOf, readFile, rowOf } from './agreement-file.ts';
import { signRoutes } from './agreement-sign.tsx';
import { showTraffic } from './agreement-traffic.tsx';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import { afterOf } from './page.ts';
import type { Section } from './section.ts';
import type { Visit } from './visit.ts';

const queryOf = (ctx: Context): { state: string; region: string } => {
  const { state, region } = ctx.query;
  const words = textOf('zh').recognition.states;
  return {
    state: typeof state === 'string' && Object.hasOwn(words, state) ? state : '',
    region: typeof region === 'string' && /^\d{6}$/.test(region) ? region : '',
  };
};

/** Lists the agreements of this region, page by page, each as it stands now. */
const showAgreements: ConsolePage = async (ctx, deps, { officer }) => {
  const query = queryOf(ctx);
  const { agreements, undelivered, next } = await deps.recognition.pageAgreements({
    ...(query.state === '' ? {} : { state: query.state as AgreementState }),
    ...(query.region === '' ? {} : { regionCode: query.region }),
    ...afterOf(ctx),
  });
  const asked = Object.entries(query).filter(([, value]) => value !== '');
  const hrefOf = (more: [string, string][]): string => {
    const parameters = new URLSearchParams([...asked, ...more]).toString();
    return parameters === '' ? agreementsPath : `${agreementsPath}?${parameters}`;
  };
  const page = (context: AgreementPageProps['context']) => (
    <AgreementsPage
      context={context}
      query={query}
      agreements={agreements.map((agreement) => ({
        ...rowOf(deps, agreement),
        isDelivered: !undelivered.includes(agreement.document.id),
        unconfirmed: unconfirmedOf(deps, agreement),
      }))}
      mayDraft={mayAct(officer, 'agreements.draft', deps.regionCode)}
      nextHref={next === null ? null : hrefOf([['after', next]])}
    />
  );
  showPage(ctx, deps, page, hrefOf([]));
};

const actNames: readonly ActName[] = [
  'withdraw',
  'reject',
  'suspend',
  'confirmSuspension',
  'resume',
  'terminate',
];

const waysOf = (
  deps: ConsoleDeps,
  { officer }: Visit,
  { agreement, draftedBy }: AgreementFile,
  isNewest: boolean,
): AgreementPageProps['ways'] => {
  const { signedBy } = agreement;
  const may = (act: Parameters<typeof mayDo>[2]) => mayDo(agreement, deps.issuer, act, nowOf(deps));
  const has = (act: Parameters<typeof mayAct>[1]) => mayAct(officer, act, deps.regionCode);
  const isOwnDraft = signedBy.length === 0 && draftedBy !== null;
  const isOurs = agreement.document.parties.some(({ entityId }) => entityId === deps.issuer);
  return [
    ...(has('agreements.sign') && (may('propose') || may('countersign')) ? (['sign'] as const) : []),
    ...(has('agreements.draft') && isOwnDraft ? (['edit'] as const) : []),
    ...actNames.filter(
      (act) =>
        may(act) && has(act === 'withdraw' || act === 'reject' ? 'agreements.sign' : 'agreements.suspend'),
    ),
    ...(has('agreements.draft') && isNewest && isOurs && signedBy.length > 0
      ? (['nextVersion'] as const)
      : []),
    ...(has('agreements.draft') && canJoin(deps, agreement) ? (['accede'] as const) : []),
  ];
};

const unconfirmedOf = (deps: ConsoleDeps, agreement: Agreement): AgreementPageProps['unconfirmed'] => {
  const own = agreement.progress.find(({ party }) => party === deps.issuer);
  const confirmBy = own?.suspension?.confirmBy ?? null;
  return confirmBy === null ? null : { confirmBy, isOverdue: confirmBy <= nowOf(deps) };
};

/** Shows one version. */
const showAgreement: ConsolePage = async (ctx, deps, visit) => {
  const file = await readFile(ctx, deps);
  const { agreement, steps, isDelivered } = file;
  const { id, version, parties } = agreement.document;
  const versions = await deps.recognition.findVersions(id);
  const clauses = await clausesOf(deps, textOf(pageContext(ctx, deps.settings).language), agreement.document);
  const members = await membersOf(deps, agreement);
  const nameOf = (party: string): string => parties.find(({ entityId }) => entityId === party)?.name ?? party;
  showPage(ctx, deps, (context) => (
    <AgreementPage
      {...rowOf(deps, agreement)}
      {...{ context, isDelivered }}
      number={id}
      digest={fingerprintOf(agreement.digest)}
      signedBy={agreement.signedBy.map(nameOf)}
      unconfirmed={unconfirmedOf(deps, file.agreement)}
      versions={versions.map((one) => ({
        version: one.document.version,
        state: stateOf(one, nowOf(deps)),
      }))}
      clauses={clauses}
      steps={steps.map(({ party, act, at, reason }) => ({ who: nameOf(party), act, at, reason }))}
      members={members}
      ways={waysOf(deps, visit, file, versions[0]?.document.version === version)}
    />
  ));
};

/** Shows what a version changed. Throws agreement-missing for the first, which has none before it. */
const showCompare: ConsolePage = async (ctx, deps) => {
  const { agreement } = await readFile(ctx, deps);
  const { id, version } = agreement.document;
  const versions = await deps.recognition.findVersions(id);
  const before = versions.find(({ document }) => document.version === version - 1);
  if (before === undefined) throw new AppError('agreement-missing');
  const text = textOf(pageContext(ctx, deps.settings).language);
  const [old = [], now = []] = await Promise.all(
    [before, agreement].map(({ document }) => clausesOf(deps, text, document)),
  );
  showPage(ctx, deps, (context) => (
    <ComparePage
      context={context}
      href={rowOf(deps, agreement).href}
      before={version - 1}
      after={version}
      changes={changesBetween(old, now)}
    />
  ));
};

/** The part of the console where agreements with other regions are drafted, signed, suspended and ended. */
export const agreementsSection: Section = {
  name: 'agreements',
  path: '/agreements',
  permission: { act: 'agreements.read', within: 'instance' },
  routes: [
    { method: 'get', path: '/agreements', page: showAgreements },
    ...draftRoutes,
    { method: 'get', path: '/agreements/:id/:number', page: showAgreement },
    { method: 'get', path: '/agreements/:id/:number/compare', page: showCompare },
    { method: 'get', path: '/agreements/:id/:number/traffic', page: showTraffic },
    ...signRoutes,
    ...actRoutes,
    ...accedeRoutes,
  ],
};
