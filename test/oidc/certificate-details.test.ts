import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import * as client from 'openid-client';
import { demoItems } from '../../config/demo/items.ts';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { issueLicence, seedTypes, types } from '../support/certificates.ts';
import { authorities, useCause } from '../support/department.ts';
import { type Instance, startInstance, testPassword } from '../support/instance.ts';
import { pushRequest, requestOf } from '../support/oidc-flow.ts';
import { type Attempt, type RelyingParty, startRelyingParty } from '../support/relying-party.ts';

let instance: Instance;
let site: RelyingParty;
let browser: Browser;
let person: Awaited<ReturnType<Instance['addPerson']>>;
let licence: string;
let people = 0;

const scope = 'openid name';
const detail = (more: object = {}) => ({
  type: 'electronic_certificate',
  certificate_types: [types.drivingLicence, types.identityCard],
  fields: ['vehicleClass', 'address'],
  service_item: 'SYN-0006',
  purpose: '网上换领驾驶证',
  ...more,
});
const textOf = (...details: unknown[]): string => JSON.stringify(details);
const licenceOnly = { certificate_types: [types.drivingLicence], fields: ['vehicleClass'] };

beforeAll(async () => {
  instance = await startInstance();
  await seedTypes(instance);
  const [renewal, inquiry] = demoItems;
  const surer = { ...renewal, code: 'SYN-SURER', minimumAssurance: 3 };
  const trusted = {
    ...renewal,
    code: 'SYN-TRUSTED',
    needs: renewal?.needs.map((need) => ({ ...need, minimumTrust: 'A' })),
  };
  for (const item of [renewal, inquiry, surer, trusted, { ...renewal, code: 'SYN-OFF', enabled: false }])
    await instance.app.house.consent.saveServiceItem({
      item: item as never,
      expectedVersion: null,
      actor: 'test',
    });
  site = await startRelyingParty(instance, {
    scope: `${scope} offline_access certificate.query`,
    authorityCode: authorities.registry,
    metadata: {
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      authorization_details_types: ['electronic_certificate'],
    },
  });
}, 30_000);
afterAll(async () => {
  await site?.stop();
  await instance?.stop();
});

const withPerson = (): void =>
  beforeEach(async () => {
    person = await instance.addPerson(people++);
    licence = await issueLicence(instance, person);
    browser = createBrowser();
  });

const ask = (details: string, more: Record<string, string> = {}): Promise<Attempt> =>
  site.begin({ scope, authorization_details: details, ...more });

/** Signs in by password and stops where the person is asked. */
const reachConsent = async ({ url }: Attempt): Promise<BrowserPage> => {
  const first = await browser.get(url);
  const form = await browser.get(new URL(`${first.url.pathname}/password${first.url.search}`, first.url));
  const offer = await browser.submit(form, { number: person.number, password: testPassword }, '/password');
  const isOffer = offer.forms.some(({ action }) => action.includes('/passkey-offer'));
  return isOffer ? browser.submit(offer, { skip: '1' }, '/passkey-offer') : offer;
};
const agree = (page: BrowserPage, values: Record<string, string | null> = {}): Promise<BrowserPage> =>
  browser.submit(page, { decision: 'agree', ...values }, '/consent');

/** Calls the department interface as the site itself. */
const call = async (path: string, body: object) => {
  const DPoP = client.getDPoPHandle(site.configuration, await client.randomDPoPKeyPair('ES256'));
  const { access_token } = await client.clientCredentialsGrant(
    site.configuration,
    { scope: 'certificate.query', resource: `${instance.issuer}/api` },
    { DPoP },
  );
  const answer = await client.fetchProtectedResource(
    site.configuration,
    access_token,
    new URL(`/api${path}`, instance.issuer),
    'POST',
    JSON.stringify(body),
    new Headers({ 'content-type': 'application/json' }),
    { DPoP },
  );
  return { status: answer.status, body: (await answer.json()) as Record<string, never> };
};
const read = async (authorisationId: unknown, fields: string[]) =>
  call('/certificates/read', { identifier: licence, fields, useCause, basis: { authorisationId } });

type Granted = { authorisation_id: string; certificate_types: string[]; fields: string[] }[];
const grantedOf = (tokens: object): Granted | undefined =>
  (tokens as { authorization_details?: Granted }).authorization_details;
const introspect = async (token: string): Promise<Granted | undefined> =>
  grantedOf(await client.tokenIntrospection(site.configuration, token));
const authorisations = async () =>
  (await instance.app.house.consent.listAuthorisations({ accountId: person.accountId })).rows;

