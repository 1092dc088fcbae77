import type { Context } from 'koa';
import { ObjectionPage, type ObjectionPageProps } from '../../../views/console/objection.tsx';
import { type ObjectionRow, ObjectionsPage } from '../../../views/console/objections.tsx';
import { textOf } from '../../../views/text/index.ts';
import type { ObjectionQuery, RegionObjection } from '../../recognition/index.ts';
import { mayAct } from '../../staff/index.ts';
import { showPage } from '../page.ts';
import { identifiersUnder, pathOfVersion } from './agreement-file.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import { choicesOf, objectionActRoutes } from './objection-act.tsx';
import { objectionOpenRoutes } from './objection-open.tsx';
import { afterOf, parameter } from './page.ts';
import type { Section } from './section.ts';

const listPath = '/console/objections';

const queryOf = (ctx: Context): { state: string; agreement: string } => {
  const { state, agreement } = ctx.query;
  return {
    state:
      typeof state === 'string' && Object.hasOwn(textOf('zh').regionObjections.states, state) ? state : '',
    agreement: typeof agreement === 'string' && /^agr_[\w.-]{1,60}$/.test(agreement) ? agreement : '',
  };
};

/** Names the other region as it is registered here. */
const nameOf = async ({ recognition }: ConsoleDeps, peer: string): Promise<string> =>
  (await recognition.findPeer(peer))?.name ?? peer;

const rowOf = async (deps: ConsoleDeps, one: RegionObjection): Promise<ObjectionRow> => ({
  href: `${listPath}/${one.objectionId}`,
  number: one.objectionId,
  name: await nameOf(deps, one.peer),
  side: one.side,
  subject: one.about.kind,
  ground: one.ground,
  state: one.isOverdue ? 'overdue' : one.state,
  dueOn: one.dueOn,
});

/** Lists the cases with other regions, page by page. */
const showObjections: ConsolePage = async (ctx, deps, { officer }) => {
  const query = queryOf(ctx);
  const { objections, next } = await deps.objections.pageObjections({
    ...(query.agreement === '' ? {} : { agreementIds: await identifiersUnder(deps, query.agreement) }),
    ...(query.state === '' ? {} : { state: query.state as NonNullable<ObjectionQuery['state']> }),
    ...afterOf(ctx),
  });
  const asked = Object.entries(query).filter(([, value]) => value !== '');
  const hrefOf = (more: [string, string][]): string => {
    const parameters = new URLSearchParams([...asked, ...more]).toString();
    return parameters === '' ? listPath : `${listPath}?${parameters}`;
  };
  const mayOpen = mayAct(officer, 'agreements.draft', deps.regionCode);
  const rows = await Promise.all(objections.map((one) => rowOf(deps, one)));
  const page = (context: ObjectionPageProps['context']) => (
    <ObjectionsPage
      context={context}
      query={query}
      objections={rows}
      openHref={mayOpen && query.agreement !== '' ? `${listPath}/open?agreement=${query.agreement}` : null}
      passOnHref={mayOpen ? `${listPath}/citizens` : null}
      nextHref={next === null ? null : hrefOf([['after', next]])}
    />
  );
  showPage(ctx, deps, page, hrefOf([]));
};

/** Returns the page of the agreement, or of what this region joined by, under which a case is. */
const hrefOfAgreement = async ({ recognition }: ConsoleDeps, agreementId: string): Promise<string> => {
  const [versions, pairs] = await Promise.all([
    recognition.findVersions(agreementId),
    recognition.listPairs(),
  ]);
  const pair = pairs.find((one) => one.agreementId === agreementId);
  const { id, version } = pair?.own ?? { id: agreementId, version: versions[0]?.document.version ?? 1 };
  return pathOfVersion({ agreementId: id, agreementVersion: version });
};

/** Shows one case. */
const showObjection: ConsolePage = async (ctx, deps, { officer }) => {
  const one = await deps.objections.findObjection(parameter(ctx, 'id'));
  const row = await rowOf(deps, one);
  const agreementHref = await hrefOfAgreement(deps, one.agreementId);
  const mayClose = mayAct(officer, 'agreements.sign', deps.regionCode);
  showPage(ctx, deps, (context) => (
    <ObjectionPage
      {...row}
      context={context}
      reference={one.about.reference}
      openedAt={one.openedAt}
      text={one.text}
      steps={one.moves.map(({ side, at, ...move }) => ({
        ...move,
        isOurs: side === one.side,
        at: new Date(at * 1000),
      }))}
      isDelivered={one.isDelivered}
      isOfCitizen={one.citizenObjectionId !== null}
      agreementHref={agreementHref}
      ways={mayClose ? (['answer', 'close'] as const).filter((act) => choicesOf(one, act).length > 0) : []}
    />
  ));
};

/** The part of the console where regions object to each other's acts, and answer. */
export const objectionsSection: Section = {
  name: 'objections',
  path: '/objections',
  permission: { act: 'agreements.read', within: 'instance' },
  routes: [
    { method: 'get', path: '/objections', page: showObjections },
    ...objectionOpenRoutes,
    { method: 'get', path: '/objections/:id', page: showObjection },
    ...objectionActRoutes,
  ],
};
