import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { demoPeople } from '../../config/demo/people.ts';
import {
  type AuthoritySimulator,
  startAuthoritySimulator,
} from '../../config/demo/simulators/authority-server.ts';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.ts';
import { type Instance, startInstance, testPassword } from '../support/instance.ts';
import {
  addOfficer,
  deviceFor,
  foundOfficers,
  type OfficerAtWork,
  optionsOf,
  signInOfficer,
} from '../support/officers.ts';
import { signInAtPortal } from '../support/portal-sign-in.ts';
import type { SoftwareAuthenticator } from '../support/virtual-authenticator.ts';
import { waitUntil } from '../support/wait.ts';

const key = 'a-key-for-the-tests';
const [hour, day] = [3600, 86_400];

let simulator: AuthoritySimulator;
let instance: Instance;
let clock: FrozenClock;
let people = 0;

/** The account's owner: signed in at home, with a passkey on a device and a sheet of recovery codes. */
let owner: { accountId: string; number: string; phone: string; codes: string[] };
let ownersBrowser: Browser;
let ownersDevice: SoftwareAuthenticator;
/** Where somebody who can sign in no more sits, whoever they are. */
let seeker: Browser;

beforeAll(async () => {
  clock = frozenClock(new Date().toISOString());
  simulator = await startAuthoritySimulator({ key, port: 0, host: 'localhost' });
  const { url } = simulator;
  const systems = {
    YIHAO_SMS_GATEWAY_URL: url,
    YIHAO_SMS_GATEWAY_KEY: key,
    YIHAO_FACE_CHECK_URL: url,
    YIHAO_FACE_CHECK_KEY: key,
    YIHAO_REQUESTS_PER_MINUTE: '100000',
  };
  instance = await startInstance(systems, undefined, clock);
});
afterAll(async () => {
  await instance?.stop();
  await simulator?.close();
});
beforeEach(async () => {
  // Limits per address are of an hour.
  clock.advance(hour + 1);
  const index = people++;
  const { identity } = instance.app.house;
  // Only whoever signs in by password, or keeps it, needs one: to make it costs more than the rest.
  const { number, name, phone } = demoPeople[index] ?? { number: '', name: '', phone: '' };
  const person = { number, name, phone, assurance: 2 as const, actor: 'test' };
  const { accountId } = await identity.createAccount(
    index < 3 ? { ...person, password: testPassword } : person,
  );
  ownersDevice = deviceFor(instance);
  const binding = 'the owner';
  const options = await identity.beginPasskeyRegistration({ accountId, binding });
  const response = ownersDevice.register(options);
  await identity.finishPasskeyRegistration({ accountId, binding, response, name: '手机' });
  const { recoveryCodes } = await identity.renewRecoveryCodes({ accountId });
  owner = { accountId, number, phone, codes: recoveryCodes };
  ownersBrowser = createBrowser();
  seeker = createBrowser();
});

const at = (path: string): URL => new URL(path, instance.issuer);
const textsTo = (phone: string): string[] =>
  simulator.state
    .messages()
    .filter((sent) => sent.phone === phone)
    .map(({ text }) => text);

/** Does something that sends the owner a message, and waits for it. */
const hearing = async (part: RegExp, act: () => Promise<BrowserPage>): Promise<[BrowserPage, string]> => {
  const before = textsTo(owner.phone).length;
  const page = await act();
  const heard = (): string[] => textsTo(owner.phone).slice(0, textsTo(owner.phone).length - before);
  await waitUntil(async () => heard().some((text) => part.test(text)), 5);
  return [page, part.exec(heard().find((text) => part.test(text)) ?? '')?.[0] ?? ''];
};

const begin = async (way: 'codes' | 'face', values: Record<string, string>): Promise<BrowserPage> =>
  seeker.submit(await seeker.get(at(`/recover/${way}`)), values);
