import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { systemClock } from '../../src/base/clock.ts';
import { shanghaiDateOf } from '../../src/terms/calendar-date.ts';
import { type Browser, createBrowser } from '../support/browser-fetch.ts';
import { issueLicence, seedTypes } from '../support/certificates.ts';
import { type Department, startDepartment, useCause } from '../support/department.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { signInAtPortal } from '../support/portal-sign-in.ts';

let instance: Instance;
let department: Department;
let browser: Browser;
let person: Awaited<ReturnType<Instance['addPerson']>>;
let identifier: string;
let people = 0;

const at = (path: string): URL => new URL(path, instance.issuer);
const law = { law: '测试条例', article: '第一条' };

beforeAll(async () => {
  instance = await startInstance();
  await seedTypes(instance);
  department = await startDepartment(instance);
}, 30_000);
afterAll(() => instance?.stop());
beforeEach(async () => {
  browser = createBrowser();
  person = await instance.addPerson(people++);
  identifier = await issueLicence(instance, person);
}, 20_000);

const signIn = async (visitor: Browser): Promise<void> => {
  await signInAtPortal(visitor, instance.issuer, person.number);
};

const rowsOf = async () => {
  const { directory, consent } = instance.app.house;
  const holderIndex = directory.holderIndexOf({ type: '111', code: person.number });
  return (await consent.listAccesses({ accountId: person.accountId, holderIndex })).rows;
};
const copyRows = () =>
  instance.app.house.storage.records.collection('certificatecopies').find({ identifier }).toArray();

/** The day so many days from now, as the clocks in Asia/Shanghai have it. */
const dayIn = (days: number): string =>
  shanghaiDateOf(new Date(systemClock.now().getTime() + days * 86_400_000));

describe('the person’s own copy', () => {
  beforeEach(() => signIn(browser));

  test('is asked for on the page of the certificate, comes as a PDF, and is written down', async () => {
    const form = await browser.click(await browser.get(at(`/my/certificates/${identifier}`)), '下载打印件');
    expect(form.text).toContain('下载打印件：机动车驾驶证');
    const copy = await browser.submit(form, { purpose: '租房备案', days: '7' }, '/copy');
    expect([copy.status, copy.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(copy.headers.get('content-disposition')).toBe('attachment; filename="certificate-copy.pdf"');
    expect(copy.headers.get('cache-control')).toBe('no-store');
    expect(copy.html.startsWith('%PDF-')).toBe(true);
    const [row] = (await rowsOf()).filter(({ what }) => what.fields.includes('copy'));
    expect(row).toMatchObject({ reader: { kind: 'self' }, cause: { purpose: '租房备案' } });
    expect(await copyRows()).toMatchObject([
      { callerId: person.accountId, form: 'pdf', expiresOn: dayIn(7) },
    ]);
  }, 20_000);

  test('without a purpose is asked for again, with what was chosen said to be wrong', async () => {
    const form = await browser.get(at(`/my/certificates/${identifier}/copy`));
    const again = await browser.submit(form, { purpose: ' ' }, '/copy');
    expect([again.status, again.headers.get('content-type')]).toEqual([400, expect.stringContaining('html')]);
    expect(again.text).toContain('请写明打印件的使用人和用途');
    const wrongSpan = await browser.submit(form, { purpose: '租房备案', days: '365' }, '/copy');
    expect([wrongSpan.status, wrongSpan.text]).toEqual([400, expect.stringContaining('不超过 30 天')]);
    expect([await copyRows(), await rowsOf()]).toEqual([[], []]);
  }, 20_000);

  test('with a character that cannot be printed is refused, and the purpose stays to be mended', async () => {
    const form = await browser.get(at(`/my/certificates/${identifier}/copy`));
    const again = await browser.submit(form, { purpose: '租房👍' }, '/copy');
    expect([again.status, again.html]).toEqual([422, expect.stringContaining('value="租房👍"')]);
    expect(again.text).toContain('有 1 个字');
  }, 20_000);

  test('of somebody else’s certificate is answered as if there were none', async () => {
    const other = identifier;
    person = await instance.addPerson(people++);
    const neighbour = createBrowser();
    await signIn(neighbour);
    expect((await neighbour.get(at(`/my/certificates/${other}/copy`))).status).toBe(404);
    identifier = await issueLicence(instance, person);
    const form = await neighbour.get(at(`/my/certificates/${identifier}/copy`));
    const fields = { csrf: form.forms.find(({ action }) => action.includes('/copy'))?.fields['csrf'] ?? '' };
    const path = at(`/my/certificates/${other}/copy`);
    const stolen = await neighbour.post(
      path,
      { ...fields, purpose: '租房', days: '1' },
      { headers: { origin: instance.issuer } },
    );
    expect(stolen.status).toBe(404);
  }, 20_000);
});

describe('a department’s copy', () => {
  const ask = (more: object = {}) =>
    department.call('/certificates/copy', {
      ...{ identifier, form: 'png', useCause, basis: law, expiresOn: dayIn(30) },
      ...more,
    });

  test('comes as a picture with its number and digest, and the person sees that it was made', async () => {
    const { status, body } = await ask();
    expect([status, body['contentType'], body['expiresOn']]).toEqual([200, 'image/png', dayIn(30)]);
    const bytes = Buffer.from(String(body['content']), 'base64');
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 1050 });
    expect(body['digest']).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(await copyRows()).toMatchObject([{ _id: body['copyId'], callerId: department.clientId }]);
    expect(await rowsOf()).toMatchObject([
      { what: { fields: ['copy'] }, cause: { purpose: useCause.purpose }, basis: { kind: 'law', ...law } },
    ]);
  }, 20_000);

  test('on an authorisation that nobody gave is not made', async () => {
    const refused = await ask({ basis: { authorisationId: 'made-up' } });
    expect([refused.status, refused.body['code']]).toEqual([403, 'use-not-authorised']);
    expect(await copyRows()).toEqual([]);
  });

  test.each([
    ['longer than 30 days', () => ({ expiresOn: dayIn(31) }), 400, 'copy-expiry'],
    ['as a form there is none of', () => ({ form: 'ofd' }), 400, 'machine-request-invalid'],
    ['of no certificate', () => ({ identifier: identifierOfNone }), 404, 'certificate-unknown'],
  ])('%s is refused', async (_what, more, status, code) => {
    const refused = await ask(more());
    expect([refused.status, refused.body['code']]).toEqual([status, code]);
  });
});

const identifierOfNone = '1.2.156.3005.2.11999999000000019M001.11999999000000019M.2026000001.001.Q';

describe('the code on a copy', () => {
  test('leads to the page of verification with the identifier filled in, and one press tells', async () => {
    const nobody = createBrowser();
    const page = await nobody.get(at(`/verify?${new URLSearchParams({ identifier })}`));
    expect(page.html).toContain(`value="${identifier}"`);
    expect(page.text).not.toContain('真实有效');
    expect((await nobody.submit(page, {}, '/verify')).text).toContain('真实有效');
  });

  test('fills in what is no identifier as the text it is', async () => {
    const page = await createBrowser().get(at('/verify?identifier=%22%3E%3Cscript%3E'));
    expect(page.html).not.toContain('"><script>');
  });
});
