import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import { demoPeople } from '../../config/demo/people.ts';
import { oneTimePassword } from '../../src/identity/second-factor/totp.ts';
import { startReceiver } from '../signals/receiver.ts';
import {
  type AgreedRegion,
  type AgreedRegions,
  send,
  startAgreedRegions,
} from '../support/agreed-regions.ts';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { testPassword } from '../support/instance.ts';
import { type SignedIn, signInWords, userInfoOf } from '../support/oidc-flow.ts';
import { signInAtPortal } from '../support/portal-sign-in.ts';
import { type RelyingParty, signInByPassword, startRelyingParty } from '../support/relying-party.ts';

let regions: AgreedRegions;
let a: AgreedRegion;
let b: AgreedRegion;
let site: RelyingParty;
let person: Awaited<ReturnType<AgreedRegion['addPerson']>>;
let browser: Browser;

const covered = async (region: AgreedRegion): Promise<RelyingParty> => {
  const party = await startRelyingParty(region, { scope: 'openid name' });
  const registered = await region.app.house.sites.find(party.clientId);
  if (registered === null) throw new Error('the site is there');
  await region.app.house.sites.save({ ...registered, purposeCode: 'P0301' }, 'test');
  return party;
};

beforeAll(async () => {
  regions = await startAgreedRegions();
  ({ a, b } = regions);
  site = await covered(a);
  person = await b.addPerson();
}, 60_000);
afterAll(async () => {
  await site?.stop();
  await regions?.stop();
});
beforeEach(async () => {
  browser = createBrowser();
  site.received.length = 0;
  await regions.beat();
});

const otherRegion = '外地用户登录';

/** Chooses the home region at a site's sign-in page; ends at the sign-in page there, or where it is refused. */
const crossOver = async (url: URL, home = b): Promise<BrowserPage> => {
  const choice = await browser.click(await browser.get(url), otherRegion);
  return browser.submit(choice, { region: home.regionCode }, 1);
};

/** Signs in at home as far as the page that asks to agree. */
const untilConsent = ({ url }: BrowserPage): Promise<BrowserPage> =>
  browser.post(`${b.issuer}${url.pathname}/without-proof${url.search}`, { number: person.number });

const agreeAtHome = async (home: BrowserPage): Promise<BrowserPage> =>
  browser.submit(await untilConsent(home), { decision: 'agree' }, '/consent');

/** Agrees at home, and stops before the browser goes back; returns where it would go. */
const addressBack = async (consent: BrowserPage): Promise<string> => {
  const stop = { follow: false };
  const posted = await browser.submit(consent, { decision: 'agree' }, '/consent', stop);
  const resumed = await browser.get(new URL(posted.headers.get('location') ?? '', b.issuer), stop);
  return resumed.headers.get('location') ?? '';
};

/** Goes all the way: the site's request, home, back, and what the site got. */
const signInAcross = async (agree = agreeAtHome): Promise<SignedIn> => {
  const attempt = await site.begin();
  const back = await agree(await crossOver(attempt.url));
  const consent = await browser.click(back, '继续');
  const { url: landed } = await browser.submit(consent, { decision: 'agree' }, '/consent');
  return { site, attempt, landed, tokens: await attempt.redeem(landed) };
};

const introspect = ({ site: { configuration }, tokens }: SignedIn) =>
  client.tokenIntrospection(configuration, tokens.access_token);

/** Suspends at one region and lets the other know, or lifts it. */
const suspend = async (region: AgreedRegion, other: AgreedRegion, lift = false): Promise<void> => {
  const act = { ...regions.place, reason: '演练', actor: 'o1', secondOfficer: 'o2' };
  const { recognition } = region.app.house;
  await (lift ? recognition.resume(act) : recognition.suspend(act));
  await send(region, other, regions.clock);
  regions.clock.advance(1);
};