/** Begins a way, and has the owner's telephone at hand. */
const beginWithPhone = (way: 'codes' | 'face', values: Record<string, string>) =>
  hearing(/\d{6}/, () => begin(way, values));
const codeOn = ({ text }: BrowserPage): string => /(?:[2-9A-Z]{4}-){3}[2-9A-Z]{4}/.exec(text)?.[0] ?? '';
const goOn = async (code: string, number = owner.number): Promise<BrowserPage> =>
  seeker.submit(await seeker.get(at('/recover/continue')), { number, code });
const setUp = async (values = {}): Promise<[BrowserPage, SoftwareAuthenticator]> => {
  const device = deviceFor(instance);
  const page = await seeker.get(at('/recover/passkey'));
  const response = JSON.stringify(device.register(optionsOf(page)));
  return [await seeker.submit(page, { response, ...values }), device];
};
const opens = async (device: SoftwareAuthenticator): Promise<boolean> => {
  const browser = createBrowser();
  const page = await browser.get(at('/my'));
  const response = JSON.stringify(device.assert(optionsOf(page)));
  const home = await browser.submit(page, { response });
  return home.url.pathname === '/my' || home.text.includes('是您申请重设登录方式吗');
};
const waysIn = async () => {
  const profile = await instance.app.house.identity.findAccount(owner.accountId);
  return { hasPassword: profile?.hasPassword, totpSince: profile?.totpSince };
};
const pending = () => instance.app.house.identity.pendingRecovery(owner.accountId);
const checkFace = async (outcome: 'passed' | 'failed'): Promise<BrowserPage> => {
  const ready = await seeker.submit(await seeker.get(at('/recover/check')));
  return seeker.submit(await seeker.click(ready, '打开核验机构的页面'), { outcome });
};

describe('a recovery code with the telephone’s code', () => {
  test('sets up a new passkey at once; the old one and every session end, and the codes are new', async () => {
    const home = await signInAtPortal(ownersBrowser, instance.issuer, owner.number);
    expect(home.url.pathname).toBe('/my');
    const signIn = await seeker.get(at('/my'));
    const ways = await seeker.click(signIn, '无法登录？');
    expect(ways.text).toContain('12345');
    const [proof, sms] = await beginWithPhone('codes', { number: owner.number, code: owner.codes[0] ?? '' });
    const [ready] = await hearing(/有人申请重设/, () => seeker.submit(proof, { code: sms }));
    expect(ready.text).toContain('可以设置新的登录凭据了');

    const [done, device] = await setUp();
    const fresh = done.text.match(/[2-9A-Z]{5}-[2-9A-Z]{5}/g) ?? [];
    expect([done.status, fresh.length]).toEqual([200, 10]);
    expect(done.text).toContain('绑定的微信小程序和网号已解除');
    expect(await waysIn()).toEqual({ hasPassword: false, totpSince: null });
    expect(await opens(ownersDevice)).toBe(false);
    expect(await opens(device)).toBe(true);
    expect((await ownersBrowser.get(at('/my'))).url.pathname).toMatch(/^\/interaction/);
    const { rows } = await instance.app.house.consent.listNotices(owner.accountId);
    expect(rows.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['recovery-asked', 'recovered']));

    clock.advance(61);
    seeker = createBrowser();
    const old = await begin('codes', { number: owner.number, code: owner.codes[1] ?? '' });
    expect((await seeker.submit(old, { without: '1' })).status).toBe(401);
  });

  test('the sheet alone waits three days, and the owner stops it from a signed-in device with one press', async () => {
    await signInAtPortal(ownersBrowser, instance.issuer, owner.number);
    const proof = await begin('codes', { number: owner.number, code: owner.codes[0] ?? '' });
    const waiting = await seeker.submit(proof, { without: '1' });
    expect(waiting.text).toContain('申请已提出，请等待');
    expect((await seeker.get(at('/recover/passkey'))).status).toBe(409);
    const again = await begin('codes', { number: owner.number, code: owner.codes[1] ?? '' });
    expect((await seeker.submit(again, { without: '1' })).status).toBe(409);

    const home = await ownersBrowser.get(at('/my'));
    expect(home.text).toContain('有人用“恢复码”申请');
    await ownersBrowser.submit(home, {}, '/my/recovery/stop');
    clock.advance(3 * day);
    expect((await goOn(codeOn(waiting))).status).toBe(401);
    expect((await seeker.get(at('/recover/passkey'))).status).toBe(410);
    expect(await opens(ownersDevice)).toBe(true);
  });
});

