import { beforeEach, describe, expect, test } from '@jest/globals';
import type { KnownPerson, SignInAttempt } from '../../config/demo/site-client.ts';
import { SiteSessions } from '../../config/demo/site-sessions.ts';

const person = (subject: string, sid: string): KnownPerson => ({
  subject,
  sid,
  name: null,
  phone: null,
  signedInAt: null,
  acr: null,
  idToken: 'token',
  allowed: null,
});
const attempt = (state: string): SignInAttempt => ({ state }) as SignInAttempt;

let now: Date;
let sessions: SiteSessions;
beforeEach(() => {
  now = new Date('2026-06-01T00:00:00Z');
  sessions = new SiteSessions({ now: () => now });
});

describe('a demo site’s sessions', () => {
  test('last two hours', () => {
    const { id } = sessions.open(person('a', '1'));
    now = new Date('2026-06-01T01:59:59Z');
    expect(sessions.find(id)?.person?.subject).toBe('a');
    now = new Date('2026-06-01T02:00:00Z');
    expect(sessions.find(id)).toBeNull();
  });

  test('hand out a sign-in under way once, and only to the browser that began it', () => {
    const mine = sessions.open();
    const other = sessions.open();
    sessions.remember(mine, attempt('s'));
    expect(sessions.takeAttempt(other, 's')).toBeNull();
    expect(sessions.takeAttempt(mine, null)).toBeNull();
    expect(sessions.takeAttempt(mine, 's')).toEqual(attempt('s'));
    expect(sessions.takeAttempt(mine, 's')).toBeNull();
  });

  test('remember five sign-ins under way, the newest', () => {
    const session = sessions.open();
    for (const state of ['1', '2', '3', '4', '5', '6']) sessions.remember(session, attempt(state));
    expect([...session.attempts.keys()]).toEqual(['2', '3', '4', '5', '6']);
  });

  test('end by the one sign-in a notice names', () => {
    const first = sessions.open(person('a', '1'));
    const second = sessions.open(person('a', '2'));
    sessions.endNamed({ sid: '1', sub: 'a' });
    expect(sessions.find(first.id)).toBeNull();
    expect(sessions.find(second.id)).not.toBeNull();
  });

  test('end all of a person’s when a notice names no sign-in, and nobody else’s', () => {
    const first = sessions.open(person('a', '1'));
    const second = sessions.open(person('a', '2'));
    const other = sessions.open(person('b', '3'));
    sessions.endNamed({ sid: null, sub: 'a' });
    expect([first, second, other].map(({ id }) => sessions.find(id) !== null)).toEqual([false, false, true]);
  });
});
