import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { demoItems } from '../../config/demo/items.ts';
import { systemClock } from '../../src/base/clock.ts';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { issueLicence, seedTypes, types } from '../support/certificates.ts';
import { type Department, startDepartment, useCause } from '../support/department.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { signInAtPortal } from '../support/portal-sign-in.ts';

let instance: Instance;
let counter: Department;
let browser: Browser;
let person: Awaited<ReturnType<Instance['addPerson']>>;
let people = 0;
let keys = 0;

const at = (path: string): URL => new URL(path, instance.issuer);

beforeAll(async () => {
  instance = await startInstance();
  await seedTypes(instance);
  for (const item of demoItems)
    await instance.app.house.consent.saveServiceItem({ item, expectedVersion: null, actor: 'test' });
  counter = await startDepartment(instance);
}, 30_000);
afterAll(() => instance?.stop());

/** Gives each test of a group a person of its own, signed in. */
const withPerson = (): void =>
  beforeEach(async () => {
    person = await instance.addPerson(people++);
    browser = await signedIn(person.number);
  });

const signedIn = async (number: string): Promise<Browser> => {
  const visitor = createBrowser();
  await signInAtPortal(visitor, instance.issuer, number);
  return visitor;
};

const requestOf = (more: object = {}) => ({
  holder: { type: '111', code: person.number },
  itemCode: 'SYN-0006',
  covers: [{ typeCode: types.drivingLicence, fields: ['vehicleClass', 'address'] }],
  purpose: '驾驶证期满换证',
  ttlSeconds: 600,
  useSeconds: 3600,
  requestKey: `key-${++keys}`,
  ...more,
});

/** Asks at the counter; returns the path of the page on which the person answers. */
const ask = async (more: object = {}): Promise<string> => {
  const answer = await counter.call('/authorisations/request', requestOf(more));
  expect(answer.status).toBe(200);
  return `/my/authorisations/${String(answer.body['authorisationId'])}`;
};

const idOf = (path: string): string => path.split('/').at(-1) ?? '';
const poll = async (path: string) =>
  (await counter.call('/authorisations/poll', { authorisationId: idOf(path) })).body;
const agree = async (page: BrowserPage, values: Record<string, string | null> = {}): Promise<BrowserPage> =>
  browser.submit(page, { decision: 'agree', ...values });
const stateOf = async (path: string): Promise<unknown> => (await poll(path))['state'];