describe('a site that asks for certificates as it signs a person in', () => {
  withPerson();

  test('gets what the person ticked, uses it, and loses it the moment it is withdrawn', async () => {
    const attempt = await ask(textOf(detail()), { scope: `${scope} offline_access`, prompt: 'consent' });
    const page = await reachConsent(attempt);
    for (const words of [
      '姓名',
      '机动车驾驶证期满换证',
      '示例市乙政务服务局',
      '网上换领驾驶证',
      '准驾车型',
      '住址',
    ])
      expect(page.text).toContain(words);
    expect(page.text).toContain('您名下没有可用的这种证照');
    expect(page.html).not.toContain('和平路');
    const landed = await agree(page);
    const tokens = await attempt.redeem(landed.url);

    const granted = grantedOf(tokens);
    expect(granted).toEqual([
      {
        ...detail({ certificate_types: [types.drivingLicence] }),
        authorisation_id: expect.any(String),
      },
    ]);
    const id = granted?.[0]?.authorisation_id;
    expect(JSON.stringify(tokens)).not.toContain(licence);
    expect(await introspect(tokens.access_token)).toEqual(granted);

    const [record] = await authorisations();
    expect(record).toMatchObject({ authorisationId: id, state: 'approved', requestedBy: 'authorize' });
    const poll = await call('/authorisations/poll', { authorisationId: id });
    expect(poll.body['allowed']).toEqual([
      { typeCode: types.drivingLicence, certificateIdentifier: licence, fields: ['vehicleClass', 'address'] },
    ]);
    expect((await read(id, ['vehicleClass', 'address'])).status).toBe(200);
    expect((await read(id, ['firstIssuedOn'])).status).toBe(403);

    const shown = await browser.get(new URL(`/my/authorisations/${id}`, instance.issuer));
    await browser.submit(await browser.click(shown, '撤回授权'));
    expect((await read(id, ['vehicleClass'])).status).toBe(403);
    expect(await introspect(tokens.access_token)).toBeUndefined();
    const refreshed = await client.refreshTokenGrant(
      site.configuration,
      tokens.refresh_token ?? '',
      undefined,
      {
        DPoP: attempt.dpop,
      },
    );
    expect(grantedOf(refreshed)).toBeUndefined();
  });

  test('does not ask again while the authorisation stands, and does when it ended or prompt=consent', async () => {
    const details = textOf(detail(licenceOnly));
    const first = await ask(details);
    const granted = grantedOf(await first.redeem((await agree(await reachConsent(first))).url));
    const second = await ask(details);
    const passed = await browser.get(second.url);
    expect(grantedOf(await second.redeem(passed.url))).toEqual(granted);

    const other = await browser.get((await ask(textOf(detail({ ...licenceOnly, purpose: '另一用途' })))).url);
    expect(other.text).toContain('另一用途');

    const anew = await ask(details, { prompt: 'consent' });
    const asked = await browser.get(anew.url);
    const renewed = grantedOf(await anew.redeem((await agree(asked)).url));
    expect(renewed?.[0]?.authorisation_id).not.toBe(granted?.[0]?.authorisation_id);
    expect((await authorisations()).map(({ state }) => state)).toEqual(['approved', 'withdrawn']);

    const { accountId } = person;
    const authorisationId = renewed?.[0]?.authorisation_id ?? '';
    await instance.app.house.consent.withdrawAuthorisation({ person: { accountId }, authorisationId });
    expect((await browser.get((await ask(details)).url)).text).toContain('想使用您的证照');
  });

  test('signs the person in without certificates when nothing is ticked, or not at all when refused', async () => {
    const attempt = await ask(textOf(detail(licenceOnly)));
    const page = await reachConsent(attempt);
    const box = Object.keys(page.forms[0]?.fields ?? {}).find((name) => name.startsWith('use.')) ?? '';
    const tokens = await attempt.redeem((await agree(page, { [box]: null })).url);
    expect([grantedOf(tokens), tokens.id_token === undefined]).toEqual([undefined, false]);
    expect(await authorisations()).toEqual([]);

    const again = await browser.get((await ask(textOf(detail(licenceOnly)))).url);
    const landed = await browser.submit(again, { decision: 'refuse' }, '/consent');
    expect(landed.url.searchParams.get('error')).toBe('access_denied');
    expect(await authorisations()).toEqual([]);
  });

  test('sees a duty by law told apart from consent, and gets no authorisation for it', async () => {
    const lawful = { ...licenceOnly, service_item: 'SYN-0101', purpose: '核查事故' };
    const attempt = await ask(textOf(detail(lawful)));
    const page = await reachConsent(attempt);
    expect(page.text).toContain('示例省道路交通条例 第十条');
    expect(page.text).toContain('不是您的同意');
    expect(page.html).not.toContain('checkbox');
    expect(grantedOf(await attempt.redeem((await agree(page)).url))).toBeUndefined();
    expect(await authorisations()).toEqual([]);
  });

  test('cannot get a certificate below the trust the item needs, though the form named it', async () => {
    const attempt = await ask(textOf(detail({ ...licenceOnly, service_item: 'SYN-TRUSTED' })));
    const { trustLevel } = (await instance.app.house.directory.describe(licence))?.summary ?? {};
    const page = await reachConsent(attempt);
    expect([trustLevel, page.html.includes('checkbox')]).toEqual(['A', true]);
    await instance.app.house.storage.records
      .model('Certificate')
      .updateOne({ _id: licence }, { $set: { trustLevel: 'B' } });
    const tokens = await attempt.redeem((await agree(page)).url);
    expect(grantedOf(tokens)).toBeUndefined();
  });

  test('is told when the sign-in is less sure than the item asks, and cannot go on with less', async () => {
    const page = await reachConsent(await ask(textOf(detail({ service_item: 'SYN-SURER' }))));
    expect(page.text).toContain('还差一步');
    expect(page.html).not.toContain('value="accept"');
    const back = await browser.submit(page, {}, '/abort');
    expect(back.url.searchParams.get('error')).toBe('access_denied');
  });

  test('cannot get a stranger’s certificate by a form that names it', async () => {
    const stranger = await issueLicence(instance, await instance.addPerson(people++));
    const attempt = await ask(textOf(detail(licenceOnly)));
    const page = await reachConsent(attempt);
    const box = Object.keys(page.forms[0]?.fields ?? {}).find((name) => name.startsWith('use.')) ?? '';
    await agree(page, { [box]: null, [`use.0.${stranger}`]: 'yes' });
    expect(await authorisations()).toEqual([]);
  });
});

