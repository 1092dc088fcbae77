import { AuditPage, type AuditQuery, type ShownFact } from '../../../views/console/audit.tsx';
import { textOf } from '../../../views/text/index.ts';
import { type ChainEntry, mentioning } from '../../audit/index.ts';
import { pageContext } from '../context.ts';
import { showPage } from '../page.ts';
import { sendExtract } from './audit-extract.ts';
import { queryOf, searchOf } from './audit-query.ts';
import type { ConsolePage } from './guard.ts';
import { afterOf } from './page.ts';
import type { Section } from './section.ts';

const path = '/console/audit';
const names = ['actor', 'record', 'mention', 'type', 'from', 'to'] as const;

/** A fact that names something leads to all that tells of it. */
const factOf = ([name, value]: [string, unknown]): ShownFact => ({
  text: `${name}=${value}`,
  href: mentioning.includes(name) ? `${path}?${new URLSearchParams({ mention: String(value) })}` : null,
});

const shownEntry = ({ sequence, source, recordId, event }: ChainEntry) => ({
  sequence,
  source,
  recordId,
  type: event.type,
  at: event.at,
  actor: event.actor,
  facts: Object.entries(event.detail).map(factOf),
});

const hrefOf = (query: AuditQuery, after?: string): string => {
  const parameters = names.flatMap((name) =>
    query[name] === '' ? [] : [[name, query[name]] as [string, string]],
  );
  const all = after === undefined ? parameters : [...parameters, ['after', after] as [string, string]];
  return all.length === 0 ? path : `${path}?${new URLSearchParams(all)}`;
};

/** Searches the audit chain; entries name people and things by identifier only, so nobody's data is read. */
const showAudit: ConsolePage = async (ctx, deps, { csrf }) => {
  const query = queryOf((name) => ctx.query[name]);
  const { search, wrong } = searchOf(query);
  const [found, cut] = await Promise.all([
    wrong.length > 0 ? { entries: [], next: null } : deps.audit.searchEntries({ ...search, ...afterOf(ctx) }),
    deps.audit.archive.latestCut(),
  ]);
  const words = textOf(pageContext(ctx, deps.settings).language).console.audit;
  ctx.status = wrong.length > 0 ? 400 : 200;
  const page = (context: Parameters<typeof AuditPage>[0]['context']) => (
    <AuditPage
      context={context}
      query={query}
      entries={found.entries.map(shownEntry)}
      errors={wrong.map((name) => ({ field: name, text: words.dayWrong }))}
      nextHref={found.next === null ? null : hrefOf(query, found.next)}
      csrf={csrf}
      archivedUntil={cut?.headAt ?? null}
    />
  );
  showPage(ctx, deps, page, hrefOf(query));
};

/** The part of the console where auditors find what happened. */
export const auditSection: Section = {
  name: 'audit',
  path: '/audit',
  permission: { act: 'audit.search', within: 'instance' },
  routes: [
    { method: 'get', path: '/audit', page: showAudit },
    { method: 'post', path: '/audit/extract', page: sendExtract },
  ],
};
