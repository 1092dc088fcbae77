import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { verifyProof } from '../../src/audit/index.ts';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { issueLicence, seedTypes } from '../support/certificates.ts';
import { type Department, startDepartment, useCause } from '../support/department.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { signInAtPortal } from '../support/portal-sign-in.ts';

const law = { law: '测试条例', article: '第一条' };

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
  person = await instance.addPerson(people++);
  identifier = await issueLicence(instance, person);
  browser = await signedIn(person.number);
});

const signedIn = async (number: string): Promise<Browser> => {
  const visitor = createBrowser();
  await signInAtPortal(visitor, instance.issuer, number);
  return visitor;
};

/** Lets a department read by law, and opens the page of that use. */
const openUse = async (): Promise<BrowserPage> => {
  const body = { identifier, fields: ['vehicleClass', 'holders'], useCause, basis: law };
  expect((await counter.call('/certificates/read', body)).status).toBe(200);
  return browser.click(await browser.get(at('/my/uses')), '查看、异议或评价');
};

const object = (page: BrowserPage, values: Record<string, string | null> = {}): Promise<BrowserPage> =>
  browser.submit(page, { reason: 'beyond-purpose', text: '我没有办这件事', ...values }, '/objections');

const kept = async () => {
  const { consent } = instance.app.house;
  return (await consent.listObjections({ accountId: person.accountId, holderIndex: indexOf() })).rows;
};
const indexOf = (): string =>
  instance.app.house.directory.holderIndexOf({ type: '111', code: person.number });

describe('one use of a person’s data', () => {
  test('says who, what, what for and by what right, and calls a duty by law no consent', async () => {
    const page = await openUse();
    for (const words of [
      '测试部门',
      '机动车驾驶证',
      identifier,
      '准驾车型',
      '持证人姓名和号码',
      '办理测试业务',
    ])
      expect(page.text).toContain(words);
    expect(page.text).toContain('法定职责：测试条例 第一条。这是依法读取，不是您的同意');
    expect((await browser.get(at('/my/uses'))).text).toContain('法定职责，不需要您同意：测试条例 第一条');
    for (const text of [page.text, (await browser.get(at('/my/uses'))).text])
      expect(text).not.toContain('您的同意。');
  });

  test('comes with a proof that anyone verifies by the public keys, and that no change of it survives', async () => {
    const page = await openUse();
    const { audit } = instance.app.house;
    expect((await browser.get(at(`${page.url.pathname}/proof`))).status).toBe(404);
    while ((await audit.relay.runOnce()) > 0);
    await audit.makeCheckpoint();
    const file = (await browser.click(page, '下载证明')).html;
    const keys = JSON.parse((await browser.click(page, '下载核实用的公钥')).html);
    const proof = JSON.parse(file);
    expect(verifyProof(proof, keys).holds).toBe(true);
    expect(proof.entry.recordId).toBe(page.url.pathname.split('/').at(-1));
    expect(file).not.toContain(person.number);
    const spoilt = [
      { ...proof, entry: { ...proof.entry, recordId: `x${proof.entry.recordId.slice(1)}` } },
      { ...proof, path: proof.path.slice(1) },
    ];
    for (const one of spoilt) expect(verifyProof(one, keys).holds).toBe(false);
    const other = await signedIn((await instance.addPerson(people++)).number);
    expect((await other.get(at(`${page.url.pathname}/proof`))).status).toBe(404);
  });

  test('of somebody else is not there, and nothing can be said to it', async () => {
    const page = await openUse();
    const other = await signedIn((await instance.addPerson(people++)).number);
    const { csrf = '' } = (await other.get(at('/my/passkeys/add'))).forms[0]?.fields ?? {};
    expect((await other.get(page.url)).status).toBe(404);
    const said = { csrf, reason: 'other', text: 'x', stars: '1' };
    for (const act of ['objections', 'rating'])
      expect([act, (await other.post(at(`${page.url.pathname}/${act}`), said)).status]).toEqual([act, 404]);
    expect((await browser.get(page.url)).text).toContain('评价不影响您办事');
  });

  test('by the person, or that was refused, is not rated', async () => {
    await browser.get(at(`/my/certificates/${identifier}`));
    const own = await browser.click(await browser.get(at('/my/uses')), '查看、异议或评价');
    expect(own.text).toContain('您本人查看');
    const basis = { authorisationId: 'made-up' };
    await counter.call('/certificates/read', { identifier, fields: ['address'], useCause, basis });
    const refused = await browser.click(await browser.get(at('/my/uses')), '查看、异议或评价');
    expect(refused.text).toContain('没有提供任何内容');
    for (const { text, url, forms } of [own, refused]) {
      expect(text).not.toContain('评价这次用证');
      const { csrf = '' } = forms[0]?.fields ?? {};
      expect((await browser.post(at(`${url.pathname}/rating`), { csrf, stars: '5' })).status).toBe(409);
    }
  });
});

