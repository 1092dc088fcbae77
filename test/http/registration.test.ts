import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { demoNewcomers } from '../../config/demo/newcomers.ts';
import { demoPeople } from '../../config/demo/people.ts';
import {
  type AuthoritySimulator,
  startAuthoritySimulator,
} from '../../config/demo/simulators/authority-server.ts';
import { cookieNameOf } from '../../src/base/cookie-name.ts';
import { createAuthorities } from '../../src/identity/index.ts';
import { countMessage, usualSmsLimits } from '../../src/identity/phone/limits.ts';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.ts';
import { type Instance, startInstance, testPassword } from '../support/instance.ts';
import { type RelyingParty, startRelyingParty } from '../support/relying-party.ts';
import { codeOfApp } from '../support/totp.ts';

const key = 'a-key-for-the-tests';

let simulator: AuthoritySimulator;
let instance: Instance;
let site: RelyingParty;
let clock: FrozenClock;
let browser: Browser;
let phones = 0;
let phone: string;

beforeAll(async () => {
  clock = frozenClock(new Date().toISOString());
  simulator = await startAuthoritySimulator({ key, port: 0, host: 'localhost' });
  const { url } = simulator;
  instance = await startInstance(
    {
      YIHAO_SMS_GATEWAY_URL: url,
      YIHAO_SMS_GATEWAY_KEY: key,
      YIHAO_POPULATION_URL: url,
      YIHAO_POPULATION_KEY: key,
      YIHAO_FACE_CHECK_URL: url,
      YIHAO_FACE_CHECK_KEY: key,
    },
    undefined,
    clock,
  );
  site = await startRelyingParty(instance, { scope: 'openid assurance phone' });
});
afterAll(async () => {
  await site?.stop();
  await instance?.stop();
  await simulator?.close();
});
beforeEach(() => {
  browser = createBrowser();
  phone = String(18_800_000_000 + phones++);
});

const textAt = (to: string): string =>
  simulator.state.messages().find((sent) => sent.phone === to)?.text ?? '';
const codeAt = (to: string): string => /\d{6}/.exec(textAt(to))?.[0] ?? '';
const wrong = (code: string): string => (code === '000000' ? '111111' : '000000');

const phoneForm = async (url: string | URL): Promise<BrowserPage> =>
  browser.click(await browser.get(url), '用手机验证码登录或注册');
const askCode = async (url: string | URL, to = phone): Promise<BrowserPage> =>
  browser.submit(await phoneForm(url), { phone: to }, '/phone');
const giveCode = (page: BrowserPage, code = codeAt(phone)): Promise<BrowserPage> =>
  browser.submit(page, { code }, '/code');
const my = (path = ''): URL => new URL(`/my${path}`, instance.issuer);

const passwordForm = async (url: URL, number: string, password = testPassword): Promise<BrowserPage> => {
  const first = await browser.get(url);
  const form = await browser.get(new URL(`${first.url.pathname}/password${first.url.search}`, first.url));
  return browser.submit(form, { number, password }, '/password');
};

/** Registers by telephone and ends at the portal's first page. */
const register = async (): Promise<BrowserPage> =>
  browser.submit(await giveCode(await askCode(my())), { skip: '1' }, '/passkey-offer');
const match = async (person: { name: string; number: string }): Promise<BrowserPage> =>
  browser.submit(await browser.get(my('/level')), person, '/my/level');
const passFace = async (outcome: 'passed' | 'failed', path = '/level/face'): Promise<BrowserPage> => {
  const ready = await browser.submit(await browser.get(my(path)), {}, '/my/level/face');
  return browser.submit(await browser.click(ready, '到核验机构的页面'), { outcome });
};
const newcomer = (index: number) => demoNewcomers[index] ?? { name: '', number: '', phone: '' };

