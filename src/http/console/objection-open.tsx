import type { Context } from 'koa';
import { OpenObjectionPage, type OpenObjectionPageProps } from '../../../views/console/objection-forms.tsx';
import { CitizensPage } from '../../../views/console/objections.tsx';
import type { FieldError } from '../../../views/parts/error-summary.tsx';
import { textOf } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import type { AccessRow } from '../../consent/index.ts';
import { isRegionClient } from '../../oidc/index.ts';
import {
  type Agreement,
  type CaseGround,
  type CaseSubject,
  caseGrounds,
  caseSubjects,
  type Party,
} from '../../recognition/index.ts';
import { pageContext } from '../context.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import { identifiersUnder, otherOf } from './agreement-file.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import { afterOf, parameter } from './page.ts';
import type { Route } from './section.ts';
import type { Visit } from './visit.ts';

const citizensPath = '/console/objections/citizens';

/** Where a form is shown, and what it says beside what was typed. */
interface Form {
  action: string;
  backHref: string;
  citizen: { objectionId: string; text: string; draft: OpenObjectionPageProps['draft'] } | null;
}

/** More than any region has. */
const mostPages = 50;

/** Lists what two have signed or both have joined: it can be objected under after it has ended too. */
const agreementsOf = async (deps: ConsoleDeps): Promise<{ value: string; label: string }[]> => {
  const found: Agreement[] = [];
  let after: string | null = '';
  for (let page = 0; page < mostPages && after !== null; page += 1) {
    const { agreements, next }: { agreements: Agreement[]; next: string | null } =
      await deps.recognition.pageAgreements({ after });
    found.push(...agreements);
    after = next;
  }
  const labelled = (value: string, { name, regionCode }: Party) => ({
    value,
    label: `${name} ${regionCode} · ${value}`,
  });
  const ofTwo = found.filter(
    ({ signedDigest, document }) => signedDigest !== null && document.kind === 'bilateral',
  );
  const pairs = await deps.recognition.listPairs();
  return [
    ...ofTwo.map((agreement) => labelled(agreement.document.id, otherOf(deps, agreement))),
    ...pairs.map(({ agreementId, member }) => labelled(agreementId, member)),
  ];
};

const agreementOf = (ctx: Context): string => {
  const { agreement } = ctx.query;
  return field(ctx, 'agreement') || (typeof agreement === 'string' ? agreement : '');
};

const draw = async (
  ctx: Context,
  deps: ConsoleDeps,
  { csrf }: Visit,
  { form, errors, status = 400 }: { form: Form; errors: FieldError[]; status?: number },
): Promise<void> => {
  const { citizen } = form;
  const typed = {
    subject: field(ctx, 'subject'),
    reference: field(ctx, 'reference'),
    ground: field(ctx, 'ground'),
    text: field(ctx, 'text'),
  };
  const agreement = agreementOf(ctx);
  const under = citizen === null ? await identifiersUnder(deps, agreement) : null;
  const isKnown = under?.includes(agreement) ?? false;
  const all = isKnown ? [] : await agreementsOf(deps);
  const agreements = all.filter(({ value }) => under === null || under.includes(value));
  ctx.status = errors.length === 0 ? 200 : status;
  const page = (context: OpenObjectionPageProps['context']) => (
    <OpenObjectionPage
      context={context}
      action={form.action}
      csrf={csrf}
      backHref={form.backHref}
      hidden={isKnown ? { agreement } : {}}
      agreements={agreements}
      citizenText={citizen?.text ?? null}
      draft={ctx.method === 'GET' && citizen !== null ? citizen.draft : typed}
      errors={errors}
    />
  );
  showPage(ctx, deps, page, citizen === null ? `${form.action}?agreement=${agreement}` : form.action);
};

/** Which input a refusal is about, and what is to be done, in words of the page. */
const errorOf = (refusal: AppError, language: 'zh' | 'en'): FieldError => {
  const { wrong } = textOf(language).regionObjections.open;
  const name = String(refusal.values['field']);
  if (refusal.code !== 'region-objection-field-invalid')
    return { field: 'main', text: refusal.text(language) };
  if (name === 'kind') return { field: 'subject', text: wrong.kind };
  return { field: name, text: wrong[name as keyof typeof wrong] };
};

