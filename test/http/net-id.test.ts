import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { publicKeyOf, readOrCreateSiteKey } from '../../config/demo/keys.ts';
import { type NetIdFault, netIdClasses } from '../../config/demo/simulators/net-id-provider.ts';
import { type RunningNetId, startNetIdSimulator } from '../../config/demo/simulators/net-id-server.ts';
import { endWaysIn } from '../../src/app.ts';
import { AppError } from '../../src/base/error.ts';
import { closeDueAccounts } from '../../src/close-accounts.ts';
import { createNetIdUpstream } from '../../src/oidc/index.ts';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { type FrozenInstance, startFrozenInstance } from '../support/oidc-frozen.ts';
import { signInAtPortal } from '../support/portal-sign-in.ts';
import { freePorts } from '../support/redis.ts';
import { type Attempt, type RelyingParty, startRelyingParty } from '../support/relying-party.ts';

type Person = Awaited<ReturnType<FrozenInstance['addPerson']>>;

let folder: string;
let instance: FrozenInstance;
let netId: RunningNetId;
let privateJwk: Awaited<ReturnType<typeof readOrCreateSiteKey>>;
let site: RelyingParty;
let person: Person;
let other: Person;
let browser: Browser;
let mine: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yihao-net-id-'));
  const keyFile = join(folder, 'net-id.jwk');
  privateJwk = await readOrCreateSiteKey(keyFile);
  // Each has to be told where the other is.
  const [port = 0] = await freePorts(1);
  instance = await startFrozenInstance({
    YIHAO_NET_ID_ISSUER: `http://localhost:${port}`,
    YIHAO_NET_ID_CLIENT_ID: 'yihao',
    YIHAO_NET_ID_KEY_FILE: keyFile,
    YIHAO_NET_ID_STRONG_ACR: netIdClasses.face,
  });
  netId = await startNetIdSimulator({
    clientId: 'yihao',
    redirectUri: `${instance.issuer}/net-id/callback`,
    publicJwk: publicKeyOf(privateJwk),
    port,
    host: 'localhost',
  });
  [person, other] = [await instance.addPerson(0), await instance.addPerson(1)];
  site = await startRelyingParty(instance);
}, 30_000);
afterAll(async () => {
  await site?.stop();
  await netId?.close();
  await instance?.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  browser = createBrowser();
  mine = createBrowser();
});
afterEach(() => {
  netId.service.fault = null;
});

const at = (path: string): URL => new URL(path, instance.issuer);
const confirm = { decision: 'confirm', person: '0', as: 'face' };

/** Goes from a site to the page of the service where the person confirms. */
const goThere = async (): Promise<{ attempt: Attempt; page: BrowserPage }> => {
  const attempt = await site.begin();
  const way = await browser.click(await browser.get(attempt.url), '用网号登录');
  expect(way.text).toContain('不用网号，也能用其他方式登录');
  return { attempt, page: await browser.submit(way, {}, '/net-id') };
};

/** Goes there and comes back with what the person said. */
const answer = async (said: Record<string, string> = confirm): Promise<BrowserPage> =>
  browser.submit((await goThere()).page, said, '/authorize');

const signIn = async ({ number } = person): Promise<void> => {
  await signInAtPortal(mine, instance.issuer, number);
};
const askToBind = async (): Promise<BrowserPage> =>
  mine.submit(await mine.get(at('/my/net-id')), {}, '/my/net-id');
const bind = async (said: Record<string, string> = confirm): Promise<BrowserPage> =>
  mine.submit(await askToBind(), said, '/authorize');
const unbind = ({ accountId } = person) => instance.app.house.netIds.unbind({ accountId, by: 'person' });

const events = async (type: string, { accountId } = person) => {
  await instance.app.house.audit.relay.runOnce();
  const { entries } = await instance.app.house.audit.searchEntries({ actor: accountId, type });
  return entries.map(({ event }) => event.detail);
};
const levelOf = async ({ accountId } = person) =>
  (await instance.app.house.identity.findAccount(accountId))?.assurance;