describe('registering by telephone', () => {
  test('makes an account of the first level, and the next code signs in to the same one', async () => {
    expect((await register()).text).toContain('第一级');
    clock.advance(60);
    browser = createBrowser();
    const attempt = await site.begin();
    const offer = await giveCode(await askCode(attempt.url));
    const consent = await browser.submit(offer, { skip: '1' }, '/passkey-offer');
    const landed = await browser.submit(consent, { decision: 'agree' }, '/consent');
    expect((await attempt.redeem(landed.url)).claims()).toMatchObject({
      acr: 'urn:yihao:loa:1',
      amr: ['sms'],
    });
    const accounts = await instance.app.house.storage.records.model('Account').find({ assurance: 1 }).lean();
    expect(accounts).toHaveLength(1);
    expect(JSON.stringify(accounts)).not.toContain(phone);
  });

  test('asks for what it does not know yet before anything that needs it', async () => {
    await register();
    const page = await browser.get(my('/certificates'));
    expect([page.url.pathname, page.text.includes('这件事要先核对')]).toEqual(['/my/level', true]);
  });

  test('takes a code once, and five tries at most', async () => {
    const page = await askCode(my());
    const code = codeAt(phone);
    for (let i = 0; i < 5; i += 1) expect((await giveCode(page, wrong(code))).status).toBe(400);
    const late = await giveCode(page, code);
    expect([late.status, late.text.includes('请重新获取')]).toEqual([410, true]);
  });

  test('says that the gateway does not answer, keeps what was typed, and asks it twice under one key', async () => {
    simulator.state.order('messages', 'broken', 2);
    const page = await askCode(my());
    expect([page.status, page.forms[0]?.fields['phone']]).toEqual([503, phone]);
    expect(page.text).toContain('没有应答');
    simulator.state.order('messages', 'broken');
    expect((await askCode(my())).text).toContain('输入验证码');
    expect(simulator.state.messages().filter((sent) => sent.phone === phone)).toHaveLength(1);
  });
});

describe('a telephone that stands in the account of a known person', () => {
  test('opens it with the number only, takes no other number, and may register anew', async () => {
    const [person, other] = [await instance.addPerson(0), await instance.addPerson(6)];
    const known = demoPeople[0]?.phone ?? '';
    const asked = await giveCode(await askCode(my(), known), codeAt(known));
    expect(asked.text).toContain('请再填写那个账号的证件号码');
    const refused = await browser.submit(asked, { number: other.number }, '/code');
    expect([refused.status, refused.text.includes('不能登录')]).toEqual([401, true]);
    const offer = await browser.submit(refused, { number: person.number }, '/code');
    const home = await browser.submit(offer, { skip: '1' }, '/passkey-offer');
    expect(home.text).toContain('第二级');

    clock.advance(60);
    browser = createBrowser();
    const again = await giveCode(await askCode(my(), known), codeAt(known));
    const anew = await browser.submit(again, { without: '1' }, '/code');
    expect((await browser.submit(anew, { skip: '1' }, '/passkey-offer')).text).toContain('第一级');
  });
});

describe('raising the level', () => {
  test('goes to the second by name and number, and to the third by face', async () => {
    await register();
    const second = await match(newcomer(0));
    expect(second.text).toContain('现在：第二级');
    const third = await passFace('passed');
    expect([third.url.pathname, third.text.includes('现在：第三级')]).toEqual(['/my/level', true]);
    expect((await browser.get(my('/uses'))).text).toContain('交人脸核验机构核对本人');
  });

  test('refuses a number that has an account in the words of one that does not match', async () => {
    const taken = demoPeople[1] ?? newcomer(0);
    await instance.addPerson(1);
    await register();
    const asked = simulator.state.countAsked('matches');
    const refused = await match(taken);
    const mismatch = await match({ ...newcomer(1), name: '某某某' });
    const words = (page: BrowserPage): string => page.html.match(/id="name-error"[\s\S]*?<\/p>/)?.[0] ?? '';
    expect([refused.status, words(refused)]).toEqual([422, words(mismatch)]);
    expect(words(refused)).toContain('没能用这个姓名和号码');
    expect(simulator.state.countAsked('matches')).toBe(asked + 2);
  });

  test('keeps the name and number typed when the register does not answer', async () => {
    await register();
    simulator.state.order('matches', 'garbage', 2);
    const page = await match(newcomer(1));
    expect([page.status, page.forms[0]?.fields['number']]).toEqual([503, newcomer(1).number]);
    expect((await match(newcomer(1))).text).toContain('现在：第二级');
  });

  test('takes no level from a face that did not pass, nor from one that was never shown', async () => {
    await register();
    await match(newcomer(2));
    expect((await browser.get(my('/level/face/done'))).status).toBe(410);
    const failed = await passFace('failed');
    expect([failed.status, failed.text.includes('人脸核验没有通过')]).toEqual([422, true]);
    expect((await browser.get(my('/level/face/done'))).status).toBe(410);
    expect((await browser.get(my('/level'))).text).toContain('现在：第二级');
  });
});

