import type { Context } from 'koa';
import { CertificateFormPage } from '../../../views/console/certificate-form.tsx';
import type { Values } from '../../../views/console/certificate-inputs.ts';
import { ChooseTypePage } from '../../../views/console/certificates.tsx';
import { textOf } from '../../../views/text/index.ts';
import type { CertificateType } from '../../directory/index.ts';
import { authorityOf } from '../../staff/index.ts';
import { shanghaiDateOf } from '../../terms/calendar-date.ts';
import { seeOther, showPage } from '../page.ts';
import { certificatePath, certificatesPath, clockOf } from './certificates-access.ts';
import {
  datesIn,
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
import { parameter } from './page.ts';
import type { Visit } from './visit.ts';

const issuePath = `${certificatesPath}/issue`;

/** Lists the types that the officer's authority may issue. */
export const chooseType: ConsolePage = async (ctx, deps, { officer }) => {
  const { code } = authorityOf(officer);
  const types = (await deps.directory.catalogue.listTypes()).filter(({ issuers }) => issuers.includes(code));
  showPage(ctx, deps, (context) => (
    <ChooseTypePage
      context={context}
      types={types.map((type) => ({ href: `${issuePath}/${type.code}`, name: type.name[context.language] }))}
    />
  ));
};

const draw = (
  ctx: Context,
  deps: ConsoleDeps,
  { csrf }: Visit,
  { type, values, errors }: { type: CertificateType; values: Values; errors: FormErrors },
): void => {
  ctx.status = errors.size === 0 ? 200 : 400;
  showPage(ctx, deps, (context) => (
    <CertificateFormPage
      {...{ context, csrf, type, values }}
      path={`${issuePath}/${type.code}`}
      purpose="issue"
      errors={sentencesOf(errors, context.language)}
      back={{ href: certificatesPath, label: textOf(context.language).officersCertificates.back }}
    />
  ));
};

/** Shows the empty form of a type: issued today, in the officer's region. */
export const showIssue: ConsolePage = async (ctx, deps, visit) => {
  authorityOf(visit.officer);
  const type = await deps.directory.catalogue.findType(parameter(ctx, 'id'));
  const issuedOn = shanghaiDateOf(clockOf(deps).now());
  draw(ctx, deps, visit, {
    type,
    values: { areaCode: visit.officer.regionCode, issuedOn },
    errors: new Map(),
  });
};

/**
 * Issues what was typed, in the name of the officer's authority. What is wrong is shown where it is, with all that was
 * typed; the same form sent twice gets the one certificate, by its serial.
 */
export const issue: ConsolePage = async (ctx, deps, visit) => {
  const { officer, officerId } = visit;
  const issuer = authorityOf(officer);
  const type = await deps.directory.catalogue.findType(parameter(ctx, 'id'));
  const values = readValues(ctx, type);
  if (moreOf(ctx) !== '') return draw(ctx, deps, visit, { type, values, errors: new Map() });
  const errors = judge({ type, values, isNew: true }, officer, clockOf(deps));
  if (errors.size > 0) return draw(ctx, deps, visit, { type, values, errors });

  const holders = holdersIn(type, values).map(({ holder }) => holder);
  const issued = await placing(errors, async () =>
    deps.directory.issueCertificate({
      issuer,
      typeCode: type.code,
      serial: values['serial'] ?? '',
      areaCode: values['areaCode'] ?? '',
      number: values['number'] ?? '',
      holders,
      dates: datesIn(values),
      fields: fieldsIn(type, values),
      ...(await photoFor(deps, type, holders)),
      actor: officerId,
    }),
  );
  if (issued === null) return draw(ctx, deps, visit, { type, values, errors });
  seeOther(ctx, certificatePath(issued.certificate.identifier));
};
