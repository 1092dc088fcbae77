import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { demoPeople } from '../../config/demo/people.ts';
import {
  type AuthoritySimulator,
  startAuthoritySimulator,
} from '../../config/demo/simulators/authority-server.ts';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { deviceFor, optionsOf } from '../support/officers.ts';
import type { SoftwareAuthenticator } from '../support/virtual-authenticator.ts';
import { waitUntil } from '../support/wait.ts';

const key = 'a-key-for-the-tests';
const day = 86_400;

let simulator: AuthoritySimulator;
let instance: Instance;
let clock: FrozenClock;
let moved = 0;
let people = 0;
let owner: { accountId: string; number: string; phone: string; newPhone: string };
let device: SoftwareAuthenticator;
let browser: Browser;

beforeAll(async () => {
  clock = frozenClock(new Date().toISOString());
  simulator = await startAuthoritySimulator({ key, port: 0, host: 'localhost' });
  const systems = { YIHAO_SMS_GATEWAY_URL: simulator.url, YIHAO_SMS_GATEWAY_KEY: key };
  instance = await startInstance({ ...systems, YIHAO_REQUESTS_PER_MINUTE: '100000' }, undefined, clock);
});
afterAll(async () => {
  await instance?.stop();
  await simulator?.close();
});

const identity = () => instance.app.house.identity;
const later = (seconds: number): void => {
  moved += seconds;
  clock.advance(seconds);
};
const at = (path: string): URL => new URL(path, instance.issuer);
const textsTo = (phone: string): string[] =>
  simulator.state
    .messages()
    .filter((sent) => sent.phone === phone)
    .map(({ text }) => text);
const codeTo = (phone: string): string => /\d{6}/.exec(textsTo(phone)[0] ?? '')?.[0] ?? '';
const hears = (phone: string, part: string): Promise<void> =>
  waitUntil(async () => textsTo(phone).some((text) => text.includes(part)), 5);
const phoneOf = async () => (await identity().findAccount(owner.accountId))?.phone;
const noticesOf = async () =>
  (await instance.app.house.consent.listNotices(owner.accountId)).rows.map(({ kind }) => kind);

const signIn = async (visitor = browser, path = '/my/phone/change'): Promise<BrowserPage> => {
  const page = await visitor.get(at(path));
  return visitor.submit(page, { response: JSON.stringify(device.assert(optionsOf(page))) });
};
const begin = async (way: 'old-phone' | 'passkey', phone = owner.newPhone): Promise<BrowserPage> =>
  browser.submit(await browser.get(at('/my/phone/change')), { phone, way });
const answer = (page: BrowserPage, values: Record<string, string> = {}): Promise<BrowserPage> =>
  browser.submit(page, { newCode: codeTo(owner.newPhone), ...values }, '/confirm');
const answerByPasskey = (page: BrowserPage, by = device): Promise<BrowserPage> =>
  answer(page, { response: JSON.stringify(by.assert(optionsOf(page))) });

beforeEach(async () => {
  // The provider goes by the system's clock, by which a proof made now is fresh.
  later(-moved);
  const index = people++;
  const { number, name, phone } = demoPeople[index] ?? { number: '', name: '', phone: '' };
  const { accountId } = await identity().createAccount({
    number,
    name,
    phone,
    assurance: 2,
    actor: 'test',
  });
  device = deviceFor(instance);
  const options = await identity().beginPasskeyRegistration({ accountId, binding: 'b' });
  const response = device.register(options);
  await identity().finishPasskeyRegistration({ accountId, binding: 'b', response, name: '手机' });
  owner = { accountId, number, phone, newPhone: String(18_900_000_000 + index) };
  browser = createBrowser();
});

describe('with the old telephone at hand', () => {
  test('the codes of both change it at once, and both telephones and the own pages are told', async () => {
    const form = await signIn();
    expect(form.text).toContain('更换手机号码');
    const proof = await begin('old-phone');
    expect(textsTo(owner.phone)[0]).toContain('用于更换手机号码');
    const oldCode = codeTo(owner.phone);
    const done = await answer(proof, { oldCode });

    expect([done.status, done.text.includes('手机号码已更换')]).toEqual([200, true]);
    expect(await phoneOf()).toBe(owner.newPhone);
    await hears(owner.phone, '不再是本号码');
    await hears(owner.newPhone, '已设为');
    expect(await noticesOf()).toContain('phone-changed');
    // A code serves once.
    expect((await answer(proof, { oldCode })).status).toBe(410);

    await instance.app.house.audit.relay.runOnce();
    const { entries } = await instance.app.house.audit.searchEntries({ type: 'account.phone-changed' });
    expect(entries.map(({ event }) => event)).toMatchObject([
      { actor: owner.accountId, detail: { way: 'old-phone' } },
    ]);
  });

  test('the code of the new one does not do for the old one, nor do five guesses', async () => {
    await signIn();
    let page = await begin('old-phone');
    const statuses: number[] = [];
    for (let i = 0; i < 6; i += 1) {
      page = await answer(page, { oldCode: codeTo(owner.newPhone) });
      statuses.push(page.status);
      if (i === 0) expect(page.text).toContain('原手机收到的验证码不对，还可以再试 4 次');
      if (i === 4) page = await browser.get(at('/my/phone/confirm?way=old-phone'));
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 410]);
    expect(await phoneOf()).toBe(owner.phone);
  });
});

