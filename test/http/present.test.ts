import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { issueLicence, seedTypes } from '../support/certificates.ts';
import { type Department, startDepartment, useCause } from '../support/department.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { keysAt, signInAt, userInfoOf } from '../support/oidc-flow.ts';
import { signInAtPortal } from '../support/portal-sign-in.ts';
import { startRelyingParty } from '../support/relying-party.ts';

let instance: Instance;
let counter: Department;
let browser: Browser;
let person: Awaited<ReturnType<Instance['addPerson']>>;
let identifier: string;
let people = 0;

const at = (path: string): URL => new URL(path, instance.issuer);

beforeAll(async () => {
  instance = await startInstance();
  await seedTypes(instance);
  counter = await startDepartment(instance);
}, 30_000);
afterAll(() => instance?.stop());
beforeEach(async () => {
  browser = createBrowser();
  person = await instance.addPerson(people++);
  identifier = await issueLicence(instance, person);
  await signIn(browser, person.number);
});

const signIn = async (visitor: Browser, number: string): Promise<BrowserPage> => {
  return signInAtPortal(visitor, instance.issuer, number);
};

/** Shows a code with these fields ticked; returns the page and what stands in the QR code, read from the domain. */
const showCode = async (fields: readonly string[]): Promise<string> => {
  const { presentations } = instance.app.house;
  const holder = { type: '111', code: person.number };
  const made = await presentations.present({ identifier, accountId: person.accountId, holder, fields });
  return `${instance.issuer}/p/${made.code}`;
};

const scan = (code: string) => counter.call('/presentations/scan', { code, useCause });

