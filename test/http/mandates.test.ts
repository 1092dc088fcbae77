import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as client from 'openid-client';
import { transferItem } from '../../config/demo/items.ts';
import { demoPeople } from '../../config/demo/people.ts';
import { stateOf, statusAfter } from '../../src/identity/mandate/lifecycle.ts';
import { fullAgeOf } from '../../src/identity/mandate/rules.ts';
import { shanghaiDateOf } from '../../src/terms/calendar-date.ts';
import { checkCharacterOf } from '../../src/terms/citizen-number.ts';
import { creditCodeCheckOf } from '../../src/terms/credit-code.ts';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { seedTypes } from '../support/certificates.ts';
import { authorities } from '../support/department.ts';
import { testPassword } from '../support/instance.ts';
import { addOfficer, foundOfficers, type OfficerAtWork, signInOfficer } from '../support/officers.ts';
import { refreshOf, type SignedIn, userInfoOf } from '../support/oidc-flow.ts';
import { type FrozenInstance, startFrozenInstance } from '../support/oidc-frozen.ts';
import { signInAtPortal } from '../support/portal-sign-in.ts';
import { type RelyingParty, startRelyingParty } from '../support/relying-party.ts';

const day = 86_400;
const companyName = '示例省青禾食品有限公司';
const codeBody = '91999999000000051';
const creditCode = `${codeBody}${creditCodeCheckOf(codeBody)}`;
const typeOf = (serial: string): string => `${authorities.police}${serial}`;

let instance: FrozenInstance;
let site: RelyingParty;
/** The legal representative, an operator, somebody else; each in a browser of their own at their own pages. */
let boss: Visitor;
let clerk: Visitor;
let other: Visitor;

interface Visitor {
  accountId: string;
  number: string;
  name: string;
  browser: Browser;
}

const enter = async (index: number): Promise<Visitor> => {
  const browser = createBrowser();
  const person = await instance.addPerson(index);
  await signInAtPortal(browser, instance.issuer, person.number);
  return { ...person, browser };
};
const see = ({ browser }: Visitor, path: string): Promise<BrowserPage> =>
  browser.get(new URL(path, instance.issuer));
const mandates = () => instance.app.house.mandates;

const licenceOf = (serial: string, representative: { number: string; name: string }) =>
  instance.app.house.directory.issueCertificate({
    issuer: { code: authorities.registry, name: '测试政务服务局' },
    actor: 'test',
    typeCode: typeOf('006'),
    serial,
    number: serial,
    areaCode: '990000',
    holders: [{ type: '001', code: creditCode, name: companyName }],
    dates: { issuedOn: '2024-01-02', validUntil: '2044-01-01' },
    fields: {
      enterpriseType: '有限责任公司',
      legalRepresentative: representative.name,
      legalRepresentativeNumber: representative.number,
      registeredCapital: '壹佰万元整',
      establishedOn: '2024-01-02',
      domicile: '示例省示例市和平路9号',
      businessScope: '食品销售',
      registrationOffice: '示例市市场监督管理局',
    },
  });

beforeAll(async () => {
  instance = await startFrozenInstance();
  await seedTypes(instance);
  site = await startRelyingParty(instance, {
    scope: 'openid name acting offline_access',
    metadata: { backchannel_logout_session_required: true },
  });
  [boss, clerk, other] = [await enter(0), await enter(1), await enter(2)];
  await licenceOf('BL1', boss);
  await instance.app.house.consent.saveServiceItem({
    item: transferItem,
    expectedVersion: null,
    actor: 'test',
  });
});
afterAll(async () => {
  await site?.stop();
  await instance?.stop();
});

const claim = async (visitor: Visitor): Promise<BrowserPage> =>
  visitor.browser.submit(await see(visitor, '/my/mandates/claim'), { creditCode }, '/claim');

/** Begins a sign-in of somebody who is signed in at their own pages already. */
const begin = async ({ browser }: Visitor, parameters: Record<string, string>) => {
  const attempt = await site.begin(parameters);
  return { attempt, page: await browser.get(attempt.url) };
};