const submit = async (ctx: Context, deps: ConsoleDeps, visit: Visit, form: Form): Promise<void> => {
  const { language } = pageContext(ctx, deps.settings);
  const { wrong } = textOf(language).regionObjections.open;
  const kind = caseSubjects.find((known) => known === field(ctx, 'subject'));
  const ground = caseGrounds.find((known) => known === field(ctx, 'ground'));
  const errors = [
    ...(kind === undefined ? [{ field: 'subject', text: wrong.kind }] : []),
    ...(ground === undefined ? [{ field: 'ground', text: wrong.ground }] : []),
  ];
  if (kind === undefined || ground === undefined) return draw(ctx, deps, visit, { form, errors });
  try {
    const { objectionId } = await deps.objections.openObjection({
      agreementId: agreementOf(ctx),
      about: { kind, reference: field(ctx, 'reference') },
      ground,
      text: field(ctx, 'text'),
      citizenObjectionId: form.citizen?.objectionId ?? null,
      actor: visit.officerId,
    });
    seeOther(ctx, `/console/objections/${objectionId}`);
  } catch (error) {
    if (!(error instanceof AppError) || error.status === 404 || error.status >= 500) throw error;
    await draw(ctx, deps, visit, { form, errors: [errorOf(error, language)], status: error.status });
  }
};

const plainForm: Form = {
  action: '/console/objections/open',
  backHref: '/console/objections',
  citizen: null,
};

/** Tells whether a use was by another region: its departments, or one of its sites. */
const isByRegion = ({ channel, reader }: AccessRow): boolean =>
  channel === 'peer' || isRegionClient(reader.id);

/** Lists what citizens object to in the uses by other regions; what they wrote is not read for it. */
const showCitizens: ConsolePage = async (ctx, deps) => {
  const { rows, next } = await deps.consent.listObjectedUses('opened', { limit: 100, ...afterOf(ctx) });
  const found = rows.filter(({ use }) => isByRegion(use));
  const passedOn = await deps.objections.listPassedOn(found.map(({ objectionId }) => objectionId));
  const { language } = pageContext(ctx, deps.settings);
  const { reasons } = textOf(language).portal.authorisations.objection;
  showPage(ctx, deps, (context) => (
    <CitizensPage
      context={context}
      objections={found.map(({ objectionId, reason, openedAt, use }) => ({
        href: `${citizensPath}/${objectionId}`,
        who: use.reader.name[language],
        at: openedAt,
        reason: reasons[reason],
        isPassedOn: passedOn.includes(objectionId),
      }))}
      nextHref={next === null ? null : `${citizensPath}?after=${next}`}
    />
  ));
};

const groundOf: Readonly<Record<string, CaseGround>> = {
  'not-me': 'wrong-person',
  'not-allowed': 'no-consent',
  'beyond-purpose': 'not-covered',
  'wrong-data': 'wrong-answer',
};

const minuteOf = (at: Date): string =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/** Opens what a citizen wrote, once the citizen's own record of uses has it, and drafts the case of it. */
const citizenForm = async (ctx: Context, deps: ConsoleDeps, { officerId }: Visit): Promise<Form> => {
  const objectionId = parameter(ctx, 'objection');
  const { objection, use } = await deps.consent.readObjectedUse({
    objectionId,
    reader: {
      kind: 'officer',
      id: officerId,
      name: { zh: '地区间互认经办人员', en: 'Officer for recognition between regions' },
    },
    purpose: '核查异议并转交对方地区',
    // 国务院令第716号 article 10, as read: certificates are shared and trusted across the country.
    law: { law: '国务院关于在线政务服务的若干规定', article: '第十条' },
  });
  if (!isByRegion(use)) throw new AppError('objection-missing');
  const { certificateIdentifier } = use.what;
  const subject: CaseSubject = certificateIdentifier === undefined ? 'sign-in' : 'certificate';
  const draft = {
    subject,
    reference: certificateIdentifier ?? minuteOf(use.at),
    ground: groundOf[objection.reason] ?? 'other',
    text: '',
  };
  const action = `${citizensPath}/${objectionId}`;
  return { action, backHref: citizensPath, citizen: { objectionId, text: objection.text, draft } };
};

const permission = { act: 'agreements.draft', within: 'instance' } as const;

/** Where cases are opened, of an officer's own accord or for a citizen. */
export const objectionOpenRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/objections/open',
    page: (ctx, deps, visit) => draw(ctx, deps, visit, { form: plainForm, errors: [] }),
    permission,
  },
  {
    method: 'post',
    path: '/objections/open',
    page: (ctx, deps, visit) => submit(ctx, deps, visit, plainForm),
    permission,
  },
  { method: 'get', path: '/objections/citizens', page: showCitizens, permission },
  {
    method: 'get',
    path: '/objections/citizens/:objection',
    page: async (ctx, deps, visit) =>
      draw(ctx, deps, visit, { form: await citizenForm(ctx, deps, visit), errors: [] }),
    permission,
  },
  {
    method: 'post',
    path: '/objections/citizens/:objection',
    page: async (ctx, deps, visit) => submit(ctx, deps, visit, await citizenForm(ctx, deps, visit)),
    permission,
  },
];
