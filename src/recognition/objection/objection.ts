import type { DomainEvent } from '../../base/event.ts';
import type { FieldCipher } from '../../crypto/index.ts';
import type { CalendarDate } from '../../terms/calendar-date.ts';
import type { Delay } from '../agreement/delivery.ts';
import {
  type CaseMove,
  type CaseSide,
  type CaseState,
  caseStateOf,
  dueOnOf,
  inOrder,
  isOverdue,
} from './lifecycle.ts';

/** What a case can be about: a receipt by the hash of its question, a certificate, or a sign-in by its time. */
export const caseSubjects = ['receipt', 'certificate', 'sign-in'] as const;
export type CaseSubject = (typeof caseSubjects)[number];

/** What is wrong, in the words both sides sort cases by; a design of this project. */
export const caseGrounds = ['wrong-answer', 'not-covered', 'no-consent', 'wrong-person', 'other'] as const;
export type CaseGround = (typeof caseGrounds)[number];

/** What a case is about, as it travels. */
export interface CaseAbout {
  kind: CaseSubject;
  reference: string;
}

/** An act as it is kept; what an officer wrote is sealed. */
export type StoredMove = CaseMove & { text: Buffer };

/** A case between two regions (异议): one side objects, the other answers by a day, either closes. */
export interface CaseRecord {
  _id: string;
  agreementId: string;
  /** The entity identifier of the other region. */
  peer: string;
  /** Which side this region is. */
  side: CaseSide;
  about: CaseAbout;
  ground: CaseGround;
  /** Sealed: officers write of people. */
  text: Buffer;
  openedAt: Date;
  dueOn: CalendarDate;
  moves: StoredMove[];
  state: CaseState;
  /** Where lists have it: those that wait for an answer by their last day, so that the overdue come first. */
  place: string;
  /** When it was noted that the answer is late; null until then. */
  overdueAt: Date | null;
  /** The citizen's objection here that it passes on; it stays here. */
  citizenObjectionId: string | null;
  /** Whether the peer has not yet said that it holds all that was written here. */
  undelivered: boolean;
  delay: Delay | null;
  version: number;
  outbox: DomainEvent[];
}

/** A case as officers see it, opened. */
export interface RegionObjection
  extends Pick<
    CaseRecord,
    | 'agreementId'
    | 'peer'
    | 'side'
    | 'about'
    | 'ground'
    | 'openedAt'
    | 'dueOn'
    | 'state'
    | 'citizenObjectionId'
  > {
  objectionId: string;
  text: string;
  isOverdue: boolean;
  isDelivered: boolean;
  /** In the order of their times. */
  moves: (CaseMove & { text: string })[];
}

/** Binds the sealed text to its case. */
export const textContext = (objectionId: string): string => `regionobjections.text:${objectionId}`;

/** Binds what was written with an act to its case, side and act. */
export const moveContext = (objectionId: string, { side, act }: CaseMove): string =>
  `regionobjections.${side}.${act}:${objectionId}`;

const ranks: Readonly<Record<CaseState, number>> = { open: 1, answered: 2, closed: 3 };

/** Works out what lists go by, of the acts. */
export const standingOf = (
  { _id, openedAt }: Pick<CaseRecord, '_id' | 'openedAt'>,
  moves: readonly CaseMove[],
): Pick<CaseRecord, 'state' | 'place' | 'dueOn'> => {
  const state = caseStateOf(moves);
  const dueOn = dueOnOf(openedAt);
  return { state, dueOn, place: `${ranks[state]} ${dueOn} ${_id}` };
};

/** Opens a case. */
export function viewCase(cipher: FieldCipher, record: CaseRecord, now: Date): RegionObjection {
  const { _id, agreementId, peer, side, about, ground, openedAt, dueOn, state, citizenObjectionId } = record;
  return {
    objectionId: _id,
    agreementId,
    peer,
    side,
    about,
    ground,
    openedAt,
    dueOn,
    state,
    citizenObjectionId,
    text: cipher.open(record.text, textContext(_id)),
    isOverdue: isOverdue(record, now),
    isDelivered: !record.undelivered,
    moves: inOrder(record.moves).map((move) => ({
      ...move,
      text: cipher.open(move.text, moveContext(_id, move)),
    })),
  };
}
