import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoFace } from '../../config/demo/faces.ts';
import { demoPeople } from '../../config/demo/people.ts';
import { cookieNameOf } from '../../src/base/cookie-name.ts';
import { cellOf } from '../../src/http/console/audit-extract.ts';
import { sections } from '../../src/http/console/sections.ts';
import { type Role, roles } from '../../src/staff/index.ts';
import { readPdf } from '../directory/copy/read-pdf.ts';
import { type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { issueLicence, seedTypes, types } from '../support/certificates.ts';
import { authorities } from '../support/department.ts';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import {
  addOfficer,
  assertOn,
  deviceFor,
  foundOfficers,
  type OfficerAtWork,
  optionsOf,
  signInOfficer,
} from '../support/officers.ts';

let instance: Instance;
let clock: FrozenClock;
let system: OfficerAtWork;
let security: OfficerAtWork;
const officers = new Map<string, OfficerAtWork>();

beforeAll(async () => {
  clock = frozenClock();
  instance = await startInstance({ YIHAO_REQUESTS_PER_MINUTE: '100000' }, undefined, clock);
  ({ system, security } = await foundOfficers(instance));
});
afterAll(() => instance?.stop());

const at = (path: string): URL => new URL(path, instance.issuer);

/** An officer of a role and region, signed in; made when first asked for. */
const officerOf = async (role: Role, regionCode = '990000'): Promise<OfficerAtWork> => {
  const founder = { 'region-administrator': system, 'security-administrator': security }[role as string];
  const known = officers.get(`${role} ${regionCode}`) ?? (regionCode === '990000' ? founder : undefined);
  const isForeign = !regionCode.startsWith('99');
  const given = {
    role,
    regionCode: isForeign ? '990000' : regionCode,
    // The synthetic authorities are of 999999, which lies in the province and in none of the cities and counties here.
    ...(regionCode === '990000' || isForeign
      ? { authority: { code: authorities.police, name: '示例省公安厅' } }
      : {}),
    now: clock.now(),
  };
  const officer = known ?? (await addOfficer(instance, { system, security }, given));
  // Nobody can be added outside; a region may be given another code, though.
  if (isForeign)
    await instance.app.house.storage.records
      .collection('officers')
      .updateOne({ _id: officer.officerId } as object, { $set: { regionCode } });
  officers.set(`${role} ${regionCode}`, officer);
  await signInOfficer(instance, officer);
  return officer;
};

const tokenOf = async ({ browser }: OfficerAtWork): Promise<string> => {
  const home = await browser.get(at('/console'));
  return home.forms.find(({ action }) => action.endsWith('/sign-out'))?.fields['csrf'] ?? '';
};

const admit = async (): Promise<{ photoId: string; accountId: string }> => {
  const accountId = 'holder-of-the-photo-01';
  const bytes = await demoFace(1);
  const given = { bytes, profileId: 'id-card', holderId: accountId, actor: 'test' };
  const admission = await instance.app.house.photos.admitPhoto(given);
  if (admission.outcome !== 'admitted') throw new Error('the drawn face is not admitted');
  return { photoId: admission.photo.photoId, accountId };
};

describe('a visit', () => {
  test('begins by passkey at the page that was wanted, under a cookie of its own', async () => {
    const browser = createBrowser();
    const page = await browser.get(at('/console/proposals'));
    expect(page.url.pathname).toBe('/console/sign-in');
    const before = browser.cookies.value(page.url, cookieNameOf(instance.issuer, 'yihao_console'));
    const { device } = system;
    const first = await browser.submit(
      page,
      { response: JSON.stringify(device.assert(optionsOf(page))) },
      0,
      { follow: false },
    );
    expect(first.headers.getSetCookie()[0]).toMatch(
      /^yihao_console_\d+=[\w-]{43};.*samesite=strict; httponly/i,
    );
    expect(first.headers.get('location')).toBe('/console/proposals');
    expect(browser.cookies.value(page.url, cookieNameOf(instance.issuer, 'yihao_console'))).not.toBe(before);
    expect((await browser.get(at('/console'))).text).toContain('陈知远（系统管理员，990000）');
  });

  test.each<[string, (page: BrowserPage) => Record<string, string>, number]>([
    ['no answer', () => ({}), 401],
    ['an answer without user verification', (page) => answerOf(page, { userVerified: false }), 401],
    ['an answer from another origin', (page) => answerOf(page, { origin: 'https://evil.example' }), 401],
    ['a wrong token', (page) => ({ ...answerOf(page), csrf: 'x' }), 403],
  ])('does not begin with %s', async (_what, values, status) => {
    const browser = createBrowser();
    const page = await browser.get(at('/console/sign-in'));
    const refused = await browser.submit(page, values(page));
    expect(refused.status).toBe(status);
    expect((await browser.get(at('/console'))).url.pathname).toBe('/console/sign-in');
  });
  const answerOf = (page: BrowserPage, change = {}) => ({
    response: JSON.stringify(system.device.assert(optionsOf(page), change)),
  });

  test('leads nowhere but to the console', async () => {
    for (const to of [
      'https://evil.example/console',
      '//evil.example',
      '/my',
      '/console/../my',
      '/consolex',
    ]) {
      const page = await system.browser.get(at(`/console/sign-in?to=${encodeURIComponent(to)}`));
      expect(page.forms[0]?.fields['to']).toBe('/console');
    }
  });

  test('ends by signing out, after 15 minutes without use, and after 8 hours with', async () => {
    await signInOfficer(instance, system);
    await system.browser.submit(await system.browser.get(at('/console')), {}, 'sign-out');
    expect((await system.browser.get(at('/console'))).url.pathname).toBe('/console/sign-in');

    await signInOfficer(instance, system);
    clock.advance(890);
    expect((await system.browser.get(at('/console'))).url.pathname).toBe('/console');
    clock.advance(901);
    expect((await system.browser.get(at('/console'))).url.pathname).toBe('/console/sign-in');

    await signInOfficer(instance, system);
    let minutes = 0;
    while ((await system.browser.get(at('/console'))).url.pathname === '/console' && minutes < 600) {
      clock.advance(720);
      minutes += 12;
      // A proof on the way makes the visit no longer.
      if (minutes === 240) await assertOn(system, await system.browser.get(at('/console/prove')));
    }
    expect(minutes).toBe(480);
  });
});

describe('two officers', () => {
  test('add a third, who joins by a link and is disabled in an emergency at once', async () => {
    await signInOfficer(instance, system);
    const form = await system.browser.get(at('/console/officers/invite'));
    const wrong = { name: '赵明', regionCode: '990100', role_auditor: 'yes', reason: '' };
    const again = await system.browser.submit(form, wrong);
    expect([again.status, again.forms[0]?.fields['name']]).toEqual([400, '赵明']);
    const proposal = await system.browser.submit(again, { reason: '新到岗' });
    expect(proposal.text).toContain('须由另一名工作人员审核');

    await signInOfficer(instance, security);
    expect((await security.browser.get(at('/console'))).text).toContain('待您审核的事项：1 项');
    clock.advance(301);
    const stale = await security.browser.get(proposal.url);
    expect(stale.text).toContain('赵明');
    expect(stale.forms).toEqual([]);
    const back = await assertOn(security, await security.browser.click(stale, '先用通行密钥确认本人'));
    expect(back.url.pathname).toBe(proposal.url.pathname);
    const approved = await security.browser.submit(back, { answer: 'approve' });
    expect(approved.text).toContain('已通过');

    const officerPath = approved.html.match(/\/console\/officers\/[\w-]{22}/)?.[0] ?? '';
    const proving = await system.browser.get(at(`${officerPath}/link`));
    expect(proving.url.pathname).toBe('/console/prove');
    const made = await system.browser.submit(await assertOn(system, proving));
    const link = made.text.match(/http:\/\/localhost:\d+\/console\/join\/[\w.-]+/)?.[0] ?? '';

    const third = { officerId: '', browser: createBrowser(), device: deviceFor(instance) };
    const join = await third.browser.get(link);
    expect(join.text).toContain('审计管理员（990100）');
    const registration = JSON.stringify(third.device.register(optionsOf(join)));
    const home = await third.browser.submit(join, { response: registration });
    expect(home.text).toContain('赵明（审计管理员，990100）');
    expect((await createBrowser().get(link)).status).toBe(410);

    const asking = await system.browser.get(at(`${officerPath}/disable`));
    await system.browser.submit(asking, { reason: '账号异常', emergency: 'yes' });
    expect((await third.browser.get(at('/console'))).url.pathname).toBe('/console/sign-in');
  });
});

describe('the account behind an officer', () => {
  test('is found by number with a row in its person’s ledger, and when it is closed the officer is out', async () => {
    const [, , , { number, name } = { number: '', name: '' }] = demoPeople;
    const { accountId } = await instance.app.house.identity.createAccount({
      number,
      name,
      assurance: 3,
      actor: 'test',
    });
    const person = { accountId, number };
    const officer = await officerOf('support');
    await signInOfficer(instance, system);
    const page = await system.browser.get(at(`/console/officers/${officer.officerId}/account`));
    const unknown = await system.browser.submit(page, { number: person.number, reason: '' });
    expect([unknown.status, unknown.html.includes(person.number)]).toEqual([400, false]);
    const proposal = await system.browser.submit(page, { number: person.number, reason: '关联' });
    expect(proposal.text).toContain('关联工作人员个人账号');
    const { consent, identity } = instance.app.house;
    expect((await consent.listAccesses({ accountId: person.accountId })).rows).toMatchObject([
      { reader: { kind: 'officer', id: system.officerId }, what: { fields: ['assurance_level'] } },
      { reader: { kind: 'officer', id: system.officerId }, what: { fields: ['assurance_level'] } },
    ]);
    await signInOfficer(instance, security);
    await security.browser.submit(await security.browser.get(proposal.url), { answer: 'approve' });
    expect((await officer.browser.get(at('/console'))).url.pathname).toBe('/console');

    await identity.askClosing({ accountId: person.accountId, days: 0 });
    await identity.closeAccount(person.accountId);
    expect((await officer.browser.get(at('/console'))).url.pathname).toBe('/console/sign-in');
    expect((await signInOfficer(instance, officer)).status).toBe(403);
    officers.delete('support 990000');
  });
});

describe('the photo queue', () => {
  test('shows a photo with what was checked, after its person’s ledger has the look', async () => {
    const officer = await officerOf('certificate-officer');
    const { photoId, accountId } = await admit();
    const queue = await officer.browser.get(at('/console/photos'));
    expect(queue.html).toContain(`/console/photos/${photoId}`);
    expect(queue.html).not.toContain(accountId);
    const page = await officer.browser.get(at(`/console/photos/${photoId}`));
    expect(page.text).toContain('清晰度 通过');
    const { consent } = instance.app.house;
    const person = { holderIndex: accountId };
    expect((await consent.listAccesses(person)).rows).toEqual([]);
    const picture = await officer.browser.get(at(`/console/photos/${photoId}/picture`));
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect((await consent.listAccesses(person)).rows).toMatchObject([
      { reader: { kind: 'officer', id: officer.officerId }, what: { fields: ['photo'] }, channel: 'console' },
    ]);
  });

  test('takes a refusal with a reason only, and an acceptance once', async () => {
    const officer = await officerOf('certificate-officer');
    const [first, second] = [await admit(), await admit()];
    const page = await officer.browser.get(at(`/console/photos/${first.photoId}`));
    expect((await officer.browser.submit(page, { decision: 'refuse' }, 1)).status).toBe(400);
    await officer.browser.submit(page, { decision: 'refuse', reason: 'headwear' }, 1);
    const other = await officer.browser.get(at(`/console/photos/${second.photoId}`));
    await officer.browser.submit(other, { decision: 'accept' });
    expect((await officer.browser.submit(other, { decision: 'accept' })).status).toBe(409);
    const { photos } = instance.app.house;
    expect((await photos.findPhoto(first.photoId))?.review).toMatchObject({ reason: 'headwear' });
    expect((await photos.findPhoto(second.photoId))?.review).toMatchObject({
      state: 'accepted',
      reviewer: officer.officerId,
    });
  });
});

/** Leaves so many rows in somebody's ledger, and their events. */
const look = (times: number, what: { certificateIdentifier?: string } = {}) =>
  Promise.all(
    Array.from({ length: times }, () =>
      instance.app.house.consent.recordAccess({
        person: { accountId: 'somebody' },
        reader: { kind: 'system', id: 'test', name: { zh: '测试', en: 'Test' } },
        what: { fields: ['name'], ...what },
        cause: { purpose: '测试' },
        basis: { kind: 'law', law: '测试条例', article: '第一条' },
        outcome: { kind: 'granted' },
        channel: 'console',
      }),
    ),
  );

describe('the audit search', () => {
  test('finds by who, what, kind and day, page by page', async () => {
    const { browser } = await officerOf('auditor');
    await instance.app.house.audit.relay.runOnce();
    const found = await browser.get(at(`/console/audit?type=officer.joined&record=${system.officerId}`));
    expect(found.text).toContain(`officer.joined`);
    expect(found.text.match(/officer\.joined · |officer\.joined \d/g)?.length).toBe(1);
    expect((await browser.get(at('/console/audit?from=2026-11-26&type=officer.joined'))).text).toContain(
      '没有符合条件的记录',
    );
    await look(51);
    await instance.app.house.audit.relay.runOnce();
    const all = await browser.get(at('/console/audit?type=access.'));
    const next = await browser.click(all, '下一页');
    const numbersOn = ({ text }: BrowserPage): string[] => text.match(/第 \d+ 条/g) ?? [];
    expect(numbersOn(all)).toHaveLength(50);
    expect(numbersOn(next)).not.toHaveLength(0);
    expect(numbersOn(next).filter((one) => numbersOn(all).includes(one))).toEqual([]);
  });

  test('finds who looked at a certificate, and leads from one fact to all that tell of it', async () => {
    const { browser } = await officerOf('auditor');
    const certificateIdentifier = '1.2.156.3005.2.11999999000000019M001.11999999000000019M.2026000001.001.Q';
    await look(2, { certificateIdentifier });
    await instance.app.house.audit.relay.runOnce();
    const found = await browser.get(at(`/console/audit?mention=${certificateIdentifier}`));
    expect(found.text.match(/access\.recorded/g)).toHaveLength(2);
    const href = found.html.match(/href="(\/console\/audit\?mention=[0-9a-f]{64})"/)?.[1] ?? '';
    expect((await browser.get(at(href))).text.match(/access\.recorded/g)).toHaveLength(2);
  });

  test('hands out all it found as a table, and that it did is an event with the digest of the search', async () => {
    const { browser, officerId } = await officerOf('auditor');
    const { audit } = instance.app.house;
    await look(201);
    while ((await audit.relay.runOnce()) > 0);
    const table = await browser.submit(await browser.get(at('/console/audit?type=access.')), {}, 1);
    expect(table.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = table.html.trimEnd().split('\r\n');
    expect(lines[0]).toBe('序号,时间,事件类型,操作者编号,集合,对象编号,内容,哈希');
    expect(lines.length).toBeGreaterThan(201);
    expect(new Set(lines.map((line) => line.split(',')[0])).size).toBe(lines.length);
    await audit.relay.runOnce();
    const { entries } = await audit.searchEntries({ type: 'audit.extracted', actor: officerId });
    const queryDigest = createHash('sha256').update('{"type":"access."}').digest('hex');
    expect(entries.map(({ event }) => event.detail)).toEqual([{ queryDigest }]);
  });

  test('writes no cell that a spreadsheet takes for a formula', () => {
    expect(['=1+1', '+3', '-2', '@x', '\t=1', 'a,"b"', 'a-b'].map(cellOf)).toEqual([
      "'=1+1",
      "'+3",
      "'-2",
      "'@x",
      "'\t=1",
      '"a,""b"""',
      'a-b',
    ]);
  });

  test('says which day is none', async () => {
    const { browser } = await officerOf('auditor');
    const page = await browser.get(at('/console/audit?from=2026-02-30'));
    expect([page.status, page.html.includes('href="#from"')]).toEqual([400, true]);
  });
});

describe('supervision', () => {
  const measure = async (): Promise<void> => {
    const { audit } = instance.app.house;
    while ((await audit.relay.runOnce()) > 0);
    while ((await audit.measures.countOnce()) > 0);
  };
  /** A certificate read by a department, and one that it was refused. */
  const use = (outcome: { kind: 'granted' } | { kind: 'refused'; code: string }) =>
    instance.app.house.consent.recordAccess({
      person: { accountId: 'somebody' },
      reader: { kind: 'department', id: 'counter.of-99', name: { zh: '示例窗口', en: 'Counter' } },
      what: { typeCode: types.drivingLicence, fields: ['class'] },
      cause: { purpose: '测试' },
      basis: { kind: 'law', law: '测试条例', article: '第一条' },
      outcome,
      channel: 'api',
    });
  const rowsOf = ({ html }: BrowserPage): string[] =>
    [...html.matchAll(/<li>(.*?)<\/li>/gs)].map(([, row = '']) =>
      row.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '),
    );

  beforeAll(async () => {
    await seedTypes(instance);
    await use({ kind: 'granted' });
    await use({ kind: 'granted' });
    await use({ kind: 'refused', code: 'authorisation-missing' });
    await measure();
  });

  test('shows figures without anybody’s data, and leads from each to the events behind it', async () => {
    const { browser } = await officerOf('auditor');
    const page = await browser.get(at('/console/supervision?period=7-days'));
    expect(page.text).toContain('免交纸质材料 2');
    expect(rowsOf(page)).toEqual(
      expect.arrayContaining([
        ' 机动车驾驶证 2 ',
        ' 用证被拒（authorisation-missing） 1 ',
        ' counter.of-99 成功 2 · 被拒 1 · 被拒比例 33.3% ',
      ]),
    );
    expect(page.html).not.toMatch(/somebody|示例窗口/);
    const href = page.html.match(/href="(\/console\/audit\?type=access[^"]*)"/)?.[1] ?? '';
    const found = await browser.get(at(href.replaceAll('&amp;', '&')));
    expect(found.forms[0]?.fields).toMatchObject({ type: 'access.recorded', to: expect.any(String) });
    expect(found.text).toContain('code=authorisation-missing');
    // Of a month before anything happened, and of what is no period.
    expect((await browser.get(at('/console/supervision?period=2026-09'))).text).toContain('免交纸质材料 0');
    expect((await browser.get(at('/console/supervision?period=2999-13'))).status).toBe(200);
  });

  test('leads who may not search the audit nowhere', async () => {
    const page = await system.browser.get(at('/console/supervision'));
    expect([page.status, page.html.includes('/console/audit')]).toEqual([200, false]);
  });

  test('draws a chart that needs no style, and none of what is not counted', async () => {
    const { browser } = await officerOf('support');
    const chart = await browser.get(at('/console/supervision/chart?of=papers&width=narrow'));
    expect([chart.status, chart.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(chart.html).toMatch(/^<svg width="320"[\s\S]*机动车驾驶证/);
    expect(chart.html).not.toMatch(/style/);
    expect((await browser.get(at('/console/supervision/chart?of=people'))).status).toBe(404);
  });

  test('feeds the same to who watches from outside', async () => {
    const figures = await (await fetch(at('/metrics'))).text();
    expect(figures).toContain('yihao_acts_total{group="certificates",key="used"} 2');
    expect(figures).not.toContain('counter.of-99');
  });

  test('prints the month', async () => {
    const { browser } = await officerOf('auditor');
    const { text } = await browser.get(at('/console/supervision?period=30-days'));
    expect(text).toContain('下载月报（PDF）');
    const cookie = browser.cookies.headerFor(at('/console/supervision/report'));
    const answer = await fetch(at('/console/supervision/report'), { headers: { cookie } });
    const report = readPdf(Buffer.from(await answer.arrayBuffer()));
    expect(report.text).toContain('统一身份认证与电子证照运行月报');
    expect(report.text).toContain('机动车驾驶证\n2\n');
  });
});

/** Who may have what: the roles, and whether those roles have it in other regions too, about what is theirs there. */
const administrators: Role[] = ['region-administrator', 'security-administrator'];
const atCounter: Role[] = ['certificate-officer', 'support'];
const recognisers: Role[] = ['recognition-drafter', 'recognition-signer'];
const matrix: [route: string, allowed: readonly Role[], elsewhere: boolean][] = [
  ['get /', roles, true],
  ['get /prove', roles, true],
  ['get /proposals', roles, true],
  ['get /proposals/history', roles, true],
  ['get /proposals/:proposal', administrators, false],
  ['post /proposals/:proposal', ['security-administrator'], false],
  ['get /photos', ['certificate-officer'], false],
  ['get /photos/:photo', ['certificate-officer'], false],
  ['get /photos/:photo/picture', ['certificate-officer'], false],
  ['post /photos/:photo', ['certificate-officer'], false],
  ['get /certificates', ['certificate-officer'], false],
  ['post /certificates', ['certificate-officer'], false],
  ['get /certificates/issue', ['certificate-officer'], false],
  ['get /certificates/issue/:type', ['certificate-officer'], false],
  ['post /certificates/issue/:type', ['certificate-officer'], false],
  ['get /certificates/photos', ['certificate-officer'], false],
  // A form without a file, which is all that is sent here, is turned down before anyone asks for whom the officer acts.
  ['post /certificates/photos', ['certificate-officer'], true],
  ['get /certificates/photos/:draft', ['certificate-officer'], false],
  ['post /certificates/photos/:draft', ['certificate-officer'], false],
  ['get /certificates/:certificate', ['certificate-officer'], false],
  ['post /certificates/:certificate', ['certificate-officer'], false],
  ['get /certificates/:certificate/change', ['certificate-officer'], false],
  ['post /certificates/:certificate/change', ['certificate-officer'], false],
  ['get /certificates/:certificate/act', ['certificate-officer'], false],
  ['post /certificates/:certificate/act', ['certificate-officer'], false],
  ['get /types', ['certificate-officer', 'region-administrator'], false],
  ['get /types/:version', ['certificate-officer', 'region-administrator'], false],
  ['get /types/:version/next', ['certificate-officer'], false],
  ['post /types/:version/next', ['certificate-officer'], false],
  ['get /agreements', recognisers, false],
  ['get /agreements/draft', ['recognition-drafter'], false],
  ['post /agreements/draft', ['recognition-drafter'], false],
  ['get /agreements/paste', ['recognition-drafter'], false],
  ['post /agreements/paste', ['recognition-drafter'], false],
  ['get /agreements/:id/:number/draft', ['recognition-drafter'], false],
  ['post /agreements/:id/:number/draft', ['recognition-drafter'], false],
  ['get /agreements/:id/:number/paste', ['recognition-drafter'], false],
  ['post /agreements/:id/:number/paste', ['recognition-drafter'], false],
  ['get /agreements/:id/:number/accede', ['recognition-drafter'], false],
  ['post /agreements/:id/:number/accede', ['recognition-drafter'], false],
  ['get /agreements/:id/:number', recognisers, false],
  ['get /agreements/:id/:number/compare', recognisers, false],
  ['get /agreements/:id/:number/traffic', recognisers, false],
  ['get /agreements/:id/:number/sign', ['recognition-signer'], false],
  ['post /agreements/:id/:number/sign', ['recognition-signer'], false],
  ['get /agreements/:id/:number/withdraw', ['recognition-signer'], false],
  ['post /agreements/:id/:number/withdraw', ['recognition-signer'], false],
  ['get /agreements/:id/:number/reject', ['recognition-signer'], false],
  ['post /agreements/:id/:number/reject', ['recognition-signer'], false],
  ['get /agreements/:id/:number/suspend', ['recognition-signer'], false],
  ['post /agreements/:id/:number/suspend', ['recognition-signer'], false],
  ['get /agreements/:id/:number/confirmSuspension', ['recognition-signer'], false],
  ['post /agreements/:id/:number/confirmSuspension', ['recognition-signer'], false],
  ['get /agreements/:id/:number/resume', ['recognition-signer'], false],
  ['post /agreements/:id/:number/resume', ['recognition-signer'], false],
  ['get /agreements/:id/:number/terminate', ['recognition-signer'], false],
  ['post /agreements/:id/:number/terminate', ['recognition-signer'], false],
  ['get /sites', ['region-administrator', 'site-manager', 'support'], false],
  ['get /sites/:id', ['region-administrator', 'site-manager', 'support'], false],
  ['get /sites/:id/quota', ['site-manager'], false],
  ['post /sites/:id/quota', ['site-manager'], false],
  ['get /sites/:id/:number', ['site-manager'], false],
  ['post /sites/:id/:number', ['site-manager'], false],
  ['get /mappings', recognisers, false],
  ['get /mappings/draft', ['recognition-drafter'], false],
  ['post /mappings/draft', ['recognition-drafter'], false],
  ['get /mappings/:id/:number', recognisers, false],
  ['get /mappings/:id/:number/draft', ['recognition-drafter'], false],
  ['post /mappings/:id/:number/draft', ['recognition-drafter'], false],
  ['get /mappings/:id/:number/publish', ['recognition-drafter'], false],
  ['post /mappings/:id/:number/publish', ['recognition-drafter'], false],
  ['get /objections', recognisers, false],
  ['get /objections/open', ['recognition-drafter'], false],
  ['post /objections/open', ['recognition-drafter'], false],
  ['get /objections/citizens', ['recognition-drafter'], false],
  ['get /objections/citizens/:objection', ['recognition-drafter'], false],
  ['post /objections/citizens/:objection', ['recognition-drafter'], false],
  ['get /objections/:id', recognisers, false],
  ['get /objections/:id/answer', ['recognition-signer'], false],
  ['post /objections/:id/answer', ['recognition-signer'], false],
  ['get /objections/:id/close', ['recognition-signer'], false],
  ['post /objections/:id/close', ['recognition-signer'], false],
  ['get /peers', recognisers, false],
  ['get /peers/add', ['recognition-drafter'], false],
  ['post /peers/add', ['recognition-drafter'], false],
  ['get /peers/:region', recognisers, false],
  ['get /peers/:region/compare', ['recognition-signer'], false],
  ['post /peers/:region/compare', ['recognition-signer'], false],
  ['get /peers/:region/block', ['recognition-signer'], false],
  ['post /peers/:region/block', ['recognition-signer'], false],
  ['get /recoveries', atCounter, false],
  ['post /recoveries', atCounter, false],
  ['get /recoveries/:id', atCounter, false],
  ['post /recoveries/:id', atCounter, false],
  ['get /recoveries/:id/slip', atCounter, false],
  ['post /recoveries/:id/slip', atCounter, false],
  ['get /officers', administrators, true],
  ['get /officers/invite', ['region-administrator'], true],
  ['post /officers/invite', ['region-administrator'], true],
  ['get /officers/:officer', administrators, false],
  ['get /officers/:officer/link', ['region-administrator'], false],
  ['post /officers/:officer/link', ['region-administrator'], false],
  ['get /officers/:officer/disable', ['region-administrator'], false],
  ['post /officers/:officer/disable', ['region-administrator'], false],
  ['get /officers/:officer/roles', ['region-administrator'], false],
  ['post /officers/:officer/roles', ['region-administrator'], false],
  ['get /officers/:officer/passkey', ['region-administrator'], false],
  ['post /officers/:officer/passkey', ['region-administrator'], false],
  ['get /officers/:officer/account', ['region-administrator'], false],
  ['post /officers/:officer/account', ['region-administrator'], false],
  ['get /counter', ['certificate-officer'], false],
  ['post /counter', ['certificate-officer'], false],
  ['get /counter/:person', ['certificate-officer'], false],
  ['post /counter/:person', ['certificate-officer'], false],
  ['get /mandates', ['certificate-officer'], false],
  ['post /mandates', ['certificate-officer'], false],
  ['get /mandates/record', ['certificate-officer'], false],
  ['post /mandates/record', ['certificate-officer'], false],
  ['get /mandates/:mandate', ['certificate-officer'], false],
  ['post /mandates/:mandate', ['certificate-officer'], false],
  ['get /supervision', [...administrators, 'auditor', 'support'], false],
  ['get /supervision/chart', [...administrators, 'auditor', 'support'], false],
  ['get /supervision/report', [...administrators, 'auditor', 'support'], false],
  ['get /audit', ['auditor'], false],
  ['post /audit/extract', ['auditor'], false],
  ['get /abuse', ['auditor', 'support'], false],
];

describe('every page of the console', () => {
  let photoId = '';
  let proposalId = '';
  let certificate = '';
  let personId = '';
  /** Asks for a page: given, refused, or what else came instead of an answer. */
  const ask = async (route: string, officer: OfficerAtWork, csrf: string): Promise<string> => {
    const { status, headers } = await send(route, officer, csrf);
    const isLedAway = /^\/console\/(sign-in|prove)/.test(headers.get('location') ?? '');
    if (status === 403) return 'refused';
    return status >= 500 || isLedAway ? `not answered: ${status}` : 'given';
  };
  const send = async (route: string, officer: OfficerAtWork, csrf: string): Promise<BrowserPage> => {
    const [method, path = ''] = route.split(' ');
    const names = {
      ':photo': photoId,
      ':person': personId,
      ':officer': system.officerId,
      ':proposal': proposalId,
      ':certificate': certificate,
      ':type': types.drivingLicence,
      ':version': `${types.drivingLicence}@1`,
      ':draft': 'a'.repeat(22),
    };
    const filled = Object.entries(names).reduce((text, [name, value]) => text.replace(name, value), path);
    const to = at(`/console${filled}`);
    if (method === 'get') return officer.browser.get(to, { follow: false });
    const fields = { csrf, answer: 'approve' };
    return officer.browser.post(to, fields, { follow: false });
  };

  beforeAll(async () => {
    ({ photoId } = await admit());
    await seedTypes(instance);
    const person = await instance.addPerson();
    personId = person.accountId;
    certificate = await issueLicence(instance, person);
    const draft = { officerId: system.officerId, name: '赵明', regionCode: '990000', reason: '新到岗' };
    ({ proposalId } = await instance.app.house.staff.proposeOfficer({ ...draft, roles: ['support'] }));
  });

  test('stands in the matrix', () => {
    const written = matrix.map(([route]) =>
      route.replace(/:(person|photo|officer|proposal|certificate|mandate|type|version|draft)/, ':id'),
    );
    const routed = sections.flatMap(({ routes }) => routes.map(({ method, path }) => `${method} ${path}`));
    expect(written.filter((route) => !['get /', 'get /prove'].includes(route)).sort()).toEqual(routed.sort());
  });

  test.each(roles.map((role) => [role]))(
    'gives the role %s what the matrix says and nothing else',
    async (role) => {
      const officer = await officerOf(role);
      const csrf = await tokenOf(officer);
      for (const [route, allowed] of matrix)
        expect([route, await ask(route, officer, csrf)]).toEqual([
          route,
          allowed.includes(role) ? 'given' : 'refused',
        ]);
    },
    30_000,
  );

  test.each([['990100'], ['110000']])(
    'gives an officer of %s nothing of this region',
    async (regionCode) => {
      for (const role of [...administrators, ...recognisers, 'certificate-officer', 'auditor'] as Role[]) {
        const officer = await officerOf(role, regionCode);
        const csrf = await tokenOf(officer);
        // What the role does not have at home it has nowhere: the tests above asked.
        for (const [route, , elsewhere] of matrix.filter(([, allowed]) => allowed.includes(role)))
          expect([route, role, await ask(route, officer, csrf)]).toEqual([
            route,
            role,
            elsewhere ? 'given' : 'refused',
          ]);
        if (!administrators.includes(role)) continue;
        expect((await officer.browser.get(at('/console/officers'))).html).not.toContain(system.officerId);
        expect((await officer.browser.get(at('/console/proposals'))).html).not.toContain(proposalId);
      }
    },
    30_000,
  );

  test('names to an officer of a city those of its counties, and to one of a county nobody beside or above', async () => {
    const places = ['990100', '990102', '990105', '990200', '990202'] as const;
    const there = new Map<string, OfficerAtWork>();
    for (const place of places) there.set(place, await officerOf('region-administrator', place));
    const ids = new Map([...there].map(([place, { officerId }]) => [officerId, place]));
    for (const [place, { browser }] of there) {
      const { html } = await browser.get(at('/console/officers'));
      const named = [...ids].filter(([id]) => html.includes(id)).map(([, region]) => region);
      const prefix = place.replace(/0+$/, '');
      expect([place, named]).toEqual([place, places.filter((region) => region.startsWith(prefix))]);
      for (const [id, region] of ids) {
        const { status } = await browser.get(at(`/console/officers/${id}`), { follow: false });
        expect([place, region, status]).toEqual([place, region, region.startsWith(prefix) ? 200 : 403]);
      }
    }
  }, 30_000);

  test('gives who is not signed in the way in, and takes no form of theirs', async () => {
    const nobody = createBrowser();
    for (const [route] of matrix) {
      const [method, path = ''] = route.split(' ');
      const to = at(`/console${path}`);
      const page = method === 'get' ? await nobody.get(to) : await nobody.post(to, { csrf: 'x' });
      expect([route, method === 'get' ? page.url.pathname : page.text.includes('form-expired')]).toEqual([
        route,
        method === 'get' ? '/console/sign-in' : true,
      ]);
    }
  });
});