describe('my certificates', () => {
  test('are listed, and one opens with its photo and all it says', async () => {
    const list = await browser.get(at('/my/certificates'));
    expect(list.text).toContain('机动车驾驶证');
    const one = await browser.click(list, '机动车驾驶证');
    expect(one.text).toContain('示例省示例市和平路1号');
    const photo = await fetch(at(one.html.match(/src="(\/my\/photos\/[^"]+)"/)?.[1] ?? ''), {
      headers: { cookie: browser.cookies.headerFor(at('/my')) },
    });
    expect([photo.status, photo.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  });

  test('of somebody else are answered as if they were not there', async () => {
    const other = createBrowser();
    const neighbour = await instance.addPerson(people++);
    await signIn(other, neighbour.number);
    expect((await other.get(at('/my/certificates'))).text).toContain('名下还没有电子证照');
    for (const path of ['', '/present', '/code?fields='])
      expect((await other.get(at(`/my/certificates/${identifier}${path}`))).status).toBe(404);
  });

  test('need a sign-in, each page of them', async () => {
    const nobody = createBrowser();
    for (const path of ['', `/${identifier}`, `/${identifier}/present`, `/${identifier}/code`])
      expect((await nobody.get(at(`/my/certificates${path}`))).url.pathname).toMatch(/^\/interaction\//);
  });

  test('that are ended say so and cannot be shown', async () => {
    const end = { identifier, ground: 'revoked', endedOn: '2026-11-20', reasonCode: 'r1' };
    expect((await counter.call('/certificates/end', end)).status).toBe(200);
    const one = await browser.get(at(`/my/certificates/${identifier}`));
    expect(one.text).toContain('已吊销');
    expect(one.text).toContain('现在不能使用');
    expect((await browser.get(at(`/my/certificates/${identifier}/code?fields=`))).status).toBe(409);
  });
});

describe('a certificate that is shown', () => {
  test('is chosen field by field, and the page of the code knows where the next one is', async () => {
    const choice = await browser.get(at(`/my/certificates/${identifier}/present`));
    const page = await browser.submit(choice, { fields: 'address' });
    expect(page.url.searchParams.get('fields')).toBe('address');
    expect(page.text).toContain('住址');
    expect(page.html).toMatch(/data-seconds="60" data-next="\/my\/certificates\//);
    expect(page.html).toContain('src="data:image/svg+xml;base64,');
  });

  test('tells a counter the masked name, the photo, the state and what was ticked, once', async () => {
    const code = await showCode(['vehicleClass']);
    const shown = await scan(code);
    expect(shown.body).toMatchObject({
      verdict: { kind: 'genuine' },
      maskedName: `${'*'.repeat([...person.name].length - 1)}${[...person.name].at(-1)}`,
      fields: [{ name: 'vehicleClass', value: 'C1' }],
    });
    expect(JSON.stringify(shown.body)).not.toContain(person.number);
    expect(JSON.stringify(shown.body)).not.toContain('和平路');
    const photo = await fetch(String(shown.body['photoUrl']));
    expect([photo.status, photo.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect((await fetch(String(shown.body['photoUrl']))).status).toBe(410);
    expect(await scan(code)).toMatchObject({ status: 410, body: { code: 'presentation-unknown' } });
  });

  test('is scanned by one of ten counters at once', async () => {
    const code = await showCode([]);
    const answers = await Promise.all(Array.from({ length: 10 }, () => scan(code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('tells anybody else that it is genuine, and nothing of the person', async () => {
    const page = await createBrowser().get(await showCode(['address']));
    expect(page.text).toContain('真实有效');
    for (const secret of [person.name, person.number, '和平路']) expect(page.html).not.toContain(secret);
  });

  test('and is ended meanwhile says ended to who scans it', async () => {
    const codes = [await showCode([]), await showCode([])];
    const end = { identifier, ground: 'cancelled', endedOn: '2026-11-20', reasonCode: 'r1' };
    expect((await counter.call('/certificates/end', end)).status).toBe(200);
    expect((await scan(codes[0] ?? '')).body).toMatchObject({ verdict: { kind: 'ended' } });
    expect((await createBrowser().get(codes[1] ?? '')).text).toContain('2026-11-20 失效');
  });

  test('with a field its type does not have is refused', async () => {
    const page = await browser.get(at(`/my/certificates/${identifier}/code?fields=salary`));
    expect(page.status).toBe(400);
  });
});

describe('who used my data', () => {
  test('shows a scan at once, with who, what for and by what right', async () => {
    await scan(await showCode(['vehicleClass']));
    const uses = await browser.get(at('/my/uses'));
    for (const words of ['测试部门', '机动车驾驶证', useCause.purpose, '您的同意'])
      expect(uses.text).toContain(words);
  });

  test('shows what a site learnt at a sign-in, by the names of the claims', async () => {
    const site = await startRelyingParty(instance, { scope: 'openid name phone' });
    await userInfoOf(await signInAt(createBrowser(), site, person));
    const uses = await browser.get(at('/my/uses'));
    expect(uses.text).toContain('测试网站');
    expect(uses.text).toContain('手机号码');
    await site.stop();
  });

  test('is empty at first, and in pages later', async () => {
    expect((await browser.get(at('/my/uses'))).text).toContain('还没有单位读取过您的信息');
    for (let times = 0; times < 25; times += 1) await scan(await showCode([]));
    const first = await browser.get(at('/my/uses'));
    const second = await browser.click(first, '更早的');
    const count = (page: BrowserPage): number => page.text.split('测试部门').length - 1;
    expect([count(first), count(second)]).toEqual([20, 5]);
  });
});

describe('checking a certificate by its identifier', () => {
  const ask = async (text: string): Promise<BrowserPage> => {
    const nobody = createBrowser();
    return nobody.submit(await nobody.get(at('/verify')), { identifier: text }, '/verify');
  };

  test('says genuine, and for one that was never issued that there is none', async () => {
    expect((await ask(identifier)).text).toContain('真实有效');
    const unknown = '1.2.156.3005.2.11999999000000019M001.11999999000000019M.2026000001.001.Q';
    expect((await ask(unknown)).text).toContain('没有这张证照');
  });

  test('says what is wrong with one that is mistyped', async () => {
    const page = await ask(`${identifier.slice(0, -1)}${identifier.endsWith('A') ? 'B' : 'A'}`);
    expect([page.status, page.text]).toEqual([400, expect.stringContaining('有一位输错了')]);
  });
});

describe('a certificate as a credential', () => {
  const statusOf = async (uri: string, index: number): Promise<number> => {
    const answer = await fetch(uri);
    expect(answer.headers.get('content-type')).toContain('application/statuslist+jwt');
    const keys = createLocalJWKSet(await keysAt(instance.issuer));
    const { payload } = await jwtVerify(await answer.text(), keys, { typ: 'statuslist+jwt', subject: uri });
    const { lst } = payload['status_list'] as { lst: string };
    const bytes = inflateSync(Buffer.from(lst, 'base64url'));
    return ((bytes[index >> 2] ?? 0) >> ((index & 3) * 2)) & 3;
  };

  test('is signed by the region, hides all but what it discloses, and its status follows the certificate', async () => {
    const answer = await fetch(at(`/my/certificates/${identifier}/credential`), {
      headers: { cookie: browser.cookies.headerFor(at('/my')) },
    });
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    const [token = '', ...disclosures] = (await answer.text()).split('~').filter(Boolean);
    const metadata = await (await fetch(at('/.well-known/jwt-vc-issuer'))).json();
    expect(metadata).toMatchObject({ issuer: instance.issuer });
    expect(JSON.stringify(metadata)).not.toContain('"d"');
    const keys = createLocalJWKSet(metadata.jwks);
    const { payload } = await jwtVerify(token, keys, { typ: 'dc+sd-jwt', issuer: instance.issuer });
    const clear = JSON.stringify(payload);
    for (const secret of [person.name, person.number, '和平路']) expect(clear).not.toContain(secret);
    const told = disclosures.map((one) => Buffer.from(one, 'base64url').toString());
    expect(told.join()).toContain(person.name);
    const digestOf = (one: string): string => createHash('sha256').update(one).digest('base64url');
    const all = `${clear}${told.join()}`;
    for (const one of disclosures) expect(all).toContain(digestOf(one));
    const { uri, idx } = (payload['status'] as { status_list: { uri: string; idx: number } }).status_list;
    expect(await statusOf(uri, idx)).toBe(0);
    const end = { identifier, ground: 'revoked', endedOn: '2026-11-20', reasonCode: 'r1' };
    expect((await counter.call('/certificates/end', end)).status).toBe(200);
    expect(await statusOf(uri, idx)).toBe(1);
  });
});
