import type { Context } from 'koa';
import { AbusePage, type ShownSignal, type SignalQuery } from '../../../views/console/abuse.tsx';
import { textOf } from '../../../views/text/index.ts';
import type { ChainEntry } from '../../audit/index.ts';
import { pageContext } from '../context.ts';
import { showPage } from '../page.ts';
import { daysOf } from './days.ts';
import type { ConsolePage } from './guard.ts';
import { afterOf } from './page.ts';
import type { Section } from './section.ts';

const path = '/console/abuse';
/** What stands in an event in place of an account. */
const noAccounts = ['system', 'nobody'];

const queryOf = (ctx: Context): SignalQuery => {
  const given = (name: string): string => {
    const value = ctx.query[name];
    return typeof value === 'string' ? value.trim().slice(0, 64) : '';
  };
  return { type: given('type'), from: given('from'), to: given('to') };
};

const hrefOf = (query: SignalQuery, after?: string): string => {
  const given = { ...query, ...(after === undefined ? {} : { after }) };
  const parameters = Object.entries(given).filter(([, value]) => value !== '');
  return parameters.length === 0 ? path : `${path}?${new URLSearchParams(parameters)}`;
};

const travelOf = ({ from, to, kilometres, minutes }: ChainEntry['event']['detail']): ShownSignal['travel'] =>
  typeof kilometres === 'number' && typeof minutes === 'number'
    ? { from: regionOf(from), to: regionOf(to), kilometres, minutes }
    : null;

const regionOf = (code: unknown): string | null => (typeof code === 'string' && code !== '*' ? code : null);

const shownSignal = ({ sequence, event }: ChainEntry): ShownSignal => {
  const { by, accounts, network } = event.detail;
  return {
    sequence,
    type: event.type as ShownSignal['type'],
    at: event.at,
    accountId: noAccounts.includes(event.actor) ? null : event.actor,
    by: by === 'network' || by === 'password' ? by : null,
    accounts: typeof accounts === 'number' ? accounts : null,
    network: typeof network === 'string' && network !== '*' ? network : null,
    travel: travelOf(event.detail),
  };
};

/** Lists the signs of attack that stand in the audit chain; they name accounts by identifier, so nobody's data is read. */
const showSignals: ConsolePage = async (ctx, deps) => {
  const query = queryOf(ctx);
  const words = textOf(pageContext(ctx, deps.settings).language).abuse.signals;
  const type = Object.hasOwn(words.types, query.type) ? query.type : 'abuse.';
  const { range, wrong } = daysOf(query);
  const found =
    wrong.length > 0
      ? { entries: [], next: null }
      : await deps.audit.searchEntries({ ...range, type, ...afterOf(ctx) });
  ctx.status = wrong.length > 0 ? 400 : 200;
  const page = (context: Parameters<typeof AbusePage>[0]['context']) => (
    <AbusePage
      context={context}
      query={query}
      signals={found.entries.map(shownSignal)}
      errors={wrong.map((field) => ({ field, text: words.dayWrong }))}
      nextHref={found.next === null ? null : hrefOf(query, found.next)}
    />
  );
  showPage(ctx, deps, page, hrefOf(query));
};

/** The part of the console where auditors and support see who is under attack. */
export const abuseSection: Section = {
  name: 'abuse',
  path: '/abuse',
  permission: { act: 'abuse.read', within: 'instance' },
  routes: [{ method: 'get', path: '/abuse', page: showSignals }],
};