describe('a site that asks for a higher level', () => {
  const acr = (level: number) => ({ acr_values: `urn:yihao:loa:${level}` });

  test('gets it once the person has raised it, by the way back, once the sign-in is sure enough too', async () => {
    const person = await instance.addPerson(2);
    const attempt = await site.begin(acr(3));
    const step = await passwordForm(attempt.url, person.number);
    expect(step.text).toContain('还差一步');
    const level = await browser.click(step, '去提升实名等级');
    expect(level.text).toContain('回到刚才的网站继续办理');
    const raised = await passFace('passed', `/level/face${level.url.search}`);
    const back = await browser.click(raised, '回到刚才的网站继续办理');
    expect(back.text).toContain('登录方式不够');
  });

  test('that no sign-in of this region reaches is not promised to who can be known no better', async () => {
    const { number, name } = demoPeople[11] ?? newcomer(0);
    const known = { number, name, password: testPassword, assurance: 3 as const, actor: 'test' };
    await instance.app.house.identity.createAccount(known);
    const step = await passwordForm((await site.begin(acr(4))).url, number);
    expect(step.text).toContain('没有开通第四级');
    expect(step.text).not.toContain('去提升实名等级');
  });

  test('is told the present level when the person goes on with it', async () => {
    const person = await instance.addPerson(3);
    const attempt = await site.begin(acr(3));
    const step = await passwordForm(attempt.url, person.number);
    const offer = await browser.submit(step, { decision: 'accept' }, '/level');
    const consent = await browser.submit(offer, { skip: '1' }, '/passkey-offer');
    const landed = await browser.submit(consent, { decision: 'agree' }, '/consent');
    expect((await attempt.redeem(landed.url)).claims()?.['acr']).toBe('urn:yihao:loa:2');
  });

  test('and wants to know who it is, gets the name once it is confirmed, with auth_time as it was', async () => {
    const named = await startRelyingParty(instance, { scope: 'openid name' });
    await register();
    const signedInAt = await signedInEarlier();
    const attempt = await named.begin({ max_age: '3600' });
    const step = await browser.get(attempt.url);
    expect(step.text).toContain('您的姓名和证件号码还没有核对');
    const notYet = await browser.submit(step, { decision: 'again' }, '/level');
    expect(notYet.text).toContain('还没有达到要求');
    const level = await browser.click(step, '去提升实名等级');
    const { name, number } = demoPeople[10] ?? newcomer(0);
    const raised = await browser.submit(level, { name, number }, '/my/level');
    const back = await browser.click(raised, '回到刚才的网站继续办理');
    const consent = await browser.submit(back, { decision: 'again' }, '/level');
    const offer = consent.forms.some(({ action }) => action.includes('/passkey-offer'))
      ? await browser.submit(consent, { skip: '1' }, '/passkey-offer')
      : consent;
    const landed = await browser.submit(offer, { decision: 'agree' }, '/consent');
    const claims = (await attempt.redeem(landed.url)).claims();
    expect(claims).toMatchObject({ acr: 'urn:yihao:loa:2', amr: ['sms'], auth_time: signedInAt });
    await named.stop();
  });

  /** Sets the sign-in of this browser back by two minutes; returns when it was. */
  const signedInEarlier = async (): Promise<number> => {
    const { issuer } = instance;
    const id = browser.cookies.value(issuer, cookieNameOf(issuer, 'yihao_session')) ?? '';
    const session = await instance.app.provider.current.Session.find(id);
    if (session?.loginTs === undefined) throw new Error('nobody is signed in');
    session.loginTs -= 120;
    await session.persist();
    return session.loginTs;
  };
});

describe('a system of another authority', () => {
  test('that says nothing is given up on, and one with another key refuses', async () => {
    const at = { url: simulator.url, key };
    const silent = createAuthorities(
      { smsGateway: null, population: at, faceCheck: null },
      { timeoutMilliseconds: 30 },
    );
    simulator.state.order('matches', 'silent', 2);
    const pair = { id: 'i', name: 'n', number: '1' };
    await expect(silent.population?.match(pair)).rejects.toMatchObject({ code: 'population-unavailable' });
    const stranger = createAuthorities({
      smsGateway: null,
      population: { ...at, key: 'another' },
      faceCheck: null,
    });
    await expect(stranger.population?.match(pair)).rejects.toMatchObject({
      cause: expect.objectContaining({ message: expect.stringContaining('status 401') }),
    });
  });
});

