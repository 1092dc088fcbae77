import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { answerVerifiedClaims } from '../../src/oidc/identity-assurance/verified-claims.ts';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { addOfficer, foundOfficers, type OfficerAtWork, signInOfficer } from '../support/officers.ts';
import { userInfoOf } from '../support/oidc-flow.ts';
import { signInAtPortal } from '../support/portal-sign-in.ts';
import { type RelyingParty, signInByPassword, startRelyingParty } from '../support/relying-party.ts';
import { createAuthenticator } from '../support/virtual-authenticator.ts';

let instance: Instance;
let clock: FrozenClock;
let site: RelyingParty;
let officer: OfficerAtWork;
let person: Awaited<ReturnType<Instance['addPerson']>>;
let browser: Browser;

beforeAll(async () => {
  clock = frozenClock(new Date().toISOString());
  instance = await startInstance({ YIHAO_HARDWARE_KEYS: 'bound' }, undefined, clock);
  const legalBasis = { id_number: '不动产登记暂行条例' };
  site = await startRelyingParty(instance, {
    scope: 'openid name birthdate id_number assurance',
    legalBasis,
  });
  person = await instance.addPerson();
  const founders = await foundOfficers(instance);
  officer = await addOfficer(instance, founders, { role: 'certificate-officer', now: clock.now() });
  await signInOfficer(instance, officer);
  browser = createBrowser();
  await signInByPassword(browser, (await site.begin({ scope: 'openid' })).url, person.number);
});
afterAll(async () => {
  await site?.stop();
  await instance?.stop();
});

const at = (path: string): URL => new URL(path, instance.issuer);

type Asked = { verification?: object; claims?: object };
const asking = (verified: Asked, more: object = {}): Record<string, string> => ({
  scope: 'openid',
  prompt: 'consent',
  claims: JSON.stringify({ userinfo: { verified_claims: verified, ...more } }),
});
const framework = { trust_framework: null };

/** Agrees to a request in the browser that is signed in, and reads what userinfo tells and the page said. */
const told = async (
  parameters: Record<string, string>,
): Promise<{ info: Record<string, unknown>; consent: BrowserPage }> => {
  const attempt = await site.begin(parameters);
  const consent = await browser.get(attempt.url);
  const { url: landed } = await browser.submit(consent, { decision: 'agree' }, '/consent');
  const tokens = await attempt.redeem(landed);
  return { info: await userInfoOf({ site, attempt, landed, tokens }), consent };
};

const evidenceOf = async () => (await instance.app.house.identity.findAccount(person.accountId))?.evidence;

describe('an officer at a counter', () => {
  const find = async (number: string): Promise<BrowserPage> =>
    officer.browser.submit(await officer.browser.get(at('/console/counter')), { number }, '/counter');

  test('finds a person by number, sees them masked, and each look is in their ledger', async () => {
    const page = await find(person.number);
    expect(page.url.href).not.toContain(person.number);
    expect(page.html).not.toContain(person.number);
    expect(page.html).not.toContain(person.name);
    const { rows } = await instance.app.house.consent.listAccesses({ accountId: person.accountId });
    expect(rows[0]).toMatchObject({
      channel: 'counter',
      reader: { kind: 'officer', id: officer.officerId },
      what: { fields: ['name', 'id_number', 'assurance_level'] },
    });
    expect((await find('11010519491231002X')).text).toContain('没有找到这个证件号码的账号');
  });

  test.each<[string, (name: string) => Record<string, string>, string]>([
    ['without a look at document and face', (name) => ({ name, genuine: 'yes' }), '还没有确认证件和本人'],
    ['under another name', () => ({ name: '王小明', genuine: 'yes', face: 'yes' }), '姓名与账号登记的不一致'],
  ])('raises nobody %s', async (_what, typed, words) => {
    const refused = await officer.browser.submit(await find(person.number), typed(person.name), '/counter/');
    expect(refused.text).toContain(words);
    expect(await evidenceOf()).toEqual([]);
  });

  test('proves anew who they are, raises the person for five years, and the person is told', async () => {
    const page = await find(person.number);
    clock.advance(301);
    const typed = { name: person.name, genuine: 'yes', face: 'yes' };
    const led = await officer.browser.submit(page, typed, '/counter/');
    expect([led.url.pathname, await evidenceOf()]).toEqual(['/console/prove', []]);
    await signInOfficer(instance, officer);
    const done = await officer.browser.submit(await find(person.number), typed, '/counter/');
    expect(done.text).toContain('已升为 3 级');
    const [evidence] = (await evidenceOf()) ?? [];
    expect(evidence).toEqual({
      method: 'counter',
      at: clock.now(),
      digest: expect.not.stringContaining(person.number),
      officer: officer.officerId,
    });
    const { identity, consent } = instance.app.house;
    const { rows: notices } = await consent.listNotices(person.accountId);
    expect(notices.map(({ kind }) => kind)).toContain('checked-at-counter');
    expect((await identity.findAccount(person.accountId))?.assurance).toBe(3);
  });
});

