import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { addNotice } from '../notice/notices.ts';
import { limitOf, mapPage, mergePage, type Page, type PageRequest, positionOf } from '../page.ts';
import { actorOf, isOfPerson, type Person } from '../person.ts';
import type { Work } from '../ports.ts';
import { readSealedText } from '../text.ts';
import { answerContext, type Objection, type ObjectionRecord, viewObjection } from './objection.ts';
import { isClosed, type ObjectionAct, type ObjectionState, objectionMoves } from './objection-lifecycle.ts';
import type { Changes } from './store.ts';

/** One case and the officer on it; whether the officer may is the caller's to know. */
export interface OfficersObjection {
  objectionId: string;
  officerId: string;
}

/** What an officer decides, and the answer the citizen reads. */
export interface ObjectionDecision extends OfficersObjection {
  decision: 'upheld' | 'rejected';
  answer: string;
}

const longestAnswer = 1000;
const mostAttempts = 5;

/** Takes a case under review. Throws objection-missing, -own-access, objection-state {state}. */
export async function reviewObjection(work: Work, given: OfficersObjection): Promise<Objection> {
  await checkOfficer(work, given);
  return await act(work, given.objectionId, 'review', given.officerId, null);
}

/** Decides a case under review. Throws objection-missing, -own-access, objection-state {state}, consent-field-invalid. */
export async function decideObjection(work: Work, given: ObjectionDecision): Promise<Objection> {
  const answer = readSealedText(given.answer, 'answer', longestAnswer);
  await checkOfficer(work, given);
  const name = given.decision === 'upheld' ? 'uphold' : 'reject';
  const decided = await act(work, given.objectionId, name, given.officerId, answer);
  const record = await existing(work, given.objectionId);
  if (record.accountId !== undefined)
    await addNotice(work, { accountId: record.accountId, kind: 'objection-answered', values: {} });
  return decided;
}

/** Withdraws a case of the person. Throws objection-missing (also when it is another's), objection-state {state}. */
export async function withdrawObjection(
  work: Work,
  { person, objectionId }: { person: Person; objectionId: string },
): Promise<Objection> {
  const read = await existing(work, objectionId);
  if (!isOfPerson(read, person)) throw new AppError('objection-missing');
  return await act(work, objectionId, 'withdraw', actorOf(person), null);
}

/** Lists the cases of a state for those who decide, newest first. Throws consent-page-invalid. */
export async function listObjectionsByState(
  work: Work,
  state: ObjectionState,
  request: PageRequest = {},
): Promise<Page<Objection>> {
  const limit = limitOf(request);
  const list = await work.responses.objectionsByState(state, positionOf(request), limit + 1);
  const page = mergePage([list], ({ openedAt }) => openedAt, limit);
  return mapPage(page, (record) => viewObjection(work.cipher, record));
}

async function existing(work: Work, objectionId: string): Promise<ObjectionRecord> {
  const record = await work.responses.objectionById(objectionId);
  if (record === null) throw new AppError('objection-missing');
  return record;
}

/** Refuses the officer whose own reading is objected to. Throws objection-missing, objection-own-access. */
async function checkOfficer(work: Work, { objectionId, officerId }: OfficersObjection): Promise<void> {
  const { accessId } = await existing(work, objectionId);
  const row = await work.ledger.byId(accessId);
  if (row?.reader.kind === 'officer' && row.reader.id === officerId)
    throw new AppError('objection-own-access');
}

/** Does an act by the table of moves; one that was overtaken by another reads again and is judged anew. */
async function act(
  work: Work,
  objectionId: string,
  name: ObjectionAct,
  actor: string,
  answer: string | null,
): Promise<Objection> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const read = await existing(work, objectionId);
    const state = objectionMoves[read.state][name];
    if (state === undefined) throw new AppError('objection-state', { state: read.state });
    const event = newEvent(work.clock, `objection.${state}`, actor, { accessId: read.accessId });
    const sealed = answer === null ? null : work.cipher.seal(answer, answerContext(objectionId, state));
    const step = { state, at: event.at, actor, ...(sealed === null ? {} : { answer: sealed }) };
    const changes: Changes = {
      state,
      history: [...read.history, step],
      ...(isClosed(state) ? { openSlot: objectionId } : {}),
    };
    if (await work.responses.swapObjection(read, changes, event))
      return viewObjection(work.cipher, { ...read, ...changes });
  }
  throw new AppError('storage-unavailable');
}
