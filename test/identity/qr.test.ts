import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { demoPeople } from '../../config/demo/people.ts';
import { maskAddress } from '../../src/base/mask.ts';
import { browserKindOf, nameOfKind } from '../../src/identity/device/browser-kind.ts';
import { type IdentityHouse, openIdentityHouse, site } from '../support/identity-house.ts';
import { createAuthenticator, type SoftwareAuthenticator } from '../support/virtual-authenticator.ts';

const asked = {
  site: { zh: '公积金', en: 'Fund' },
  userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36',
  network: '203.0.*.*',
};

let house: IdentityHouse;
let accountId: string;
let device: SoftwareAuthenticator;
let binding: string;

const register = async (owner: string, authenticator: SoftwareAuthenticator): Promise<void> => {
  const options = await house.identity.beginPasskeyRegistration({ accountId: owner, binding: 'b' });
  const response = authenticator.register(options);
  await house.identity.finishPasskeyRegistration({ accountId: owner, binding: 'b', response, name: '手机' });
};

let people = 0;

const addPerson = async (): Promise<string> => {
  const { number = '', name = '' } = demoPeople[people++] ?? {};
  return (await house.identity.createAccount({ number, name, assurance: 2, actor: 'test' })).accountId;
};

beforeAll(async () => {
  house = await openIdentityHouse();
});
beforeEach(async () => {
  accountId = await addPerson();
  device = createAuthenticator(site);
  await register(accountId, device);
  binding = `sign-in ${accountId}`;
  house.told.length = 0;
});
afterAll(() => house?.close());

const show = (by = binding, address = accountId) => house.identity.showQr({ ...asked, binding: by, address });
const proof = async (handle: string, authenticator = device, by = accountId): Promise<object> =>
  authenticator.assert(await house.identity.beginQrApproval({ accountId: by, handle }));
const approve = async (
  { handle, matchNumber }: { handle: string; matchNumber: string },
  change: { number?: string; response?: unknown } = {},
): Promise<void> => {
  const response = await proof(handle);
  await house.identity.approveQr({ accountId, handle, number: matchNumber, response, ...change });
};
const wrong = (number: string): string => (number === '10' ? '11' : '10');
const refused = (code: string) => expect.objectContaining({ code });
const eventsOf = async (): Promise<string[]> => {
  const account = await house.records.collection('accounts').findOne({ _id: accountId as never });
  return ((account?.['outbox'] ?? []) as { type: string }[]).map(({ type }) => type);
};