describe('a net-ID', () => {
  test('that nobody bound signs nobody in, and the other ways stand there', async () => {
    const refused = await answer();
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('这个网号没有绑定账号')]);
    expect(refused.text).toContain('用密码登录');
  });

  test('that names somebody else, or is checked too weakly, raises nobody', async () => {
    await signIn();
    expect((await bind({ ...confirm, person: '1' })).text).toContain('与您的账号不一致');
    expect(await events('account.net-id-refused')).toEqual([{ reason: 'net-id-other-person' }]);
    expect((await bind({ ...confirm, as: 'password' })).text).toContain('网号已绑定');
    expect(await levelOf()).toBe(2);
    await unbind();
  });

  test('that its person bound is evidence for the third level, and signs them in at the second', async () => {
    await signIn();
    const bound = await bind();
    expect(bound.text).toContain('网号已绑定');
    expect(await levelOf()).toBe(3);
    expect((await mine.get(at('/my/level'))).text).toContain('网号，由国家网络身份认证服务核验');
    expect(await events('net-id.bound')).toContainEqual({});
    expect((await mine.get(at('/my/notices'))).text).toContain('您添加了一种登录方式');

    const { attempt, page } = await goThere();
    const done = await browser.submit(page, confirm, '/authorize');
    expect([done.text, done.headers.get('refresh')]).toEqual([
      expect.stringContaining('您已用网号确认身份'),
      expect.stringMatching(/^0; url=/),
    ]);
    const asked = await browser.click(done, '继续');
    const landed = await browser.submit(asked, { decision: 'agree' }, '/consent');
    const claims = (await attempt.redeem(landed.url)).claims();
    expect(claims).toMatchObject({ amr: ['netid'], acr: 'urn:yihao:loa:2' });
    expect((await mine.get(at('/my/history'))).text).toContain('网号 · ');
    expect(await events('account.signed-in')).toContainEqual({ method: 'netid' });
  });

  test('is of one account, and an account has one', async () => {
    await signIn();
    expect((await bind({ ...confirm, person: '2' })).text).toContain('不一致');
    const answerOf = (subject: string) => ({ issuer: netId.url, subject, acr: null, personDigest: null });
    const { netIds } = instance.app.house;
    const { accountId } = person;
    const given = (subject: string, to = accountId) =>
      netIds.bind({ accountId: to, assurance: 2, answer: answerOf(subject) });
    await expect(given('another')).rejects.toMatchObject({ code: 'net-id-present' });
    const both = await Promise.allSettled([given('x', other.accountId), given('y', other.accountId)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await unbind();
    await expect(Promise.all([given('x'), given('y')])).rejects.toMatchObject({ code: 'net-id-taken' });
    await Promise.all([unbind(), unbind(other)]);
    await expect(netIds.bind({ accountId, assurance: 1, answer: answerOf('x') })).rejects.toMatchObject({
      code: 'net-id-level',
    });
  });

  test('leaves neither subject nor number in what is stored', async () => {
    const { records } = instance.app.house.storage;
    const stored = JSON.stringify(await records.model('NetIdBinding').find({}).lean().exec());
    expect(stored).toContain(person.accountId);
    expect(stored).not.toMatch(new RegExp(`"[xy]"|${person.number}|localhost`));
  });

  test('is unbound after a question, and signs nobody in any more', async () => {
    await signIn();
    await bind();
    const ask = await mine.click(await mine.get(at('/my/net-id')), '解除绑定');
    expect(ask.text).toContain('解除网号的绑定？');
    expect((await mine.submit(ask, {}, '/unbind')).text).toContain('网号已解除绑定');
    expect((await mine.submit(ask, {}, '/unbind')).text).toContain('还没有绑定网号');
    expect((await answer()).text).toContain('这个网号没有绑定账号');
    expect(await events('net-id.unbound')).toContainEqual({ by: 'person' });
    expect((await mine.get(at('/my/history'))).text).toContain('没有登录成功');
  });
});

describe('an account', () => {
  const setStatus = (status: string) =>
    instance.app.house.storage.records
      .model('Account')
      .updateOne({ _id: person.accountId }, { $set: { status } });

  test('that is suspended is refused as by every other way, and the try stands in the audit', async () => {
    await signIn();
    await bind();
    await setStatus('suspended');
    const refused = await answer();
    const words = new AppError('account-not-active').text('zh');
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining(words)]);
    expect(await events('account.sign-in-refused')).toContainEqual({
      method: 'netid',
      reason: 'account-not-active',
    });
    await setStatus('active');
  });

  test('that was recovered has no net-ID any more', async () => {
    await endWaysIn(instance.app.house, instance.app.sessions)(person.accountId);
    expect(await instance.app.house.netIds.findBinding(person.accountId)).toBeNull();
    expect(await events('net-id.unbound')).toContainEqual({ by: 'recovery' });
  });
});