describe('a second factor with a face check', () => {
  test('waits a day, in which who signs in is asked; then goes on in another browser and keeps the old passkeys', async () => {
    const [proof, sms] = await beginWithPhone('face', { number: owner.number });
    await seeker.submit(proof, { code: sms });
    const waiting = await checkFace('passed');
    expect(waiting.text).toContain('申请已提出，请等待');

    const first = await ownersBrowser.get(at('/my'));
    const response = JSON.stringify(ownersDevice.assert(optionsOf(first)));
    const question = await ownersBrowser.submit(first, { response });
    expect(question.text).toContain('有人用“验证码和刷脸”申请');
    const home = await ownersBrowser.submit(question, { decision: 'mine' }, '/recovery');
    expect(home.url.pathname).toBe('/my');

    seeker = createBrowser();
    expect((await goOn(codeOn(waiting))).text).toContain('请等待');
    clock.advance(day);
    seeker = createBrowser();
    expect((await goOn(codeOn(waiting))).text).toContain('可以设置新的登录凭据了');
    const [, device] = await setUp({ others: 'keep' });
    expect(await opens(device)).toBe(true);
    expect(await opens(ownersDevice)).toBe(true);
    expect(await waysIn()).toMatchObject({ hasPassword: true });
  });

  test('is stopped by whoever signs in and says it was not them', async () => {
    const [proof, sms] = await beginWithPhone('face', { number: owner.number });
    await seeker.submit(proof, { code: sms });
    await checkFace('passed');
    const first = await ownersBrowser.get(at('/my'));
    const response = JSON.stringify(ownersDevice.assert(optionsOf(first)));
    const question = await ownersBrowser.submit(first, { response });
    await ownersBrowser.submit(question, { decision: 'stop' }, '/recovery');
    expect(await pending()).toBeNull();
  });

  test('the SIM alone gets to the face and no further', async () => {
    const [proof, sms] = await beginWithPhone('face', { number: owner.number });
    await seeker.submit(proof, { code: sms });
    expect((await checkFace('failed')).status).toBe(401);
    clock.advance(61);
    const [byCodes, second] = await beginWithPhone('codes', { number: owner.number, code: 'AB2CD-EF3GH' });
    expect((await seeker.submit(byCodes, { code: second })).status).toBe(401);
    expect(await pending()).toBeNull();
  });

  test('a code sent to the seeker’s own telephone proves nothing of the owner’s', async () => {
    // Within a minute nothing more goes to the owner, so the code before stands.
    await beginWithPhone('face', { number: owner.number });
    seeker = createBrowser();
    const own = await instance.addPerson(17);
    const ownPhone = demoPeople[17]?.phone ?? '';
    await begin('face', { number: own.number });
    await waitUntil(async () => textsTo(ownPhone).length > 0, 5);
    const sms = /\d{6}/.exec(textsTo(ownPhone)[0] ?? '')?.[0] ?? '';
    const proof = await begin('face', { number: owner.number });
    expect((await seeker.submit(proof, { code: sms })).status).toBe(401);
    expect((await seeker.get(at('/recover/check'))).status).toBe(410);
  });

  test('the face alone does not even begin', async () => {
    await begin('face', { number: owner.number });
    expect((await seeker.get(at('/recover/check'))).status).toBe(410);
    expect((await seeker.get(at('/recover/check/done'))).status).toBe(410);
  });
});