describe('without the old telephone', () => {
  test('a passkey changes it after a day in which the old telephone, the first page and the notices ask', async () => {
    await signIn();
    const waiting = await answerByPasskey(await begin('passkey'));
    expect(waiting.text).toContain('是您申请更换手机号码吗？');
    await hears(owner.phone, `${instance.issuer}/my/phone`);
    expect((await browser.get(at('/my'))).text).toContain('是您申请更换手机号码吗？');
    expect(await noticesOf()).toContain('phone-change-asked');
    expect((await begin('old-phone', '18811112222')).status).toBe(409);

    later(day - 1);
    expect(await identity().sweepPhoneChanges()).toBe(0);
    expect(await phoneOf()).toBe(owner.phone);
    later(1);
    expect(await identity().sweepPhoneChanges()).toBe(1);
    expect(await phoneOf()).toBe(owner.newPhone);
    await hears(owner.phone, '不再是本号码');
    expect(await identity().sweepPhoneChanges()).toBe(0);
  });

  test('another device that is signed in stops it with one press', async () => {
    const other = createBrowser();
    await signIn(other, '/my');
    await signIn();
    await answerByPasskey(await begin('passkey'));
    const home = await other.get(at('/my'));
    const stopped = await other.submit(home, {}, '/my/phone/stop');
    expect(stopped.text).toContain('更换已停止');
    later(day);
    expect(await identity().sweepPhoneChanges()).toBe(0);
    expect(await phoneOf()).toBe(owner.phone);
    await hears(owner.phone, '申请已停止');
  });

  test('the new telephone’s code asks for nothing without a passkey of this very account', async () => {
    await signIn();
    const page = await begin('passkey');
    expect((await answer(page, { response: '' })).status).toBe(401);
    const { accountId } = await identity().createAccount({
      number: demoPeople[19]?.number ?? '',
      name: demoPeople[19]?.name ?? '',
      assurance: 2,
      actor: 'test',
    });
    const others = deviceFor(instance);
    const options = await identity().beginPasskeyRegistration({ accountId, binding: 'b' });
    const response = others.register(options);
    await identity().finishPasskeyRegistration({ accountId, binding: 'b', response, name: '手机' });
    const again = await browser.get(at('/my/phone/confirm?way=passkey'));
    expect((await answerByPasskey(again, others)).status).toBe(401);
    expect(await identity().pendingPhoneChange(owner.accountId)).toBeNull();
  });

  test('a recovery that is completed meanwhile ends it', async () => {
    const { recoveryCodes } = await identity().renewRecoveryCodes({ accountId: owner.accountId });
    await signIn();
    await answerByPasskey(await begin('passkey'));
    const who = { binding: 'seeker', address: 'a' };
    const { number, phone } = owner;
    await identity().beginRecovery({ ...who, way: 'codes', number, code: recoveryCodes[0] ?? '' });
    await waitUntil(async () => codeTo(phone) !== '', 5);
    await identity().proveRecovery({ ...who, code: codeTo(phone), isWithoutPhone: false });
    const response = deviceFor(instance).register(await identity().beginRecoveryPasskey(who.binding));
    const made = { binding: who.binding, response, name: '新', keepsOthers: false };
    const { recoveryId } = await identity().completeRecovery(made);
    await identity().settleRecovery(recoveryId, async () => undefined);
    later(day);
    expect(await identity().sweepPhoneChanges()).toBe(0);
    expect(await phoneOf()).toBe(phone);
  });
});

test('a number that belongs to another account gets the same pages as nobody’s', async () => {
  await signIn();
  const seen = async (phone: string): Promise<string> => {
    later(61);
    const page = await begin('old-phone', phone);
    return `${page.status} ${page.text.replaceAll(phone.slice(-4), '')}`;
  };
  const taken = demoPeople[0]?.phone ?? '';
  expect(await seen(taken)).toBe(await seen('18822223333'));
});

test('begins five times a day at most, and says when to go on; the number one has already is named as such', async () => {
  await signIn();
  expect((await begin('old-phone', owner.phone)).status).toBe(409);
  const statuses: number[] = [];
  for (let i = 0; i < 6; i += 1) {
    later(61);
    statuses.push((await begin('passkey', String(18_700_000_000 + i))).status);
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  expect(textsTo('18700000005')).toEqual([]);
});

test('is not for who is not known yet: there the telephone is the account', async () => {
  const who = { binding: 'newcomer', phone: '18833334444', address: 'a' };
  await identity().beginPhoneSignIn(who);
  const code = codeTo(who.phone);
  const rest = { number: '', isWithoutNumber: true, address: 'a' };
  const { accountId } = await identity().finishPhoneSignIn({ binding: who.binding, code, ...rest });
  const change = { accountId, binding: 'b', phone: '18855556666', way: 'old-phone', address: 'a' } as const;
  await expect(identity().beginPhoneChange(change)).rejects.toMatchObject({ code: 'person-not-known' });
});