/** The code that an app shows now. */
const codeOf = (secret: string): string => {
  const bits = [...secret].map((c) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'),
  );
  const bytes = (bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  return oneTimePassword(Buffer.from(bytes), Math.floor(regions.clock.now().getTime() / 30_000));
};

const words = {
  closed: '与该地区的登录互认目前没有生效',
  expired: '这次去归属地的登录已经用过或超时',
  invalid: '归属地的答复无法确认真实有效',
  level: '您在归属地的登录等级达不到',
  unavailable: '对方地区系统暂不可用',
};

describe('a citizen of one region at a site of another', () => {
  test('signs in at home and comes back with level, methods and time from there, and the agreement', async () => {
    const signedIn = await signInAcross(({ url }) => signInByPassword(browser, url, person.number));
    expect(signedIn.tokens.claims()).toMatchObject({
      acr: 'urn:yihao:loa:2',
      amr: ['pwd', 'fed'],
      recognition: {
        home_region: b.regionCode,
        home_acr: 'urn:yihao:loa:2',
        acr: 'urn:yihao:loa:2',
        agreement: regions.place.agreementId,
        agreement_version: 1,
      },
    });
    expect(await userInfoOf(signedIn)).toMatchObject({ name: person.name });
    expect((await introspect(signedIn)).active).toBe(true);
  });

  test('sees at home which region, site and purpose it is for, and what is given', async () => {
    const consent = await untilConsent(await crossOver((await site.begin()).url));
    for (const shown of [`${a.name}的测试网站`, '测试部门', '姓名']) expect(consent.text).toContain(shown);
    const back = await browser.submit(consent, { decision: 'refuse' }, '/consent');
    expect(back.text).toContain('归属地没有完成登录');
    expect((await browser.click(back, '用其他方式登录')).text).toContain(signInWords);
  });

  test('is a guest here, whom no passkey outlives the agreement for, and whose own pages are at home', async () => {
    const signedIn = await signInAcross();
    const my = await browser.get(`${a.issuer}/my`);
    expect(my.text).toContain(signInWords);
    expect(my.text).not.toContain(otherRegion);
    const { accountId } = (await signedInAccount(signedIn)) ?? {};
    const profile = await a.app.house.identity.findAccount(accountId ?? '');
    expect(profile).toMatchObject({ assurance: 1, linked: { name: person.name } });
    expect(profile).not.toHaveProperty('number');
    const adding = a.app.house.identity.beginPasskeyRegistration({
      accountId: accountId ?? '',
      binding: 'x',
    });
    await expect(adding).rejects.toMatchObject({ code: 'guest-account' });
  });

  test('finds the region by name, and the one chosen last first; an unknown one leaves a way back', async () => {
    const choice = await browser.click(await browser.get((await site.begin()).url), otherRegion);
    const found = await browser.submit(choice, { q: '9902' }, 0);
    expect(found.text).toContain(b.name);
    expect(found.url.search).not.toContain('9902');
    const none = await browser.submit(choice, { q: '别处' }, 0);
    expect(none.text).toContain('没有找到“别处”');
    expect((await browser.click(none, '查看全部地区')).text).toContain(b.name);
    await browser.submit(choice, { region: b.regionCode }, 1);
    expect((await browser.get(choice.url)).text).toContain('上次选择');
  });

  test('goes home by the code that their own pages there show, and by no code without an agreement', async () => {
    const atHome = createBrowser();
    await signInAtPortal(atHome, b.issuer, person.number);
    const page = await atHome.get(`${b.issuer}/my/regions/code`);
    const code = `yihao-region:${b.regionCode}:${b.issuer}`;
    expect(page.text).toContain(code);
    expect(page.html).toContain('data:image/svg+xml');
    const scan = async (text: string): Promise<BrowserPage> => {
      const choice = await browser.click(await browser.get((await site.begin()).url), otherRegion);
      return browser.submit(choice, { q: text }, 0);
    };
    const home = await scan(` ${code.toUpperCase().replace('HTTP', 'http')}\n`);
    expect([home.url.origin, home.text]).toEqual([b.issuer, expect.stringContaining(signInWords)]);
    for (const other of [
      `yihao-region:${b.regionCode}:https://evil.example`,
      `yihao-region:990300:${b.issuer}`,
    ])
      expect(await scan(other)).toMatchObject({ status: 403, text: expect.stringContaining(words.closed) });
  });

  test('who types a number of theirs is told not to, and it stands nowhere', async () => {
    const choice = await browser.click(await browser.get((await site.begin()).url), otherRegion);
    const spaced = person.number.replace(/(.{6})/, '$1 ');
    for (const typed of [person.number, spaced, '１３８００００００００']) {
      const refused = await browser.submit(choice, { q: typed }, 0);
      expect(refused).toMatchObject({ status: 400, text: expect.stringContaining('这里不需要证件号码') });
      expect(refused.html).not.toContain(typed);
      expect(refused.visited.join()).not.toContain(person.number);
      expect(refused.text).toContain(b.name);
    }
  });

  test('signs in anew for another site: what one was let know is not the other’s', async () => {
    await signInAcross();
    const other = await covered(a);
    try {
      expect((await browser.get((await other.begin()).url)).text).toContain(otherRegion);
    } finally {
      await other.stop();
    }
  });
});

const signedInAccount = async ({ tokens }: SignedIn) =>
  a.app.provider.current.AccessToken.find(tokens.access_token);

describe('an answer from home', () => {
  test('is taken once, from that home only, and at the address of that home', async () => {
    const consent = await untilConsent(await crossOver((await site.begin()).url));
    const callback = new URL(await addressBack(consent));
    expect(callback.origin).toBe(a.issuer);
    const moved = new URL(callback);
    moved.pathname = '/other-region/callback/990300';
    expect((await browser.get(moved)).text).toContain(words.expired);
    const elsewhere = await createBrowser().get(callback);
    expect(elsewhere.status).toBe(410);
    const forged = new URL(callback);
    forged.searchParams.set('iss', 'https://evil.example');
    expect((await browser.get(forged)).text).toContain(words.invalid);
    expect((await browser.get(callback)).text).toContain(words.expired);
  });

  test('without the name of who gives it counts for nothing', async () => {
    const consent = await untilConsent(await crossOver((await site.begin()).url));
    const stripped = new URL(await addressBack(consent));
    stripped.searchParams.delete('iss');
    expect((await browser.get(stripped)).text).toContain(words.invalid);
  });

  test('below the level the site asks for offers to raise it at home, and the other ways', async () => {
    const home = await crossOver((await site.begin({ acr_values: 'urn:yihao:loa:3' })).url);
    const level = await untilConsent(home);
    const consent = await browser.submit(level, { decision: 'accept' }, '/level');
    const refused = await browser.submit(consent, { decision: 'agree' }, '/consent');
    expect(refused.text).toContain(words.level);
    expect(refused.html).toContain(`href="${b.issuer}/my/level"`);
    expect(refused.text).toContain('用其他方式登录');
  });

  test('raises the level at home in the middle of it, and comes back with the higher one', async () => {
    const { identity } = b.app.house;
    const { number, name, phone } = demoPeople[2] ?? { number: '', name: '', phone: '' };
    const input = { number, name, phone, password: testPassword, assurance: 3 as const, actor: 'test' };
    const { accountId } = await identity.createAccount(input);
    const { secret } = await identity.beginTotp({ accountId });
    const { recoveryCodes } = await identity.finishTotp({ accountId, code: codeOf(secret) });

    const attempt = await site.begin({ acr_values: 'urn:yihao:loa:3' });
    const { url } = await crossOver(attempt.url);
    const level = await browser.post(`${b.issuer}${url.pathname}/without-proof${url.search}`, { number });
    const signIn = await browser.submit(level, { decision: 'stronger' }, '/level');
    const form = await browser.get(`${b.issuer}${signIn.url.pathname}/password${signIn.url.search}`);
    const second = await browser.submit(form, { number, password: testPassword }, '/password');
    const offer = await browser.submit(second, { code: recoveryCodes[0] ?? '' }, '/second');
    const consent = await browser.submit(offer, { skip: '1' }, '/passkey-offer');
    const back = await browser.submit(consent, { decision: 'agree' }, '/consent');
    const asked = await browser.click(back, '继续');
    const { url: landed } = await browser.submit(asked, { decision: 'agree' }, '/consent');
    expect((await attempt.redeem(landed)).claims()).toMatchObject({ acr: 'urn:yihao:loa:3' });
  });
});

describe('an identity of another region', () => {
  let own: Awaited<ReturnType<AgreedRegion['addPerson']>>;
  const linksAt = `/my/regions`;

  /** Signs in here and chooses the region to link an identity of; ends at the sign-in page there. */
  const chooseToLink = async (number: string): Promise<BrowserPage> => {
    await signInAtPortal(browser, a.issuer, number);
    const choice = await browser.get(`${a.issuer}${linksAt}/link`);
    return browser.submit(choice, { region: b.regionCode }, '/link');
  };
  const subjectAcross = async () => (await signInAcross()).tokens.claims()?.sub;
  const usesOf = async (): Promise<string> => (await browser.get(`${a.issuer}/my/uses`)).text;

  beforeAll(async () => {
    own = await a.addPerson(1);
  });

  test('is linked by signing in at both, shows its ledger here, and no site sees a difference', async () => {
    const subject = await subjectAcross();
    browser = createBrowser();
    const home = await chooseToLink(own.number);
    expect(home.url.origin).toBe(b.issuer);
    expect(await usesOf()).not.toContain('测试网站');
    const consent = await untilConsent(home);
    for (const shown of [`${a.name}的我的一号`, '关联']) expect(consent.text).toContain(shown);
    expect(consent.text).not.toContain('姓名');
    const linked = await browser.submit(consent, { decision: 'agree' }, '/consent');
    expect(linked.url.pathname).toBe(linksAt);
    for (const shown of ['已关联。', b.name, '由您在两地分别登录后关联'])
      expect(linked.text).toContain(shown);
    expect(await usesOf()).toContain('测试网站');
    const { rows } = await a.app.house.consent.listNotices(own.accountId);
    expect(rows[0]).toMatchObject({ kind: 'region-linked', values: { region: b.name } });
    browser = createBrowser();
    expect(await subjectAcross()).toBe(subject);
  });

  test('that is another account’s is not taken from it, until its owner unlinks it', async () => {
    const other = await a.addPerson(3);
    const consent = await untilConsent(await chooseToLink(other.number));
    const taken = await browser.submit(consent, { decision: 'agree' }, '/consent');
    expect(taken).toMatchObject({ status: 409, text: expect.stringContaining('已关联到本地区的另一个账号') });
    browser = createBrowser();
    await signInAtPortal(browser, a.issuer, own.number);
    const asks = await browser.click(await browser.get(`${a.issuer}${linksAt}`), '解除关联');
    expect(asks.text).toContain('记录本身不会删除');
    const unlinked = await browser.submit(asks, {}, '/unlink');
    for (const shown of ['已解除关联', '还没有关联']) expect(unlinked.text).toContain(shown);
    expect(await usesOf()).not.toContain('测试网站');
    expect((await browser.get(asks.url)).status).toBe(404);
  });

  test('is linked by nothing but an answer in the visit that asked, once', async () => {
    const consent = await untilConsent(await chooseToLink(own.number));
    const callback = await addressBack(consent);
    const stranger = createBrowser();
    await signInAtPortal(stranger, a.issuer, own.number);
    expect((await stranger.get(callback)).text).toContain(words.expired);
    expect((await browser.get(callback)).text).toContain(words.expired);
    expect(await a.app.house.identity.listRegionLinks(own.accountId)).toEqual([]);
  });

  test('is not linked where the person refuses at home, nor while recognition is suspended', async () => {
    const consent = await untilConsent(await chooseToLink(own.number));
    const refused = await browser.submit(consent, { decision: 'refuse' }, '/consent');
    expect(refused.text).toContain('归属地没有完成登录');
    await suspend(a, b);
    const none = await browser.get(`${a.issuer}${linksAt}/link`);
    await suspend(a, b, true);
    expect(none.text).toContain('目前没有与本地区约定账号关联的其他地区');
  });
});

describe('a suspension', () => {
  test('cuts what was given within a second, and lifting it brings that back', async () => {
    const signedIn = await signInAcross();
    await suspend(b, a);
    expect((await introspect(signedIn)).active).toBe(false);
    await expect(userInfoOf(signedIn)).rejects.toMatchObject({ status: 401 });
    expect((await browser.get((await site.begin()).url)).text).toContain(signInWords);
    await suspend(b, a, true);
    expect((await introspect(signedIn)).active).toBe(true);
  });

  test('is told to the sites it touches, and to their users at the next sign-in', async () => {
    const { signals, audit } = a.app.house;
    const receiver = await startReceiver();
    const wanted = { clientId: site.clientId, deliveryUrl: receiver.url, actor: 'test' };
    const round = async () => {
      await audit.relay.runOnce();
      await signals.runOnce();
      return receiver.received.splice(0).map(({ body }) => decodeJwt(body));
    };
    await round();
    await signals.saveSubscription({ ...wanted, eventTypes: ['agreement.*'] });
    await suspend(b, a);
    await suspend(a, b);
    const choice = await browser.click(await browser.get((await site.begin()).url), otherRegion);
    expect(choice.text).toContain(`与${b.name}的登录互认已暂停`);
    const [one, other] = await round();
    const { agreementId, agreementVersion } = regions.place;
    for (const told of [one, other])
      expect(told).toMatchObject({
        sub_id: { format: 'opaque', id: agreementId },
        events: { 'urn:yihao:event:agreement.suspended': { agreementVersion } },
      });
    await suspend(b, a, true);
    // The other side's own suspension still stands.
    expect(await round()).toEqual([]);
    await suspend(a, b, true);
    const [resumed] = await round();
    expect(resumed?.['events']).toEqual({ 'urn:yihao:event:agreement.resumed': { agreementVersion } });
    await receiver.stop();
  });

  test('in the middle of a sign-in is told at home, and by whoever suspended', async () => {
    const consent = await untilConsent(await crossOver((await site.begin()).url));
    await suspend(b, a);
    const refused = await browser.submit(consent, { decision: 'agree' }, '/consent');
    await suspend(b, a, true);
    expect(refused.text).toContain(words.closed);
  });

  test('while the person is at home is told on the way back', async () => {
    const consent = await untilConsent(await crossOver((await site.begin()).url));
    const address = await addressBack(consent);
    await suspend(a, b);
    const refused = await browser.get(address);
    await suspend(a, b, true);
    expect(refused.text).toContain(words.closed);
  });
});

/** Puts a request to the home region as this one does, with some of it changed. */
const push = async (changes: Record<string, unknown>, spoil = (token: string) => token) => {
  const { peerKeys } = a.app.house.crypto;
  const standing = await a.app.house.recognition.findStanding(regions.place.agreementId);
  const [issuer, audience] = [a.issuer, b.issuer];
  const request = await peerKeys.sign(
    { type: 'oauth-authz-req+jwt', issuer, audience },
    {
      ...{ client_id: issuer, response_type: 'code', scope: 'openid name', state: 's', nonce: 'n' },
      redirect_uri: `${issuer}/other-region/callback/${b.regionCode}`,
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      ...{ yh_agreement: regions.place.agreementId, yh_digest: standing?.digest, yh_purpose: 'P0301' },
      yh_path: a.regionCode,
      ...changes,
    },
  );
  const body = new URLSearchParams({
    client_id: issuer,
    request: spoil(request),
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await peerKeys.sign({ type: 'JWT', issuer, audience }, { sub: issuer }),
  });
  const answer = await fetch(`${b.issuer}/par`, { method: 'POST', body });
  return ((await answer.json()) as { error?: string }).error;
};

describe('a request of another region', () => {
  const tampered = (token: string): string => {
    const [header, payload = '', signature] = token.split('.');
    const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), state: 'other' };
    return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
  };

  test('is refused by name when it is tampered with, loops, or asks for what is not covered', async () => {
    expect(await push({})).toBeUndefined();
    expect(await push({}, tampered)).toBe('invalid_request_object');
    expect(await push({ yh_path: `${a.regionCode} ${b.regionCode}` })).toBe('federation_loop');
    expect(await push({ yh_path: '990300' })).toBe('federation_loop');
    expect(await push({ yh_path: `990300 ${a.regionCode}` })).toBe('federation_loop');
    expect(await push({ yh_agreement: 'agr_other' })).toBe('agreement_not_found');
    expect(await push({ yh_digest: 'other' })).toBe('agreement_digest_mismatch');
    expect(await push({ yh_purpose: 'P0999' })).toBe('purpose_not_covered');
    expect(await push({ scope: 'openid id_number' })).toMatch(/claim_not_covered|invalid_scope/);
  });

  test('is no request at all when it does not come by the signed way', async () => {
    const query = new URLSearchParams({ client_id: a.issuer, response_type: 'code', scope: 'openid' });
    expect((await browser.get(`${b.issuer}/authorize?${query}`)).status).toBe(400);
  });

  test('never gets a person vouched for whom another region vouches for', async () => {
    await signInAcross();
    const atHome = await covered(b);
    try {
      const choice = await crossOver((await atHome.begin({ prompt: 'login' })).url, a);
      expect(choice.url.origin).toBe(a.issuer);
      expect(choice.text).toContain(signInWords);
      expect(choice.text).not.toContain(otherRegion);
    } finally {
      await atHome.stop();
    }
  });
});

