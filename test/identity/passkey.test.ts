import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type IdentityHouse, openIdentityHouse, site } from '../support/identity-house.ts';
import {
  type AnswerChange,
  createAuthenticator,
  type SoftwareAuthenticator,
} from '../support/virtual-authenticator.ts';

const person = { number: '999999199001010016', name: '陈知远', assurance: 2 as const, actor: 'test' };
const address = 'address-1';

let house: IdentityHouse;
let accountId: string;
let device: SoftwareAuthenticator;

beforeEach(async () => {
  house = await openIdentityHouse();
  ({ accountId } = await house.identity.createAccount(person));
  device = createAuthenticator(site);
});
afterEach(() => house.close());

const register = async (with_ = device, change: AnswerChange = {}) => {
  const options = await house.identity.beginPasskeyRegistration({ accountId, binding: 'b' });
  const response = with_.register(options, change);
  return house.identity.finishPasskeyRegistration({ accountId, binding: 'b', response, name: '我的手机' });
};
const signIn = async (change: AnswerChange = {}, with_ = device) => {
  const options = await house.identity.beginPasskeySignIn({ binding: 'b' });
  const response = with_.assert(options, change);
  return house.identity.finishPasskeySignIn({ binding: 'b', response, address });
};
const refused = (code: string) => expect.objectContaining({ code });

describe('a passkey', () => {
  test('is added and signs its account in', async () => {
    await register();
    expect(await signIn()).toEqual({ accountId, amr: ['hwk', 'user', 'mfa'], assurance: 2 });
    expect(await house.identity.listPasskeys(accountId)).toMatchObject([
      { credentialId: device.credentialId, name: '我的手机', lastUsedAt: house.clock.now() },
    ]);
  });

  test('is one of several of an account, each found by itself', async () => {
    const second = createAuthenticator(site);
    await register();
    await register(second);
    expect((await signIn({}, second)).accountId).toBe(accountId);
    expect((await signIn()).accountId).toBe(accountId);
  });

  test('is offered with masked name and number only', async () => {
    const options = await house.identity.beginPasskeyRegistration({ accountId, binding: 'b' });
    expect(options.user.name).toBe('**远 9****************6');
    expect(options.authenticatorSelection).toMatchObject({
      residentKey: 'required',
      userVerification: 'required',
    });
  });

  test('cannot be added twice', async () => {
    await register();
    await expect(register()).rejects.toEqual(refused('passkey-duplicate'));
  });

  test.each<[string, AnswerChange]>([
    ['another origin', { origin: 'https://evil.example' }],
    ['another relying party', { rpId: 'evil.example' }],
    ['no user verification', { userVerified: false }],
    ['another challenge', { challenge: 'AAAA' }],
  ])('answering with %s is refused, at registration and at sign-in', async (_what, change) => {
    await expect(register(device, change)).rejects.toEqual(refused('passkey-refused'));
    await register();
    await expect(signIn(change)).rejects.toEqual(refused('passkey-refused'));
  });

  test('that nobody registered is refused', async () => {
    await expect(signIn()).rejects.toEqual(refused('passkey-refused'));
  });

  test.each([null, 'text', {}, { id: 1 }, { id: 'x', rawId: 'x', type: 'public-key', response: {} }])(
    'answering with %j is refused',
    async (response) => {
      await house.identity.beginPasskeySignIn({ binding: 'b' });
      await expect(house.identity.finishPasskeySignIn({ binding: 'b', response, address })).rejects.toEqual(
        refused('passkey-refused'),
      );
    },
  );

  test('of a suspended account is refused', async () => {
    await register();
    await house.records.collection('accounts').updateOne({}, { $set: { status: 'suspended' } });
    await expect(signIn()).rejects.toEqual(refused('account-not-active'));
  });
});

describe('a challenge', () => {
  test('serves one try, whatever comes of it', async () => {
    await register();
    const options = await house.identity.beginPasskeySignIn({ binding: 'b' });
    const response = device.assert(options);
    await house.identity.finishPasskeySignIn({ binding: 'b', response, address });
    await expect(house.identity.finishPasskeySignIn({ binding: 'b', response, address })).rejects.toEqual(
      refused('passkey-challenge-expired'),
    );
  });

  test('is void after five minutes', async () => {
    await register();
    const options = await house.identity.beginPasskeySignIn({ binding: 'b' });
    house.clock.advance(301);
    const response = device.assert(options);
    await expect(house.identity.finishPasskeySignIn({ binding: 'b', response, address })).rejects.toEqual(
      refused('passkey-challenge-expired'),
    );
  });

  test('of one interaction does not serve another', async () => {
    await register();
    const options = await house.identity.beginPasskeySignIn({ binding: 'one' });
    await house.identity.beginPasskeySignIn({ binding: 'two' });
    const response = device.assert(options);
    await expect(house.identity.finishPasskeySignIn({ binding: 'two', response, address })).rejects.toEqual(
      refused('passkey-refused'),
    );
  });
});

describe('a counter', () => {
  test('that stands still or falls back betrays a copy: refused, and noted', async () => {
    await register();
    await signIn({ counter: 7 });
    await expect(signIn({ counter: 7 })).rejects.toEqual(refused('passkey-refused'));
    await expect(signIn({ counter: 3 })).rejects.toEqual(refused('passkey-refused'));
    const raw = await house.records.collection('passkeys').findOne({});
    const types = ((raw?.['outbox'] ?? []) as { type: string }[]).map(({ type }) => type);
    expect(types.filter((type) => type === 'passkey.clone-suspected')).toHaveLength(2);
    expect(raw?.['counter']).toBe(7);
  });

  test('that is not kept (synced passkeys) stays at nought and works', async () => {
    const synced = createAuthenticator(site, { counts: false });
    await register(synced);
    await signIn({}, synced);
    expect((await signIn({}, synced)).accountId).toBe(accountId);
  });

  test('answered twice at once lets one through', async () => {
    await register();
    const attempts = await Promise.allSettled(
      ['one', 'two', 'three'].map(async (binding) => {
        const options = await house.identity.beginPasskeySignIn({ binding });
        const response = device.assert(options, { counter: 9 });
        return house.identity.finishPasskeySignIn({ binding, response, address });
      }),
    );
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
