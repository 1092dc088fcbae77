import { describe, expect, test } from '@jest/globals';
import {
  type AuthorisationState,
  moveOf,
  moves,
  stateAt,
} from '../../src/consent/authorisation/lifecycle.ts';
import { isClosed, objectionMoves } from '../../src/consent/response/objection-lifecycle.ts';

const acts = ['approve', 'refuse', 'withdraw'] as const;
const outcome = (state: AuthorisationState): string[] =>
  acts.map((act) => {
    const move = moveOf(state, act);
    return move.kind === 'change' ? move.to : move.kind;
  });

describe('the acts on a use authorisation', () => {
  test.each<[AuthorisationState, string[]]>([
    ['pending', ['approved', 'refused', 'withdrawn']],
    ['approved', ['repeat', 'refused', 'withdrawn']],
    ['refused', ['refused', 'repeat', 'refused']],
    ['withdrawn', ['refused', 'refused', 'repeat']],
    ['lapsed', ['refused', 'refused', 'refused']],
    ['expired', ['refused', 'refused', 'refused']],
  ])('in state %s come to %j', (state, expected) => {
    expect(outcome(state)).toEqual(expected);
  });

  test('never lead out of an end', () => {
    for (const state of ['refused', 'withdrawn', 'lapsed', 'expired'] as const)
      expect(moves[state]).toEqual({});
  });

  test('leave time to make the rest: a state ends at its instant, not after', () => {
    const answerBy = new Date('2026-11-24T04:00:00Z');
    const before = new Date('2026-11-24T03:59:59.999Z');
    expect(stateAt({ state: 'pending', answerBy }, before)).toBe('pending');
    expect(stateAt({ state: 'pending', answerBy }, answerBy)).toBe('lapsed');
    expect(stateAt({ state: 'approved', answerBy: before, usableUntil: answerBy }, before)).toBe('approved');
    expect(stateAt({ state: 'approved', answerBy: before, usableUntil: answerBy }, answerBy)).toBe('expired');
    expect(stateAt({ state: 'approved', answerBy }, before)).toBe('expired');
    expect(stateAt({ state: 'withdrawn', answerBy: before, usableUntil: before }, answerBy)).toBe(
      'withdrawn',
    );
  });
});

test('an objection is decided after a review only, and its ends are ends', () => {
  expect(Object.keys(objectionMoves.opened)).toEqual(['review', 'withdraw']);
  expect(Object.keys(objectionMoves.underReview)).toEqual(['uphold', 'reject', 'withdraw']);
  const states = Object.keys(objectionMoves) as (keyof typeof objectionMoves)[];
  expect(states.filter(isClosed)).toEqual(['upheld', 'rejected', 'withdrawn']);
});
