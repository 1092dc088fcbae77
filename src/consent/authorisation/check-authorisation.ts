import { serves, type TrustLevel } from '../../terms/trust-level.ts';
import { limitOf, mapPage, mergePage, type Page, type PageRequest, positionOf } from '../page.ts';
import { isOfPerson, type Person } from '../person.ts';
import type { Work } from '../ports.ts';
import { type OwnAuthorisation, ownAuthorisation } from './answer-authorisation.ts';
import { type Authorisation, type AuthorisationRecord, viewAuthorisation } from './authorisation.ts';
import { type AuthorisationState, stateAt } from './lifecycle.ts';
import { isCovered, type ReadAsked } from './rules.ts';

/** A read about to happen on the strength of an authorisation. */
export interface AuthorisationQuestion extends ReadAsked {
  authorisationId: string;
  /** Identifier of who is going to read. */
  requesterId: string;
  /** Whose certificate it is: what one person allowed opens nothing of another. */
  person: Person;
  /** How far the certificate can be trusted: one allowed by its type may be below what the item needs. */
  trustLevel: TrustLevel;
  /** The instant asked about; now when left out. */
  at?: Date;
}

/** Why a read is not allowed. */
export type CheckRefusal =
  | Exclude<AuthorisationState, 'approved'>
  | 'unknown'
  | 'other-requester'
  | 'other-person'
  | 'not-covered'
  | 'trust-low';

/** The answer: until when the read is allowed and for what, or why it is not. */
export type AuthorisationCheck =
  | { kind: 'allowed'; usableUntil: Date; itemCode: string; purpose: string }
  | { kind: 'refused'; reason: CheckRefusal };

/** Checks a read against an authorisation as it stands in the storage, so a withdrawal holds from the next check on. */
export async function checkAuthorisation(
  work: Work,
  question: AuthorisationQuestion,
): Promise<AuthorisationCheck> {
  const record = await work.authorisations.byId(question.authorisationId);
  return decideCheck(record, question, question.at ?? work.clock.now());
}

/** Decides a check; a requester to whom it was not given is told nothing of how it stands. */
export function decideCheck(
  record: AuthorisationRecord | null,
  question: Omit<AuthorisationQuestion, 'authorisationId' | 'at'>,
  now: Date,
): AuthorisationCheck {
  if (record === null) return { kind: 'refused', reason: 'unknown' };
  if (record.requester.id !== question.requesterId) return { kind: 'refused', reason: 'other-requester' };
  if (!isOfPerson(record, question.person)) return { kind: 'refused', reason: 'other-person' };
  const state = stateAt(record, now);
  if (state !== 'approved' || record.usableUntil === undefined)
    return { kind: 'refused', reason: state === 'approved' ? 'expired' : state };
  if (!isCovered(record.allowed, question)) return { kind: 'refused', reason: 'not-covered' };
  const { usableUntil, item, purpose } = record;
  const minimum = item.needs?.find(({ typeCode }) => typeCode === question.typeCode)?.minimumTrust;
  if (minimum !== undefined && !serves({ held: question.trustLevel, minimum, crossesRegion: false }))
    return { kind: 'refused', reason: 'trust-low' };
  return { kind: 'allowed', usableUntil, itemCode: item.code, purpose };
}

/** Shows one authorisation to its person. Throws authorisation-missing. */
export async function findAuthorisation(work: Work, own: OwnAuthorisation): Promise<Authorisation> {
  return viewAuthorisation(await ownAuthorisation(work, own), work.clock.now());
}

/** Shows a requester how its request stands; null when there is none of that requester. */
export async function pollAuthorisation(
  work: Work,
  { authorisationId, requesterId }: { authorisationId: string; requesterId: string },
): Promise<Authorisation | null> {
  const record = await work.authorisations.byId(authorisationId);
  return record?.requester.id === requesterId ? viewAuthorisation(record, work.clock.now()) : null;
}

/** Lists the authorisations of a person, newest request first. Throws consent-page-invalid, consent-field-invalid. */
export async function listAuthorisations(
  work: Work,
  person: Person,
  request: PageRequest = {},
): Promise<Page<Authorisation>> {
  const limit = limitOf(request);
  const lists = await work.authorisations.page(person, positionOf(request), limit + 1);
  const now = work.clock.now();
  const page = mergePage(lists, ({ requestedAt }) => requestedAt, limit);
  return mapPage(page, (record) => viewAuthorisation(record, now));
}
