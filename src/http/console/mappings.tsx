import type { Context } from 'koa';
import { MappingPage, type MappingPageProps, MappingsPage } from '../../../views/console/mappings.tsx';
import { textOf } from '../../../views/text/index.ts';
import { differenceOf, type Mapping, type Touched } from '../../recognition/index.ts';
import { mayAct } from '../../staff/index.ts';
import { pageContext } from '../context.ts';
import { showPage } from '../page.ts';
import { fingerprintOf, otherOf, pathOfVersion } from './agreement-file.ts';
import { choiceOf } from './agreement-form.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import { mappingDraftRoutes } from './mapping-draft.tsx';
import {
  isOwnMapping,
  mappingChanges,
  mappingClauses,
  mappingRow,
  mappingsPath,
  readMappingAt,
} from './mapping-file.ts';
import { publishRoutes } from './mapping-publish.tsx';
import { afterOf } from './page.ts';
import type { Section } from './section.ts';
import type { Visit } from './visit.ts';

/** Lists the versions of all mappings, page by page. */
const showMappings: ConsolePage = async (ctx, deps, { officer }) => {
  const { mappings, next } = await deps.recognition.pageMappings(afterOf(ctx).after);
  showPage(ctx, deps, (context) => (
    <MappingsPage
      context={context}
      mappings={mappings.map(mappingRow)}
      mayDraft={mayAct(officer, 'agreements.draft', deps.regionCode)}
      nextHref={next === null ? null : `${mappingsPath}?after=${encodeURIComponent(next)}`}
    />
  ));
};

const touchedRow = (
  ctx: Context,
  deps: ConsoleDeps,
  { mapping, mayDraft }: { mapping: Mapping; mayDraft: boolean },
  { agreement, versions, changes }: Touched,
): MappingPageProps['touched'][number] => {
  const { id: agreementId, version: agreementVersion } = agreement.document;
  const href = pathOfVersion({ agreementId, agreementVersion });
  const { id, version } = mapping.document;
  const choice = choiceOf({ id, version, digest: mapping.digest });
  // A framework, and what joins one, is drafted from a document that is pasted.
  const isTyped = agreement.document.kind === 'bilateral';
  const canFollow = isTyped && mayDraft && mapping.publishedAt !== null && agreement.successor === null;
  return {
    href,
    name: otherOf(deps, agreement).name,
    agreement: agreementVersion,
    versions,
    changes: mappingChanges(textOf(pageContext(ctx, deps.settings).language), changes),
    redraftHref: canFollow ? `${href}/draft?mapping=${encodeURIComponent(choice)}` : null,
  };
};

const waysOf = (
  mapping: Mapping,
  newest: Mapping | undefined,
  { isOwn, mayDraft }: { isOwn: boolean; mayDraft: boolean },
): MappingPageProps['ways'] => {
  if (!isOwn || !mayDraft || newest?.document.version !== mapping.document.version) return [];
  return mapping.publishedAt === null ? ['publish', 'edit'] : ['next'];
};

/** Says what differs from the version before; null for the first. */
const changesOf = (
  ctx: Context,
  deps: ConsoleDeps,
  mapping: Mapping,
  before: Mapping | undefined,
): MappingPageProps['changes'] => {
  if (before === undefined) return null;
  const text = textOf(pageContext(ctx, deps.settings).language);
  const [was, is] = [before.document.name, mapping.document.name];
  const renamed = { title: text.mappings.form.name, change: 'changed' as const };
  return [
    ...(was === is ? [] : [{ ...renamed, before: [was], after: [is] }]),
    ...mappingChanges(text, differenceOf(before.document, mapping.document)),
  ];
};

/** Shows one version, with the agreements that refer to an earlier one. */
const showMapping: ConsolePage = async (ctx, deps, { officer }: Visit) => {
  const mapping = await readMappingAt(ctx, deps);
  const { id, version } = mapping.document;
  const [versions, touched] = await Promise.all([
    deps.recognition.findMappingVersions(id),
    deps.recognition.touchedBy(mapping.document),
  ]);
  const before = versions.find(({ document }) => document.version === version - 1);
  const mayDraft = mayAct(officer, 'agreements.draft', deps.regionCode);
  const text = textOf(pageContext(ctx, deps.settings).language);
  showPage(ctx, deps, (context) => (
    <MappingPage
      {...mappingRow(mapping)}
      context={context}
      number={id}
      digest={fingerprintOf(mapping.digest)}
      clauses={mappingClauses(text, mapping)}
      changes={changesOf(ctx, deps, mapping, before)}
      touched={touched.map((one) => touchedRow(ctx, deps, { mapping, mayDraft }, one))}
      versions={versions.map(mappingRow)}
      ways={waysOf(mapping, versions[0], { isOwn: isOwnMapping(deps, mapping), mayDraft })}
    />
  ));
};

/** The part of the console where mappings of types and levels are drafted and published by version. */
export const mappingsSection: Section = {
  name: 'mappings',
  path: '/mappings',
  permission: { act: 'agreements.read', within: 'instance' },
  routes: [
    { method: 'get', path: '/mappings', page: showMappings },
    ...mappingDraftRoutes,
    { method: 'get', path: '/mappings/:id/:number', page: showMapping },
    ...publishRoutes,
  ],
};