describe('the ways to sign in', () => {
  test('take a first password of one who is known, and a code of an app beside it', async () => {
    const person = await instance.addPerson(5);
    const home = await signInHome(person.number, testPassword);
    expect(home.text).toContain('您好');
    const form = await browser.get(my('/password'));
    const bad = await browser.submit(form, { present: testPassword, chosen: 'password123' }, '/my/password');
    expect([bad.status, bad.text.includes('太容易被猜到')]).toEqual([400, true]);
    const chosen = '四个不相干的词 连在一起';
    const saved = await browser.submit(bad, { present: testPassword, chosen }, '/my/password');
    expect(saved.text).toContain('密码已保存');

    const setUp = await browser.submit(await browser.get(my('/totp')), {}, '/my/totp/begin');
    const secret = /class="code">([A-Z2-7 ]+)</.exec(setUp.html)?.[1] ?? '';
    const wrongCode = await browser.submit(setUp, { code: 'x' }, '/my/totp/finish');
    expect(wrongCode.status).toBe(400);
    const codes = await browser.submit(
      wrongCode,
      { code: codeOfApp(secret, clock.now()) },
      '/my/totp/finish',
    );
    const [recoveryCode = ''] = codes.text.match(/[2-9A-Z]{5}-[2-9A-Z]{5}/) ?? [];

    browser = createBrowser();
    const second = await passwordForm(my(), person.number, chosen);
    expect(second.text).toContain('再输入一个动态码');
    expect((await browser.submit(second, { code: codeOfApp(secret, clock.now()) }, '/second')).status).toBe(
      401,
    );
    const offer = await browser.submit(second, { code: recoveryCode }, '/second');
    await browser.submit(offer, { skip: '1' }, '/passkey-offer');
    expect((await browser.get(my('/totp'))).text).toContain('还有 9 个恢复码');
  });

  const signInHome = async (number: string, password: string): Promise<BrowserPage> =>
    browser.submit(await passwordForm(my(), number, password), { skip: '1' }, '/passkey-offer');
});

// The provider's sessions go by the machine's clock, so this stands last.
describe('as time goes by', () => {
  test('sends no second message within a minute, and five to a telephone in an hour', async () => {
    await askCode(my());
    const soon = await askCode(my());
    expect([soon.status, soon.headers.get('retry-after')]).toEqual([429, '60']);
    for (let i = 0; i < 4; i += 1) {
      clock.advance(61);
      await instance.app.house.identity.beginPhoneSignIn({ binding: 'b', phone, address: 'a' });
    }
    clock.advance(61);
    expect((await askCode(my())).text).toContain('次数已到上限');
  });

  test('sends so many messages from one network, however many addresses and telephones it has', async () => {
    const smsLimits = { ...usualSmsLimits, perNetworkPerHour: 2 };
    const { ephemeral } = instance.app.house.storage;
    const ask = (place: string, network: string) =>
      countMessage({ ephemeral, smsLimits }, `phone-${place}`, { address: `address-${place}`, network });
    await ask('1', 'one');
    await ask('2', 'one');
    await expect(ask('3', 'one')).rejects.toMatchObject({ code: 'sms-limit-reached' });
    await ask('4', 'another');
  });

  test('refuses a code after five minutes', async () => {
    const page = await askCode(my());
    clock.advance(301);
    expect((await giveCode(page)).status).toBe(410);
  });

  test('lapses with its evidence: a face after two years, the number after five', async () => {
    const account = async () => {
      const number = newcomer(0).number;
      const accountId = (await instance.app.house.identity.findAccountIdByNumber(number)) ?? '';
      return (await instance.app.house.identity.findAccount(accountId))?.assurance;
    };
    expect(await account()).toBe(3);
    clock.advance(2 * 366 * 86_400);
    expect(await account()).toBe(2);
    clock.advance(3 * 366 * 86_400);
    expect(await account()).toBe(1);
  });
});
