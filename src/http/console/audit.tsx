import type { Context } from 'koa';
import { AuditPage, type AuditQuery } from '../../../views/console/audit.tsx';
import { textOf } from '../../../views/text/index.ts';
import type { ChainEntry, EntrySearch } from '../../audit/index.ts';
import { pageContext } from '../context.ts';
import { showPage } from '../page.ts';
import { daysOf } from './days.ts';
import type { ConsolePage } from './guard.ts';
import { afterOf } from './page.ts';
import type { Section } from './section.ts';

const path = '/console/audit';
const names = ['actor', 'record', 'type', 'from', 'to'] as const;

const queryOf = (ctx: Context): AuditQuery => {
  const given = (name: string): string => {
    const value = ctx.query[name];
    return typeof value === 'string' ? value.trim().slice(0, 128) : '';
  };
  return {
    actor: given('actor'),
    record: given('record'),
    type: given('type'),
    from: given('from'),
    to: given('to'),
  };
};

/** Turns what was typed into a search; the names of days that are none come beside it. */
const searchOf = ({
  actor,
  record,
  type,
  from,
  to,
}: AuditQuery): { search: EntrySearch; wrong: string[] } => {
  const { range, wrong } = daysOf({ from, to });
  const search = {
    ...(actor === '' ? {} : { actor }),
    ...(record === '' ? {} : { recordId: record }),
    ...(type === '' ? {} : { type }),
    ...range,
  };
  return { search, wrong };
};

const shownEntry = ({ sequence, source, recordId, event }: ChainEntry) => ({
  sequence,
  source,
  recordId,
  type: event.type,
  at: event.at,
  actor: event.actor,
  facts: Object.entries(event.detail).map(([name, value]) => `${name}=${value}`),
});

const hrefOf = (query: AuditQuery, after?: string): string => {
  const parameters = names.flatMap((name) =>
    query[name] === '' ? [] : [[name, query[name]] as [string, string]],
  );
  const all = after === undefined ? parameters : [...parameters, ['after', after] as [string, string]];
  return all.length === 0 ? path : `${path}?${new URLSearchParams(all)}`;
};

/** Searches the audit chain; entries name people and things by identifier only, so nobody's data is read. */
const showAudit: ConsolePage = async (ctx, deps) => {
  const query = queryOf(ctx);
  const { search, wrong } = searchOf(query);
  const found =
    wrong.length > 0
      ? { entries: [], next: null }
      : await deps.audit.searchEntries({ ...search, ...afterOf(ctx) });
  const words = textOf(pageContext(ctx, deps.settings).language).console.audit;
  ctx.status = wrong.length > 0 ? 400 : 200;
  const page = (context: Parameters<typeof AuditPage>[0]['context']) => (
    <AuditPage
      context={context}
      query={query}
      entries={found.entries.map(shownEntry)}
      errors={wrong.map((name) => ({ field: name, text: words.dayWrong }))}
      nextHref={found.next === null ? null : hrefOf(query, found.next)}
    />
  );
  showPage(ctx, deps, page, hrefOf(query));
};

/** The part of the console where auditors find what happened. */
export const auditSection: Section = {
  name: 'audit',
  path: '/audit',
  permission: { act: 'audit.search', within: 'instance' },
  routes: [{ method: 'get', path: '/audit', page: showAudit }],
};
