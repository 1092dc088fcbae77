import type { Context } from 'koa';
import {
  AccedePage,
  accessionInputs,
  type MemberRow,
  type OpenClause,
} from '../../../views/console/framework.tsx';
import type { FieldError } from '../../../views/parts/error-summary.tsx';
import { fill, type Text, textOf } from '../../../views/text/index.ts';
import {
  type Agreement,
  type AgreementContent,
  type AgreementDocument,
  faultsOfContent,
  type Reservation,
  stateOf,
  type WrittenTerms,
} from '../../recognition/index.ts';
import { pageContext } from '../context.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import { clausesOf } from './agreement-clauses.ts';
import { nowOf, pathOfVersion, readFile, rowOf } from './agreement-file.ts';
import { refusalOf, sidesOf } from './agreement-start.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import type { Route } from './section.ts';

type Framework = Extract<AgreementDocument, { kind: 'framework' }>;
type Typed = Record<string, string>;

/** Tells whether a framework can be joined from here now. */
export const canJoin = (deps: ConsoleDeps, agreement: Agreement): boolean =>
  agreement.document.kind === 'framework' &&
  agreement.document.parties[0].entityId !== deps.issuer &&
  ['countersigned', 'active', 'suspended'].includes(stateOf(agreement, nowOf(deps)));

/** Reads who has joined a framework; null for any other agreement. */
export const membersOf = async (deps: ConsoleDeps, { document }: Agreement): Promise<MemberRow[] | null> => {
  if (document.kind !== 'framework') return null;
  const frameworks = await deps.recognition.listFrameworks();
  const found = frameworks.find(
    ({ framework }) =>
      framework.document.id === document.id && framework.document.version === document.version,
  );
  return (found?.members ?? []).map(({ name, regionCode, state }) => ({ name, region: regionCode, state }));
};

/** The clauses that can be offered and accepted: what `clausesOf` says after the head and the operator. */
const openClausesOf = async (deps: ConsoleDeps, text: Text, framework: Framework): Promise<OpenClause[]> => {
  const { signIn, certificates } = framework.terms;
  const said = (await clausesOf(deps, text, framework)).slice(-(signIn.length + certificates.length));
  return said.map(({ title, lines }, i) => {
    const kind = i < signIn.length ? 'signIn' : 'certificates';
    return { name: `${kind}${i < signIn.length ? i : i - signIn.length}`, kind, title, lines };
  });
};

const namesOf = ({ terms }: Framework): string[] => [
  ...accessionInputs,
  'signIn_purposes',
  'signIn_claims',
  ...terms.signIn.flatMap((_terms, i) => [`signIn${i}_offer`, `signIn${i}_accept`]),
  ...terms.certificates.flatMap((_terms, i) =>
    ['offer', 'accept', 'purposes', 'fields'].map((what) => `certificates${i}_${what}`),
  ),
];

/** What the form begins with: the term of the framework, and all of it offered and accepted. */
const startOf = (framework: Framework): Typed => ({
  validFrom: framework.validFrom,
  validUntil: framework.validUntil,
  reviewBy: framework.reviewBy,
  noticeDays: String(framework.noticeDays),
  legalBasis: framework.legalBasis,
  ...Object.fromEntries(
    namesOf(framework)
      .filter((name) => /_(offer|accept)$/.test(name))
      .map((name) => [name, 'yes']),
  ),
});

const listIn = (text = ''): string[] => [...new Set(text.split(/[\s,，、;；]+/).filter(Boolean))];

const chosen = ({ terms }: Framework, typed: Typed, what: 'offer' | 'accept'): WrittenTerms => ({
  signIn: terms.signIn.filter((_terms, i) => typed[`signIn${i}_${what}`] === 'yes'),
  certificates: terms.certificates.filter((_terms, i) => typed[`certificates${i}_${what}`] === 'yes'),
});

function reservationsOf({ terms }: Framework, typed: Typed): Reservation[] {
  const signIn = { purposes: listIn(typed['signIn_purposes']), claims: listIn(typed['signIn_claims']) };
  const certificates = terms.certificates.map(({ type }, i) => ({
    kind: 'certificate' as const,
    type,
    purposes: listIn(typed[`certificates${i}_purposes`]),
    fields: listIn(typed[`certificates${i}_fields`]),
  }));
  // One that names nothing would take out the whole: that is said by not offering and not accepting it.
  const isReserved = signIn.purposes.length + signIn.claims.length > 0;
  return [
    ...(isReserved ? [{ kind: 'sign-in' as const, ...signIn }] : []),
    ...certificates.filter(({ purposes, fields }) => purposes.length + fields.length > 0),
  ];
}