test('what came of sign-ins is counted at both sides, by day and cause and of nobody', async () => {
  const { agreementId } = regions.place;
  const countsAt = async ({ app }: AgreedRegion) =>
    Object.fromEntries(
      (await app.house.signInTraffic.listDays(agreementId, 2)).map(({ side, cause, count }) => [
        `${side} ${cause}`,
        count,
      ]),
    );
  const [hostBefore, homeBefore] = [await countsAt(a), await countsAt(b)];
  const more = (now: Record<string, number>, before: Record<string, number>) =>
    Object.fromEntries(
      Object.entries(now).flatMap(([key, count]) =>
        count === before[key] ? [] : [[key, count - (before[key] ?? 0)]],
      ),
    );
  await signInAcross();
  browser = createBrowser();
  const consent = await untilConsent(await crossOver((await site.begin()).url));
  await browser.submit(consent, { decision: 'refuse' }, '/consent');
  await push({ yh_purpose: 'P0999' });
  await push({ yh_agreement: 'agr_other' });
  expect(more(await countsAt(a), hostBefore)).toEqual({
    'host admitted': 1,
    'host other-region-declined': 1,
  });
  expect(more(await countsAt(b), homeBefore)).toEqual({ 'home admitted': 1, 'home purpose_not_covered': 1 });
});

