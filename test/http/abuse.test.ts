import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { demoPlacesFile } from '../../config/demo/index.ts';
import { demoPeople } from '../../config/demo/people.ts';
import { solves } from '../../src/identity/abuse/puzzle.ts';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.ts';
import { type Instance, startInstance, testPassword } from '../support/instance.ts';
import { addOfficer, deviceFor, foundOfficers, optionsOf, signInOfficer } from '../support/officers.ts';
import { signInAtPortal } from '../support/portal-sign-in.ts';

let instance: Instance;
let clock: FrozenClock;
let browser: Browser;
let people = 0;
let networks = 0;
let address: string;

beforeAll(async () => {
  clock = frozenClock();
  const environment = {
    YIHAO_TRUSTED_PROXIES: '1',
    YIHAO_REQUESTS_PER_MINUTE: '100000',
    YIHAO_PUZZLE_BITS: '10',
    YIHAO_LONGEST_WAIT_SECONDS: '120',
    YIHAO_PUZZLE_AFTER_ADDRESS: '6',
    YIHAO_SPRAY_ACCOUNTS: '4',
    YIHAO_NETWORK_PLACES_FILE: demoPlacesFile,
    // Nobody answers there: a message that was to be sent shows by that.
    YIHAO_SMS_GATEWAY_URL: 'http://127.0.0.1:9',
    YIHAO_SMS_GATEWAY_KEY: 'key-of-a-gateway-of-nobody',
  };
  instance = await startInstance(environment, undefined, clock);
});
afterAll(() => instance?.stop());
beforeEach(() => {
  browser = createBrowser();
  networks += 1;
  address = `198.51.${networks}.7`;
});

const from = (ip = address) => ({ headers: { 'X-Forwarded-For': ip } });
const nextNumber = (): string => demoPeople[people++ % demoPeople.length]?.number ?? '';
const nextPerson = () => instance.addPerson(people++);

const passwordPage = async (visitor = browser): Promise<BrowserPage> => {
  const first = await visitor.get(new URL('/my', instance.issuer), from());
  return visitor.get(new URL(`${first.url.pathname}/password${first.url.search}`, first.url), from());
};
const puzzleOf = ({ html }: BrowserPage): { salt: string; bits: number } | null => {
  const [, salt, bits] = /data-salt="([^"]+)" data-bits="(\d+)"/.exec(html) ?? [];
  return salt === undefined ? null : { salt, bits: Number(bits) };
};
/** Finds a count that solves the puzzle of a page, or one that does not. */
const solutionOf = (page: BrowserPage, right = true): string => {
  const puzzle = puzzleOf(page);
  for (let count = 0; puzzle !== null; count += 1)
    if (solves(puzzle, String(count)) === right) return String(count);
  return '';
};

interface Try {
  number: string;
  password?: string;
  solution?: string;
  ip?: string;
}

/** Sends the form for the password; its puzzle is solved unless another solution is given. */
const send = (page: BrowserPage, { number, password = 'not-the-password', solution, ip }: Try) => {
  const puzzled = puzzleOf(page) === null ? {} : { solution: solution ?? solutionOf(page) };
  return browser.submit(page, { number, password, ...puzzled }, '/password', from(ip));
};
/** Sends wrong passwords on one page after another. */
const sendWrong = async (first: BrowserPage, times: number, number: string): Promise<BrowserPage> => {
  let page = first;
  for (let i = 0; i < times; i += 1) page = await send(page, { number });
  return page;
};
/** Begins another sign-in, which learns by its first try that the number is suspect, and sends again with the solution. */
const solveAndSend = async (given: Try): Promise<BrowserPage> => {
  browser = createBrowser();
  const page = await send(await passwordPage(), given);
  return page.status === 400 ? send(page, given) : page;
};
const waitOf = ({ text, headers }: BrowserPage): [string | undefined, string | null] => [
  /还需等待 \d+ 秒|请在 \d+ 分钟后重试/.exec(text)?.[0],
  headers.get('retry-after'),
];

