import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { demoFace } from '../../config/demo/faces.ts';
import { demoPeople } from '../../config/demo/people.ts';
import type { BrowserPage } from '../support/browser-fetch.ts';
import { seedTypes, types } from '../support/certificates.ts';
import { authorities } from '../support/department.ts';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.ts';
import { formsOf, visibleText } from '../support/html-forms.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import {
  addOfficer,
  assertOn,
  foundOfficers,
  type OfficerAtWork,
  signInOfficer,
} from '../support/officers.ts';

let instance: Instance;
let clock: FrozenClock;
let founders: { system: OfficerAtWork; security: OfficerAtWork };
let police: OfficerAtWork;
let registry: OfficerAtWork;
let person: { accountId: string; number: string; name: string };

const at = (path: string): URL => new URL(`/console${path}`, instance.issuer);

beforeAll(async () => {
  clock = frozenClock();
  instance = await startInstance({ YIHAO_REQUESTS_PER_MINUTE: '100000' }, undefined, clock);
  await seedTypes(instance);
  person = await instance.addPerson(1);
  founders = await foundOfficers(instance);
  const officerOf = async (code: string, name: string): Promise<OfficerAtWork> => {
    const officer = { role: 'certificate-officer', authority: { code, name }, now: clock.now() } as const;
    const added = await addOfficer(instance, founders, officer);
    await signInOfficer(instance, added);
    return added;
  };
  police = await officerOf(authorities.police, '示例省公安厅');
  registry = await officerOf(authorities.registry, '示例省政务服务局');
});
afterAll(() => instance?.stop());

/** Two people who are no account holders. */
const [one, other] = [demoPeople[7], demoPeople[8]];

const marriageOf = (serial: string) => ({
  serial,
  number: `J990000-2026-${serial}`,
  areaCode: '990000',
  issuedOn: '2026-05-20',
  holder_0_code: one?.number ?? '',
  holder_0_name: one?.name ?? '',
  holder_1_code: other?.number ?? '',
  holder_1_name: other?.name ?? '',
  field_registeredOn: '2026-05-20',
  field_registrationOffice: '示例市民政局',
  field_registrar: '江亦舟',
});

const marry = async (serial: string): Promise<BrowserPage> =>
  registry.browser.submit(
    await registry.browser.get(at(`/certificates/issue/${types.marriage}`)),
    marriageOf(serial),
  );

const ledgerOf = async (number: string) => {
  const { directory, consent } = instance.app.house;
  const holderIndex = directory.holderIndexOf({ type: '111', code: number });
  return (await consent.listAccesses({ holderIndex })).rows;
};

const errorsOn = ({ html }: BrowserPage): string[] =>
  [...html.matchAll(/<a class="target" href="#(\w+)">/g)].map(([, input = '']) => input);

describe('the form of a certificate', () => {
  test('issues for two holders, once however often it is sent', async () => {
    const issued = await marry('M1');
    expect(issued.url.pathname).toMatch(/^\/console\/certificates\/1\.2\.156\.3005\.2\./);
    expect(issued.text).toContain('示例省政务服务局');
    const again = await marry('M1');
    expect(again.url.href).toBe(issued.url.href);
    const { directory } = instance.app.house;
    const found = await directory.findCertificate(issued.url.pathname.split('/').at(-1) ?? '');
    expect(found?.holders.map(({ name }) => name)).toEqual([one?.name, other?.name]);
    const described = await directory.listCertificatesOfHolder(
      { type: '111', code: one?.number ?? '' },
      { limit: 9 },
    );
    expect(described.certificates).toHaveLength(1);
  });

  test('tells all that is wrong at once, each at its input, and loses nothing', async () => {
    const form = await registry.browser.get(at(`/certificates/issue/${types.marriage}`));
    const wrong = {
      ...marriageOf('流水'),
      areaCode: '110000',
      issuedOn: '2026-02-30',
      holder_1_code: '999999199203070043',
      field_registeredOn: 'yesterday',
      field_registrar: '',
    };
    const page = await registry.browser.submit(form, wrong);
    expect(page.status).toBe(400);
    expect(errorsOn(page)).toEqual(
      expect.arrayContaining(['serial', 'areaCode', 'issuedOn', 'holder_1_code', 'field_registeredOn']),
    );
    expect(page.forms[0]?.fields).toMatchObject(wrong);
  });

  test('says at the serial that it was used for something else', async () => {
    await marry('M2');
    const form = await registry.browser.get(at(`/certificates/issue/${types.marriage}`));
    const page = await registry.browser.submit(form, { ...marriageOf('M2'), field_registrar: '别人' });
    expect([page.status, errorsOn(page)]).toEqual([400, ['serial']]);
  });

  test('adds rows that a type has many of, keeping what was typed', async () => {
    const form = await police.browser.get(at(`/certificates/issue/${types.identityCard.slice(0, 18)}002`));
    const wider = await police.browser.submit(form, { row_members_0_name: '张三', more: 'members' });
    expect(wider.forms[0]?.fields).toMatchObject({ row_members_0_name: '张三', row_members_1_name: '' });
  });

  test('is refused for a type that is not the authority’s, and offers only its own', async () => {
    const choice = await registry.browser.get(at('/certificates/issue'));
    expect([choice.text.includes('结婚证'), choice.text.includes('居民身份证')]).toEqual([true, false]);
    const form = await police.browser.get(at(`/certificates/issue/${types.marriage}`));
    const refused = await police.browser.submit(form, marriageOf('M3'));
    expect([refused.status, refused.text.includes('未被授权签发')]).toEqual([400, true]);
  });
});