describe('the number alone', () => {
  test.each(['codes', 'face'] as const)(
    'by %s tells nothing: the pages are those of nobody’s number',
    async (way) => {
      const code = 'AB2CD-EF3GH';
      const seen = async (number: string): Promise<string[]> => {
        seeker = createBrowser();
        const proof = await begin(way, { number, code });
        const refused = await seeker.submit(proof, { code: '000000' });
        const resumed = await goOn('AB2C-EF3G-HJ4K-MN5P', number);
        return [proof, refused, resumed].map(
          ({ status, html }) => `${status} ${html.replaceAll(number, '').replace(/value="[\w-]{43}"/g, '')}`,
        );
      };
      const nobody = demoPeople[19]?.number ?? '';
      expect(await seen(owner.number)).toEqual(await seen(nobody));
    },
  );

  test.each(['somebody', 'nobody'])('of %s can be tried ten times in an hour', async (who) => {
    const number = who === 'somebody' ? owner.number : (demoPeople[18]?.number ?? '');
    const statuses: number[] = [];
    for (let i = 0; i < 11; i += 1) statuses.push((await goOn('AB2C-EF3G-HJ4K-MN5P', number)).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
  });
});

describe('at a counter', () => {
  let support: OfficerAtWork;
  let certifier: OfficerAtWork;

  beforeAll(async () => {
    const founders = await foundOfficers(instance);
    const now = clock.now();
    support = await addOfficer(instance, founders, { role: 'support', now });
    certifier = await addOfficer(instance, founders, { role: 'certificate-officer', now });
  });

  const propose = async (officer: OfficerAtWork): Promise<BrowserPage> => {
    await signInOfficer(instance, officer);
    const form = await officer.browser.get(at('/console/recoveries'));
    const account = await officer.browser.submit(form, { number: owner.number }, '/console/recoveries');
    const unchecked = await officer.browser.submit(
      account,
      { reason: '核对身份证原件' },
      '/console/recoveries',
    );
    expect(unchecked.status).toBe(400);
    return officer.browser.submit(unchecked, { checked: 'yes' }, '/console/recoveries');
  };
  const slip = async (officer = support): Promise<BrowserPage> => {
    const path = `/console/recoveries/${owner.accountId}/slip`;
    await signInOfficer(instance, officer);
    return officer.browser.submit(await officer.browser.get(at(path)), {}, '/slip');
  };
  const approve = async ({ url }: BrowserPage): Promise<BrowserPage> => {
    await signInOfficer(instance, certifier);
    return certifier.browser.submit(await certifier.browser.get(url), { answer: 'approve' }, '/proposals');
  };

  test('one officer alone opens nothing: neither approves their own, nor makes a slip before another did', async () => {
    const proposal = await propose(certifier);
    const proposalId = proposal.url.pathname.split('/').at(-1) ?? '';
    const answer = { proposalId, answer: 'approve' as const, provenAt: clock.now() };
    const approvedBy = ({ officerId }: OfficerAtWork) =>
      instance.app.house.staff.answerProposal({ ...answer, officerId });
    await expect(approvedBy(certifier)).rejects.toMatchObject({ code: 'proposal-own' });
    await expect(approvedBy(support)).rejects.toMatchObject({ code: 'officer-not-allowed' });
    expect((await slip(certifier)).status).toBe(409);
    expect(await pending()).toBeNull();
  });

  test('two officers and the telephone’s code open it after an hour', async () => {
    const [approved] = await hearing(/有人申请重设/, async () => approve(await propose(support)));
    expect(approved.text).toContain('已通过');
    const code = codeOn(await slip());
    expect((await goOn(code)).text).toContain('请等待');
    clock.advance(hour);
    const asks = await goOn(code);
    expect(asks.text).toContain('请确认手机');
    const [form, sms] = await hearing(/\d{6}/, () => seeker.submit(asks, {}, '/recover/phone'));
    const wrong = await seeker.submit(form, { code: sms === '000000' ? '111111' : '000000' });
    expect(wrong.status).toBe(401);
    expect((await seeker.submit(wrong, { code: sms })).text).toContain('可以设置新的登录凭据了');
    const [done, device] = await setUp();
    expect(done.status).toBe(200);
    expect(await opens(device)).toBe(true);
  });

  test('the paper alone waits three days, and the link in the owner’s message stops it', async () => {
    const [, link] = await hearing(/http\S+\/recover\/stop\/[\w-]+/, async () =>
      approve(await propose(support)),
    );
    const first = codeOn(await slip());
    const code = codeOn(await slip());
    expect((await goOn(first)).status).toBe(401);
    clock.advance(3 * day - 1);
    await goOn(code);
    expect((await seeker.get(at('/recover/passkey'))).status).toBe(409);
    clock.advance(1);
    expect((await seeker.get(at('/recover/passkey'))).status).toBe(200);

    const asked = await ownersBrowser.get(link);
    expect(await pending()).not.toBeNull();
    expect((await ownersBrowser.submit(asked)).text).toContain('已经停止');
    expect((await ownersBrowser.get(link)).text).toContain('没有要停止的申请');
    expect((await seeker.get(at('/recover/passkey'))).status).toBe(410);
  });
});

describe('a crash', () => {
  const ask = async (): Promise<string> => {
    const proof = await begin('codes', { number: owner.number, code: owner.codes[0] ?? '' });
    return codeOn(await seeker.submit(proof, { without: '1' }));
  };
  const sweep = () => instance.app.house.identity.sweepRecoveries(instance.app.sessions.endAll);
  // Others' requests have lapsed by now.
  beforeEach(sweep);

  test('before the owner was told: the owner is told all the same', async () => {
    const { consent } = instance.app.house;
    const told = jest.spyOn(consent, 'addNotice').mockRejectedValueOnce(new Error('the process died'));
    await ask();
    told.mockRestore();
    expect((await consent.listNotices(owner.accountId)).rows).toEqual([]);
    expect(await sweep()).toBe(1);
    expect((await consent.listNotices(owner.accountId)).rows).toMatchObject([{ kind: 'recovery-asked' }]);
    expect(await sweep()).toBe(0);
  });

  test('after the one write that completes it: the rest is done by the next process, once', async () => {
    const { identity } = instance.app.house;
    const code = await ask();
    clock.advance(3 * day);
    await goOn(code);
    const died = jest.spyOn(identity, 'settleRecovery').mockRejectedValueOnce(new Error('the process died'));
    const [failed, device] = await setUp();
    died.mockRestore();
    expect(failed.status).toBe(500);
    expect(await opens(device)).toBe(false);
    expect(await opens(ownersDevice)).toBe(true);
    const ended: string[] = [];
    const end = async (accountId: string) => ended.push(accountId);
    // Once more it dies, half way.
    await expect(
      identity.sweepRecoveries(async () => Promise.reject(new Error('the process died'))),
    ).rejects.toThrow();
    expect(await identity.sweepRecoveries(end)).toBe(1);
    expect(await identity.sweepRecoveries(end)).toBe(0);
    expect([await opens(device), await opens(ownersDevice), ended]).toEqual([true, false, [owner.accountId]]);
  });

  test('of nothing: a request that nobody completes is over a week after its wait', async () => {
    await ask();
    clock.advance(10 * day);
    expect(await pending()).toBeNull();
    expect(await sweep()).toBeGreaterThan(0);
    expect(await sweep()).toBe(0);
    const again = await begin('codes', { number: owner.number, code: owner.codes[1] ?? '' });
    expect((await seeker.submit(again, { without: '1' })).status).toBe(200);
  });
});