describe('where the region has a table of places', () => {
  const browserAt = (ip: string) => createBrowser({ headers: { 'X-Forwarded-For': ip } });
  const travelOf = async (accountId: string) => {
    const { audit } = instance.app.house;
    await audit.relay.runOnce();
    return (await audit.searchEntries({ actor: accountId, type: 'abuse.impossible-travel' })).entries;
  };

  test('a person sees them, and is asked about travel that nobody can make, once in a day', async () => {
    const { accountId, number } = await nextPerson();
    const signInFrom = async (ip: string): Promise<Browser> => {
      const visitor = browserAt(ip);
      await signInAtPortal(visitor, instance.issuer, number);
      return visitor;
    };
    const see = (visitor: Browser, path: string) => visitor.get(new URL(path, instance.issuer));
    address = '192.0.2.7';
    await send(await passwordPage(), { number });
    const home = await signInFrom('198.51.100.7');
    clock.advance(3600);
    await signInFrom('127.0.0.1');
    await signInFrom('198.18.0.1');
    expect(await travelOf(accountId)).toEqual([]);
    const abroad = await signInFrom('203.0.113.7');
    await signInFrom('198.51.100.7');

    expect((await travelOf(accountId)).map(({ event }) => event.detail)).toEqual([
      { from: '990200', to: '*', kilometres: expect.any(Number), minutes: 60, network: '203.0.*.*' },
    ]);
    const sessions = await see(home, '/my/sessions');
    for (const place of ['示例市乙', '示例国首都', '本机', '不明'])
      expect(sessions.text).toContain(`大致地点 ${place}`);
    expect((await see(abroad, '/my/history')).text).toMatch(/没有登录成功.*大致地点 示例市甲/s);
    const notices = await see(abroad, '/my/notices');
    expect(notices.text).toContain('先在 示例市乙 Example City B、后在 示例国首都 Example Capital 登录');
    expect(notices.text.split('没有人能从一处赶到另一处')).toHaveLength(2);
    expect(notices.html).toMatch(/href="\/my\/sessions".*href="\/my\/passkeys"/s);
    expect(notices.text).toContain('大致地点 示例国首都 Example Capital。不是您本人');
  });
});

describe('wrong passwords of one number', () => {
  test.each([
    ['that has an account', () => nextPerson().then(({ number }) => number)],
    ['that nobody has', async () => nextNumber()],
  ])('%s make waits that double, are told, and end', async (_which, numberOf) => {
    const number = await numberOf();
    await sendWrong(await passwordPage(), 5, number);
    const told = [];
    for (const waitSeconds of [30, 60, 120, 120]) {
      told.push(waitOf(await send(await passwordPage(), { number })));
      clock.advance(waitSeconds);
      await solveAndSend({ number });
    }
    expect(told).toEqual([
      ['还需等待 30 秒', '30'],
      ['还需等待 60 秒', '60'],
      ['请在 2 分钟后重试', '120'],
      ['请在 2 分钟后重试', '120'],
    ]);
  });

  test('hold up even the right one while the wait runs, but no passkey; a right one then ends it', async () => {
    const { accountId, number } = await nextPerson();
    const { identity } = instance.app.house;
    const device = deviceFor(instance);
    const options = await identity.beginPasskeyRegistration({ accountId, binding: 'test' });
    const response = device.register(options);
    await identity.finishPasskeyRegistration({ accountId, binding: 'test', response, name: '手机' });

    const last = await sendWrong(await passwordPage(), 5, number);
    expect((await send(last, { number, password: testPassword })).status).toBe(429);
    const first = await browser.get(new URL('/my', instance.issuer), from());
    const assertion = JSON.stringify(device.assert(optionsOf(first)));
    const home = await browser.submit(first, { response: assertion }, '/passkey', from());
    expect(home.url.pathname).toBe('/my');

    clock.advance(30);
    const landed = await solveAndSend({ number, password: testPassword });
    expect(landed.url.pathname).not.toContain('/password');
    browser = createBrowser();
    address = '198.51.100.9';
    const again = await send(await passwordPage(), { number });
    expect([again.status, puzzleOf(again)]).toEqual([401, null]);
  });
});

