import { AppError } from '../../base/error.ts';
import { shanghaiDateOf } from '../../terms/calendar-date.ts';
import { retryAfter } from '../agreement/delivery.ts';
import type { Ask, Mail } from '../link/mail.ts';
import { messageOf, takeMoves } from './exchange-objection.ts';
import { isOverdue } from './lifecycle.ts';
import { heldShape, objectionKind } from './message.ts';
import { changeCase } from './move.ts';
import type { CaseRecord } from './objection.ts';
import type { CaseWork } from './ports.ts';

const atOnce = 20;

/** Makes the mail of cases, which the link carries with what else it has for a peer. */
export const mailOf = (work: CaseWork): Mail => ({
  tend: () => noteOverdue(work),
  isDue: async (peer) => (await work.cases.due(peer, work.clock.now(), 1)).length > 0,
  async send(peer, ask, hasTime) {
    while (hasTime()) {
      const due = await work.cases.due(peer, work.clock.now(), atOnce);
      if (due.length === 0) return;
      for (const record of due) if (hasTime()) await sendOne(work, ask, record);
    }
  },
});

/** Sends a case whole and takes what the other side has done; one that is refused is put off, and keeps no other waiting. */
async function sendOne(work: CaseWork, ask: Ask, record: CaseRecord): Promise<void> {
  try {
    const { claims } = await ask(record.peer, objectionKind, { ...messageOf(work, record) });
    const held = heldShape.safeParse(claims);
    if (!held.success) throw new AppError('peer-answer-invalid', { fault: 'members' });
    await work.cases.note(record, { undelivered: false, delay: null });
    await takeMoves(work, record.peer, record._id, held.data.moves);
  } catch (error) {
    const code = caseFaultOf(error);
    if (code === null) throw error;
    work.log.warn({ peer: record.peer, objectionId: record._id, code }, 'a peer refused a case');
    const tries = (record.delay?.tries ?? 0) + 1;
    const delay = { tries, nextTryAt: retryAfter(tries, work.clock.now()), lastFault: code };
    await work.cases.note(record, { undelivered: true, delay });
  }
}

/** The code of a fault that may be about the one case, and not about the way to the peer; null for any other. */
const caseFaultOf = (error: unknown): string | null => {
  if (!(error instanceof AppError)) return null;
  if (error.code === 'peer-refused') return String(error.values['code']);
  return error.code.startsWith('region-objection-') ? error.code : null;
};

const mostNoted = 100;

/** Notes each case whose answer has come to be late, once; both sides do, each of its own. */
async function noteOverdue(work: CaseWork): Promise<void> {
  const now = work.clock.now();
  const asked = { state: 'open', dueBefore: shanghaiDateOf(now), isNoted: false } as const;
  for (const { _id } of await work.cases.page(asked, '', mostNoted))
    await changeCase(work, _id, (record) =>
      record.overdueAt !== null || !isOverdue(record, now)
        ? null
        : { moves: [], changes: { overdueAt: now }, type: 'overdue', actor: 'system' },
    );
}
