import { AppError, type ErrorCode } from '../base/error.ts';
import type { CalendarDate } from '../terms/calendar-date.ts';
import { type CertificateStatus, type EndedStatus, isEnded } from '../terms/certificate-status.ts';
import type { ActRecord } from './certificate.ts';

/** The grounds on which an authority ends a certificate; superseded is no ground but the trace of a change. */
export const endingGrounds = [
  'withdrawn',
  'cancelled',
  'revoked',
  'transferred',
  'void',
] as const satisfies readonly EndedStatus[];
export type EndingGround = (typeof endingGrounds)[number];

/** Reads a ground by its name here. Throws certificate-status-unknown. */
export function parseEndingGround(text: string): EndingGround {
  const found = endingGrounds.find((ground) => ground === text.trim());
  if (found === undefined) throw new AppError('certificate-status-unknown');
  return found;
}

/** What an authority does to a certificate it has issued, each act named by what it leaves behind. */
export type CertificateAct = EndingGround | 'superseded' | 'suspended' | 'lifted';

/** From which statuses an act starts, and in which it ends. */
interface Step {
  from: readonly CertificateStatus[];
  to: CertificateStatus;
}

const ending = (to: CertificateStatus): Step => ({ from: ['valid', 'suspended'], to });

/**
 * Every act: 撤销 withdrawn, 注销 cancelled, 吊销 revoked, 转出 transferred, 作废 void, 变更 superseded, 暂扣 suspended,
 * and the lifting of a suspension. The table is a design of this project; no text that fixes one was read. A suspended
 * certificate can be ended but not changed: what is held back is not handed out anew.
 */
export const lifecycle: Readonly<Record<CertificateAct, Step>> = {
  withdrawn: ending('withdrawn'),
  cancelled: ending('cancelled'),
  revoked: ending('revoked'),
  transferred: ending('transferred'),
  void: ending('void'),
  superseded: { from: ['valid'], to: 'superseded' },
  suspended: { from: ['valid'], to: 'suspended' },
  lifted: { from: ['suspended'], to: 'valid' },
};

/** What is to be done about an act: it moves the status, or was done already, or is refused. */
export type ActDecision =
  | { outcome: 'do'; status: CertificateStatus; endedOn: CalendarDate | null }
  | { outcome: 'done' }
  | { outcome: 'refused'; code: ErrorCode };

/**
 * Decides on an act. The very act that was done last, asked again with the same reason and day, is done; the same
 * ending for another reason is another act, and an ended certificate suffers none.
 */
export function decideAct(
  { status, lastAct }: { status: CertificateStatus; lastAct?: ActRecord },
  asked: ActRecord,
): ActDecision {
  if (lastAct !== undefined && isSameAct(lastAct, asked)) return { outcome: 'done' };
  const { from, to } = lifecycle[asked.act];
  if (!from.includes(status)) return { outcome: 'refused', code: refusalFor(status) };
  return { outcome: 'do', status: to, endedOn: isEnded(to) ? asked.actedOn : null };
}

const isSameAct = (done: ActRecord, asked: ActRecord): boolean =>
  done.act === asked.act && done.reasonCode === asked.reasonCode && done.actedOn === asked.actedOn;

const refusalFor = (status: CertificateStatus): ErrorCode => {
  if (isEnded(status)) return 'certificate-already-ended';
  return status === 'suspended' ? 'certificate-is-suspended' : 'certificate-not-suspended';
};