describe('verified claims', () => {
  const evidence = [{ type: { value: 'document' }, check_details: [{ check_method: null }] }];

  test('are told as asked, after consent that names them, with a row of the ledger', async () => {
    const verified = {
      verification: { ...framework, assurance_level: null, evidence },
      claims: { name: null },
    };
    clock.advance(1);
    const { info, consent } = await told(asking(verified));
    expect(consent.text).toContain('姓名');
    expect(consent.text).toContain('身份核验情况');
    expect(info['verified_claims']).toEqual({
      verification: {
        trust_framework: 'cn_yihao',
        assurance_level: 'urn:yihao:loa:3',
        evidence: [{ type: 'document', check_details: [{ check_method: 'pvp' }] }],
      },
      claims: { name: person.name },
    });
    expect(info).not.toHaveProperty('name');
    const { rows } = await instance.app.house.consent.listAccesses({ accountId: person.accountId });
    expect(rows[0]).toMatchObject({ channel: 'sign-in', what: { fields: ['name', 'verified_claims'] } });
  });

  test.each<[string, Asked]>([
    ['another trust framework', { verification: { trust_framework: { value: 'de_aml' } } }],
    ['a level that is not reached', { verification: { ...framework, assurance_level: { values: ['x'] } } }],
    ['a check of the last hour', { verification: { ...framework, time: { max_age: 3600 } } }],
    [
      'evidence there is none of',
      { verification: { ...framework, evidence: [{ type: { value: 'vouch' } }] } },
    ],
    ['what is not understood', { verification: { ...framework, verification_process: { value: 'x' } } }],
    ['no claim that is as wanted', { claims: { name: { value: '王小明' } } }],
    ['no claim there is', { claims: { title: null } }],
  ])('are left out whole when a request wants %s', (_what, asked) => {
    const now = clock.now();
    const checks = [{ method: 'counter', at: new Date(now.getTime() - 3_601_000) }];
    const request = { verification: framework, claims: { name: null } };
    const answer = (more: Asked): object | null =>
      answerVerifiedClaims({ ...request, ...more }, { level: 3, checks }, { name: person.name }, now);
    expect(answer({})).not.toBeNull();
    expect(answer(asked)).toBeNull();
  });

  test('left out are no error', async () => {
    const verification = { trust_framework: { value: 'de_aml' } };
    const { info } = await told(asking({ verification, claims: { name: null } }));
    expect(info).toEqual({ sub: expect.any(String) });
  });

  test('leave out only the claim that is not as wanted', async () => {
    const { info } = await told(
      asking(
        {
          verification: { ...framework, time: { max_age: 86_400 } },
          claims: { name: { essential: true }, id_number: { value: 'x' } },
        },
        { birthdate: null },
      ),
    );
    expect(info).toMatchObject({
      birthdate: expect.any(String),
      verified_claims: {
        verification: { time: expect.stringMatching(/:\d\dZ$/) },
        claims: { name: person.name },
      },
    });
    expect(JSON.stringify(info)).not.toContain(person.number);
  });

  test('are asked for again when a further claim is wanted', async () => {
    await told(asking({ verification: framework, claims: { name: null } }));
    const { prompt: _prompt, ...more } = asking({ verification: framework, claims: { birthdate: null } });
    const consent = await browser.get((await site.begin(more)).url);
    expect(consent.text).toContain('出生日期');
    expect(consent.forms.some(({ action }) => action.includes('/consent'))).toBe(true);
  });

  test('and an essential level lead to the step for levels, not to a sign-in without end', async () => {
    const claims = JSON.stringify({ id_token: { acr: { essential: true, values: ['urn:yihao:loa:4'] } } });
    const attempt = await site.begin({ scope: 'openid', claims });
    const step = await browser.get(attempt.url);
    expect(step.forms.some(({ action }) => action.includes('/level'))).toBe(true);
  });
});