describe('a puzzle', () => {
  /** A number under suspicion, and a page with its puzzle. */
  const suspect = async (): Promise<{ number: string; page: BrowserPage }> => {
    const { number } = await nextPerson();
    return { number, page: await sendWrong(await passwordPage(), 3, number) };
  };

  test('is asked for after suspicion only, of that number only', async () => {
    const { number } = await nextPerson();
    const first = await passwordPage();
    const pages = [first, await sendWrong(first, 1, number), await sendWrong(first, 1, number)];
    expect(pages.map(puzzleOf)).toEqual([null, null, null]);
    expect(puzzleOf(await sendWrong(first, 1, number))).toEqual({ salt: expect.any(String), bits: 10 });
    browser = createBrowser();
    expect(puzzleOf(await passwordPage())).toBeNull();
  });

  test('lets the right password in when solved', async () => {
    const { number, page } = await suspect();
    expect(page.html).toContain('<script src="/assets/puzzle.js" type="module">');
    const landed = await send(page, { number, password: testPassword });
    expect(landed.text).toContain('下次用人脸、指纹登录');
  });

  test('stands before a message to a telephone and before a recovery too, where suspicion is of the place', async () => {
    const ways = ['/phone', '/recover/codes'] as const;
    const open = async (way: (typeof ways)[number]): Promise<BrowserPage> => {
      if (way === '/recover/codes') return browser.get(new URL(way, instance.issuer), from());
      const { url } = await passwordPage();
      return browser.get(new URL(url.href.replace('/password', way)), from());
    };
    for (const way of ways) expect(puzzleOf(await open(way))).toBeNull();
    let page = await passwordPage();
    for (let tries = 0; tries < 6; tries += 1) page = await send(page, { number: nextNumber() });

    const typed = { phone: '13800000001', number: nextNumber(), code: 'AB2CD-EF3GH' };
    const sendTo = (form: BrowserPage, way: string, solution: string) =>
      browser.submit(
        form,
        {
          ...(way === '/phone' ? { phone: typed.phone } : { number: typed.number, code: typed.code }),
          solution,
        },
        way,
        from(),
      );
    for (const way of ways) {
      const form = await open(way);
      const wrong = await sendTo(form, way, solutionOf(form, false));
      expect([wrong.status, wrong.text.includes('安全检查没有通过')]).toEqual([400, true]);
      const right = await sendTo(wrong, way, solutionOf(wrong));
      expect([right.status, right.text.includes('安全检查没有通过')]).toEqual([
        way === '/phone' ? 503 : 200,
        false,
      ]);
    }
  });

  test('takes no wrong solution, none twice, and none of another sign-in', async () => {
    const { number, page } = await suspect();
    const wrong = await send(page, { number, password: testPassword, solution: solutionOf(page, false) });
    expect([wrong.status, wrong.text.includes('安全检查没有通过')]).toEqual([400, true]);

    const solution = solutionOf(wrong);
    const used = await send(wrong, { number, solution });
    expect(used.status).toBe(401);
    const fresh = puzzleOf(used) ?? { salt: '', bits: 0 };
    expect(fresh.salt).not.toBe(puzzleOf(wrong)?.salt);
    const reused = await send(used, { number, password: testPassword, solution });
    // One solution in 1,024 is one of the next puzzle too.
    expect(reused.status === 400).toBe(!solves(fresh, solution));

    const mine = browser;
    browser = createBrowser();
    const foreign = await send(await passwordPage(), { number });
    browser = mine;
    const theirs = solutionOf(foreign);
    const stolen = await send(reused, { number, password: testPassword, solution: theirs });
    expect(stolen.status === 400).toBe(!solves(puzzleOf(reused) ?? fresh, theirs));
  });

  test('that was shown more than 15 minutes ago has expired', async () => {
    const { number, page } = await suspect();
    const mine = browser;
    browser = createBrowser();
    clock.advance(600);
    await solveAndSend({ number });
    browser = mine;
    clock.advance(301);
    const late = await send(page, { number, password: testPassword });
    expect([late.status, late.text.includes('安全检查已过期')]).toEqual([400, true]);
  });

  test('is a wait for whoever runs no scripts, one try an address in that time', async () => {
    const { number, page } = await suspect();
    expect(page.text).toContain('等 60 秒再提交');
    const early = await send(page, { number, password: testPassword, solution: '' });
    expect([early.status, early.headers.get('retry-after')]).toEqual([429, '60']);
    clock.advance(40);
    expect(waitOf(await send(early, { number, solution: '' }))).toEqual(['还需等待 20 秒', '20']);

    const mine = browser;
    browser = createBrowser();
    const other = await send(await passwordPage(), { number });
    clock.advance(60);
    expect((await send(other, { number, solution: '' })).status).toBe(401);
    browser = mine;
    expect((await send(early, { number, password: testPassword, solution: '' })).status).toBe(429);
    clock.advance(60);
    const landed = await send(early, { number, password: testPassword, solution: '' });
    expect(landed.text).toContain('下次用人脸、指纹登录');
  });

  test('is asked for at an address from which many numbers were tried wrong, from the first page on', async () => {
    let page = await passwordPage();
    for (let i = 0; i < 6; i += 1) page = await send(page, { number: nextNumber() });
    browser = createBrowser();
    expect(puzzleOf(await passwordPage())).not.toBeNull();
    address = `198.51.${networks}.8`;
    expect(puzzleOf(await passwordPage())).toBeNull();
  });
});