describe('a use authorisation, the whole way', () => {
  withPerson();

  test('is asked for, narrowed by the person, used for what was left, and ends when it is withdrawn', async () => {
    const identifier = await issueLicence(instance, person);
    const path = await ask();
    const read = (fields: string[]) =>
      counter.call('/certificates/read', {
        identifier,
        fields,
        useCause,
        basis: { authorisationId: idOf(path) },
      });
    expect((await read(['vehicleClass'])).body['code']).toBe('use-not-authorised');
    expect(await poll(path)).toEqual({ state: 'pending', usableUntil: null, allowed: [] });

    expect((await browser.get(at('/my'))).text).toContain('用证授权（1 项等您答复）');
    const asked = await browser.click(await browser.get(at('/my/authorisations')), '测试部门');
    for (const words of [
      '测试部门',
      '机动车驾驶证期满换证',
      '驾驶证期满换证',
      '准驾车型',
      '住址',
      '如果不同意',
    ])
      expect(asked.text).toContain(words);
    const answered = await agree(asked, { 'allow.0.address': null });
    expect([answered.status, answered.url.pathname]).toEqual([200, path]);
    expect(answered.text).toContain('已同意');
    expect(answered.text).not.toContain('住址');
    const allowed = [
      { typeCode: types.drivingLicence, certificateIdentifier: null, fields: ['vehicleClass'] },
    ];
    expect(await poll(path)).toEqual({ state: 'approved', usableUntil: expect.any(String), allowed });

    expect(await read(['vehicleClass'])).toMatchObject({ status: 200, body: { fields: [{ value: 'C1' }] } });
    const beyond = await read(['vehicleClass', 'address']);
    expect([beyond.status, JSON.stringify(beyond.body)]).toEqual([
      403,
      expect.not.stringContaining('和平路'),
    ]);

    const question = await browser.click(answered, '撤回授权');
    expect(question.text).toContain('撤回授权？');
    expect(await stateOf(path)).toBe('approved');
    expect((await browser.submit(question)).text).toContain('已撤回');
    expect((await read(['vehicleClass'])).status).toBe(403);

    const holderIndex = instance.app.house.directory.holderIndexOf({ type: '111', code: person.number });
    const { rows } = await instance.app.house.consent.listAccesses({ holderIndex });
    expect(rows.map(({ outcome, what }) => [outcome.kind, what.fields.length])).toEqual([
      ['refused', 1],
      ['refused', 2],
      ['granted', 1],
      ['refused', 1],
    ]);
    expect(rows[2]?.basis).toEqual({ kind: 'consent', authorisationId: idOf(path) });
    expect((await browser.get(at('/my/uses'))).text.split('测试部门')).toHaveLength(5);
  });

  test('of a type opens no certificate that is trusted less than the item needs', async () => {
    const identifier = await issueLicence(instance, person);
    const path = await ask();
    await agree(await browser.get(at(path)));
    const asked = { identifier, useCause, basis: { authorisationId: idOf(path) } };
    const read = () => counter.call('/certificates/read', { ...asked, fields: ['vehicleClass'] });
    expect((await read()).status).toBe(200);
    await instance.app.house.storage.records
      .model('Certificate')
      .updateOne({ _id: identifier }, { $set: { trustLevel: 'C' } });
    const refused = await read();
    expect([refused.status, refused.body['code']]).toEqual([403, 'use-trust-low']);
    expect(String(refused.body['detail'])).toContain('C');
    expect((await counter.call('/verifications', asked)).body['code']).toBe('use-trust-low');
    const holderIndex = instance.app.house.directory.holderIndexOf({ type: '111', code: person.number });
    const [row] = (await instance.app.house.consent.listAccesses({ holderIndex })).rows;
    expect(row?.outcome).toEqual({ kind: 'refused', code: 'use-trust-low' });
  });

  test('for one certificate by name lets it be verified and read, and no other of its type', async () => {
    const identifier = await issueLicence(instance, person);
    const other = await issueLicence(instance, person);
    const covers = [
      { typeCode: types.drivingLicence, certificateIdentifier: identifier, fields: ['vehicleClass'] },
    ];
    const path = await ask({ covers });
    await agree(await browser.get(at(path)));
    const basis = { authorisationId: idOf(path) };
    const read = async (which: string) =>
      (
        await counter.call('/certificates/read', {
          identifier: which,
          fields: ['vehicleClass'],
          useCause,
          basis,
        })
      ).status;
    const verify = async (which: string) =>
      (await counter.call('/verifications', { identifier: which, useCause, basis })).status;
    expect([await read(identifier), await verify(identifier)]).toEqual([200, 200]);
    expect([await read(other), await verify(other)]).toEqual([403, 403]);
  });
});

