import { type ShownUse, UsesPage } from '../../../views/portal/uses.tsx';
import { claimText } from '../../../views/text/index.ts';
import type { AccessRow } from '../../consent/index.ts';
import { showPage } from '../page.ts';
import type { PortalDeps } from './deps.ts';
import { personOf } from './person.ts';
import type { PortalPage } from './visit.ts';

const onPage = 20;

/** Shows who used the person's data. */
export const showUses: PortalPage = async (ctx, deps, visit) => {
  const { after } = ctx.query;
  const page = await deps.consent.listAccesses(await personOf(deps, visit), {
    limit: onPage,
    ...(typeof after === 'string' ? { after } : {}),
  });
  const names = await typeNames(deps, page.rows);
  showPage(ctx, deps, (context) => (
    <UsesPage
      context={context}
      uses={page.rows.map((row) => shownUse(row, context.language, names))}
      nextHref={page.next === null ? null : `/my/uses?after=${encodeURIComponent(page.next)}`}
    />
  ));
};

type Names = Map<string, { zh: string; en: string }>;

const typeNames = async ({ directory }: PortalDeps, rows: readonly AccessRow[]): Promise<Names> => {
  if (rows.every(({ what }) => what.typeCode === undefined && what.certificateIdentifier === undefined))
    return new Map();
  return new Map((await directory.catalogue.listTypes()).map(({ code, name }) => [code, name]));
};

/** Puts a row of the ledger into words. */
export const shownUse = (row: AccessRow, language: 'zh' | 'en', names: Names): ShownUse => ({
  id: row.accessId,
  at: row.at,
  reader: row.reader.name[language],
  what: whatOf(row, language, names),
  purpose: row.cause.purpose,
  basis: row.basis.kind === 'law' ? { kind: 'law', law: `${row.basis.law} ${row.basis.article}` } : row.basis,
  refused: row.outcome.kind === 'refused',
});

/** The type stands in the identifier too: its fifth part after the root. */
export const typeCodeOf = ({ what }: AccessRow): string | undefined =>
  what.typeCode ?? what.certificateIdentifier?.split('.')[5];

const whatOf = (row: AccessRow, language: 'zh' | 'en', names: Names): string => {
  const { what } = row;
  const code = typeCodeOf(row);
  if (code === undefined) return what.fields.map((claim) => claimText(language, claim).label).join('、');
  return names.get(code)?.[language] ?? code;
};