describe('a request for certificates', () => {
  const pushed = async (details: string, who = site, more: Record<string, string> = {}) =>
    pushRequest(
      instance.issuer,
      { ...requestOf(who), scope, authorization_details: details, ...more },
      await who.assertion(),
    );

  test.each([
    ['no JSON', '{', /JSON/],
    ['no list', '{}', /array/],
    ['another type', textOf(detail({ type: 'account' })), /type/],
    ['an unknown member', textOf(detail({ actions: ['read'] })), /\[0\]\.actions/],
    ['no such item', textOf(detail({ service_item: 'NONE' })), /service-item-missing/],
    ['an item out of use', textOf(detail({ service_item: 'SYN-OFF' })), /service-item-disabled/],
    ['a field the item does not need', textOf(detail({ fields: ['nationality'] })), /beyond-item/],
    ['a type the item does not need', textOf(detail({ certificate_types: [types.marriage] })), /beyond-item/],
    ['the same twice', textOf(detail(), detail()), /each once/],
    ['another place of use', textOf(detail({ locations: ['https://elsewhere.example/'] })), /locations/],
  ])('with %s is refused as invalid_authorization_details', async (_what, details, words) => {
    const answer = await pushed(details);
    expect([answer.status, answer.error]).toEqual([400, 'invalid_authorization_details']);
    expect(answer.error_description).toMatch(words);
  });

  test('is refused at /authorize alike, at the token endpoint, and of a site not registered for it', async () => {
    const query = new URLSearchParams({
      ...requestOf(site),
      scope,
      authorization_details: textOf(detail({ fields: ['x'] })),
    });
    const landed = await createBrowser().get(new URL(`/authorize?${query}`, instance.issuer));
    expect(landed.url.searchParams.get('error')).toBe('invalid_authorization_details');

    const parameters = { scope: 'certificate.query', authorization_details: textOf(detail()) };
    const DPoP = client.getDPoPHandle(site.configuration, await client.randomDPoPKeyPair('ES256'));
    const granting = client.clientCredentialsGrant(site.configuration, parameters, { DPoP });
    await expect(granting).rejects.toMatchObject({ error: 'invalid_authorization_details' });

    const plain = await startRelyingParty(instance);
    const refused = await pushed(textOf(detail()), plain);
    await plain.stop();
    expect(refused.error).toBe('invalid_authorization_details');
  });

  test('does not carry a scope of machines', async () => {
    const attempt = await site.begin({ scope: 'openid certificate.query' });
    const landed = await createBrowser().get(attempt.url);
    expect(landed.url.searchParams.get('error')).toBe('invalid_scope');
  });

  test('needs a registration that can use what it gets', async () => {
    const metadata = { authorization_details_types: ['electronic_certificate'] };
    await expect(startRelyingParty(instance, { metadata })).rejects.toThrow('authorization_details_types');
  });
});