/** Sends a form with a file, as a browser would. */
const sendFile = async (page: BrowserPage, values: Record<string, string>, file: Buffer | null) => {
  const form = page.forms[0];
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...form?.fields, ...values }))
    if (name !== 'file') body.set(name, value);
  body.set('file', new Blob(file === null ? [] : [new Uint8Array(file)]), file === null ? '' : 'face.jpg');
  const url = new URL(form?.action ?? '');
  const headers = { cookie: police.browser.cookies.headerFor(url), accept: 'text/html', origin: url.origin };
  const answer = await fetch(url, { method: 'POST', body, headers, redirect: 'manual' });
  const html = await answer.text();
  const location = answer.headers.get('location');
  return { status: answer.status, location, text: visibleText(html), forms: formsOf(html, url) };
};

const pictureOf = ({ html }: BrowserPage): Buffer =>
  Buffer.from(/src="data:image\/jpeg;base64,([^"]+)"/.exec(html)?.[1] ?? '', 'base64');

const licence = {
  serial: 'DL1',
  number: '999900000001',
  field_sex: '女',
  field_nationality: '中国',
  field_address: '示例省示例市和平路1号',
  field_birthDate: '2000-02-29',
  field_firstIssuedOn: '2021-06-18',
  field_vehicleClass: 'C1',
  validUntil: '2031-06-18',
};

describe('a photo', () => {
  const uploadPage = () => police.browser.get(at('/certificates/photos'));
  const holder = () => ({ holderCode: person.number });

  test('is told by its check what is wrong with it, and is not kept so', async () => {
    const grey = await sharp(await demoFace(1))
      .greyscale()
      .toBuffer();
    const led = await sendFile(await uploadPage(), holder(), grey);
    const page = await police.browser.get(new URL(led.location ?? '', instance.issuer));
    expect(page.text).toContain('彩色 不通过 照片不是彩色的');
    expect(page.forms[0]?.buttons['keep']).toBeUndefined();
    const forced = await police.browser.submit(page, { keep: 'yes' });
    expect(forced.text).toContain('彩色 不通过');
    const nothing = await sendFile(await uploadPage(), holder(), null);
    expect([
      nothing.status,
      nothing.text.includes('没有收到照片'),
      nothing.forms[0]?.fields['holderCode'],
    ]).toEqual([400, true, person.number]);
    const noPhoto = await sendFile(await uploadPage(), holder(), Buffer.from('GIF89a'));
    expect([noPhoto.status, noPhoto.text.includes('GIF')]).toEqual([400, true]);
  });

  test('is cropped, looked at, adjusted, kept once, and then waits for review', async () => {
    const file = await sharp(await demoFace(1))
      .extend({ left: 40, right: 40, background: '#ffffff' })
      .jpeg()
      .toBuffer();
    const led = await sendFile(await uploadPage(), holder(), file);
    const draft = new URL(led.location ?? '', instance.issuer);
    const first = await police.browser.get(draft);
    expect(first.text).toContain('清晰度 通过');
    expect(await sharp(pictureOf(first)).metadata()).toMatchObject({ width: 358, height: 441 });
    const moved = await police.browser.submit(first, { move: 'right' });
    expect(pictureOf(moved).equals(pictureOf(first))).toBe(false);
    expect((await registry.browser.get(draft)).status).toBe(410);

    const kept = await police.browser.submit(moved, { keep: 'yes' });
    expect(kept.text).toContain('等待审核');
    expect((await police.browser.submit(moved, { keep: 'yes' })).status).toBe(410);
    const { photos, directory } = instance.app.house;
    const [photo, ...more] = await photos.listPhotosOf(
      directory.holderIndexOf({ type: '111', code: person.number }),
    );
    expect([photo?.review.state, more.length]).toEqual(['pending', 0]);
  });

  test('serves to issue once it is accepted, and not before', async () => {
    const form = await police.browser.get(at(`/certificates/issue/${types.drivingLicence}`));
    const given = {
      ...licence,
      issuedOn: '2021-06-18',
      holder_0_code: person.number,
      holder_0_name: person.name,
    };
    const waiting = await police.browser.submit(form, given);
    expect([waiting.status, errorsOn(waiting)]).toEqual([400, ['photo']]);
    const { photos, directory } = instance.app.house;
    const [photo] = await photos.listPhotosOf(directory.holderIndexOf({ type: '111', code: person.number }));
    await photos.acceptPhoto({ photoId: photo?.photoId ?? '', reviewer: 'other-officer' });
    const issued = await police.browser.submit(waiting, {});
    expect(issued.text).toContain('驾驶证');
    const certificate = await directory.findCertificate(issued.url.pathname.split('/').at(-1) ?? '');
    expect(certificate?.photoId).toBe(photo?.photoId);
  });
});