describe('between the systems', () => {
  test('a home that is down is said to be, and the other ways stand', async () => {
    const { url } = await site.begin();
    await b.front.close();
    const refused = await crossOver(url);
    await b.front.open();
    expect(refused.status).toBe(503);
    expect(refused.text).toContain(words.unavailable);
    expect(refused.text).toContain('用其他方式登录');
  });

  test('a sign-out at home ends the session here and reaches the site', async () => {
    const signedIn = await signInAcross();
    const ask = await browser.get(`${b.issuer}/session/end`);
    await browser.submit(ask, { logout: 'yes' }, '/session/end/confirm');
    const [notice] = site.received;
    const token = decodeJwt(new URLSearchParams(notice?.body).get('logout_token') ?? '');
    expect(token).toMatchObject({ iss: a.issuer, sub: signedIn.tokens.claims()?.sub });
    expect((await introspect(signedIn)).active).toBe(false);
  });

  test('a notice that is forged, or no notice, ends nothing', async () => {
    const signedIn = await signInAcross();
    const sign = (type: string, content: Record<string, unknown>) =>
      a.app.house.crypto.peerKeys.sign({ type, issuer: b.issuer, audience: a.issuer }, content);
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
    for (const token of [await sign('logout+jwt', { sid: 'x', events }), 'none']) {
      const body = new URLSearchParams({ logout_token: token });
      expect((await fetch(`${a.issuer}/other-region/sign-out`, { method: 'POST', body })).status).toBe(400);
    }
    expect((await introspect(signedIn)).active).toBe(true);
  });
});
