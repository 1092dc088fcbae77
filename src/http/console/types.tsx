import type { Context } from 'koa';
import { NextTypePage, TypePage, TypesPage } from '../../../views/console/certificate-types.tsx';
import { AppError } from '../../base/error.ts';
import type { CertificateType } from '../../directory/index.ts';
import { type Difference, mayAct } from '../../staff/index.ts';
import { parseCreditCode } from '../../terms/credit-code.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import { parameter } from './page.ts';
import type { Section } from './section.ts';
import type { Visit } from './visit.ts';

const listPath = '/console/types';
const idOf = ({ code, version }: CertificateType): string => `${code}@${version}`;

/** Lists every version of every type. */
const showTypes: ConsolePage = async (ctx, deps) => {
  const types = await deps.directory.catalogue.listVersions();
  showPage(ctx, deps, (context) => <TypesPage context={context} types={types} />);
};

/** Finds the version of the address. Throws certificate-type-code-invalid, certificate-type-unknown. */
const findVersion = (ctx: Context, { directory }: ConsoleDeps): Promise<CertificateType> => {
  const [code = '', version = ''] = parameter(ctx, 'id').split('@');
  return directory.catalogue.findTypeVersion(code, Number(version));
};

/** Shows one of them. */
const showType: ConsolePage = async (ctx, deps, { officer }) => {
  const type = await findVersion(ctx, deps);
  const mayPropose = mayAct(officer, 'types.propose', deps.regionCode);
  showPage(ctx, deps, (context) => (
    <TypePage context={context} type={type} nextHref={mayPropose ? `${listPath}/${idOf(type)}/next` : null} />
  ));
};

const draw = (
  ctx: Context,
  deps: ConsoleDeps,
  { csrf }: Visit,
  { draft, issuers }: { draft: CertificateType; issuers: string },
  refusal?: AppError,
): void => {
  ctx.status = refusal?.status ?? 200;
  showPage(ctx, deps, (context) => (
    <NextTypePage
      {...{ context, csrf, draft, issuers, reason: field(ctx, 'reason') }}
      {...(refusal && { error: refusal.text(context.language) })}
    />
  ));
};

/** Shows the form of a new version, as the one of the address; its number is the next that is free. */
const showNext: ConsolePage = async (ctx, deps, visit) => {
  const base = await findVersion(ctx, deps);
  const versions = (await deps.directory.catalogue.listVersions()).filter(({ code }) => code === base.code);
  const version = Math.max(...versions.map((one) => one.version)) + 1;
  draw(ctx, deps, visit, { draft: { ...base, version }, issuers: base.issuers.join('\n') });
};

/** Reads the new version; the issuers are read apart, as they may be no codes. */
const draftOf = (ctx: Context, base: CertificateType): CertificateType => ({
  ...base,
  version: Number(field(ctx, 'version')),
  enabled: false,
  name: { zh: field(ctx, 'nameZh').trim(), en: field(ctx, 'nameEn').trim() },
  officialCode: field(ctx, 'officialCode').trim() || null,
  fields: base.fields.map((one) => ({
    ...one,
    required: field(ctx, `required_${one.name}`) === 'yes',
    sensitive: field(ctx, `sensitive_${one.name}`) === 'yes',
  })),
});

/** Says what differs between two versions; the catalogue holds nothing of a person. */
const differenceOf = (before: CertificateType, after: CertificateType): Difference[] => {
  const marked = ({ fields }: CertificateType, mark: 'required' | 'sensitive'): string =>
    fields.flatMap((one) => (one[mark] ? [one.label.zh] : [])).join('、');
  const lines: [string, (type: CertificateType) => string | null][] = [
    ['typeName', ({ name }) => `${name.zh} / ${name.en}`],
    ['officialCode', ({ officialCode }) => officialCode],
    ['issuers', ({ issuers }) => issuers.join(' ') || null],
    ['requiredFields', (type) => marked(type, 'required') || null],
    ['sensitiveFields', (type) => marked(type, 'sensitive') || null],
  ];
  return lines
    .map(([name, read]) => ({ field: name, before: read(before), after: read(after) }))
    .filter((line) => line.before !== line.after);
};

const longestReason = 500;

/** Saves the new version, not enabled, and proposes to enable it. Throws what saving and proposing throw. */
const propose = async (
  { directory, staff, regionCode }: ConsoleDeps,
  { officerId }: Visit,
  { base, draft, reason }: { base: CertificateType; draft: CertificateType; reason: string },
): Promise<string> => {
  const difference = differenceOf(base, draft);
  if (difference.length === 0) throw new AppError('certificate-unchanged');
  // Before anything is saved: a version saved for no proposal would take its number.
  if (reason.trim() === '') throw new AppError('proposal-reason', { longest: longestReason });
  await directory.catalogue.saveType(draft, officerId);
  const kind = 'type.version';
  const given = { officerId, kind, subject: idOf(draft), regionCode, difference, reason };
  return (await staff.propose(given)).proposalId;
};

/** Takes a new version and leads to its proposal; what is wrong is said on the form, with all that was typed. */
const proposeNext: ConsolePage = async (ctx, deps, visit) => {
  const base = await findVersion(ctx, deps);
  const draft = draftOf(ctx, base);
  const issuers = field(ctx, 'issuers');
  try {
    const codes = issuers.split(/\s+/).filter(Boolean).map(parseCreditCode);
    const given = { base, draft: { ...draft, issuers: codes }, reason: field(ctx, 'reason') };
    seeOther(ctx, `/console/proposals/${await propose(deps, visit, given)}`);
  } catch (error) {
    if (!(error instanceof AppError) || ![400, 409].includes(error.status)) throw error;
    draw(ctx, deps, visit, { draft, issuers }, error);
  }
};

const proposing = { act: 'types.propose', within: 'instance' } as const;

/** The part of the console where the catalogue of types is looked at and new versions are proposed. */
export const typesSection: Section = {
  name: 'types',
  path: '/types',
  permission: { act: 'types.read', within: 'instance' },
  routes: [
    { method: 'get', path: '/types', page: showTypes },
    { method: 'get', path: '/types/:id', page: showType },
    { method: 'get', path: '/types/:id/next', page: showNext, permission: proposing },
    { method: 'post', path: '/types/:id/next', page: proposeNext, permission: proposing },
  ],
};