describe('answering', () => {
  withPerson();

  /** Moves an instant of an authorisation into the past, where the clock would bring it by and by. */
  const age = async (path: string, instant: 'answerBy' | 'usableUntil'): Promise<void> => {
    const past = new Date(systemClock.now().getTime() - 1000);
    const authorisations = instance.app.house.storage.records.model('Authorisation');
    await authorisations.updateOne({ _id: idOf(path) }, { $set: { [instant]: past } });
  };

  test('no takes as much room as yes, and leaves nothing to read', async () => {
    const path = await ask();
    const page = await browser.get(at(path));
    const classOf = (value: string) =>
      page.html.match(new RegExp(`class="([^"]+)" name="decision" value="${value}"`))?.[1];
    expect(classOf('agree')).toBe('button primary');
    expect(classOf('refuse')).toBe(classOf('agree'));
    expect((await browser.submit(page, { decision: 'refuse' })).text).toContain('已拒绝');
    expect(await poll(path)).toEqual({ state: 'refused', usableUntil: null, allowed: [] });
  });

  test('is neither yes nor no without a button, and not yes with nothing ticked', async () => {
    const page = await browser.get(at(await ask()));
    expect((await browser.submit(page)).status).toBe(400);
    const empty = await agree(page, { 'allow.0.address': null, 'allow.0.vehicleClass': null });
    expect([empty.status, empty.text]).toEqual([400, expect.stringContaining('没有选择任何字段')]);
    expect(await stateOf(page.url.pathname)).toBe('pending');
  });

  test.each(['allow.0.birthDate', 'allow.1.vehicleClass'])('cannot be widened by %s', async (box) => {
    const page = await browser.get(at(await ask()));
    expect((await agree(page, { [box]: 'yes' })).status).toBe(409);
    expect(await stateOf(page.url.pathname)).toBe('pending');
  });

  test('twice is harmless, and yes is not turned into no by a second form', async () => {
    const path = await ask();
    const page = await browser.get(at(path));
    const [once, again] = [await agree(page), await agree(page)];
    expect([once.status, again.status, again.text]).toEqual([200, 200, expect.stringContaining('已同意')]);
    const no = await browser.submit(page, { decision: 'refuse' });
    expect([no.status, no.text]).toEqual([409, expect.stringContaining('没有改变它')]);
    expect(await stateOf(path)).toBe('approved');
    const question = await browser.click(again, '撤回授权');
    for (const _ of ['once', 'again']) expect((await browser.submit(question)).status).toBe(200);
    expect(await stateOf(path)).toBe('withdrawn');
  });

  test('needs the code on the counter’s screen, and three wrong ones refuse for good', async () => {
    const path = await ask({ matchCode: '47' });
    const page = await browser.get(at(path));
    expect(page.html).not.toContain('47"');
    const first = await agree(page, { matchCode: '11' });
    expect([first.status, first.text]).toEqual([403, expect.stringContaining('还可再试 2 次')]);
    await agree(first, { matchCode: '12' });
    const third = await agree(first, { matchCode: '' });
    expect([third.status, third.text]).toEqual([403, expect.stringContaining('已自动拒绝')]);
    expect(third.text).toContain('已拒绝');
    expect((await agree(page, { matchCode: '47' })).status).toBe(409);
    expect(await stateOf(path)).toBe('refused');
  });

  test('goes on with the right code, typed in wide digits too, and keeps what was unticked', async () => {
    const path = await ask({ matchCode: '47' });
    const wrong = await agree(await browser.get(at(path)), { matchCode: '11', 'allow.0.address': null });
    expect((await agree(wrong, { matchCode: ' ４７' })).text).toContain('已同意');
    expect((await poll(path))['allowed']).toMatchObject([{ fields: ['vehicleClass'] }]);
  });

  test('too late is not possible, whether the page was open or not', async () => {
    const path = await ask();
    const page = await browser.get(at(path));
    await age(path, 'answerBy');
    const late = await agree(page);
    expect([late.status, late.text]).toEqual([409, expect.stringContaining('没有答复，已作废')]);
    expect((await browser.get(at(path))).forms).toEqual([]);
    expect(await poll(path)).toEqual({ state: 'lapsed', usableUntil: null, allowed: [] });
  });

  test('is of no effect once its time is over', async () => {
    const path = await ask();
    const question = await browser.click(await agree(await browser.get(at(path))), '撤回授权');
    await age(path, 'usableUntil');
    expect(await stateOf(path)).toBe('expired');
    const late = await browser.submit(question);
    expect([late.status, late.text]).toEqual([409, expect.stringContaining('同意已到期')]);
  });

  test('is for the person alone: to another it is not there', async () => {
    const path = await ask();
    const mine = (await browser.get(at(path))).forms[0]?.fields;
    const other = await signedIn((await instance.addPerson(people++)).number);
    const own = await other.get(at('/my/passkeys/add'));
    const { csrf = '' } = own.forms[0]?.fields ?? {};
    expect((await other.get(at('/my/authorisations'))).text).toContain('还没有单位向您申请用证');
    for (const suffix of ['', '/withdraw']) {
      expect((await other.get(at(`${path}${suffix}`))).status).toBe(404);
      const taken = await other.post(at(`${path}${suffix}`), { ...mine, csrf, decision: 'agree' });
      expect([suffix, taken.status]).toEqual([suffix, 404]);
    }
    expect(await stateOf(path)).toBe('pending');
  });

  test('by a form without its token, or without a visit, is refused', async () => {
    const path = await ask();
    const page = await browser.get(at(path));
    expect((await agree(page, { csrf: null })).status).toBe(403);
    expect((await agree(page, { csrf: 'x' })).status).toBe(403);
    expect((await browser.post(at(`${path}/withdraw`))).status).toBe(403);
    expect((await createBrowser().post(at(path), { decision: 'agree' })).status).toBe(403);
    expect(await stateOf(path)).toBe('pending');
  });

  test('is asked for in a list of pages, what waits and what stands first', async () => {
    const paths: string[] = [];
    for (let times = 0; times < 22; times += 1) paths.push(await ask());
    const [waits = '', stands = '', ...past] = paths;
    await agree(await browser.get(at(stands)));
    for (const path of past) await browser.submit(await browser.get(at(path)), { decision: 'refuse' });
    const first = await browser.get(at('/my/authorisations'));
    const hrefs = [...first.html.matchAll(/class="target" href="(\/my\/authorisations\/[^"]+)"/g)];
    expect(hrefs.map(([, href]) => href).slice(0, 3)).toEqual([waits, stands, past.at(-1)]);
    expect(hrefs).toHaveLength(22);
    const second = await browser.click(first, '更早的');
    expect(second.html).not.toContain(waits);
  }, 60_000);
});
