import type { DomainEvent } from '../../base/event.ts';
import type { FieldCipher } from '../../crypto/index.ts';
import type { Person } from '../person.ts';
import type { ObjectionState } from './objection-lifecycle.ts';

/** What the citizen says is wrong with a use; a design of this project, as no list of reasons was found. */
export const objectionReasons = ['not-me', 'not-allowed', 'beyond-purpose', 'wrong-data', 'other'] as const;
export type ObjectionReason = (typeof objectionReasons)[number];

/** One step of a case: who brought it into a state and when, with an answer at its end. */
export interface ObjectionStep {
  state: ObjectionState;
  at: Date;
  /** An officer, an account, or `holder`. */
  actor: string;
  /** Sealed. */
  answer?: Buffer;
}

/** An objection to a use (用证异议): a case on one access row. What either side writes is sealed. */
export interface ObjectionRecord extends Person {
  _id: string;
  accessId: string;
  /** The row's identifier while the case is open, its own once closed: being unique it lets one be open a row. */
  openSlot: string;
  reason: ObjectionReason;
  text: Buffer;
  state: ObjectionState;
  history: ObjectionStep[];
  openedAt: Date;
  version: number;
  outbox: DomainEvent[];
}

/** A case as its person and the officers on it see it, opened. */
export interface Objection {
  objectionId: string;
  accessId: string;
  reason: ObjectionReason;
  text: string;
  state: ObjectionState;
  openedAt: Date;
  history: (Omit<ObjectionStep, 'answer'> & { answer: string | null })[];
}

/** Binds the sealed text to its case. */
export const textContext = (objectionId: string): string => `objections.text:${objectionId}`;

/** Binds a sealed answer to its case and the step it stands in. */
export const answerContext = (objectionId: string, state: ObjectionState): string =>
  `objections.answer.${state}:${objectionId}`;

/** Opens a case. */
export function viewObjection(cipher: FieldCipher, record: ObjectionRecord): Objection {
  const { _id, accessId, reason, state, openedAt, history } = record;
  return {
    objectionId: _id,
    accessId,
    reason,
    text: cipher.open(record.text, textContext(_id)),
    state,
    openedAt,
    history: history.map(({ answer, ...step }) => ({
      ...step,
      answer: answer === undefined ? null : cipher.open(answer, answerContext(_id, step.state)),
    })),
  };
}
