import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  calculateJwkThumbprint,
  createRemoteJWKSet,
  exportJWK,
  generateKeyPair,
  type JWK,
  jwtVerify,
} from 'jose';
import * as client from 'openid-client';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { addOfficer, foundOfficers, type OfficerAtWork, signInOfficer } from '../support/officers.ts';
import { signInAtPortal } from '../support/portal-sign-in.ts';
import { signInByPassword } from '../support/relying-party.ts';

/** A site of somebody's own, on a socket: it serves its keys and takes sign-out notices, as well as it is told to. */
interface OwnServer {
  origin: string;
  keys: JWK[];
  checksNotices: boolean;
  /** How long it takes for a notice. */
  slowSeconds: number;
  server: Server;
}

let instance: Instance;
let site: OwnServer;
let developer: Browser;
let person: { number: string };
let testPerson: { number: string; password: string };
let privateKey: CryptoKey;
let kid: string;

const at = (path: string): URL => new URL(path, instance.issuer);

const startSite = async (): Promise<OwnServer> => {
  const pair = await generateKeyPair('ES256', { extractable: true });
  ({ privateKey } = pair);
  const jwk = await exportJWK(pair.publicKey);
  kid = await calculateJwkThumbprint(jwk);
  const keys = createRemoteJWKSet(at('/jwks'));
  const own = { origin: '', keys: [{ ...jwk, kid }], checksNotices: false, slowSeconds: 0 };
  const takesNotice = async (body: string): Promise<boolean> => {
    clock.advance(own.slowSeconds);
    if (!own.checksNotices) return true;
    const token = new URLSearchParams(body).get('logout_token') ?? '';
    const options = { issuer: instance.issuer, audience: 'fund.sandbox', typ: 'logout+jwt' };
    return jwtVerify(token, keys, options).then(
      () => true,
      () => false,
    );
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += String(part);
    if (request.url === '/jwks') response.end(JSON.stringify({ keys: own.keys }));
    else if (request.method === 'POST') response.writeHead((await takesNotice(body)) ? 200 : 400).end();
    else response.end('arrived at the site');
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  own.origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  return Object.assign(own, { server });
};

let clock: FrozenClock;

beforeAll(async () => {
  clock = frozenClock(new Date().toISOString());
  instance = await startInstance({ YIHAO_REQUESTS_PER_MINUTE: '100000' }, undefined, clock);
  site = await startSite();
  developer = createBrowser();
  person = await instance.addPerson(0);
  await signInAtPortal(developer, instance.issuer, person.number);
});
afterAll(async () => {
  site?.server.close();
  site?.server.closeAllConnections();
  await instance?.stop();
});

const registration = () => ({
  siteId: 'fund',
  nameZh: '示例公积金',
  nameEn: 'Example fund',
  department: '示例省住房局',
  purpose: '提取公积金',
  homeUrl: `${site.origin}/`,
  redirectUris: `${site.origin}/callback`,
  logoutUri: `${site.origin}/notice`,
  jwksUri: `${site.origin}/jwks`,
});

const factOn = ({ html }: BrowserPage, term: string): string =>
  html.match(new RegExp(`<dt>${term}</dt><dd[^>]*>([^<]*)<`))?.[1] ?? '';

/** Which checks stand how, by the words of the page. */
const verdictsOn = ({ text }: BrowserPage): Record<string, string> =>
  Object.fromEntries(
    [
      ...text.matchAll(
        /(登录成功|返回地址|PKCE（S256）|state|nonce|换取令牌|推送授权请求（PAR）|DPoP|FAPI 2.0 安全等级|公钥|拒绝伪造的退出通知|退出通知) (通过|须修改|还没看到)/g,
      ),
    ].map(([, name = '', verdict = '']) => [name, verdict]),
  );

const configurationOf = (): Promise<client.Configuration> =>
  client.discovery(
    new URL(instance.issuer),
    'fund.sandbox',
    undefined,
    client.PrivateKeyJwt({ key: privateKey, kid }),
    {
      execute: [client.allowInsecureRequests],
    },
  );

/** Begins a sign-in as the first sample does. */
const begin = async (fixed: Record<string, string> = {}) => {
  const configuration = await configurationOf();
  const verifier = client.randomPKCECodeVerifier();
  const sent = { state: client.randomState(), nonce: client.randomNonce(), ...fixed };
  const DPoP = client.getDPoPHandle(configuration, await client.randomDPoPKeyPair('ES256'));
  const parameters = {
    redirect_uri: `${site.origin}/callback`,
    scope: 'openid name',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...sent,
  };
  const url = await client.buildAuthorizationUrlWithPAR(configuration, parameters, { DPoP });
  const checks = { pkceCodeVerifier: verifier, expectedState: sent.state, expectedNonce: sent.nonce };
  const redeem = (landed: URL) =>
    client.authorizationCodeGrant(configuration, landed, checks, undefined, { DPoP });
  return { url, redeem };
};

describe('a developer', () => {
  test('registers a site and has a sandbox client, and code with its values, at once', async () => {
    const form = await developer.get(at('/developer/register'));
    const wrong = await developer.submit(form, {
      ...registration(),
      homeUrl: 'http://fund.example/',
      scope_name: 'yes',
    });
    expect([wrong.status, wrong.text.includes('homeUrl'), wrong.forms[0]?.fields['nameZh']]).toEqual([
      400,
      true,
      '示例公积金',
    ]);
    const made = await developer.submit(wrong, registration());
    expect(made.url.pathname).toBe('/developer/sites/fund.sandbox');
    expect(factOn(made, '客户端标识（client_id）')).toBe('fund.sandbox');
    expect(made.text).toContain('FAPI 2.0 安全级 当前等级');
    expect(made.text).toContain('FAPI 2.0 签名级 下一级');
    const samples = await developer.get(at('/developer/sites/fund.sandbox/samples'));
    for (const value of [instance.issuer, 'fund.sandbox', `${site.origin}/callback`])
      expect(samples.text).toContain(value);
  });

  test('takes no identifier of another’s, no private key, and sees no site of another’s', async () => {
    const form = await developer.get(at('/developer/register'));
    expect((await developer.submit(form, registration())).status).toBe(409);
    const secret = JSON.stringify({ keys: [await exportJWK(privateKey)] });
    const refused = await developer.submit(form, {
      ...registration(),
      siteId: 'other',
      jwksUri: '',
      jwks: secret,
    });
    expect([refused.status, refused.text.includes('public keys only')]).toEqual([400, true]);
    const stranger = createBrowser();
    const { number } = await instance.addPerson(1);
    await signInAtPortal(stranger, instance.issuer, number);
    for (const path of ['', '/samples', '/change', '/production'])
      expect((await stranger.get(at(`/developer/sites/fund.sandbox${path}`))).status).toBe(404);
  });

  test('sets a site lower only with a reason, which its page and its check show', async () => {
    const form = await developer.get(at('/developer/register'));
    const lower = { ...registration(), siteId: 'lower', profile: 'basic', scope_name: 'yes' };
    const refused = await developer.submit(form, lower);
    expect([refused.status, refused.text.includes('unsafeLesserProfileReason')]).toEqual([400, true]);
    const made = await developer.submit(refused, { lesserProfileReason: '现有的库不支持 DPoP' });
    expect(made.text).toContain('低于 FAPI 2.0 安全级的理由：现有的库不支持 DPoP');
    expect(verdictsOn(made)['FAPI 2.0 安全等级']).toBe('须修改');
    const higher = { profile: 'fapi2-message-signing' };
    const moved = await developer.submit(await developer.get(at(`${made.url.pathname}/change`)), higher);
    expect(moved.text).toContain('FAPI 2.0 签名级 当前等级');
    expect(moved.text).not.toContain('现有的库不支持');
  });

  test('gets test people, whose password is shown once', async () => {
    const made = await developer.submit(await developer.get(at('/developer')), {}, 'test-people');
    testPerson = { number: factOn(made, '证件号码'), password: factOn(made, '密码') };
    expect(testPerson.number).toMatch(/^999999\d{11}[\dX]$/);
    expect((await developer.get(at('/developer'))).html).not.toContain(testPerson.password);
  });
});

describe('a sandbox', () => {
  test('lets no real person in, in words, and a test person nowhere else', async () => {
    const { url } = await begin();
    // Signed in at their own pages, the developer is asked to sign in as another, and may not here.
    expect((await developer.get(url)).url.pathname).toMatch(/^\/interaction\//);
    const visitor = createBrowser();
    const refused = await passwordAt(visitor, url, { number: person.number, password: 'Test-password-2026' });
    expect([refused.status, refused.text.includes('只有测试人员可以登录')]).toEqual([403, true]);
    const elsewhere = await passwordAt(createBrowser(), at('/my'), testPerson);
    expect([elsewhere.status, elsewhere.text.includes('测试人员只能登录测试环境')]).toEqual([403, true]);
  });

  const passwordAt = async (
    browser: Browser,
    url: URL,
    { number, password }: { number: string; password: string },
  ): Promise<BrowserPage> => {
    const first = await browser.get(url);
    const form = await browser.get(new URL(`${first.url.pathname}/password${first.url.search}`, first.url));
    return browser.submit(form, { number, password }, '/password');
  };

  /** Signs the test person in where they are not yet. */
  const arrive = async (browser: Browser, url: URL): Promise<BrowserPage> => {
    const page = await browser.get(url);
    if (page.url.origin === site.origin) return page;
    return signInByPassword(browser, page.url, testPerson.number, testPerson.password);
  };

  test('is judged by what the site did: red with what to change, then green', async () => {
    const page = (): Promise<BrowserPage> => developer.get(at('/developer/sites/fund.sandbox'));
    expect(new Set(Object.values(verdictsOn(await page())))).toEqual(new Set(['还没看到']));
    const before = await developer.submit(await page(), {}, '/checks');
    // It takes every notice, forged ones too.
    expect(verdictsOn(before)).toMatchObject({
      公钥: '通过',
      退出通知: '通过',
      拒绝伪造的退出通知: '须修改',
    });
    expect(before.text).toContain('核验不过时答 400');
    const browser = createBrowser();
    for (const fixed of [
      { state: 'always-the-same-state', nonce: 'n1' },
      { state: 'always-the-same-state', nonce: 'n2' },
    ]) {
      const attempt = await begin(fixed);
      await attempt.redeem((await arrive(browser, attempt.url)).url);
    }
    expect(verdictsOn(await page())).toMatchObject({ state: '须修改', nonce: '通过', DPoP: '通过' });
    site.checksNotices = true;
    const good = await begin();
    await good.redeem((await arrive(browser, good.url)).url);
    const after = await developer.submit(await page(), {}, '/checks');
    expect(verdictsOn(after)).toMatchObject({
      登录成功: '通过',
      '推送授权请求（PAR）': '通过',
      'FAPI 2.0 安全等级': '通过',
      拒绝伪造的退出通知: '通过',
    });
    expect(new Set(Object.values(verdictsOn(after)))).toEqual(new Set(['通过']));
    expect(after.text).toContain('成功 3，本人取消 0，出错 0');
  });

  test('says of each key when it was last used, so that the old one can go', async () => {
    const { publicKey } = await generateKeyPair('ES256', { extractable: true });
    site.keys.push({ ...(await exportJWK(publicKey)), kid: 'the-next-key' });
    const { text } = await developer.get(at('/developer/sites/fund.sandbox'));
    expect(text).toMatch(new RegExp(`${kid} 最近使用：`));
    expect(text).toContain('the-next-key 30 天内没有用过');
  });

  test('counts what went wrong, and names an address that differs', async () => {
    await expect(begin({ redirect_uri: `${site.origin}/callback/` })).rejects.toThrow();
    const { text } = await developer.get(at('/developer/sites/fund.sandbox'));
    expect(text).toContain('返回地址 须修改 redirect_uri 须与登记的逐字相同');
    expect(text).toContain('出错 1（出错率 25%）');
  });
});

describe('how a site fares', () => {
  const page = (): Promise<BrowserPage> => developer.get(at('/developer/sites/fund.sandbox'));

  test('stands on its page: why it was refused, and how long it takes for what it is sent', async () => {
    const { text } = await page();
    expect(text).toMatch(/1 次 · 返回地址缺失，或与登记的不同/);
    expect(text).toMatch(/接口请求 今天 (\d+)，近 7 天 \1；被拒 1（\d+\.\d%）/);
    expect(text).toContain('近 7 天没有向网站发送过通知');
    const accountId = await instance.app.house.identity.findAccountIdByNumber(testPerson.number);
    site.slowSeconds = 3;
    await instance.app.sessions.endAll(accountId ?? '');
    site.slowSeconds = 0;
    const { siteHealth } = instance.app.house;
    await siteHealth.flush();
    siteHealth.refused('another', 'ours');
    siteHealth.refused('fund.sandbox', 'ours');
    await Promise.all([siteHealth.flush(), siteHealth.flush()]);
    const { week } = await siteHealth.read('fund.sandbox');
    expect(week.causes.find(({ cause }) => cause === 'ours')?.count).toBe(1);
    expect((await page()).text).toContain('退出通知：送达 1，平均 3000 毫秒；其中 2 秒以上 1；失败 0');
  });
});

describe('two officers', () => {
  let manager: OfficerAtWork;
  let administrator: OfficerAtWork;

  beforeAll(async () => {
    const { system, security } = await foundOfficers(instance);
    administrator = system;
    const given = { role: 'site-manager', now: clock.now() } as const;
    manager = await addOfficer(instance, { system, security }, given);
    await signInOfficer(instance, manager);
    await signInOfficer(instance, administrator);
  });

  /** Asks for production with a purpose of its own. */
  const ask = async (purpose: string): Promise<BrowserPage> => {
    const form = await developer.get(at('/developer/sites/fund.sandbox/production'));
    const live = {
      purpose,
      homeUrl: 'https://fund.example/',
      redirectUris: 'https://fund.example/callback',
      logoutUri: '',
      jwksUri: 'https://fund.example/jwks',
    };
    return developer.submit(form, live);
  };

  const decide = async (number: number, answer: string): Promise<BrowserPage> => {
    const form = await manager.browser.get(at(`/console/sites/fund/${number}`));
    const proposal = await manager.browser.submit(form, { reason: '已测通' });
    expect(proposal.text).toContain('须由另一名工作人员审核');
    const waiting = await administrator.browser.get(proposal.url);
    return administrator.browser.submit(waiting, { answer, note: '请核对' });
  };

  const purposeOf = async (): Promise<string | undefined> =>
    (await instance.app.house.sites.find('fund'))?.purpose;

  test('take a site from sandbox to production, change it, and roll it back', async () => {
    const local = await developer.submit(
      await developer.get(at('/developer/sites/fund.sandbox/production')),
      {},
    );
    expect([local.status, local.text.includes('https, no fragment')]).toEqual([400, true]);
    await ask('提取公积金');
    expect((await manager.browser.get(at('/console/sites'))).text).toContain('示例公积金 · 审阅第 1 版');
    expect(await purposeOf()).toBeUndefined();
    expect((await decide(1, 'approve')).text).toContain('已通过');
    expect(await purposeOf()).toBe('提取公积金');

    await ask('提取和转移公积金');
    const review = await manager.browser.get(at('/console/sites/fund/2'));
    expect(review.text).toContain('purpose 提取公积金 → 提取和转移公积金');
    expect(review.text).not.toContain('redirect_uris');
    await decide(2, 'approve');
    expect(await purposeOf()).toBe('提取和转移公积金');

    expect((await manager.browser.get(at('/console/sites/fund'))).text).toContain('退回到第 1 版');
    await decide(1, 'approve');
    const site = await instance.app.house.sites.find('fund');
    expect([site?.purpose, site?.release]).toEqual(['提取公积金', 3]);
  });

  test('leave production as it is when the second declines', async () => {
    await ask('另一件事');
    await decide(4, 'refuse');
    expect(await purposeOf()).toBe('提取公积金');
    const page = await developer.get(at('/developer/sites/fund.sandbox'));
    expect(page.text).toMatch(/第 4 版 · [^第]* 未通过/);
    // What has been declined is not proposed once more.
    const form = await manager.browser.get(at('/console/sites/fund/4'));
    expect((await manager.browser.submit(form, { reason: '再试' })).status).toBe(409);
  });

  test('give a site another quota, beyond which it is told to wait, and see that it was', async () => {
    const page = await manager.browser.get(at('/console/sites/fund.sandbox'));
    const form = await manager.browser.click(page, '调整配额');
    const wrong = await manager.browser.submit(form, { per_minute: '9', reason: '测试' });
    expect([wrong.status, wrong.text.includes('10 至 1000000')]).toEqual([400, true]);
    const proposal = await manager.browser.submit(wrong, { per_minute: '10' });
    expect(proposal.text).toContain('每分钟请求次数 原来：6000 · 改为：10');
    const waiting = await administrator.browser.get(proposal.url);
    await administrator.browser.submit(waiting, { answer: 'approve', note: '' });

    const { siteHealth } = instance.app.house;
    for (let request = 0; request < 10; request += 1) await siteHealth.admit('fund.sandbox', 'oauth');
    const refusal = await begin().catch((error: unknown) => error);
    expect(refusal).toMatchObject({ status: 429, error: 'temporarily_unavailable' });
    const { response } = refusal as client.ResponseBodyError;
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);

    const mine = await developer.get(at('/developer/sites/fund.sandbox'));
    expect(mine.text).toContain('每分钟 10 次');
    expect(mine.text).toMatch(/超出配额 今天 [1-9]/);
    expect(mine.text).toContain('1 次 · 一分钟内的请求超过了网站的配额');
    const seen = await administrator.browser.get(at('/console/supervision'));
    expect(seen.text).toMatch(/应答慢、出错多或超出配额的网站（今天） 示例公积金 退出通知：送达 1/);
  });

  test('find a site by its name, page by page', async () => {
    const house = instance.app.house.sites;
    const [sandbox] = await house.page('fund', 1);
    if (sandbox === undefined) throw new Error('the sandbox is not there');
    for (let number = 10; number < 32; number += 1)
      await house.save(
        { ...sandbox, clientId: `many-${number}.sandbox`, name: { zh: '批量', en: 'Many' } },
        'test',
      );
    const first = await manager.browser.get(at('/console/sites?q=批量'));
    const second = await manager.browser.click(first, '下一页');
    const shown = (page: BrowserPage) => page.text.match(/many-\d+/g) ?? [];
    expect([shown(first).length, shown(second).length, first.text.includes('示例公积金 ')]).toEqual([
      20,
      2,
      false,
    ]);
  });
});

describe('colleagues', () => {
  const membersAt = (browser: Browser): Promise<BrowserPage> =>
    browser.get(at('/developer/sites/fund.sandbox/members'));
  const newcomer = async (index: number): Promise<Browser> => {
    const browser = createBrowser();
    const { number } = await instance.addPerson(index);
    await signInAtPortal(browser, instance.issuer, number);
    return browser;
  };
  const developersOf = async (clientId: string): Promise<number | undefined> =>
    (await instance.app.house.sites.find(clientId))?.developers?.length;

  test('join by a link that works once, and leave, but for the last', async () => {
    const made = await developer.submit(await membersAt(developer), {}, '/members');
    const [link = ''] = /http[^<"]*\/developer\/join\/[\w-]{22}/.exec(made.html) ?? [];
    expect((await membersAt(developer)).html).not.toContain(link);
    const [colleague, third] = [await newcomer(2), await newcomer(3)];
    const asked = await colleague.get(new URL(link));
    expect(asked.text).toContain('加入“示例公积金”的开发者');
    expect((await colleague.submit(asked, {}, '/join')).url.pathname).toBe('/developer/sites/fund.sandbox');
    const late = await third.get(new URL(link));
    expect([late.status, late.text.includes('已用过、已过期')]).toEqual([410, true]);
    expect([await developersOf('fund.sandbox'), await developersOf('fund')]).toEqual([2, 2]);

    // An older version that comes back leaves them as they are.
    const { onboarding } = instance.app.house;
    const { releaseId } = await onboarding.releaseToPropose('fund@1', 'officer');
    await onboarding.applyRelease(releaseId, 'officer');
    expect(await developersOf('fund')).toBe(2);

    const list = await membersAt(colleague);
    const question = await colleague.click(list, list.text.match(/移出 \w{6}/)?.[0] ?? '');
    expect([question.text.includes('确定移出'), await developersOf('fund')]).toEqual([true, 2]);
    await colleague.submit(question, {}, '/members/');
    expect((await developer.get(at('/developer/sites/fund.sandbox'))).status).toBe(404);
    const code = (await membersAt(colleague)).text.match(/您的代号是 (\w{6})/)?.[1];
    const own = await colleague.get(at(`/developer/sites/fund.sandbox/members/${code}`));
    const last = await colleague.submit(own, {}, '/members/');
    expect([last.status, last.text.includes('这是最后一名开发者')]).toEqual([409, true]);
    const kept = await instance.app.house.storage.records
      .collection('sites')
      .findOne({ _id: 'fund.sandbox' as never });
    expect(kept?.['outbox'].map(({ type }: { type: string }) => type).slice(-2)).toEqual([
      ...['site.developer-joined', 'site.developer-removed'],
    ]);
  });
});
