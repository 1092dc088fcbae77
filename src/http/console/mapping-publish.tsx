import type { Context } from 'koa';
import { PublishMappingPage } from '../../../views/console/mapping-forms.tsx';
import { AppError } from '../../base/error.ts';
import { differenceOf, type Mapping, mappingRecordId } from '../../recognition/index.ts';
import type { Difference } from '../../staff/index.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import { fingerprintOf } from './agreement-file.ts';
import { levelOut } from './agreement-form.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import { mappingRow, placeOfMapping, readMappingAt } from './mapping-file.ts';
import type { Route } from './section.ts';
import type { Visit } from './visit.ts';

const draw = async (ctx: Context, deps: ConsoleDeps, visit: Visit, refusal?: AppError): Promise<void> => {
  const mapping = await readMappingAt(ctx, deps);
  const { href, name, publishedAt } = mappingRow(mapping);
  ctx.status = refusal?.status ?? 200;
  showPage(ctx, deps, (context) => (
    <PublishMappingPage
      {...{ context, href, name }}
      csrf={visit.csrf}
      digest={{ whole: mapping.digest, shown: fingerprintOf(mapping.digest) }}
      isPublished={publishedAt !== null}
      reason={field(ctx, 'reason')}
      {...(refusal && { error: refusal.text(context.language) })}
    />
  ));
};

/** The most lines that a proposal lists; all of them are on the page of the version. */
const mostLines = 100;

/** Says what the approval is about: the digest, by which it is published, and what differs. */
const differenceFor = (mapping: Mapping, before: Mapping | null): Difference[] => {
  const { document, digest } = mapping;
  const was = before?.document.name ?? null;
  return [
    { field: 'mappingDigest', before: before?.digest ?? null, after: digest },
    ...(was === document.name ? [] : [{ field: 'mappingName', before: was, after: document.name }]),
    ...differenceOf(before?.document ?? null, document)
      .slice(0, mostLines)
      .map(({ from, to, of, ...line }) => ({
        field: `${from} → ${to} ${levelOut(of)}`,
        before: line.before && levelOut(line.before),
        after: line.after && levelOut(line.after),
      })),
  ];
};

/** Has another officer decide it; what is refused is said above the form. Throws mapping-missing. */
const propose: ConsolePage = async (ctx, deps, visit) => {
  const mapping = await readMappingAt(ctx, deps);
  const { recognition, staff, regionCode } = deps;
  const { id, version } = mapping.document;
  const versions = await recognition.findMappingVersions(id);
  const before = versions.find(({ document }) => document.version === version - 1) ?? null;
  try {
    if (field(ctx, 'digest') !== mapping.digest) throw new AppError('mapping-digest-differs');
    const { proposalId } = await staff.propose({
      officerId: visit.officerId,
      kind: 'mapping.publish',
      subject: mappingRecordId(placeOfMapping(mapping)),
      regionCode,
      difference: differenceFor(mapping, before),
      reason: field(ctx, 'reason'),
    });
    seeOther(ctx, `/console/proposals/${proposalId}`);
  } catch (error) {
    if (!(error instanceof AppError) || ![400, 409].includes(error.status)) throw error;
    return draw(ctx, deps, visit, error);
  }
};

const permission = { act: 'agreements.draft', within: 'instance' } as const;
const path = '/mappings/:id/:number/publish';

/** Where the publication of a mapping is proposed; another officer approves it among the proposals. */
export const publishRoutes: readonly Route[] = [
  { method: 'get', path, page: (ctx, deps, visit) => draw(ctx, deps, visit), permission },
  { method: 'post', path, page: propose, permission },
];
