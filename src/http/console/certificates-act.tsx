import type { Context } from 'koa';
import {
  type ActName,
  ActPage,
  ConfirmActPage,
  type ReasonCode,
} from '../../../views/console/certificate-act.tsx';
import type { Values } from '../../../views/console/certificate-inputs.ts';
import { textOf } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import { type CertificateSummary, endingGrounds } from '../../directory/index.ts';
import { parseCalendarDate, shanghaiDateOf } from '../../terms/calendar-date.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import { certificatePath, clockOf, findOwn, type OwnCertificate } from './certificates-access.ts';
import { type FormErrors, placing, sentencesOf } from './certificates-form.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import type { Visit } from './visit.ts';

const words = textOf('zh').officersCertificates;
const isAct = (text: string): text is ActName => Object.hasOwn(words.acts, text);

/** Tells whether a text is one of the codes an authority gives for a reason. */
export const isReason = (text: string): text is ReasonCode => Object.hasOwn(words.reasons, text);

/** What can be done to a certificate as it stands. */
export const actsOn = ({ status }: Pick<CertificateSummary, 'status'>): ActName[] => {
  if (status === 'valid') return ['suspended', ...endingGrounds];
  return status === 'suspended' ? ['lifted', ...endingGrounds] : [];
};

const pathOf = ({ summary }: OwnCertificate): string => `${certificatePath(summary.identifier)}/act`;

const draw = (
  ctx: Context,
  deps: ConsoleDeps,
  { csrf }: Visit,
  { own, values, errors }: { own: OwnCertificate; values: Values; errors: FormErrors },
): void => {
  ctx.status = errors.size === 0 ? 200 : 400;
  showPage(ctx, deps, (context) => (
    <ActPage
      {...{ context, csrf, values, path: pathOf(own) }}
      certificateHref={certificatePath(own.summary.identifier)}
      typeName={own.type.name[context.language]}
      acts={actsOn(own.summary)}
      errors={sentencesOf(errors, context.language)}
    />
  ));
};

/** Shows what can be done to a certificate, as of today. */
export const showAct: ConsolePage = async (ctx, deps, visit) => {
  const own = await findOwn(ctx, deps, visit);
  const day = shanghaiDateOf(clockOf(deps).now());
  draw(ctx, deps, visit, { own, values: { day }, errors: new Map() });
};

/** An act as an officer asks for it. */
interface AskedAct {
  act: ActName;
  reason: ReasonCode;
  day: string;
}

/** Reads what is asked for; what is wrong is placed among the errors, and null comes back. */
const readAct = async (errors: FormErrors, values: Values): Promise<AskedAct | null> => {
  const { act = '', reason = '', day = '' } = values;
  const unknown = new AppError('certificate-act-unknown');
  if (!isAct(act)) errors.set('act', unknown);
  if (!isReason(reason)) errors.set('reason', unknown);
  try {
    parseCalendarDate(day);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    errors.set('day', error);
  }
  return isAct(act) && isReason(reason) && errors.size === 0 ? { act, reason, day } : null;
};

const perform = (
  { directory }: ConsoleDeps,
  { authority, summary }: OwnCertificate,
  { act, reason, day }: AskedAct,
  actor: string,
): Promise<CertificateSummary> => {
  const given = { identifier: summary.identifier, issuerCode: authority.code, reasonCode: reason, actor };
  if (act === 'suspended') return directory.suspendCertificate({ ...given, suspendedOn: day });
  if (act === 'lifted') return directory.liftSuspension({ ...given, liftedOn: day });
  return directory.endCertificate({ ...given, ground: act, endedOn: day });
};

/** Takes what is to be done: asks once more, and does it when that was confirmed. */
export const act: ConsolePage = async (ctx, deps, visit) => {
  const own = await findOwn(ctx, deps, visit);
  const values = Object.fromEntries(['act', 'reason', 'day'].map((name) => [name, field(ctx, name)]));
  const errors: FormErrors = new Map();
  const asked = await readAct(errors, values);
  if (asked === null) return draw(ctx, deps, visit, { own, values, errors });
  const { identifier } = own.summary;
  if (field(ctx, 'confirm') === 'yes') {
    const done = await placing(errors, () => perform(deps, own, asked, visit.officerId));
    if (done === null) return draw(ctx, deps, visit, { own, values, errors });
    return seeOther(ctx, certificatePath(identifier));
  }
  showPage(ctx, deps, (context) => (
    <ConfirmActPage
      {...{ context, csrf: visit.csrf, path: pathOf(own), ...asked }}
      certificateHref={certificatePath(identifier)}
    />
  ));
};
