import type { Context } from 'koa';
import { ConfirmChangePage } from '../../../views/console/certificate-act.tsx';
import { CertificateFormPage } from '../../../views/console/certificate-form.tsx';
import {
  cellInput,
  countInput,
  fieldInput,
  holderInput,
  holderList,
  type Values,
} from '../../../views/console/certificate-inputs.ts';
import { textOf } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import type { Certificate, CertificateType, GivenParts } from '../../directory/index.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import { certificatePath, clockOf, findOwn, type OwnCertificate, openOwn } from './certificates-access.ts';
import { isReason } from './certificates-act.tsx';
import { changesOf } from './certificates-difference.ts';
import {
  datesIn,
  type FaceValues,
  type FormErrors,
  fieldsIn,
  holdersIn,
  moreOf,
  placing,
  readValues,
  sentencesOf,
} from './certificates-form.ts';
import { judge, photoFor } from './certificates-judge.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import type { Visit } from './visit.ts';

const toChange = { fields: ['certificate'], purpose: '办理证照变更' };

const textOfCell = (value: FaceValues[string] | undefined): string =>
  value === undefined ? '' : String(value);

/** Writes a certificate as the form of the newest version of its type has it. */
const valuesOf = (type: CertificateType, certificate: Certificate): Values => {
  const { holders, fields, number, areaCode, issuedOn, validFrom = '', validUntil = '' } = certificate;
  const inputs = type.fields.flatMap((one): [string, string][] => {
    const value = fields[one.name];
    if (one.kind !== 'rows') return [[fieldInput(one.name), textOfCell(value)]];
    const rows = (Array.isArray(value) ? value : []) as FaceValues[];
    return [
      [countInput(one.name), String(rows.length)],
      ...rows.flatMap((row, i) =>
        one.columns.map(({ name }): [string, string] => [
          cellInput(one.name, i, name),
          textOfCell(row[name]),
        ]),
      ),
    ];
  });
  const people = holders.flatMap((holder, row): [string, string][] =>
    (['type', 'code', 'name'] as const).map((part) => [holderInput(row, part), holder[part]]),
  );
  return {
    ...{
      number,
      areaCode,
      issuedOn,
      validFrom,
      validUntil,
      [countInput(holderList)]: String(holders.length),
    },
    ...Object.fromEntries([...inputs, ...people]),
  };
};

interface Form {
  own: OwnCertificate;
  type: CertificateType;
  values: Values;
  errors: FormErrors;
}

const pathOf = ({ summary }: OwnCertificate): string => `${certificatePath(summary.identifier)}/change`;

const draw = (
  ctx: Context,
  deps: ConsoleDeps,
  { csrf }: Visit,
  { own, type, values, errors }: Form,
): void => {
  ctx.status = errors.size === 0 ? 200 : 400;
  showPage(ctx, deps, (context) => (
    <CertificateFormPage
      {...{ context, csrf, type, values }}
      path={pathOf(own)}
      purpose="change"
      errors={sentencesOf(errors, context.language)}
      back={{
        href: certificatePath(own.summary.identifier),
        label: textOf(context.language).officersCertificates.backToOne,
      }}
    />
  ));
};

/** Shows the form of a change with what stands on the certificate, after its holders' ledgers have it. */
export const showChange: ConsolePage = async (ctx, deps, visit) => {
  const own = await findOwn(ctx, deps, visit);
  const type = await deps.directory.catalogue.findType(own.type.code);
  const values = valuesOf(type, await openOwn(deps, visit, own, toChange));
  draw(ctx, deps, visit, { own, type, values, errors: new Map() });
};

/** What the certificate is to become, of what was typed and a photo if it is to be exchanged. Throws as photoFor does. */
const partsIn = async (
  deps: ConsoleDeps,
  { type, values }: Form,
): Promise<Omit<GivenParts, 'issuerName'>> => {
  const holders = holdersIn(type, values).map(({ holder }) => holder);
  const photo = values['newPhoto'] === 'yes' ? await photoFor(deps, type, holders) : null;
  return {
    areaCode: values['areaCode'] ?? '',
    number: values['number'] ?? '',
    holders,
    dates: datesIn(values),
    fields: fieldsIn(type, values),
    ...photo,
  };
};

/** Shows what would change, or says that nothing would; the certificate is opened for it once more. */
const showChanges = async (ctx: Context, deps: ConsoleDeps, visit: Visit, form: Form): Promise<void> => {
  const { own, type, values, errors } = form;
  const parts = await placing(errors, () => partsIn(deps, form));
  if (parts === null) return draw(ctx, deps, visit, form);
  const certificate = await openOwn(deps, visit, own, toChange);
  const clock = clockOf(deps);
  if (changesOf(type, certificate, parts, { language: 'zh', clock }).length === 0) {
    errors.set('form', new AppError('certificate-unchanged'));
    return draw(ctx, deps, visit, form);
  }
  showPage(
    ctx,
    deps,
    (context) => (
      <ConfirmChangePage
        {...{ context, values, csrf: visit.csrf, path: pathOf(own) }}
        certificateHref={certificatePath(own.summary.identifier)}
        changes={changesOf(type, certificate, parts, { language: context.language, clock })}
      />
    ),
    pathOf(own),
  );
};

/** Takes what was typed: first shows what would change, and makes the new version once that was confirmed. */
export const change: ConsolePage = async (ctx, deps, visit) => {
  const own = await findOwn(ctx, deps, visit);
  const type = await deps.directory.catalogue.findType(own.type.code);
  const values = readValues(ctx, type);
  const reasonCode = values['reason'] ?? '';
  const errors: FormErrors =
    moreOf(ctx) === '' ? judge({ type, values, isNew: false }, visit.officer, clockOf(deps)) : new Map();
  if (moreOf(ctx) === '' && !isReason(reasonCode))
    errors.set('reason', new AppError('certificate-act-unknown'));
  const form = { own, type, values, errors };
  if (errors.size > 0 || moreOf(ctx) !== '') return draw(ctx, deps, visit, form);
  if (field(ctx, 'confirm') !== 'yes') return showChanges(ctx, deps, visit, form);

  const { authority, summary } = own;
  const changed = await placing(errors, async () =>
    deps.directory.changeCertificate({
      identifier: summary.identifier,
      issuerCode: authority.code,
      reasonCode,
      changes: await partsIn(deps, form),
      actor: visit.officerId,
    }),
  );
  if (changed === null) return draw(ctx, deps, visit, form);
  seeOther(ctx, certificatePath(changed.certificate.identifier));
};
