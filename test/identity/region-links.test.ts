import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoPeople } from '../../config/demo/people.ts';
import type { LinkedSignIn } from '../../src/identity/index.ts';
import { type IdentityHouse, openIdentityHouse } from '../support/identity-house.ts';

let house: IdentityHouse;
let subject = 0;
let next = 0;
beforeAll(async () => {
  house = await openIdentityHouse();
});
afterAll(() => house.close());

/** A person of this region with an account of a level. */
const addPerson = async (assurance: 1 | 2 | 3 = 2) => {
  const { number, name, phone } = demoPeople[next++] ?? { number: '', name: '', phone: '' };
  const input = { number, name, phone, password: 'correct horse battery', assurance, actor: 'test' };
  return { ...(await house.identity.createAccount(input)), number, name, phone };
};

/** A sign-in at home of somebody who was not here before. */
const signInOf = (claims: LinkedSignIn['claims'] = {}): LinkedSignIn => ({
  issuer: 'https://id.b.example',
  subject: `s${subject++}`,
  claims,
  agreementId: 'agr_1',
  amr: ['pwd'],
  assurance: 2,
});
const linksOf = (accountId: string) => house.identity.listRegionLinks(accountId);

/** What waits for the audit relay about a guest. */
const eventsOf = async (guestId: string) => {
  const waiting = await Promise.all(house.identity.outboxes.map((outbox) => outbox.next(100)));
  return waiting.flat().flatMap(({ recordId, events }) => (recordId === guestId ? events : []));
};

describe('a guest whose home region released their number', () => {
  test('is linked to the account that has it, once and told once, and stays a guest', async () => {
    const { accountId, number } = await addPerson();
    const signIn = signInOf({ id_number: number });
    const first = await house.identity.signInLinked(signIn);
    expect(first).toMatchObject({
      linkedTo: accountId,
      assurance: 2,
      accountId: expect.stringMatching(/^linked_/),
    });
    expect((await house.identity.signInLinked(signIn)).linkedTo).toBeNull();
    expect(await linksOf(accountId)).toMatchObject([
      { guestId: first.accountId, issuer: signIn.issuer, by: 'number', lastSignInAt: house.clock.now() },
    ]);
    expect((await house.identity.findAccount(accountId))?.assurance).toBe(2);
  });

  test('is not linked to an account that is known more surely, but by two sign-ins it is', async () => {
    const { accountId, number } = await addPerson(3);
    const signIn = signInOf({ id_number: number });
    expect((await house.identity.signInLinked(signIn)).linkedTo).toBeNull();
    await house.identity.linkRegion({ accountId, assurance: 2, signIn });
    expect(await linksOf(accountId)).toMatchObject([{ by: 'sign-in' }]);
  });

  test('is not linked again once the person unlinked it, but by two sign-ins it is', async () => {
    const { accountId, number } = await addPerson();
    const signIn = signInOf({ id_number: number });
    const { accountId: guestId } = await house.identity.signInLinked(signIn);
    await house.identity.unlinkRegion({ accountId, guestId });
    expect((await house.identity.signInLinked(signIn)).linkedTo).toBeNull();
    await expect(house.identity.unlinkRegion({ accountId, guestId })).rejects.toMatchObject({
      code: 'region-link-missing',
    });
    await house.identity.linkRegion({ accountId, assurance: 2, signIn });
    expect((await linksOf(accountId)).map(({ by }) => by)).toEqual(['sign-in']);
    const linking = (await eventsOf(guestId)).filter(({ type }) => type.startsWith('account.region-'));
    expect(linking.map(({ type, actor, detail }) => [type, actor, detail])).toEqual([
      ['account.region-linked', accountId, { guest: guestId, by: 'number' }],
      ['account.region-unlinked', accountId, { guest: guestId }],
      ['account.region-linked', accountId, { guest: guestId, by: 'sign-in' }],
    ]);
  });
});

describe('a guest', () => {
  test('of the same name and telephone is linked to nobody', async () => {
    const { accountId, name, phone } = await addPerson();
    const signIn = signInOf({ name, phone_number: phone });
    expect((await house.identity.signInLinked(signIn)).linkedTo).toBeNull();
    expect(await linksOf(accountId)).toEqual([]);
  });

  test('is not linked by a sign-in here below the second level, nor to another guest, nor from its owner', async () => {
    const [one, other] = [await addPerson(), await addPerson()];
    const signIn = signInOf();
    const low = { code: 'region-link-level' };
    await expect(house.identity.linkRegion({ ...one, assurance: 1, signIn })).rejects.toMatchObject(low);
    const { accountId } = await house.identity.signInLinked(signInOf());
    await expect(house.identity.linkRegion({ accountId, assurance: 3, signIn })).rejects.toMatchObject(low);
    await house.identity.linkRegion({ ...one, assurance: 2, signIn });
    await house.identity.linkRegion({ ...one, assurance: 2, signIn });
    await expect(house.identity.linkRegion({ ...other, assurance: 2, signIn })).rejects.toMatchObject({
      code: 'region-link-taken',
    });
    expect(await linksOf(one.accountId)).toHaveLength(1);
  });
});
