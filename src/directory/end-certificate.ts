import { AppError } from '../base/error.ts';
import { newEvent } from '../base/event.ts';
import { parseCalendarDate } from '../terms/calendar-date.ts';
import { parseCreditCode } from '../terms/credit-code.ts';
import type { ActRecord, CertificateRecord, CertificateSummary } from './certificate.ts';
import { recordOf, summaryOf } from './find-certificate.ts';
import { type ActDecision, type CertificateAct, decideAct, parseEndingGround } from './lifecycle.ts';
import type { Work } from './ports.ts';
import { checkActDay, checkReason } from './rules.ts';

/** An act of the issuing authority upon a certificate. */
interface Act {
  identifier: string;
  issuerCode: string;
  /** A code of the authority's own; no free text, as it stands in events. */
  reasonCode: string;
  actor: string;
}

/** An end: withdrawn 撤销, cancelled 注销, revoked 吊销, transferred 转出 or void 作废. */
export interface CertificateEnding extends Act {
  ground: string;
  endedOn: string;
}

export interface CertificateSuspension extends Act {
  suspendedOn: string;
}

export interface CertificateLifting extends Act {
  liftedOn: string;
}

/**
 * Ends a certificate on one of the grounds. The same act again is answered as the first was. Throws
 * certificate-identifier-…, -unknown, -issuer-other, -status-unknown (the ground), -reason-invalid, -act-date,
 * -already-ended, -changed-meanwhile, and date-invalid.
 */
export const endCertificate = async (work: Work, input: CertificateEnding): Promise<CertificateSummary> =>
  perform(work, input, parseEndingGround(input.ground), input.endedOn);

/** Suspends a certificate (暂扣). Answers and throws as endCertificate does, and certificate-is-suspended. */
export const suspendCertificate = (work: Work, input: CertificateSuspension): Promise<CertificateSummary> =>
  perform(work, input, 'suspended', input.suspendedOn);

/** Lifts a suspension. Answers and throws as endCertificate does, and certificate-not-suspended. */
export const liftSuspension = (work: Work, input: CertificateLifting): Promise<CertificateSummary> =>
  perform(work, input, 'lifted', input.liftedOn);

async function perform(
  work: Work,
  input: Act,
  act: CertificateAct,
  day: string,
): Promise<CertificateSummary> {
  const record = await recordOf(work, input.identifier);

  if (parseCreditCode(input.issuerCode) !== record.issuerCode) throw new AppError('certificate-issuer-other');
  checkReason(input.reasonCode);
  const asked = { act, reasonCode: input.reasonCode, actedOn: parseCalendarDate(day) };
  checkActDay(asked, record, work.clock);
  const decision = decideAct(record, asked);
  if (decision.outcome === 'refused') throw new AppError(decision.code);
  if (decision.outcome === 'do') await write(work, record, { ...asked, ...decision, actor: input.actor });

  await work.onStatusChanged({ identifier: record._id, actor: input.actor });
  return shown(work, await recordOf(work, record._id));
}

async function write(
  work: Work,
  record: CertificateRecord,
  { status, endedOn, actor, act, reasonCode, actedOn }: Decided & { actor: string },
): Promise<void> {
  const asked = { act, reasonCode, actedOn };
  const changes = { status, lastAct: asked, ...(endedOn === null ? {} : { endedOn }) };
  const detail = { reasonCode, actedOn, version: record.version };
  const event = newEvent(work.clock, `certificate.${act}`, actor, detail);
  if (!(await work.store.swapCertificate(record, changes, event))) await settle(work, record, asked);
}

type Decided = ActRecord & Omit<Extract<ActDecision, { outcome: 'do' }>, 'outcome'>;

/** Someone wrote meanwhile: it is well if it was this very act, and the other's otherwise. */
async function settle(work: Work, { _id }: CertificateRecord, asked: ActRecord): Promise<void> {
  const decision = decideAct(await recordOf(work, _id), asked);
  if (decision.outcome === 'refused') throw new AppError(decision.code);
  if (decision.outcome === 'do') throw new AppError('certificate-changed-meanwhile');
}

function shown(work: Work, record: CertificateRecord): CertificateSummary {
  const { content, outbox, ...row } = record;
  return summaryOf(row, work.clock.now());
}