const contentOf = async (deps: ConsoleDeps, { document, digest }: Agreement, typed: Typed) => {
  const framework = document as Framework;
  const { own } = await sidesOf(deps);
  const { id, version, parties, suites } = framework;
  return {
    kind: 'accession',
    parties: [{ ...own, creditCode: typed['ownCreditCode'], role: 'party' }, parties[0]],
    framework: { id, version, digest },
    offers: chosen(framework, typed, 'offer'),
    acceptances: chosen(framework, typed, 'accept'),
    reservations: reservationsOf(framework, typed),
    suites,
    validFrom: typed['validFrom'],
    validUntil: typed['validUntil'],
    reviewBy: typed['reviewBy'],
    noticeDays: /^\d{1,4}$/.test(typed['noticeDays'] ?? '') ? Number(typed['noticeDays']) : null,
    legalBasis: typed['legalBasis'],
  };
};

/** Says at which field a fault is; what belongs to none is said of the whole. */
const errorOf = (text: Text, place: string): FieldError => {
  const { fields, draft } = text.recognition;
  const last = place.split('.').at(-1);
  const name = last === 'creditCode' ? 'ownCreditCode' : accessionInputs.find((input) => input === last);
  if (name === undefined) return { field: 'basics', text: fill(draft.placeWrong, { place }) };
  return { field: name, text: fill(draft.wrong.field, { label: fields[name].label }) };
};

const draw = async (
  ctx: Context,
  deps: ConsoleDeps,
  { agreement, csrf, typed }: { agreement: Agreement; csrf: string; typed: Typed },
  errors: FieldError[] = [],
): Promise<void> => {
  const isPossible = canJoin(deps, agreement);
  const text = textOf(pageContext(ctx, deps.settings).language);
  const clauses = isPossible ? await openClausesOf(deps, text, agreement.document as Framework) : [];
  ctx.status = errors.length > 0 ? 400 : 200;
  showPage(ctx, deps, (context) => (
    <AccedePage
      context={context}
      href={rowOf(deps, agreement).href}
      csrf={csrf}
      name={agreement.document.parties[0].name}
      isPossible={isPossible}
      clauses={clauses}
      typed={typed}
      errors={errors}
    />
  ));
};

/** Shows the form, with all of the framework offered and accepted. */
const showAccede: ConsolePage = async (ctx, deps, { csrf }) => {
  const { agreement } = await readFile(ctx, deps);
  const typed = canJoin(deps, agreement) ? startOf(agreement.document as Framework) : {};
  await draw(ctx, deps, { agreement, csrf, typed });
};

/** Keeps what was chosen as a draft. */
const saveAccede: ConsolePage = async (ctx, deps, { csrf, officerId: actor }) => {
  const { agreement } = await readFile(ctx, deps);
  if (!canJoin(deps, agreement)) return draw(ctx, deps, { agreement, csrf, typed: {} });
  const names = namesOf(agreement.document as Framework);
  const typed = Object.fromEntries(names.map((name) => [name, field(ctx, name).trim()]));
  const again = (errors: FieldError[]) => draw(ctx, deps, { agreement, csrf, typed }, errors);
  const content = await contentOf(deps, agreement, typed);
  const text = textOf(pageContext(ctx, deps.settings).language);
  const faults = faultsOfContent(content).map((place) => errorOf(text, place));
  if (faults.length > 0) return again(faults);
  const refused = await refusalOf(ctx, deps, 'basics', async () => {
    const draft = { content: content as AgreementContent, after: null, actor };
    seeOther(ctx, pathOfVersion(await deps.recognition.draftAgreement(draft)));
  });
  if (refused !== null) return again(refused);
};

const permission = { act: 'agreements.draft', within: 'instance' } as const;
const path = '/agreements/:id/:number/accede';

/** Where a region drafts its joining of a framework. */
export const accedeRoutes: readonly Route[] = [
  { method: 'get', path, page: showAccede, permission },
  { method: 'post', path, page: saveAccede, permission },
];
