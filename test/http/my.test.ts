import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { demoPeople } from '../../config/demo/people.ts';
import { closeDueAccounts } from '../../src/close-accounts.ts';
import { newsOf } from '../../src/signals/news.ts';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { testPassword } from '../support/instance.ts';
import { agreeAt, refreshOf, signInAt, signInWords, userInfoOf } from '../support/oidc-flow.ts';
import { type FrozenInstance, startFrozenInstance } from '../support/oidc-frozen.ts';
import { startReceiver } from '../support/oidc-receiver.ts';
import { signInAtPortal } from '../support/portal-sign-in.ts';
import { type RelyingParty, startRelyingParty } from '../support/relying-party.ts';

const idleSeconds = 600;

let instance: FrozenInstance;
let one: RelyingParty;
let two: RelyingParty;
let people = 0;
let person: { accountId: string; number: string; name: string };
let browser: Browser;

beforeAll(async () => {
  instance = await startFrozenInstance({
    YIHAO_SESSION_IDLE_SECONDS: `${3 * idleSeconds},${idleSeconds},300,300`,
  });
  one = await startRelyingParty(instance, { scope: 'openid name offline_access' });
  two = await startRelyingParty(instance);
});
afterAll(async () => {
  await Promise.all([one?.stop(), two?.stop()]);
  await instance?.stop();
});
beforeEach(async () => {
  browser = createBrowser();
  person = await instance.addPerson(people++);
});

let moved = 0;
const later = (seconds: number): void => {
  moved += seconds;
  instance.clock.advance(seconds);
};
// The library's own dates stand at the present, so each test begins there.
afterEach(() => later(-moved));

const at = (path: string): URL => new URL(path, instance.issuer);
const see = (path: string, visitor = browser): Promise<BrowserPage> => visitor.get(at(path));
const signIn = (visitor = browser): Promise<BrowserPage> =>
  signInAtPortal(visitor, instance.issuer, person.number);
const signOut = async (): Promise<BrowserPage> =>
  browser.submit(await see('/session/end'), { logout: 'yes' }, '/session/end/confirm');

