import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type IdentityHouse, openIdentityHouse } from '../support/identity-house.ts';

const number = '999999199001010016';
const unknown = '999999199901010089';
const password = 'correct horse battery';
const person = {
  number,
  name: '陈知远',
  phone: '19900000001',
  password,
  assurance: 3 as const,
  actor: 'test',
};

let house: IdentityHouse;
beforeEach(async () => {
  // Puzzles are bound to a sign-in at a page; here is none.
  house = await openIdentityHouse({ puzzleAfterAccount: 100 });
});
afterEach(() => house.close());

const tryPassword = (given: string, at = number, address = 'address-1') =>
  house.identity.signInWithPassword({ number: at, password: given, address });
const codeOf = async (promise: Promise<unknown>): Promise<unknown> => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown as { code: string; values: object },
  );
  return error === null ? null : { code: error.code, ...error.values };
};

describe('a password', () => {
  test('signs its account in, at the second level at most', async () => {
    const { accountId } = await house.identity.createAccount(person);
    expect(await tryPassword(password)).toEqual({ accountId, amr: ['pwd'], assurance: 2 });
  });

  test('that is wrong, and a number nobody has, are refused by the same code', async () => {
    await house.identity.createAccount(person);
    expect(await codeOf(tryPassword('wrong password'))).toEqual({ code: 'sign-in-refused' });
    expect(await codeOf(tryPassword('wrong password', unknown))).toEqual({ code: 'sign-in-refused' });
  });

  test.each([
    ['a known number', number],
    ['an unknown number', unknown],
  ])('wrong five times makes %s wait, and says how long', async (_what, at) => {
    await house.identity.createAccount(person);
    for (let i = 0; i < 5; i += 1) await codeOf(tryPassword('wrong password', at, `address-${i}`));
    house.clock.advance(10);
    expect(await codeOf(tryPassword(password, at, 'address-9'))).toEqual({
      code: 'sign-in-waits',
      waitSeconds: 20,
    });
  });

  test('works again when the wait has passed', async () => {
    await house.identity.createAccount(person);
    for (let i = 0; i < 6; i += 1) await codeOf(tryPassword('wrong password'));
    house.clock.advance(31);
    expect(await tryPassword(password)).toMatchObject({ amr: ['pwd'] });
  });

  test('that is right forgives the wrong ones before it', async () => {
    await house.identity.createAccount(person);
    for (let i = 0; i < 4; i += 1) await codeOf(tryPassword('wrong password'));
    await tryPassword(password);
    for (let i = 0; i < 4; i += 1) await codeOf(tryPassword('wrong password'));
    expect(await tryPassword(password)).toMatchObject({ amr: ['pwd'] });
  });

  test('guessed in parallel is judged five times and no more', async () => {
    await house.identity.createAccount(person);
    const codes = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        codeOf(tryPassword(`wrong password ${i}`, number, `address-${i}`)),
      ),
    );
    expect(codes.filter((code) => (code as { code: string }).code === 'sign-in-refused')).toHaveLength(5);
  });

  test('tried at many accounts from one address makes the address wait', async () => {
    await house.close();
    house = await openIdentityHouse({ triesPerAddress: 2 });
    await codeOf(tryPassword('wrong password'));
    await codeOf(tryPassword('wrong password', unknown));
    expect(await codeOf(tryPassword('wrong password', '999999200002290027'))).toEqual({
      code: 'too-many-requests',
      waitSeconds: 900,
    });
  });

  test.each([
    ['nine', '123456789', 'password-weak'],
    ['129', 'x'.repeat(129), 'password-weak'],
    ['ten Chinese', '一二三四五六七八九十', null],
  ])('of %s characters is judged by length in characters', async (_what, candidate, code) => {
    const outcome = await codeOf(house.identity.createAccount({ ...person, password: candidate }));
    expect(outcome).toEqual(code === null ? null : { code });
  });
});

describe('an account', () => {
  test('is made once for a number', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => codeOf(house.identity.createAccount(person))),
    );
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(1);
    expect(outcomes).toContainEqual({ code: 'account-exists' });
  });

  test('is kept without its number, name, phone or password in the clear', async () => {
    await house.identity.createAccount(person);
    const raw = await house.records.collection('accounts').findOne({});
    const kept = Buffer.from(JSON.stringify(raw)).toString('latin1');
    const bytes = Object.values(raw ?? {}).map((value) => Buffer.from(String(value)).toString('latin1'));
    for (const secret of [number, '陈知远', '19900000001', password])
      expect([kept, ...bytes].join('|')).not.toContain(Buffer.from(secret).toString('latin1'));
  });

  test('is opened whole for those who may read it', async () => {
    const { accountId } = await house.identity.createAccount(person);
    expect(await house.identity.findAccount(accountId)).toMatchObject({
      accountId,
      number,
      name: '陈知远',
      phone: '19900000001',
      status: 'active',
      assurance: 3,
      region: '990000',
    });
    expect(await house.identity.findAccount('nobody')).toBeNull();
  });

  test('carries what happened to it, by identifier only', async () => {
    const { accountId } = await house.identity.createAccount(person);
    await tryPassword(password);
    const raw = await house.records.collection('accounts').findOne({});
    const events = (raw?.['outbox'] ?? []) as { type: string; actor: string }[];
    expect(events.map(({ type, actor }) => [type, actor])).toEqual([
      ['account.created', 'test'],
      ['account.signed-in', accountId],
    ]);
  });

  test('and a number that nobody has leave the same trace of a wrong password, in the same place', async () => {
    const { accountId } = await house.identity.createAccount(person);
    await codeOf(tryPassword('wrong password'));
    await codeOf(tryPassword('wrong password', unknown));
    const kept = await house.records.collection('signintries').find({}).toArray();
    const events = kept.flatMap(({ outbox }) => outbox as { type: string; actor: string }[]);
    expect(events.map(({ type, actor }) => [type, actor]).sort()).toEqual(
      [
        ['account.sign-in-refused', accountId],
        ['account.sign-in-refused', 'nobody'],
      ].sort(),
    );
  });

  test('that is suspended says so only after the right password', async () => {
    await house.identity.createAccount(person);
    await house.records.collection('accounts').updateOne({}, { $set: { status: 'suspended' } });
    expect(await codeOf(tryPassword('wrong password'))).toEqual({ code: 'sign-in-refused' });
    expect(await codeOf(tryPassword(password))).toEqual({ code: 'account-not-active' });
  });
});
