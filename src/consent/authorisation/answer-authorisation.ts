import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import type { AssuranceLevel } from '../../terms/assurance.ts';
import { actorOf, isOfPerson, type Person } from '../person.ts';
import type { Work } from '../ports.ts';
import { type Authorisation, type AuthorisationRecord, viewAuthorisation } from './authorisation.ts';
import { type AuthorisationAct, moveOf, stateAt } from './lifecycle.ts';
import { type CoverDraft, checkAssurance, checkNarrowing, readCovers, readUseSeconds } from './rules.ts';
import type { Changes } from './store.ts';

/** One authorisation, and who acts on it: the person whose data it is about. */
export interface OwnAuthorisation {
  person: Person;
  authorisationId: string;
}

/** What the person allows: as asked where it is left out, never more. */
export interface Approval extends OwnAuthorisation {
  covers?: readonly CoverDraft[];
  useSeconds?: number;
  matchCode?: string;
  /** How surely the person was known when signing in; the least when left out. */
  assurance?: AssuranceLevel;
}

const mostAttempts = 5;
const mostWrongCodes = 3;

/**
 * Approves a request, as asked or narrowed. A third wrong match code refuses it for good. Throws
 * authorisation-missing (also when it is another's), -closed {state}, -assurance-low {level}, -match-code {triesLeft},
 * -widened, -empty, -too-long.
 */
export async function approveAuthorisation(work: Work, approval: Approval): Promise<Authorisation> {
  return await act(work, approval, 'approve', async (read) => {
    checkAssurance(read.item, approval.assurance ?? 1);
    await checkMatchCode(work, read, approval);
    const { allowed, useSeconds } = allowedOf(read, approval);
    const now = work.clock.now();
    return { allowed, answeredAt: now, usableUntil: new Date(now.getTime() + useSeconds * 1000) };
  });
}

/** Refuses a request. Throws authorisation-missing, authorisation-closed {state}. */
export async function refuseAuthorisation(work: Work, own: OwnAuthorisation): Promise<Authorisation> {
  return await act(work, own, 'refuse', async () => ({ answeredAt: work.clock.now() }));
}

/** Withdraws an authorisation, or the request for it; the next check refuses. Throws as refuseAuthorisation does. */
export async function withdrawAuthorisation(work: Work, own: OwnAuthorisation): Promise<Authorisation> {
  return await act(work, own, 'withdraw', async () => ({ withdrawnAt: work.clock.now() }));
}

/** Reads an authorisation of the person. Throws authorisation-missing; that it is another's is not told. */
export async function ownAuthorisation(work: Work, own: OwnAuthorisation): Promise<AuthorisationRecord> {
  const record = await work.authorisations.byId(own.authorisationId);
  if (record === null || !isOfPerson(record, own.person)) throw new AppError('authorisation-missing');
  return record;
}

/** Does an act by the table of moves; one that was overtaken by another reads again and is judged anew. */
async function act(
  work: Work,
  own: OwnAuthorisation & Partial<Approval>,
  name: AuthorisationAct,
  changesOf: (read: AuthorisationRecord) => Promise<Changes>,
): Promise<Authorisation> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const read = await ownAuthorisation(work, own);
    const now = work.clock.now();
    const state = stateAt(read, now);
    const move = moveOf(state, name);
    const isRepeat = move.kind === 'repeat' && (name !== 'approve' || isSameAnswer(read, own));
    if (isRepeat) return viewAuthorisation(read, now);
    if (move.kind !== 'change') throw new AppError('authorisation-closed', { state });
    const changes = { ...(await changesOf(read)), state: move.to };
    const event = newEvent(work.clock, `authorisation.${move.to}`, actorOf(own.person), {
      requesterKind: read.requester.kind,
    });
    if (await work.authorisations.swap(read, changes, event))
      return viewAuthorisation({ ...read, ...changes }, now);
  }
  throw new AppError('storage-unavailable');
}

function allowedOf(read: AuthorisationRecord, { covers, useSeconds }: Partial<Approval>) {
  const allowed = covers === undefined ? read.asked : readCovers(covers);
  checkNarrowing(allowed, read.asked);
  // What was asked bounds the time as it bounds the fields: it is the item's longest or less.
  return { allowed, useSeconds: readUseSeconds(useSeconds ?? read.useSeconds, read.useSeconds) };
}

/** A second approval is the first one sent twice only if it allows the same for the same time. */
function isSameAnswer(read: AuthorisationRecord, approval: Partial<Approval>): boolean {
  const { allowed, useSeconds } = allowedOf(read, approval);
  const seconds = ((read.usableUntil?.getTime() ?? 0) - (read.answeredAt?.getTime() ?? 0)) / 1000;
  return useSeconds === seconds && isDeepStrictEqual(allowed, read.allowed);
}

/** Counts a wrong code before it tells so: parallel guesses meet at the compare-and-swap. */
async function checkMatchCode(
  work: Work,
  read: AuthorisationRecord,
  { matchCode, person }: Approval,
): Promise<void> {
  if (read.matchCode === undefined || read.matchCode === matchCode) return;
  const wrongCodes = read.wrongCodes + 1;
  const isLast = wrongCodes >= mostWrongCodes;
  const event = newEvent(work.clock, 'authorisation.match-code-wrong', actorOf(person), { wrongCodes });
  const changes: Changes = isLast ? { wrongCodes, state: 'refused', answeredAt: event.at } : { wrongCodes };
  if (!(await work.authorisations.swap(read, changes, event))) throw new AppError('storage-unavailable');
  throw new AppError('authorisation-match-code', { triesLeft: mostWrongCodes - wrongCodes });
}
