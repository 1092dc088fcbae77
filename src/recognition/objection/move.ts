import { epochSeconds } from '../../base/clock.ts';
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { type CaseAct, type CaseFinding, type CaseMove, type CaseOutcome, mayMove } from './lifecycle.ts';
import { type CaseRecord, moveContext, type StoredMove, standingOf } from './objection.ts';
import { readText } from './open-objection.ts';
import type { CaseWork } from './ports.ts';
import type { CaseChanges } from './store.ts';

/** One officer's act on one case, with the words that the other side reads. */
export interface CaseDeed {
  objectionId: string;
  text: string;
  actor: string;
}

/** Answers a case of the other side. Throws region-objection-missing, -act-not-possible {state}, -field-invalid {field}, -changed. */
export const answerCase = (
  work: CaseWork,
  { finding, ...deed }: CaseDeed & { finding: CaseFinding },
): Promise<void> => perform(work, deed, { act: 'answered', finding });

/** Closes a case from either side. Throws as answerCase does. */
export const closeCase = (
  work: CaseWork,
  { outcome, ...deed }: CaseDeed & { outcome: CaseOutcome },
): Promise<void> => perform(work, deed, { act: 'closed', outcome });

async function perform(
  work: CaseWork,
  { objectionId, actor, ...deed }: CaseDeed,
  act: CaseAct,
): Promise<void> {
  const text = readText(deed.text);
  await changeCase(work, objectionId, (record) => {
    if (!mayMove(record.moves, record.side, act))
      throw new AppError('region-objection-act-not-possible', { state: record.state });
    const lastAt = Math.max(0, ...record.moves.map(({ at }) => at));
    const move: CaseMove = { ...act, side: record.side, at: Math.max(lastAt, epochSeconds(work.clock)) };
    return {
      moves: [sealed(work, objectionId, move, text)],
      changes: { undelivered: true, delay: null },
      type: act.act,
      actor,
    };
  });
}

/** Seals what was written with an act. */
export const sealed = (
  { cipher }: CaseWork,
  objectionId: string,
  move: CaseMove,
  text: string,
): StoredMove => ({ ...move, text: cipher.seal(text, moveContext(objectionId, move)) });

/** What changes in a case; null when nothing does. */
export interface CaseChange {
  moves: StoredMove[];
  changes?: CaseChanges;
  /** What happened, after `region-objection.`. */
  type: string;
  actor: string;
}

const mostAttempts = 5;

/**
 * Does something with one case: reads, decides, writes once; who was overtaken reads again and is judged anew. Throws
 * region-objection-missing, region-objection-changed, and what `decide` throws.
 */
export async function changeCase(
  work: CaseWork,
  objectionId: string,
  decide: (record: CaseRecord) => CaseChange | null,
): Promise<CaseRecord> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const read = await work.cases.byId(objectionId);
    if (read === null) throw new AppError('region-objection-missing');
    const decided = decide(read);
    if (decided === null) return read;
    const moves = [...read.moves, ...decided.moves];
    const changes = { ...decided.changes, ...standingOf(read, moves), moves };
    const { agreementId, peer } = read;
    const event = newEvent(work.clock, `region-objection.${decided.type}`, decided.actor, {
      agreementId,
      peer,
    });
    if (await work.cases.swap(read, changes, event)) return { ...read, ...changes };
  }
  throw new AppError('region-objection-changed');
}
