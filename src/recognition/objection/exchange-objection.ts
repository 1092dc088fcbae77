import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { type CaseMove, canFollow, inOrder } from './lifecycle.ts';
import type { CaseMessage, ToldMove } from './message.ts';
import { changeCase, sealed } from './move.ts';
import { type CaseRecord, moveContext, textContext } from './objection.ts';
import { newCase, otherPartyOf } from './open-objection.ts';
import type { CaseWork } from './ports.ts';

/** How far ahead the clock of a peer may be. */
const mostAheadSeconds = 60;

/**
 * Takes what a peer tells of a case, whose word the message it came in has proved. Each message is whole, so one that was
 * repeated or overtaken does no harm: what is known is passed over, what is new is added. Returns the case as it is then.
 * Throws region-objection-missing for one that is not theirs, agreement-missing, region-objection-conflict, -changed.
 */
export async function receiveCase(work: CaseWork, from: string, told: CaseMessage): Promise<CaseRecord> {
  const known = await work.cases.byId(told.objectionId);
  if (known === null) await addCase(work, from, told);
  // Of two that came at once the second finds what the first has added, and is compared with it.
  const held = known ?? (await work.cases.byId(told.objectionId));
  if (held?.peer !== from) throw new AppError('region-objection-missing');
  if (!isSameCase(work, held, told)) throw new AppError('region-objection-conflict');
  return await takeMoves(work, from, told.objectionId, told.moves);
}

async function addCase(work: CaseWork, from: string, told: CaseMessage): Promise<void> {
  if (told.opener !== from) throw new AppError('region-objection-missing');
  if ((await otherPartyOf(work, told.agreementId)) !== from) throw new AppError('agreement-missing');
  checkTime(work, told.openedAt);
  const { objectionId, agreementId, about, ground } = told;
  const event = newEvent(work.clock, 'region-objection.received', 'system', {
    agreementId,
    peer: from,
    ground,
  });
  const openedAt = new Date(told.openedAt * 1000);
  await work.cases.insert({
    ...newCase({ _id: objectionId, agreementId, peer: from, about, ground, openedAt }),
    side: 'answerer',
    text: work.cipher.seal(told.text, textContext(objectionId)),
    outbox: [event],
  });
}

/** What a case is about never changes. */
const isSameCase = ({ cipher, self }: CaseWork, record: CaseRecord, told: CaseMessage): boolean =>
  told.opener === (record.side === 'opener' ? self : record.peer) &&
  told.agreementId === record.agreementId &&
  told.about.kind === record.about.kind &&
  told.about.reference === record.about.reference &&
  told.ground === record.ground &&
  told.openedAt * 1000 === record.openedAt.getTime() &&
  told.text === cipher.open(record.text, textContext(record._id));

/** Adds the acts of the peer that are not here yet. Throws region-objection-missing, -conflict, -changed. */
export const takeMoves = (
  work: CaseWork,
  from: string,
  objectionId: string,
  told: readonly ToldMove[],
): Promise<CaseRecord> =>
  changeCase(work, objectionId, (record) => {
    if (record.peer !== from) throw new AppError('region-objection-missing');
    const held = toldMoves(work, record, otherSide(record));
    if (held.some((move, i) => told[i] !== undefined && !isSameMove(move, told[i])))
      throw new AppError('region-objection-conflict');
    const news = told.slice(held.length);
    const last = news.at(-1);
    if (last === undefined) return null;
    const side = otherSide(record);
    const moves: CaseMove[] = [...record.moves];
    for (const { text: _text, ...act } of news) {
      checkTime(work, act.at);
      if (!canFollow(moves, side, act)) throw new AppError('region-objection-conflict');
      moves.push({ ...act, side });
    }
    return {
      moves: news.map(({ text, ...act }) => sealed(work, objectionId, { ...act, side }, text)),
      type: `${last.act}-received`,
      actor: 'system',
    };
  });

const otherSide = ({ side }: CaseRecord): CaseRecord['side'] => (side === 'opener' ? 'answerer' : 'opener');

const isSameMove = (one: ToldMove, other: ToldMove): boolean =>
  one.at === other.at &&
  one.text === other.text &&
  (one.act === 'answered'
    ? other.act === 'answered' && one.finding === other.finding
    : other.act === 'closed' && one.outcome === other.outcome);

/** Tells the acts of one side of a case, in their order. */
export const toldMoves = (
  { cipher }: CaseWork,
  record: CaseRecord,
  of: CaseRecord['side'] = record.side,
): ToldMove[] =>
  inOrder(record.moves.filter(({ side }) => side === of)).map((move) => {
    const text = cipher.open(move.text, moveContext(record._id, move));
    const { at } = move;
    return move.act === 'answered'
      ? { act: move.act, at, finding: move.finding, text }
      : { act: move.act, at, outcome: move.outcome, text };
  });

/** Writes a case as it travels, whole, with this side's acts. */
export const messageOf = (work: CaseWork, record: CaseRecord): CaseMessage => ({
  objectionId: record._id,
  agreementId: record.agreementId,
  opener: record.side === 'opener' ? work.self : record.peer,
  about: record.about as CaseMessage['about'],
  ground: record.ground,
  text: work.cipher.open(record.text, textContext(record._id)),
  openedAt: record.openedAt.getTime() / 1000,
  moves: toldMoves(work, record),
});

const checkTime = ({ clock }: CaseWork, at: number): void => {
  if (at * 1000 > clock.now().getTime() + mostAheadSeconds * 1000)
    throw new AppError('region-objection-conflict');
};