describe('a code', () => {
  test('that is approved signs the sign-in that shows it in, once, as surely as the passkey does', async () => {
    const shown = await show();
    expect(shown.matchNumber).toMatch(/^[1-9]\d$/);
    expect(await house.identity.qrState(binding)).toBe('waiting');
    await approve(shown);
    expect(await house.identity.qrState(binding)).toBe('approved');
    expect(await house.identity.finishQr(binding)).toEqual({
      state: 'approved',
      signedIn: { accountId, amr: ['hwk', 'user', 'mfa'], assurance: 2 },
    });
    expect(await house.identity.finishQr(binding)).toEqual({ state: 'expired' });
    expect(await eventsOf()).toEqual(['account.created', 'qr.approved', 'account.signed-in']);
  });

  test('shows the phone the site, the kind of browser and the masked network, and not the number', async () => {
    const { handle } = await show();
    const details = await house.identity.readQr(handle);
    expect(details).toEqual({
      site: asked.site,
      browser: { family: 'chrome', system: 'windows' },
      network: '203.0.*.*',
      place: null,
      askedAt: house.clock.now(),
    });
  });

  test('signs no other sign-in in, whoever knows its handle', async () => {
    const shown = await show();
    const another = `${binding} 2`;
    await show(another);
    await approve(shown);
    expect(await house.identity.finishQr(another)).toEqual({ state: 'waiting' });
    expect(await house.identity.finishQr(shown.handle)).toEqual({ state: 'expired' });
    expect(await house.identity.finishQr(binding)).toMatchObject({ state: 'approved' });
  });

  test('stays the same while it waits and when it was approved, so that a reload loses nothing', async () => {
    const first = await show();
    expect(await show()).toEqual(first);
    await approve(first);
    expect(await show()).toEqual(first);
    expect(await house.identity.finishQr(binding)).toMatchObject({ state: 'approved' });
  });

  test('cannot be read or approved after 60 seconds, and another takes its place', async () => {
    const { handle, matchNumber: number } = await show();
    const response = await proof(handle);
    house.clock.advance(60);
    await expect(house.identity.readQr(handle)).rejects.toEqual(refused('qr-expired'));
    await expect(house.identity.approveQr({ accountId, handle, number, response })).rejects.toEqual(
      refused('qr-expired'),
    );
    expect(await house.identity.qrState(binding)).toBe('expired');
    expect((await show()).handle).not.toBe(handle);
  });

  test('that is approved in its last second still waits a minute for the button', async () => {
    const shown = await show();
    house.clock.advance(59);
    await approve(shown);
    house.clock.advance(59);
    expect(await house.identity.finishQr(binding)).toMatchObject({ state: 'approved' });
  });

  test('ends with the first wrong number, and the right one comes too late', async () => {
    const shown = await show();
    await expect(approve(shown, { number: wrong(shown.matchNumber) })).rejects.toEqual(
      refused('qr-number-wrong'),
    );
    await expect(approve(shown)).rejects.toEqual(refused('qr-expired'));
    expect(await house.identity.finishQr(binding)).toEqual({ state: 'number-wrong' });
    expect(await eventsOf()).toContain('qr.number-wrong');
  });

  test('that the person did not ask for is ended, and told of', async () => {
    const { handle } = await show();
    await house.identity.denyQr({ accountId, handle });
    expect(await house.identity.finishQr(binding)).toEqual({ state: 'denied' });
    expect(await eventsOf()).toContain('qr.denied');
    expect(house.told).toEqual([{ accountId, kind: 'qr-denied', values: {} }]);
  });

  test('is not approved without a number or a passkey, by another person’s, or by a proof made for something else', async () => {
    const shown = await show();
    await expect(approve(shown, { response: null })).rejects.toEqual(refused('qr-passkey-needed'));
    await expect(approve(shown, { number: '' })).rejects.toEqual(refused('qr-number-needed'));
    const other = await addPerson();
    const foreign = createAuthenticator(site);
    await register(other, foreign);
    await expect(approve(shown, { response: await proof(shown.handle, foreign) })).rejects.toEqual(
      refused('passkey-refused'),
    );
    const elsewhere = device.assert(await house.identity.beginPasskeySignIn({ binding: 'b' }));
    await expect(approve(shown, { response: elsewhere })).rejects.toEqual(refused('passkey-refused'));
    await approve(shown);
  });

  test('answered by two at once is answered by one', async () => {
    const { handle, matchNumber: number } = await show();
    const answers = await Promise.allSettled([
      house.identity.denyQr({ accountId, handle }),
      house.identity.approveQr({ accountId, handle, number, response: await proof(handle) }),
      house.identity.denyQr({ accountId, handle }),
    ]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('does not sign an account in that was suspended meanwhile', async () => {
    await approve(await show());
    await house.records
      .collection('accounts')
      .updateOne({ _id: accountId as never }, { $set: { status: 'suspended' } });
    await expect(house.identity.finishQr(binding)).rejects.toEqual(refused('account-not-active'));
  });

  test('is refused to an address that asked for a hundred, and to an account that answered ten', async () => {
    for (let i = 0; i < 100; i += 1) await show(`try-${i}`);
    await expect(show('one more')).rejects.toEqual(refused('qr-limit-reached'));
    const { handle } = await show('elsewhere', 'another address');
    const gone = { accountId, handle: 'A'.repeat(22) };
    for (let i = 0; i < 10; i += 1)
      await expect(house.identity.denyQr(gone)).rejects.toEqual(refused('qr-expired'));
    await expect(house.identity.denyQr({ accountId, handle })).rejects.toEqual(refused('qr-limit-reached'));
  });
});

describe('a device', () => {
  const seen = { token: 'token-1', userAgent: asked.userAgent, network: '203.0.*.*' };
  const see = (token = seen.token): Promise<void> => house.identity.seeDevice({ ...seen, accountId, token });

  test('that an account is made at is no news; another one is, once', async () => {
    await see();
    expect(house.told).toEqual([]);
    house.clock.advance(5);
    await see('token-2');
    await see('token-2');
    const told = { accountId, kind: 'new-device', values: { device: 'Chrome · Windows' } };
    expect(house.told).toEqual([told]);
    const devices = await house.identity.listDevices(accountId);
    expect(devices.map(({ deviceId }) => deviceId)).toEqual([
      house.identity.deviceIdOf(accountId, 'token-2'),
      house.identity.deviceIdOf(accountId, 'token-1'),
    ]);
  });

  test('that is the first of an account made long ago is news', async () => {
    house.clock.advance(3600);
    await see();
    expect(house.told).toHaveLength(1);
  });

  test('is kept as a digest, another for each account', async () => {
    const network = '192.0.*.*';
    await house.identity.seeDevice({ ...seen, accountId, network });
    const other = await addPerson();
    await house.identity.seeDevice({ ...seen, accountId: other, network });
    const raw = await house.records.collection('devices').find({ network }).toArray();
    expect(new Set(raw.map(({ _id }) => String(_id))).size).toBe(2);
    expect(JSON.stringify(raw)).not.toMatch(/token-1|Mozilla|130/);
  });

  test('keeps when it was first seen and moves when it was last', async () => {
    const firstSeenAt = house.clock.now();
    await see();
    house.clock.advance(86_400);
    await house.identity.seeDevice({ ...seen, accountId, network: '198.51.*.*' });
    expect(await house.identity.listDevices(accountId)).toMatchObject([
      { firstSeenAt, lastSeenAt: house.clock.now(), network: '198.51.*.*', family: 'chrome' },
    ]);
  });

  test('that is forgotten is gone from the list, and new at its next sign-in; nobody forgets another’s', async () => {
    await see();
    const deviceId = house.identity.deviceIdOf(accountId, 'token-1');
    const missing = refused('device-missing');
    await expect(house.identity.forgetDevice({ accountId: 'other', deviceId })).rejects.toEqual(missing);
    await house.identity.forgetDevice({ accountId, deviceId });
    await expect(house.identity.forgetDevice({ accountId, deviceId })).rejects.toEqual(missing);
    expect(await house.identity.listDevices(accountId)).toEqual([]);
    await see();
    expect(house.told).toHaveLength(1);
    expect(await house.identity.listDevices(accountId)).toHaveLength(1);
  });

  test('is named by the kind of its browser and its masked network, as coarsely as people say it', () => {
    const names = {
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile Safari/604.1': 'Safari · iOS',
      'Mozilla/5.0 (Linux; Android 14) Chrome/120 Safari/537.36 MicroMessenger/8.0': '微信 WeChat · Android',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15) Gecko/20100101 Firefox/133.0': 'Firefox · macOS',
      'Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537.36 Edg/130.0': 'Edge · Windows',
      'curl/8.0': '—',
    };
    for (const [userAgent, name] of Object.entries(names))
      expect(nameOfKind(browserKindOf(userAgent))).toBe(name);
    const networks = {
      '203.0.113.7': '203.0.*.*',
      '::ffff:203.0.113.7': '203.0.*.*',
      '2001:DB8:1:2::7': '2001:db8:*',
      '::1': '*',
    };
    for (const [address, masked] of Object.entries(networks)) expect(maskAddress(address)).toBe(masked);
  });
});