describe('a password spray', () => {
  const signalsOf = async (): Promise<{ by: unknown; accounts: unknown; network: unknown }[]> => {
    await instance.app.house.audit.relay.runOnce();
    const { entries } = await instance.app.house.audit.searchEntries({ type: 'abuse.password-spray' });
    return entries.map(({ event }) => event.detail as never);
  };

  test('is one signal by its network and one by its password, however long it goes on, and officers see it', async () => {
    clock.advance(86_401);
    const before = (await signalsOf()).length;
    let page = await passwordPage();
    for (let i = 0; i < 7; i += 1)
      page = await send(page, { number: nextNumber(), password: `guess-number-${i}`, ip: `203.0.113.${i}` });
    expect((await signalsOf()).slice(0, -before || undefined)).toEqual([
      { by: 'network', accounts: 4, network: '203.0.*.*' },
    ]);
    for (let i = 0; i < 7; i += 1)
      page = await send(page, { number: nextNumber(), password: 'Summer-2026!', ip: `192.0.${i}.1` });
    const found = (await signalsOf()).slice(0, -before || undefined);
    expect(found.map(({ by }) => by)).toEqual(['password', 'network']);

    const founders = await foundOfficers(instance);
    const auditor = await addOfficer(instance, founders, { role: 'auditor', now: clock.now() });
    await signInOfficer(instance, auditor);
    const list = await auditor.browser.get(
      new URL('/console/abuse?type=abuse.password-spray', instance.issuer),
    );
    expect(list.text).toContain('来自同一网络 · 4 个不同的证件号码 · 网络 203.0.*.*');
    const wrongDay = await auditor.browser.get(new URL('/console/abuse?from=2026-02-30', instance.issuer));
    expect([wrongDay.status, wrongDay.text.includes('日期应写成')]).toEqual([400, true]);
    const guessed = await auditor.browser.get(new URL('/console/abuse', instance.issuer));
    expect(guessed.text).toContain('反复猜测一个账号的密码');
    expect(guessed.text).toMatch(
      /区划 990200 至 无代码，相距 \d+ 公里，相隔 60 分钟 · 账号 [\w-]{22} · 网络 203\.0/,
    );
    const none = await auditor.browser.get(
      new URL('/console/abuse?type=passkey.clone-suspected', instance.issuer),
    );
    expect(none.text).toContain('没有符合条件的信号');
  });
});