describe('a passkey', () => {
  test.each<[string, boolean, number]>([
    ['that stays on its device brings a person known at the third level to the fourth', false, 4],
    ['that is synced between devices does not', true, 3],
  ])('%s', async (_what, synced, level) => {
    const { identity } = instance.app.house;
    const device = createAuthenticator({ origin: instance.issuer, rpId: 'localhost' }, { synced });
    const own = { accountId: person.accountId, binding: 'b' };
    const made = device.register(await identity.beginPasskeyRegistration(own));
    await identity.finishPasskeyRegistration({ ...own, response: made, name: '' });
    const response = device.assert(await identity.beginPasskeySignIn({ binding: 'b' }));
    const signedIn = await identity.finishPasskeySignIn({ binding: 'b', response, address: 'a' });
    expect(signedIn).toMatchObject({ assurance: level, amr: expect.arrayContaining(['mfa']) });
    // A session by another way is not brought there by the names of its methods.
    expect(await identity.assuranceReached(person.accountId, signedIn.amr)).toBe(3);
  });

  test('may be a key that is plugged in', async () => {
    const visitor = createBrowser();
    await signInAtPortal(visitor, instance.issuer, person.number);
    const list = await visitor.get(at('/my/passkeys'));
    const page = await visitor.click(list, '添加 USB 安全密钥');
    expect(page.html).toContain('&quot;authenticatorAttachment&quot;:&quot;cross-platform&quot;');
    const again = await visitor.submit(page, { response: '{}' }, '/passkeys/add');
    expect([again.status, again.forms[0]?.fields['key']]).toEqual([401, 'usb']);
  });
});

describe('the parameter claims', () => {
  test.each<[string, object]>([
    ['a claim the site is not registered for', { userinfo: { phone_number: null } }],
    ['the ID number for the ID token', { id_token: { id_number: null } }],
    ['a list of verified claims', { userinfo: { verified_claims: [] } }],
    ['verified claims without a framework', { userinfo: { verified_claims: { claims: { name: null } } } }],
    ['no verified claim', { userinfo: { verified_claims: { verification: framework, claims: {} } } }],
  ])('is refused with %s', async (_what, claims) => {
    await expect(site.begin({ scope: 'openid', claims: JSON.stringify(claims) })).rejects.toMatchObject({
      error: 'invalid_request',
    });
  });

  test('asks for verified claims only where a site is registered for the scope assurance', async () => {
    const plain = await startRelyingParty(instance, { scope: 'openid name' });
    try {
      const asked = plain.begin(asking({ verification: framework, claims: { name: null } }));
      await expect(asked).rejects.toMatchObject({ error: 'invalid_request' });
    } finally {
      await plain.stop();
    }
  });

  test('is what discovery says', async () => {
    const answer = await fetch(at('/.well-known/openid-configuration'));
    expect(await answer.json()).toMatchObject({
      claims_parameter_supported: true,
      claims_supported: expect.arrayContaining(['verified_claims', 'name']),
      trust_frameworks_supported: ['cn_yihao'],
      evidence_supported: ['document', 'electronic_record'],
      documents_supported: ['idcard'],
      claims_in_verified_claims_supported: ['name', 'birthdate', 'gender', 'id_number'],
    });
  });
});