describe('a certificate that is there', () => {
  const find = async (officer: OfficerAtWork, values: Record<string, string>): Promise<BrowserPage> =>
    officer.browser.submit(await officer.browser.get(at('/certificates')), values, 1);
  const licencePage = async (): Promise<BrowserPage> =>
    police.browser.click(await find(police, { holderCode: person.number, purpose: '补换证' }), '驾驶证');

  test('is found by its holder for a stated purpose, after the ledger has it, and by nobody else’s officer', async () => {
    const purposes = async () => (await ledgerOf(person.number)).map(({ cause }) => cause.purpose);
    const before = await purposes();
    const unsaid = await find(police, { holderCode: person.number, purpose: '' });
    expect([unsaid.status, errorsOn(unsaid), await purposes()]).toEqual([400, ['purpose'], before]);
    clock.advance(1);
    const found = await find(police, { holderCode: person.number, purpose: '补换证' });
    expect(found.text).toContain('查看“机动车驾驶证”');
    expect((await ledgerOf(person.number))[0]).toMatchObject({
      cause: { purpose: '补换证' },
      reader: { kind: 'officer', id: police.officerId },
      what: { fields: ['list'] },
    });
    expect((await find(registry, { holderCode: person.number, purpose: '补换证' })).text).toContain(
      '没有给这位持证人',
    );
    const page = await licencePage();
    expect((await registry.browser.get(page.url)).status).toBe(403);
    const byIdentifier = { identifier: page.url.pathname.split('/').at(-1) ?? '' };
    const search = await police.browser.get(at('/certificates'));
    expect((await police.browser.submit(search, byIdentifier)).url.href).toBe(page.url.href);
    expect(errorsOn(await police.browser.submit(search, { identifier: '1.2.3' }))).toEqual(['identifier']);
  });

  test('hides what is sensitive until it is asked for with a reason that its holder reads', async () => {
    const page = await licencePage();
    expect(page.text).not.toContain(licence.field_address);
    expect(page.html).not.toContain(person.number);
    expect(page.html).not.toContain(person.name);
    expect((await police.browser.submit(page, { purpose: '' })).text).not.toContain(licence.field_address);
    clock.advance(1);
    const whole = await police.browser.submit(page, { purpose: '核对住址' });
    expect([whole.text.includes(licence.field_address), whole.text.includes(person.number)]).toEqual([
      true,
      true,
    ]);
    expect(pictureOf(whole).length).toBeGreaterThan(1000);
    const [latest] = await ledgerOf(person.number);
    expect(latest).toMatchObject({ cause: { purpose: '核对住址' }, what: { fields: ['certificate'] } });
  });

  test('is changed after what changes was shown', async () => {
    const page = await licencePage();
    const form = await police.browser.click(page, '变更');
    const reason = 'data-changed';
    const same = await police.browser.submit(form, { reason });
    expect([same.status, same.text.includes('没有任何内容被修改')]).toEqual([400, true]);
    const shown = await police.browser.submit(form, { reason, field_address: '示例省示例市新华路9号' });
    expect(shown.text).toContain('住址 原为：示例省示例市和平路1号 改为：示例省示例市新华路9号');
    expect(shown.text).not.toContain('准驾车型');
    expect((await police.browser.get(page.url)).text).toContain('状态 有效');
    const changed = await police.browser.submit(shown, {});
    expect(changed.text).toContain('版本 2');
    const old = await police.browser.get(page.url);
    expect([old.text.includes('已变更'), old.html.includes('/change"')]).toEqual([true, false]);
  });

  test('is suspended, lifted and ended on a ground, each asked first and freshly proven', async () => {
    const issued = await marry('M9');
    clock.advance(301);
    const proving = await registry.browser.click(issued, '暂扣、恢复或终止');
    expect(proving.url.pathname).toBe('/console/prove');
    const form = await assertOn(registry, proving);
    expect(errorsOn(await registry.browser.submit(form, { day: '2026-13-01' }))).toEqual([
      'act',
      'reason',
      'day',
    ]);

    const doIt = async (act: string, reason: string): Promise<BrowserPage> => {
      const asking = await registry.browser.get(form.url);
      const confirm = await registry.browser.submit(asking, { act, reason });
      expect(confirm.text).toContain('确认办理');
      return registry.browser.submit(confirm, {});
    };
    expect((await doIt('suspended', 'offence')).text).toContain('已暂扣');
    const lifted = await doIt('lifted', 'offence');
    expect(lifted.text).toContain('状态 有效');
    const tooEarly = await registry.browser.submit(await registry.browser.get(form.url), {
      act: 'void',
      reason: 'other',
      day: '2026-05-19',
      confirm: 'yes',
    });
    expect(errorsOn(tooEarly)).toEqual(['day']);
    expect((await doIt('revoked', 'offence')).text).toContain('已吊销');
    expect((await registry.browser.get(form.url)).text).toContain('不能再办理');
    const { audit } = instance.app.house;
    await audit.relay.runOnce();
    const { entries } = await audit.searchEntries({ actor: registry.officerId });
    const kinds = entries.map(({ event }) => event.type);
    for (const kind of ['issued', 'suspended', 'lifted', 'revoked'])
      expect(kinds).toContain(`certificate.${kind}`);
  });
});

