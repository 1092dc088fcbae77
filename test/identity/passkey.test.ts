import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { demoPeople } from '../../config/demo/people.ts';
import type { AppError } from '../../src/base/error.ts';
import { type PasskeyPolicy, PasskeyPolicyError, parsePasskeyPolicy } from '../../src/identity/index.ts';
import { makeCertificate } from '../support/attestation.ts';
import { type IdentityHouse, openIdentityHouse, site } from '../support/identity-house.ts';
import {
  type AnswerChange,
  createAuthenticator,
  type Maker,
  type SoftwareAuthenticator,
} from '../support/virtual-authenticator.ts';

const person = { number: '999999199001010016', name: '陈知远', assurance: 2 as const, actor: 'test' };
const address = 'address-1';

let house: IdentityHouse;
let accountId: string;
let device: SoftwareAuthenticator;

const setUp = async (): Promise<void> => {
  house = await openIdentityHouse();
  ({ accountId } = await house.identity.createAccount(person));
  device = createAuthenticator(site);
};
const tearDown = (): Promise<void> => house.close();

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
  beforeEach(setUp);
  afterEach(tearDown);

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
  beforeEach(setUp);
  afterEach(tearDown);

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
  beforeEach(setUp);
  afterEach(tearDown);

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

describe('a passkey of a maker', () => {
  const certified = '11111111-2222-4333-8444-555555555555';
  const ordinary = '11111111-2222-4333-8444-666666666666';
  const refusedModel = '11111111-2222-4333-8444-777777777777';
  const root = makeCertificate('Example Root');
  const issuer = { common: 'Example Root', privateKey: root.privateKey };
  const genuine = makeCertificate('Example Key', issuer);
  const stranger = { ...issuer, privateKey: makeCertificate('Example Root').privateKey };
  const models = [
    { aaguid: certified, name: 'Example Key 1', use: 'hardware', roots: [root.pem] },
    { aaguid: ordinary, name: 'Example Phone', use: 'ordinary', roots: [root.pem] },
    { aaguid: refusedModel, name: 'Example Key 0', use: 'refused' },
  ];
  const policyOf = (file: object): PasskeyPolicy => parsePasskeyPolicy(JSON.stringify(file));
  const policy = { ...policyOf({ models }) };
  let people = 0;

  beforeAll(async () => {
    house = await openIdentityHouse({}, { passkeyPolicy: policy, hardwareKeys: 'attested' });
  });
  afterAll(tearDown);
  beforeEach(async () => {
    const { number, name } = demoPeople[people++] ?? person;
    const known = { number, name, assurance: 3 as const, actor: 'test' };
    ({ accountId } = await house.identity.createAccount(known));
    Object.assign(policy, policyOf({ models }));
  });

  const use = async (maker: Maker, synced = false) => {
    device = createAuthenticator(site, { maker, synced });
    await register(device);
    const { amr, assurance } = await signIn();
    return [assurance, ...amr];
  };

  test('is asked whose it is, and reaches the fourth level when its certificate ends at the root', async () => {
    const options = await house.identity.beginPasskeyRegistration({ accountId, binding: 'b' });
    expect(options.attestation).toBe('direct');
    expect(await use({ aaguid: certified, attests: genuine })).toEqual([4, 'hwk', 'user', 'mfa']);
  });

  test.each<[string, Maker & { synced?: boolean }]>([
    ['says so without proof', { aaguid: certified }],
    ['ends at another root', { aaguid: certified, attests: makeCertificate('Example Key', stranger) }],
    ['is proven to be ordinary', { aaguid: ordinary, attests: genuine }],
    [
      'is of a model that is not listed',
      { aaguid: '99999999-2222-4333-8444-555555555555', attests: genuine },
    ],
    ['is synced between devices', { aaguid: certified, attests: genuine, synced: true }],
  ])('that %s is taken, and stays at the third', async (_what, { synced = false, ...maker }) => {
    expect(await use(maker, synced)).toEqual([3, 'swk', 'user', 'mfa']);
  });

  test('whose signature is not of its certificate is refused', async () => {
    const attests = { ...genuine, privateKey: root.privateKey };
    await expect(use({ aaguid: certified, attests })).rejects.toEqual(refused('passkey-refused'));
  });

  test('of a model that is refused is not added, with words that say so', async () => {
    const error = await use({ aaguid: refusedModel, attests: genuine }).catch((thrown: AppError) => thrown);
    expect(error).toEqual(refused('passkey-model-refused'));
    expect((error as AppError).text('zh')).toContain('不接受这种型号');
    expect(await house.identity.listPasskeys(accountId)).toEqual([]);
  });

  test('counts at each use as the policy of that day has it', async () => {
    expect((await use({ aaguid: certified, attests: genuine }))[0]).toBe(4);
    const [model] = models;
    const other = makeCertificate('Example Root');
    Object.assign(policy, policyOf({ models: [{ ...model, roots: [other.pem] }], unproven: 'one-factor' }));
    expect(await signIn()).toMatchObject({ amr: ['swk', 'user'], assurance: 2 });
    Object.assign(policy, policyOf({ models: [{ ...model, use: 'refused' }] }));
    await expect(signIn()).rejects.toEqual(refused('passkey-model-refused'));
  });

  test('has its model told, and for its name when none was typed', async () => {
    device = createAuthenticator(site, { maker: { aaguid: ordinary } });
    const options = await house.identity.beginPasskeyRegistration({ accountId, binding: 'b' });
    const response = device.register(options);
    await house.identity.finishPasskeyRegistration({ accountId, binding: 'b', response, name: ' ' });
    expect(await house.identity.listPasskeys(accountId)).toMatchObject([
      { name: 'Example Phone', model: 'Example Phone' },
    ]);
  });

  test.each<[object, string]>([
    [{ models: [{ aaguid: certified, name: 'a', use: 'hardware' }] }, 'hardware needs roots'],
    [{ models: [{ ...models[0], roots: ['-----BEGIN'] }] }, 'models.0.roots.0'],
    [{ models: [models[1], models[1]] }, 'a model is named twice'],
    [{ models: [], more: true }, 'the whole'],
  ])('is not judged by a file that is wrong: %j', (file, told) => {
    expect(() => policyOf(file)).toThrow(PasskeyPolicyError);
    expect(() => policyOf(file)).toThrow(told);
  });
});