describe('an objection', () => {
  test('is sent with its reason, stands until it is answered, and the answer is shown', async () => {
    const sent = await object(await openUse());
    expect([sent.status, sent.text]).toEqual([200, expect.stringContaining('已提交，等待核查')]);
    for (const words of ['用到了别的地方', '我没有办这件事']) expect(sent.text).toContain(words);
    const [{ objectionId = '' } = {}] = await kept();
    const { consent } = instance.app.house;
    await consent.reviewObjection({ objectionId, officerId: 'officer-1' });
    expect((await browser.get(sent.url)).text).toContain('正在核查');
    const decided = { objectionId, officerId: 'officer-1', answer: '经核查，确为依法读取' };
    await consent.decideObjection({ ...decided, decision: 'rejected' });
    const answered = await browser.get(sent.url);
    expect(answered.text).toContain('答复：经核查，确为依法读取');
    expect(answered.text).not.toContain('officer-1');
    const late = await browser.submit(sent, {}, '/withdraw');
    expect([late.status, late.text]).toEqual([409, expect.stringContaining('已有结果')]);
  });

  test('sent twice is one, and withdrawn twice is withdrawn', async () => {
    const page = await openUse();
    const sent = await object(page);
    const again = await object(page);
    expect([again.status, again.text]).toEqual([409, expect.stringContaining('已有一项异议正在处理')]);
    expect(await kept()).toHaveLength(1);
    for (const _ of ['once', 'again']) {
      const withdrawn = await browser.submit(sent, {}, '/withdraw');
      expect([withdrawn.status, withdrawn.text]).toEqual([200, expect.stringContaining('您已撤回')]);
    }
    expect((await object(page)).status).toBe(200);
  });

  test.each([
    ['without a reason', { reason: null }, '请选择一个理由'],
    ['with a reason that is not in the list', { reason: 'x' }, '请选择一个理由'],
    ['without a text', { text: ' ' }, '请写明情况'],
  ])('%s is refused in plain words, and what was typed is kept', async (_what, values, words) => {
    const refused = await object(await openUse(), values);
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining(words)]);
    if (!('text' in values)) expect(refused.html).toContain('>我没有办这件事</textarea>');
    expect(await kept()).toEqual([]);
  });

  test('of somebody else cannot be withdrawn', async () => {
    const sent = await object(await openUse());
    const path = new URL(sent.forms.find(({ action }) => action.endsWith('/withdraw'))?.action ?? '');
    const other = await signedIn((await instance.addPerson(people++)).number);
    const { csrf = '' } = (await other.get(at('/my/passkeys/add'))).forms[0]?.fields ?? {};
    expect((await other.post(path, { csrf })).status).toBe(404);
    expect((await kept()).map(({ state }) => state)).toEqual(['opened']);
  });
});

describe('a rating', () => {
  test('is given, shown and changed, with or without words', async () => {
    const given = await browser.submit(await openUse(), { stars: '2', comment: '等太久' }, '/rating');
    expect(given.text).toContain('您评了 2 星');
    expect(given.html).toContain('>等太久</textarea>');
    const changed = await browser.submit(given, { stars: '5', comment: '' }, '/rating');
    expect(changed.text).toContain('您评了 5 星');
    const counts = await instance.app.house.consent.countRatings(counter.clientId);
    expect([counts[2], counts[5]]).toEqual([0, 1]);
  });

  test.each([
    ['no star', { stars: null }, '请选择 1 至 5 颗星'],
    ['six stars', { stars: '6' }, '请选择 1 至 5 颗星'],
    ['a long comment', { stars: '3', comment: '长'.repeat(501) }, '最多 500 字'],
  ])('of %s is refused in plain words', async (_what, values, words) => {
    const refused = await browser.submit(await openUse(), values, '/rating');
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining(words)]);
  });
});

describe('the forms of a use', () => {
  test('are refused without their token', async () => {
    const page = await openUse();
    expect((await object(page, { csrf: null })).status).toBe(403);
    expect((await browser.submit(page, { csrf: 'x', stars: '1' }, '/rating')).status).toBe(403);
    const sent = await object(page);
    expect((await browser.submit(sent, { csrf: null }, '/withdraw')).status).toBe(403);
    expect((await kept()).map(({ state }) => state)).toEqual(['opened']);
  });
});