describe('the catalogue of types', () => {
  test('gets a new version when a second officer agrees, and certificates are then issued under it', async () => {
    const { catalogue } = instance.app.house.directory;
    const list = await registry.browser.get(at('/types'));
    const one = await registry.browser.click(list, '查看“结婚证”第 1 版');
    const form = await registry.browser.click(one, '提出新版本');
    const wrong = await registry.browser.submit(form, { nameZh: '结婚证书', issuers: 'abc', reason: '更名' });
    expect([wrong.status, wrong.forms[0]?.fields['nameZh']]).toEqual([400, '结婚证书']);
    const proposed = await registry.browser.submit(form, { nameZh: '结婚证书', reason: '更名' });
    expect(proposed.text).toContain('改为');
    expect((await catalogue.findType(types.marriage)).version).toBe(1);
    await signInOfficer(instance, founders.system);
    const waiting = await founders.system.browser.get(proposed.url);
    await founders.system.browser.submit(waiting, { answer: 'approve' });
    expect(await catalogue.findType(types.marriage)).toMatchObject({ version: 2, name: { zh: '结婚证书' } });
    expect((await marry('M20')).text).toContain('结婚证书');
  });
});

describe('an officer', () => {
  test('acts for an authority of the own region only, and for none works on no certificate', async () => {
    const { staff } = instance.app.house;
    const draft = {
      officerId: founders.system.officerId,
      name: '赵明',
      roles: ['certificate-officer'],
      reason: '新',
    };
    const authority = { code: authorities.police, name: '示例省公安厅' };
    await expect(staff.proposeOfficer({ ...draft, regionCode: '990100', authority })).rejects.toMatchObject({
      code: 'officer-authority-elsewhere',
    });
    const added = await addOfficer(instance, founders, { role: 'certificate-officer', now: clock.now() });
    await signInOfficer(instance, added);
    expect((await added.browser.get(at('/certificates'))).text).toContain('officer-no-authority');
  });
});