const asked = { acting: 'self organisation', acting_item: 'SYN-0009' };

/** Lets somebody act by their first mandate at the site. */
const actAs = async (visitor: Visitor, parameters: Record<string, string> = asked): Promise<SignedIn> => {
  const { attempt, page } = await begin(visitor, parameters);
  const [form] = page.forms.filter(({ action }) => action.includes('/acting'));
  const choice = form?.buttons['choice']?.find((value) => value !== 'self') ?? '';
  const consent = await visitor.browser.submit(page, { choice }, '/acting');
  const { url: landed } = consent.forms.some(({ action }) => action.includes('/consent'))
    ? await visitor.browser.submit(consent, { decision: 'agree' }, '/consent')
    : consent;
  return { site, attempt, landed, tokens: await attempt.redeem(landed) };
};

const born = (number: string): string =>
  `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;

const errorOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'none';
  } catch (error) {
    const { error: code, cause } = error as { error?: string; cause?: { parameters?: { error?: string } }[] };
    return code ?? cause?.[0]?.parameters?.error ?? String(error);
  }
};
const isActive = async ({ tokens }: SignedIn, which: 'access_token' | 'refresh_token'): Promise<boolean> =>
  (await client.tokenIntrospection(site.configuration, tokens[which] ?? '')).active;

describe('an organisation', () => {
  test('is opened by whom the licence in force names, and by nobody else', async () => {
    expect((await claim(other)).text).toContain('没有找到登记您为法定代表人的有效营业执照');
    const opened = await claim(boss);
    expect(opened.url.pathname).toBe('/my/mandates');
    expect(opened.text).toContain(companyName);
    expect((await claim(boss)).status).toBe(200);
    expect((await mandates().listMandates(boss.accountId)).mandates).toHaveLength(1);
    expect((await see(boss, '/my/uses')).text).toContain('证明您是法定代表人');
  });

  test('gives its code to no address, and to its managers masked', async () => {
    const list = await see(boss, '/my/mandates');
    const space = await boss.browser.click(list, `查看：${companyName}`);
    expect(space.html).not.toContain(creditCode);
    expect([...list.visited, ...space.visited].join()).not.toContain(creditCode);
    expect((await see(clerk, space.url.pathname)).status).toBe(404);
    expect((await see(clerk, `${space.url.pathname}/invite`)).status).toBe(404);
  });

  test('keeps its code sealed, in records and in what the audit is told', async () => {
    const { records } = instance.app.house.storage;
    const kept = await Promise.all(
      ['organisations', 'mandates', 'notices', 'auditentries'].map((name) =>
        records.collection(name).find({}).toArray(),
      ),
    );
    expect(JSON.stringify(kept)).not.toContain(creditCode);
  });
});

describe('an operator', () => {
  const invite = async (person: Visitor, values: Record<string, string> = {}): Promise<BrowserPage> => {
    const list = await see(boss, '/my/mandates');
    const form = await boss.browser.click(await boss.browser.click(list, `查看：${companyName}`), '邀请成员');
    const { name, number } = person;
    const given = { name, number, role: 'operator', 'item-SYN-0009': 'yes', days: '30', ...values };
    return boss.browser.submit(form, given, '/invite');
  };
  const answer = async (visitor: Visitor, decision: string): Promise<BrowserPage> => {
    const { mandates: held } = await mandates().listMandates(visitor.accountId);
    const mandateId = held.find(({ awaitsAnswer }) => awaitsAnswer)?.mandateId ?? '';
    const page = await see(visitor, `/my/mandates/${mandateId}`);
    return visitor.browser.submit(page, { decision });
  };

  test('is invited by name and number, and nothing stands before the answer', async () => {
    expect((await invite(clerk, { name: '别人' })).text).toContain('没有找到姓名和证件号码都相符的账号');
    expect((await invite(clerk)).text).toContain('已发出');
    expect((await see(clerk, '/my/notices')).text).toContain(`您收到一项代办委托：${companyName}`);
    expect(await mandates().listStanding(clerk.accountId)).toEqual([]);
    expect((await invite(clerk)).text).toContain('已有一项等待答复或有效的委托');
    expect((await answer(clerk, 'accept')).text).toContain('您已接受');
    expect((await mandates().listStanding(clerk.accountId))[0]?.items).toEqual(['SYN-0009']);
  });

  test('chooses whom to act for: the subject is the company’s, and act says who came', async () => {
    const signedIn = await actAs(clerk);
    const claims = signedIn.tokens.claims();
    const info = await userInfoOf(signedIn);
    const organisation = { name: companyName, credit_code: creditCode, role: 'operator' };
    expect(info).toEqual({
      sub: claims?.sub,
      act: { sub: expect.any(String), name: clerk.name },
      organisation,
    });
    expect(claims?.['act']).toEqual({ sub: (info['act'] as { sub: string }).sub });
    const introspected = await client.tokenIntrospection(site.configuration, signedIn.tokens.access_token);
    expect(introspected.sub).toBe(claims?.sub);
    const asBoss = await actAs(boss);
    expect(asBoss.tokens.claims()?.sub).toBe(claims?.sub);
    expect(asBoss.tokens.claims()?.['act']).not.toEqual(claims?.['act']);
  });

  test('may still come for themselves, as the subject that act names', async () => {
    const signedIn = await actAs(clerk);
    const { attempt, page } = await begin(clerk, asked);
    const consent = await clerk.browser.submit(page, { choice: 'self' }, '/acting');
    const { url: landed } = await clerk.browser.submit(consent, { decision: 'agree' }, '/consent');
    const own = await userInfoOf({ site, attempt, landed, tokens: await attempt.redeem(landed) });
    expect(own).toEqual({ sub: own.sub, name: clerk.name });
    expect(signedIn.tokens.claims()?.['act']).toEqual({ sub: own.sub });
  });

  test('is not offered what the mandate does not cover, and nobody acts by another’s mandate', async () => {
    const elsewhere = await begin(clerk, { acting: 'organisation', acting_item: 'SYN-0001' });
    expect(elsewhere.page.text).toContain('您没有可以在这里使用的代办委托');
    const unnamed = await begin(clerk, { acting: 'organisation' });
    expect(unnamed.page.text).toContain('您没有可以在这里使用的代办委托');
    const [mandate] = await mandates().listStanding(clerk.accountId);
    const { page } = await begin(other, { acting: 'organisation', acting_item: 'SYN-0009' });
    const choice = mandate?.mandateId ?? '';
    const refused = await other.browser.submit(page, { choice }, '/acting');
    expect(refused.text).toContain('您没有可以在这里使用的代办委托');
    const back = await other.browser.submit(refused, {}, '/abort');
    expect(back.url.searchParams.get('error')).toBe('access_denied');
  });

  test('who has nothing to choose is not asked, and a site without the scope may not ask', async () => {
    const { page } = await begin(other, asked);
    expect(page.url.pathname).not.toContain('acting');
    expect(page.forms.some(({ action }) => action.includes('/consent'))).toBe(true);
    const { page: refused } = await begin(other, { acting: 'organisation', scope: 'openid' });
    expect(refused.url.searchParams.get('error')).toBe('invalid_request');
  });

  test('who loses the mandate mid-session loses the tokens at their next use', async () => {
    const signedIn = await actAs(clerk, { ...asked, prompt: 'consent' });
    const renewed = { ...signedIn, tokens: { ...signedIn.tokens, ...(await refreshOf(signedIn)) } };
    expect(await isActive(renewed, 'refresh_token')).toBe(true);
    const { mandates: held } = await mandates().listMandates(clerk.accountId);
    const mandateId = held.find(({ state }) => state === 'active')?.mandateId ?? '';
    const ask = await see(boss, `/my/mandates/${mandateId}/end`);
    expect((await boss.browser.submit(ask, {}, '/end')).text).toContain('已结束');
    expect(await errorOf(userInfoOf(renewed))).toBe('invalid_token');
    expect(await errorOf(refreshOf(renewed))).toBe('invalid_grant');
    expect(await isActive(renewed, 'access_token')).toBe(false);
    expect(await isActive(renewed, 'refresh_token')).toBe(false);
    const silent = await begin(clerk, { ...asked, acting: 'organisation', prompt: 'none' });
    expect(silent.page.url.searchParams.get('error')).toBe('interaction_required');
    expect((await see(clerk, '/my/notices')).text).toContain(`一项代办委托已结束：${companyName}`);
    expect((await see(clerk, `/my/mandates/${mandateId}/end`)).status).toBe(200);
  });

  test('acts until the term is over, by the clock', async () => {
    await invite(clerk);
    await answer(clerk, 'accept');
    const signedIn = await actAs(clerk);
    instance.clock.advance(30 * day - 1);
    expect(await mandates().listStanding(clerk.accountId)).toHaveLength(1);
    instance.clock.advance(1);
    expect(await mandates().listStanding(clerk.accountId)).toEqual([]);
    instance.clock.advance(-30 * day);
    expect(await isActive(signedIn, 'access_token')).toBe(true);
  });

  test('acts no longer than the organisation has a licence in force', async () => {
    const { identifier } = (await licenceOf('BL2', boss)).certificate;
    const [first] = await mandates().listStanding(clerk.accountId);
    expect(first?.principal.kind).toBe('organisation');
    const { certificates } = await instance.app.house.directory.listCertificatesOfHolder(
      { type: '001', code: creditCode },
      { limit: 10 },
    );
    const end = (which: string) =>
      instance.app.house.directory.endCertificate({
        identifier: which,
        issuerCode: authorities.registry,
        ground: 'cancelled',
        reasonCode: 'closed',
        endedOn: shanghaiDateOf(instance.clock.now()),
        actor: 'test',
      });
    const proof = certificates.find((one) => one.identifier !== identifier)?.identifier ?? '';
    await end(proof);
    // The representative has to prove it anew; the company still has a licence.
    expect(await mandates().listStanding(boss.accountId)).toEqual([]);
    expect(await mandates().listStanding(clerk.accountId)).toHaveLength(1);
    await claim(boss);
    expect(await mandates().listStanding(boss.accountId)).toHaveLength(1);
    await end(identifier);
    expect(await mandates().listStanding(clerk.accountId)).toEqual([]);
  });
});

describe('within a family', () => {
  const standingFor = async (agent: Visitor, { accountId }: Pick<Visitor, 'accountId'>) =>
    (await mandates().listStanding(agent.accountId)).filter(({ principal }) => principal.id === accountId);
  const offer = async (visitor: Visitor, relation: string, person: { name: string; number: string }) => {
    const { name, number } = person;
    const form = await see(visitor, '/my/mandates/family');
    return visitor.browser.submit(form, { relation, name, number, days: '365' }, '/family');
  };

  test('a child acts for a parent once the parent accepts, and the site learns of the parent', async () => {
    await offer(clerk, 'child-mine', other);
    expect(await standingFor(clerk, other)).toEqual([]);
    const page = await other.browser.click(await see(other, '/my/mandates'), '子女');
    await other.browser.submit(page, { decision: 'accept' });
    const signedIn = await actAs(clerk, { acting: 'person' });
    expect(await userInfoOf(signedIn)).toMatchObject({ name: other.name, act: { name: clerk.name } });
    expect((await see(other, '/my/uses')).text).toContain('测试网站');
    const { mandates: given } = await mandates().listMandates(other.accountId);
    const mandateId = given[0]?.mandateId ?? '';
    await expect(mandates().revokeMandate({ accountId: boss.accountId, mandateId })).rejects.toMatchObject({
      code: 'mandate-missing',
    });
    await mandates().revokeMandate({ accountId: other.accountId, mandateId });
    expect(await errorOf(userInfoOf(signedIn))).toBe('invalid_token');
    await expect(
      mandates().answerMandate({ accountId: other.accountId, mandateId, accepts: true }),
    ).rejects.toMatchObject({ code: 'mandate-not-open' });
  });

  test('a parent named in the certificate of birth acts at once, until the child comes of age', async () => {
    const born = demoPeople[14] ?? { number: '', name: '', phone: '' };
    const { identity, directory } = instance.app.house;
    const input = { ...born, password: testPassword, assurance: 2, actor: 'test' } as const;
    const { accountId } = await identity.createAccount(input);
    await directory.issueCertificate({
      issuer: { code: '129999990000000358', name: '测试医院' },
      actor: 'test',
      typeCode: typeOf('009'),
      serial: 'BC1',
      number: 'BC1',
      areaCode: '990000',
      holders: [{ type: '111', code: born.number, name: born.name }],
      dates: { issuedOn: '2011-06-02' },
      fields: {
        sex: '男',
        birthDate: '2011-06-01',
        birthPlace: '示例市',
        medicalInstitution: '示例市医院',
        gestationWeeks: 40,
        weightGrams: 3200,
        lengthCentimetres: 50,
        motherName: boss.name,
        motherIdNumber: boss.number,
      },
    });
    await offer(clerk, 'parent-mine', born);
    expect(await standingFor(clerk, { accountId })).toEqual([]);
    await offer(boss, 'parent-mine', born);
    const { mandates: held } = await mandates().listMandates(boss.accountId);
    const family = held.find(({ kind }) => kind === 'family');
    expect(family).toMatchObject({ state: 'active', isProved: true, role: 'parent' });
  });

  describe('for a child without an account', () => {
    const body = '99999920120301004';
    const child = { number: `${body}${checkCharacterOf(body)}`, name: '周小禾', phone: '19900000099' };
    const registerOf = (head: Visitor, relation: string, serial: string) => {
      const row = ({ number, name }: { number: string; name: string }, to: string) => ({
        name,
        relation: to,
        sex: '男',
        ethnicGroup: '汉',
        birthDate: '2011-06-01',
        citizenNumber: number,
      });
      return instance.app.house.directory.issueCertificate({
        issuer: { code: authorities.police, name: '测试公安局' },
        actor: 'test',
        typeCode: typeOf('002'),
        serial,
        number: serial,
        areaCode: '990000',
        holders: [{ type: '111', code: head.number, name: head.name }],
        dates: { issuedOn: '2020-01-02' },
        fields: {
          householdKind: '家庭户',
          householdNumber: '0001',
          address: '示例省示例市和平路9号',
          registrationOffice: '示例市公安局',
          members: [row(head, '户主'), row(child, relation)],
        },
      });
    };
    const kept = (collection: string) =>
      instance.app.house.storage.records.collection(collection).find({}).toArray();

    test('the register says whose it is: the head’s own, and no grandchild or stepchild', async () => {
      expect((await offer(other, 'parent-mine', child)).text).toContain('没有找到姓名和证件号码都相符');
      await registerOf(other, '孙子', 'HR1');
      await registerOf(other, '继子', 'HR2');
      expect((await offer(other, 'parent-mine', child)).text).toContain('没有找到姓名和证件号码都相符');
      await registerOf(other, '次子', 'HR3');
      expect((await offer(other, 'parent-mine', { ...child, name: '别人' })).status).toBe(404);
      await offer(other, 'parent-mine', child);
      const [standing] = (await mandates().listStanding(other.accountId)).filter(
        ({ role }) => role === 'parent',
      );
      expect(standing?.principal).toMatchObject({ kind: 'person', name: child.name });
      expect((await see(other, '/my/uses')).text).toContain('证明您是户主和父母');
      const everything = JSON.stringify(
        (await Promise.all(['dependants', 'mandates', 'auditentries', 'accesses'].map(kept))).flat(),
      );
      expect(everything).not.toContain(child.number);
      expect(everything).not.toContain(child.name);
    });

    test('a site learns of the child and of the parent, and the child’s ledger has the row', async () => {
      const signedIn = await actAs(other, { acting: 'person' });
      const info = await userInfoOf(signedIn);
      expect(info).toMatchObject({ name: child.name, act: { name: other.name } });
      expect(info.sub).not.toContain('dependant');
      const { consent, directory } = instance.app.house;
      const holderIndex = directory.holderIndexOf({ type: '111', code: child.number });
      const { rows } = await consent.listAccesses({ holderIndex });
      expect(rows.map(({ reader }) => reader.kind)).toEqual(expect.arrayContaining(['site', 'system']));
    });

    test('it ends as the child comes of age, by the clock', async () => {
      const { mandates: held } = await mandates().listMandates(other.accountId);
      const expiresAt = held.find(({ role, isAgent }) => role === 'parent' && isAgent)?.expiresAt;
      expect(expiresAt?.getTime()).toBeLessThanOrEqual(fullAgeOf(born(child.number)).getTime());
      const grown = demoPeople[16] ?? child;
      expect((await offer(other, 'parent-mine', grown)).text).toContain('没有找到姓名和证件号码都相符');
    });

    test('the other parent ends it for a reason of law, and papers do not bring it back', async () => {
      await registerOf(clerk, '儿子', 'HR4');
      await offer(clerk, 'parent-mine', child);
      const list = await see(clerk, '/my/mandates');
      expect(list.text).toContain('孩子的另一位家长代办的');
      const { mandates: seen } = await mandates().listMandates(clerk.accountId);
      const mandateId = seen.find(({ asksReason }) => asksReason)?.mandateId ?? '';
      const own = { accountId: clerk.accountId, mandateId };
      await expect(mandates().revokeMandate(own)).rejects.toMatchObject({ code: 'mandate-reason-missing' });
      await expect(
        mandates().revokeMandate({ ...own, accountId: boss.accountId, reason: 'adopted' }),
      ).rejects.toMatchObject({ code: 'mandate-missing' });
      const form = await see(clerk, `/my/mandates/${mandateId}/end`);
      expect(form.text).toContain('离婚也不改变');
      await clerk.browser.submit(form, { reason: 'parentage-denied' }, '/end');
      expect((await see(other, '/my/notices')).text).toContain('一项代办委托已结束');
      expect((await offer(other, 'parent-mine', child)).text).toContain('不能再凭证照重新办理');
    });

    test('who opens an account later sees it, and may end it', async () => {
      const { identity } = instance.app.house;
      const { accountId } = await identity.createAccount({ ...child, assurance: 2, actor: 'test' });
      const { mandates: seen } = await mandates().listMandates(accountId);
      const active = seen.find(({ state }) => state === 'active');
      expect(active).toMatchObject({ isPrincipal: true, mayRevoke: true, asksReason: false });
      await mandates().revokeMandate({ accountId, mandateId: active?.mandateId ?? '' });
      expect(await standingFor(clerk, { accountId })).toEqual([]);
    });
  });
});

describe('at a counter', () => {
  const evidenceDigest = 'ab'.repeat(32);
  const body = '99999919370304001';
  const elder = { number: `${body}${checkCharacterOf(body)}`, name: '沈老太' };
  let one: OfficerAtWork;
  let two: OfficerAtWork;

  beforeAll(async () => {
    const founders = await foundOfficers(instance);
    [one, two] = [
      await addOfficer(instance, founders, { role: 'certificate-officer', now: instance.clock.now() }),
      await addOfficer(instance, founders, { role: 'certificate-officer', now: instance.clock.now() }),
    ];
  });

  const at = (path: string): URL => new URL(path, instance.issuer);
  const record = async (values: Record<string, string>): Promise<BrowserPage> => {
    await signInOfficer(instance, one);
    const form = await one.browser.get(at('/console/mandates/record'));
    const given = {
      role: 'child',
      agentName: boss.name,
      agentNumber: boss.number,
      principalName: elder.name,
      principalNumber: elder.number,
      days: '365',
      evidenceDigest,
      reason: '看过户口簿原件，老人当面同意',
      checked: 'yes',
    };
    return one.browser.submit(form, { ...given, ...values }, '/record');
  };
  const approve = async ({ url }: BrowserPage): Promise<BrowserPage> => {
    await signInOfficer(instance, two);
    return two.browser.submit(await two.browser.get(url), { answer: 'approve' }, '/proposals');
  };
  const forElder = async () =>
    (await mandates().listStanding(boss.accountId)).find(({ principal }) => principal.name === elder.name);

  test('one officer records what papers show and another agrees; only then it stands', async () => {
    expect((await record({ evidenceDigest: 'none' })).text).toContain('材料摘要不正确');
    expect((await record({ agentName: '别人' })).text).toContain('没有找到姓名和证件号码都相符');
    expect((await record({ role: 'parent' })).text).toContain('已年满 18 周岁');
    const proposed = await record({});
    expect(proposed.text).toContain('登记家庭代办');
    expect(proposed.html).not.toContain(elder.number);
    expect(await forElder()).toBeUndefined();
    expect((await record({})).text).toContain('已有一项等待答复或有效的委托');
    const { status } = await one.browser.submit(
      await one.browser.get(proposed.url),
      { answer: 'withdraw' },
      '/proposals',
    );
    expect(status).toBe(200);
    expect((await approve(await record({}))).text).toContain('已通过');
    expect(await forElder()).toMatchObject({ role: 'child', items: [] });
    const info = await userInfoOf(await actAs(boss, { acting: 'person' }));
    expect(info['act']).toMatchObject({ name: boss.name });
  });

  test('officers find it by both numbers, see nobody’s full name, and end it, two of them', async () => {
    await signInOfficer(instance, one);
    const found = await one.browser.submit(
      await one.browser.get(at('/console/mandates')),
      { agentNumber: boss.number, principalNumber: elder.number },
      '/mandates',
    );
    const [active] = (
      await mandates().listAtCounter({
        agentNumber: boss.number,
        principalNumber: elder.number,
      })
    ).filter(({ state }) => state === 'active');
    expect(found.html).toContain(`/console/mandates/${active?.mandateId}`);
    const page = await one.browser.get(at(`/console/mandates/${active?.mandateId}`));
    expect(page.text).not.toContain(elder.name);
    expect((await see(boss, '/my/uses')).text).toContain('到窗口办理家庭代办');
    const wrong = { ending: 'adopted', reason: '老人当面要求' };
    expect((await one.browser.submit(page, wrong, '/mandates/')).text).toContain('请选择结束这项代办的理由');
    const proposed = await one.browser.submit(page, { ...wrong, ending: 'asked' }, '/mandates/');
    expect(await forElder()).toBeDefined();
    await approve(proposed);
    expect(await forElder()).toBeUndefined();
  });
});

describe('the rules', () => {
  const now = new Date('2026-11-24T04:00:00Z');
  const before = new Date(now.getTime() - 1);
  const open = { answerBy: null, expiresAt: null };

  test.each([
    ['offered', 'accept', 'active'],
    ['offered', 'refuse', 'refused'],
    ['offered', 'revoke', 'revoked'],
    ['active', 'revoke', 'revoked'],
  ] as const)('an %s mandate is open to %s', (status, act, after) => {
    expect(statusAfter({ ...open, status }, act, now)).toBe(after);
    expect(() => statusAfter({ ...open, status, expiresAt: now }, act, now)).toThrow();
  });

  test.each([
    ['active', 'accept'],
    ['refused', 'accept'],
    ['revoked', 'accept'],
    ['revoked', 'revoke'],
  ] as const)('a mandate that is %s is not open to %s', (status, act) => {
    expect(() => statusAfter({ ...open, status }, act, now)).toThrow();
  });

  test('an offer lapses with the time to answer, a mandate does not', () => {
    expect(stateOf({ status: 'offered', answerBy: before, expiresAt: null }, now)).toBe('expired');
    expect(stateOf({ status: 'active', answerBy: before, expiresAt: null }, now)).toBe('active');
  });

  test('a child comes of age at midnight in Shanghai, one of 29 February on 1 March', () => {
    expect(fullAgeOf('2011-06-01').toISOString()).toBe('2029-05-31T16:00:00.000Z');
    expect(fullAgeOf('2008-02-29').toISOString()).toBe('2026-02-28T16:00:00.000Z');
  });
});