describe('a session', () => {
  test('that nobody used for its level’s time asks for proof again, one of a lower level later', async () => {
    const [low, other] = [createBrowser(), demoPeople[people++]];
    if (other === undefined) throw new RangeError('there are twenty people');
    await instance.app.house.identity.createAccount({
      number: other.number,
      name: other.name,
      password: testPassword,
      assurance: 1,
      actor: 'test',
    });
    await signInAt(browser, two, person);
    later(idleSeconds - 1);
    await agreeAt(browser, one);
    await signInAt(low, two, other);
    later(idleSeconds - 1);
    expect((await browser.get((await two.begin()).url)).text).not.toContain(signInWords);
    later(idleSeconds + 1);
    expect((await browser.get((await two.begin()).url)).text).toContain(signInWords);
    expect((await low.get((await two.begin()).url)).text).not.toContain(signInWords);
  });

  test('that nobody used opens the person’s own pages no more', async () => {
    await signIn();
    later(idleSeconds - 1);
    expect((await see('/my')).url.pathname).toBe('/my');
    later(idleSeconds + 1);
    expect((await see('/my')).url.pathname).toMatch(/^\/interaction\//);
  });

  test('is listed with its browser and sites, and all of them end at one word', async () => {
    const other = createBrowser();
    await signIn(other);
    const signedIn = await signInAt(browser, one, person, { prompt: 'consent' });
    const list = await see('/my/sessions');
    expect(list.text.split('退出这台设备')).toHaveLength(3);
    expect(list.text).toContain('本机');
    const done = await browser.submit(await see('/my/sessions/end-all'), {});
    expect([done.url.pathname, done.text]).toEqual(['/signed-out', expect.stringContaining('已通知')]);
    for (const visitor of [browser, other])
      expect((await see('/my', visitor)).url.pathname).toMatch(/^\/interaction\//);
    await expect(userInfoOf(signedIn)).rejects.toMatchObject({ status: 401 });
    await expect(refreshOf(signedIn)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('is ended alone; one of another person is not', async () => {
    const other = createBrowser();
    await signIn(other);
    const uid = (await see('/my/sessions', other)).forms.find(({ fields }) => fields['uid'])?.fields['uid'];
    await signIn();
    const stranger = createBrowser();
    person = await instance.addPerson(people++);
    const [form] = (await signIn(stranger).then(() => see('/my/sessions', stranger))).forms;
    const forged = { csrf: form?.fields['csrf'] ?? '', uid: uid ?? '' };
    await stranger.post(at('/my/sessions/end').href, forged);
    expect((await see('/my', other)).url.pathname).toBe('/my');
    const own = (await see('/my/sessions')).forms[0]?.fields['csrf'] ?? '';
    await browser.post(at('/my/sessions/end').href, { csrf: own, uid: uid ?? '' });
    expect((await see('/my', other)).url.pathname).toMatch(/^\/interaction\//);
    expect((await see('/my')).url.pathname).toBe('/my');
  });
});

describe('the receipts of a sign-out', () => {
  const signOutWith = async (statuses: number[]) => {
    const receiver = await startReceiver(statuses);
    const metadata = { backchannel_logout_uri: `${receiver.url}/notice` };
    const down = await startRelyingParty(instance, { metadata });
    await signInAt(browser, two, person);
    await agreeAt(browser, down);
    const done = await signOut();
    const stop = async () => void (await Promise.all([down.stop(), receiver.stop()]));
    return { receiver, done, stop };
  };

  test('say who was reached, who was not, and that it is tried until it is', async () => {
    const { receiver, done, stop } = await signOutWith([503, 503, 503, 503, 503, 503, 200]);
    expect(done.html).toContain('href="/signed-out"');
    const first = await see('/signed-out');
    expect(first.text).toMatch(/已通知.*尚未通知到|尚未通知到.*已通知/s);
    expect((await see('/signed-out', createBrowser())).text).not.toContain('已通知');
    expect(await instance.app.sessions.runOnce()).toBe(0);
    later(16);
    expect(await instance.app.sessions.runOnce()).toBe(1);
    expect((await see('/signed-out')).text).toContain('尚未通知到');
    later(61);
    await instance.app.sessions.runOnce();
    expect(receiver.received).toHaveLength(7);
    expect((await see('/signed-out')).text).not.toContain('尚未通知到');
    await signIn();
    expect((await see('/my/receipts')).text.split('已通知')).toHaveLength(3);
    await stop();
  });

  test('say that a site refused the notice, and it is not asked again', async () => {
    const { receiver, stop } = await signOutWith([400, 200]);
    expect((await see('/signed-out')).text).toContain('拒绝了通知');
    later(86_400);
    await instance.app.sessions.runOnce();
    expect(receiver.received).toHaveLength(1);
    await stop();
  });
});

describe('what a person can see and take back', () => {
  test('the sites: a withdrawn one reads nothing more, and the person is told', async () => {
    const signedIn = await signInAt(browser, one, person, { prompt: 'consent' });
    const other = await agreeAt(browser, two);
    const list = await see('/my/sites');
    const ask = await browser.get(at(`/my/sites/${one.clientId}/withdraw`));
    expect(list.html).toContain(`/my/sites/${one.clientId}/withdraw`);
    const left = await browser.submit(ask, {});
    expect(left.html).not.toContain(`/my/sites/${one.clientId}/`);
    await expect(userInfoOf(signedIn)).rejects.toMatchObject({ status: 401 });
    await expect(refreshOf(signedIn)).rejects.toMatchObject({ error: 'invalid_grant' });
    await expect(userInfoOf(other)).resolves.toBeDefined();
    expect((await see('/my')).text).toContain('通知（1 条未读）');
    expect((await see('/my/notices')).text).toContain('未读');
    expect((await see('/my/notices')).text).not.toContain('未读');
    expect((await see('/my')).text).not.toContain('条未读');
  });

  test('the sign-ins, those refused too, a page at a time', async () => {
    const form = await browser.get((await two.begin()).url);
    const page = await browser.get(new URL(`${form.url.pathname}/password${form.url.search}`, form.url));
    await browser.submit(page, { number: person.number, password: 'wrong-wrong' }, '/password');
    later(1);
    await signIn();
    await instance.app.house.audit.relay.runOnce();
    const { text } = await see('/my/history');
    expect(text).toMatch(/我的一号.*密码.*没有登录成功/s);
    later(181 * 86_400);
    await signIn();
    expect((await see('/my/history')).text).not.toContain('没有登录成功');
  });

  test('what is kept of them: masked, whole on asking, with a row in the ledger', async () => {
    await signIn();
    const masked = await see('/my/profile');
    expect(masked.html).not.toContain(person.number);
    const { rows: before } = await instance.app.house.consent.listAccesses(person);
    expect((await browser.submit(masked, {})).text).toContain(person.number);
    const { rows } = await instance.app.house.consent.listAccesses(person);
    expect(rows.length).toBe(before.length + 1);
    expect(rows[0]).toMatchObject({
      reader: { kind: 'self' },
      what: { fields: ['name', 'id_number', 'phone_number'] },
    });
  });

  test('all of it in a file, and nothing of others', async () => {
    const stranger = await instance.addPerson(people++);
    await signInAt(createBrowser(), two, stranger);
    await signInAt(browser, two, person);
    const page = await see('/my/export');
    const file = JSON.parse((await see('/my/export/file')).html) as Record<string, { rows?: unknown[] }>;
    expect(file['profile']).toMatchObject({ number: person.number, name: person.name });
    expect(page.text).toContain(person.number);
    for (const part of ['uses', 'signIns', 'sessions', 'sites'])
      expect([part, (file[part]?.rows ?? []).length > 0]).toEqual([part, true]);
    for (const text of [page.html, JSON.stringify(file)]) {
      expect(text).not.toContain(stranger.number);
      expect(text).not.toContain(stranger.accountId);
    }
    const { rows } = await instance.app.house.consent.listAccesses(person);
    expect(rows.filter(({ what }) => what.fields.includes('own_data'))).toHaveLength(2);
  });
});

describe('closing an account', () => {
  const askClosing = async (): Promise<BrowserPage> =>
    browser.submit(await see('/my/closing'), {}, '/closing');
  const closeDue = () => closeDueAccounts(instance.app.house, instance.app.sessions);
  const profile = () => instance.app.house.identity.findAccount(person.accountId);

  test('can be stopped by signing in, and is not done before its time', async () => {
    await signIn();
    expect((await askClosing()).text).toContain('停止注销');
    later(15 * 86_400 - 1);
    await closeDue();
    const home = await signIn();
    expect(home.text).toContain('您已申请注销');
    expect((await browser.submit(home, {}, '/closing/stop')).text).not.toContain('您已申请注销');
    later(86_400);
    await closeDue();
    expect(await profile()).toMatchObject({ status: 'active', closingDueAt: null });
  });

  test('erases what names the person and lets nobody sign in; the same person can begin anew', async () => {
    await signIn();
    await askClosing();
    later(15 * 86_400);
    await closeDue();
    const left = await profile();
    expect([left?.status, left?.number, left?.name, left?.phone]).toEqual([
      'closed',
      undefined,
      undefined,
      undefined,
    ]);
    expect((await signIn().catch(() => null))?.url.pathname ?? 'refused').not.toBe('/my');
    expect(await instance.app.house.identity.findAccountIdByNumber(person.number)).toBeNull();
    expect((await instance.addPerson(people - 1)).accountId).not.toBe(person.accountId);
    await instance.app.house.audit.relay.runOnce();
    const closed = { actor: person.accountId, type: 'account.closed' };
    const { entries } = await instance.app.house.audit.searchEntries(closed);
    expect(entries.map((entry) => newsOf(entry)?.about)).toEqual([
      { kind: 'account', accountId: person.accountId },
    ]);
  });
});