describe('the service', () => {
  const invalid: NetIdFault[] = [
    'wrong-nonce',
    'wrong-issuer',
    'wrong-answer-issuer',
    'wrong-audience',
    'wrong-key',
    'expired',
    'unsigned',
  ];
  test.each(invalid)('whose answer is %s signs nobody in', async (fault) => {
    const { page } = await goThere();
    netId.service.fault = fault;
    const refused = await browser.submit(page, confirm, '/authorize');
    expect([refused.status, refused.text]).toEqual([502, expect.stringContaining('无法确认真实有效')]);
    expect(refused.text).toContain('用密码登录');
  });

  test('that is down after is told, with the other ways; the person who turns back too', async () => {
    const { page } = await goThere();
    expect((await browser.submit(page, { decision: 'deny' }, '/authorize')).text).toContain('选择了返回');
    const again = await goThere();
    const { searchParams } = again.page.url;
    netId.service.fault = 'down';
    const answered = new URLSearchParams({
      state: searchParams.get('state') ?? '',
      code: 'c',
      iss: netId.url,
    });
    const down = await browser.get(at(`/net-id/callback?${answered}`));
    expect([down.status, down.text]).toEqual([503, expect.stringContaining('暂时没有应答')]);
    expect(down.text).toContain('用密码登录');
  });

  test('that is slow is given up; one on a private network that is not named is not called', async () => {
    const begin = (changes: { issuer?: string }) =>
      createNetIdUpstream({
        issuer: netId.url,
        clientId: 'yihao',
        privateJwk,
        privateHosts: ['localhost'],
        timeoutMilliseconds: 30,
        selfIssuer: instance.issuer,
        strongAcr: [],
        ephemeral: instance.app.house.storage.ephemeral,
        nowMilliseconds: () => 0,
        ...changes,
      }).begin({ binding: 'b', clientId: null, language: 'zh' });
    const issuer = netId.url.replace('localhost', '127.0.0.1');
    await expect(begin({ issuer })).rejects.toMatchObject({ code: 'net-id-unavailable' });
    netId.service.fault = 'slow';
    await expect(begin({})).rejects.toMatchObject({ code: 'net-id-unavailable' });
  });
});

describe('an answer', () => {
  test('is taken by the browser that began it only', async () => {
    const { page } = await goThere();
    const landed = await browser.submit(page, confirm, '/authorize', { follow: false });
    const address = landed.headers.get('location') ?? '';
    expect((await mine.get(address)).text).toContain('已失效');
    await signIn();
    const asked = await askToBind();
    const planted = await mine.submit(asked, confirm, '/authorize', { follow: false });
    const victim = createBrowser();
    await signInAtPortal(victim, instance.issuer, other.number);
    expect((await victim.get(planted.headers.get('location') ?? '')).text).toContain('请重新开始');
    expect(await instance.app.house.netIds.findBinding(other.accountId)).toBeNull();
  });

  test('that comes twice, or after ten minutes, finds the sign-in and its other ways again', async () => {
    const { page } = await goThere();
    await browser.submit(page, confirm, '/authorize');
    const twice = await browser.submit(page, confirm, '/authorize');
    expect([twice.status, twice.text]).toEqual([410, expect.stringContaining('已经用过')]);
    expect(twice.text).toContain('用密码登录');
    const late = await goThere();
    instance.clock.advance(601);
    const refused = await browser.submit(late.page, confirm, '/authorize');
    expect([refused.status, refused.text]).toEqual([410, expect.stringContaining('超过了 10 分钟')]);
    expect((await browser.get(at('/net-id/callback?state=nobody'))).status).toBe(410);
  });

  test('is not waited for where the service is down before; the other ways stand there', async () => {
    netId.service.fault = 'down';
    const way = await browser.click(await browser.get((await site.begin()).url), '用网号登录');
    const down = await browser.submit(way, {}, '/net-id');
    expect([down.status, down.text]).toEqual([503, expect.stringContaining('暂时没有应答')]);
    expect(down.text).toContain('用密码登录');
  });
});

test('an account that is closed has no net-ID any more', async () => {
  const { house, sessions } = instance.app;
  const { accountId } = person;
  const closing = { issuer: netId.url, subject: 'closing', acr: null, personDigest: null };
  await house.netIds.bind({ accountId, assurance: 2, answer: closing });
  await house.identity.askClosing({ accountId, days: 1 });
  instance.clock.advance(86_401);
  await closeDueAccounts(house, sessions);
  expect(await house.netIds.findBinding(accountId)).toBeNull();
  await expect(house.netIds.signIn(closing)).rejects.toMatchObject({ code: 'net-id-not-bound' });
});
