import { z } from 'zod';
import type { MessageKind } from '../link/message.ts';
import { caseFindings, caseOutcomes } from './lifecycle.ts';
import { caseGrounds } from './objection.ts';

/** All that one side can tell of a case: what it is, and its own acts. Answered by the acts of the other side. */
export const objectionKind = {
  path: '/peer/objections',
  type: 'yihao-objection+jwt',
  answerType: 'yihao-objection-answer+jwt',
  isSealed: true,
} as const satisfies MessageKind;

/** The longest text of an officer. */
export const longestText = 1000;

/** Tells whether a text can be shown to people and holds nothing unseen but ends of lines. */
export const isReadable = (text: string): boolean =>
  text.trim().length >= 1 &&
  text.length <= longestText &&
  !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(text.replaceAll('\n', ''));

const text = z.string().refine(isReadable);
const seconds = z.int().min(0);
/** A minute in Beijing: a sign-in is named by no more, as neither side keeps whose it was. */
export const signInMinute = /^\d{4}-\d\d-\d\dT\d\d:\d\d\+08:00$/;

const aboutShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('receipt'), reference: z.string().regex(/^[\w-]{43}$/) }),
  z.object({ kind: z.literal('certificate'), reference: z.string().regex(/^[\w.*-]{20,128}$/) }),
  z.object({ kind: z.literal('sign-in'), reference: z.string().regex(signInMinute) }),
]);

const moveShape = z.discriminatedUnion('act', [
  z.object({ act: z.literal('answered'), at: seconds, finding: z.enum(caseFindings), text }),
  z.object({ act: z.literal('closed'), at: seconds, outcome: z.enum(caseOutcomes), text }),
]);

const movesShape = z.array(moveShape).max(2);

export const caseShape = z.object({
  objectionId: z.string().regex(/^[\w-]{22}$/),
  agreementId: z.string().max(64),
  /** The entity identifier of who opened it. */
  opener: z.string().max(512),
  about: aboutShape,
  ground: z.enum(caseGrounds),
  text,
  openedAt: seconds,
  moves: movesShape,
});

/** What is answered: how the other side sees the case, as far as that is its own to say. */
export const heldShape = z.object({ moves: movesShape });

export type CaseMessage = z.output<typeof caseShape>;
export type ToldMove = z.output<typeof moveShape>;
