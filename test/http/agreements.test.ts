import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { speakThumbprint, thumbprintOf } from '../../src/crypto/index.ts';
import type { AgreementPlace, Recognition } from '../../src/recognition/index.ts';
import type { Role } from '../../src/staff/index.ts';
import { shanghaiDateOf } from '../../src/terms/calendar-date.ts';
import { contentOf, openRegion, partyOf, type Region } from '../recognition/regions.ts';
import type { BrowserPage } from '../support/browser-fetch.ts';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.ts';
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
let other: Region;
let drafter: OfficerAtWork;
let signers: [OfficerAtWork, OfficerAtWork];

beforeAll(async () => {
  clock = frozenClock();
  instance = await startInstance({ YIHAO_REQUESTS_PER_MINUTE: '100000' }, undefined, clock);
  other = await openRegion('990200', clock);
  const founders = await foundOfficers(instance);
  const add = (role: Role) => addOfficer(instance, founders, { role, now: clock.now() });
  drafter = await add('recognition-drafter');
  signers = [await add('recognition-signer'), await add('recognition-signer')];
});
afterAll(async () => {
  await instance?.stop();
  await other?.close();
});

const at = (path: string): URL => new URL(path, instance.issuer);
const house = (): Recognition => instance.app.house.recognition;
const pathOf = ({ agreementId, agreementVersion }: AgreementPlace): string =>
  `/console/agreements/${agreementId}/${agreementVersion}`;

/** Opens a page as an officer who has just signed in. */
const open = async (officer: OfficerAtWork, path: string): Promise<BrowserPage> => {
  await signInOfficer(instance, officer);
  return officer.browser.get(at(path));
};

const ownParty = async () => {
  const { current } = await instance.app.house.crypto.agreementKeys.load();
  return { ...partyOf(instance.issuer, '990000', current), regionPrefix: '99', name: '示例省' };
};

/** Makes both sides know each other, as their officers did by the pages of the first test. */
const introduce = async (): Promise<void> => {
  const [own, theirs] = [await ownParty(), await other.party()];
  for (const [side, { entityId, regionCode, regionPrefix, name, agreementKey }] of [
    [house(), theirs],
    [other.recognition, own],
  ] as const) {
    if ((await side.findPeer(entityId)) === null)
      await side.addPeer({ entityId, regionCode, regionPrefix, name, agreementKey, actor: 'o1' });
    for (const actor of ['o1', 'o2'])
      await side.comparePeer({ entityId, thumbprint: thumbprintOf(agreementKey), actor });
  }
};

/** Carries what each side has for the other, until neither has anything. */
const exchange = async (): Promise<void> => {
  const ends = [
    { from: house(), id: instance.issuer, to: other.recognition },
    { from: other.recognition, id: other.entityId, to: house() },
  ];
  for (const { from, id, to } of [...ends, ...ends])
    for (const { envelope } of await from.listUndelivered()) {
      const status = await to.receive(id, envelope);
      const toId = id === instance.issuer ? other.entityId : instance.issuer;
      await from.hear(toId, { status, saidAt: clock.now() });
    }
};

const draftOf = async (actor: string, changes = {}) => {
  const content = { ...contentOf([await ownParty(), await other.party()]), ...changes };
  return house().draftAgreement({ content, after: null, actor });
};

/** Brings an agreement into force without the pages. */
const agree = async (): Promise<AgreementPlace> => {
  const { digest, ...place } = await draftOf('o1');
  await house().proposeAgreement({ ...place, digestSeen: digest, actor: 'o2' });
  await exchange();
  await other.recognition.countersignAgreement({ ...place, digestSeen: digest, actor: 'o3' });
  await exchange();
  return place;
};

test('two officers confirm another region by what they hear, and by nothing else', async () => {
  const { agreementKey } = await other.party();
  const form = await open(drafter, '/console/peers/add');
  const typed = { address: 'ftp://x', code: '990000', name: '示例市', key: '{}' };
  const wrong = await drafter.browser.submit(form, typed);
  expect(wrong.status).toBe(400);
  for (const field of ['address', 'code', 'key']) expect(wrong.html).toContain(`href="#${field}"`);
  const right = { address: other.entityId, code: '990200', key: JSON.stringify(agreementKey) };
  const added = await drafter.browser.submit(wrong, right);
  expect(added.text).toContain('待核对指纹');

  const { groups } = speakThumbprint(thumbprintOf(agreementKey));
  const comparing = await open(signers[0], '/console/peers/990200/compare');
  expect(comparing.text).not.toContain(groups[0]);
  const misheard = await signers[0].browser.submit(comparing, { heard: groups.join(' ').replace(/^./, '?') });
  expect([misheard.status, misheard.html.includes('href="#heard"')]).toEqual([409, true]);
  expect((await house().findPeer(other.entityId))?.comparedBy).toEqual([]);
  const heard = groups.join('-').toLowerCase();
  await signers[0].browser.submit(misheard, { heard });
  const again = await signers[0].browser.get(at('/console/peers/990200/compare'));
  expect([again.forms, again.text.includes('须由另一名工作人员再核对一次')]).toEqual([[], true]);
  const second = await open(signers[1], '/console/peers/990200/compare');
  const confirmed = await signers[1].browser.submit(second, { heard });
  expect(confirmed.text).toContain('已核对');
  const own = await signers[1].browser.get(at('/console/peers'));
  expect(own.text).toContain(speakThumbprint(thumbprintOf((await ownParty()).agreementKey)).groups.join(' '));
  await introduce();
});

describe('a draft', () => {
  test('grows rule by rule, has its faults shown at their fields, and is kept once it is an agreement', async () => {
    const form = await open(drafter, '/console/agreements/draft');
    const head = {
      peer: other.entityId,
      ownCreditCode: '11999999000000019M',
      peerCreditCode: '11999999000000018',
      validFrom: '2026-12-01',
      validUntil: '2026-11-01',
      reviewBy: '2026-12-02',
      noticeDays: '30',
      legalBasis: '示例发〔2026〕1号',
    };
    const one = await drafter.browser.submit(form, { ...head, step: 'add-signIn' });
    expect(one.forms[0]?.fields['signIn0_from']).toBe('990200');
    const two = await drafter.browser.submit(one, { step: 'add-certificates' });
    const three = await drafter.browser.submit(two, { step: 'remove-certificates-0' });
    expect(three.text).toContain('登录规则 1');
    expect(three.text).not.toContain('证照规则 1');
    const rule = {
      signIn0_purposes: 'P0301，P0302',
      signIn0_claims: 'name',
      signIn0_minimumLevel: '2',
      signIn0_maximumLevel: '3',
      signIn0_levelMap: '2=2 3=7',
      signIn0_maximumAuthenticationAgeSeconds: '300',
    };
    const wrong = await drafter.browser.submit(three, { ...rule, step: 'save' });
    expect(wrong.status).toBe(400);
    expect(wrong.html).toContain('id="peerCreditCode-error"');
    expect(wrong.html).toContain('id="signIn0_levelMap-error"');
    const shaped = { peerCreditCode: '11999999000000027G', signIn0_levelMap: '2=2 3=3' };
    const late = await drafter.browser.submit(wrong, { ...shaped, step: 'save' });
    expect(late.text).toContain('日期前后不合');
    const foreign = { validUntil: '2027-11-30', signIn0_from: '110000', step: 'save' };
    const stranger = await drafter.browser.submit(late, foreign);
    expect(stranger.text).toContain('必须属于担保地区');
    const kept = await drafter.browser.submit(stranger, { signIn0_from: '990200', step: 'save' });
    expect(kept.url.pathname).toMatch(/^\/console\/agreements\/agr_[\w-]{22}\/1$/);
    expect(kept.text).toContain('等级换算：2 级 → 2 级; 3 级 → 3 级');
    const edited = await drafter.browser.click(kept, '修改草稿');
    expect(edited.forms[0]?.fields).toMatchObject({
      ...head,
      ...rule,
      ...shaped,
      validUntil: '2027-11-30',
      signIn0_purposes: 'P0301 P0302',
    });
  });

  test('is pasted whole, with every place named that is not as it should be', async () => {
    const { agreementId, agreementVersion } = await draftOf(drafter.officerId);
    const page = await open(drafter, `${pathOf({ agreementId, agreementVersion })}/paste`);
    const content = JSON.parse(page.forms[0]?.fields['document'] ?? '');
    const { browser } = drafter;
    expect((await browser.submit(page, { document: '{' })).text).toContain('不是 JSON 对象');
    const bad = { ...content, noticeDays: -1, legalBasis: '' };
    const refused = await browser.submit(page, { document: JSON.stringify(bad) });
    expect(refused.text).toMatch(/“noticeDays”处不合规定.*“legalBasis”处不合规定/);
    const foreign = {
      ...content,
      parties: [{ ...content.parties[0], regionCode: '980000', regionPrefix: '98' }, content.parties[1]],
    };
    expect((await browser.submit(page, { document: JSON.stringify(foreign) })).status).toBe(400);
    const better = { ...content, noticeDays: 60 };
    expect((await browser.submit(page, { document: JSON.stringify(better) })).text).toContain('提前 60 天');
  });
});

describe('a signature', () => {
  test('is given to the text that was seen, by another than its drafter, after a fresh proof', async () => {
    const [first, second] = signers;
    const { digest, ...place } = await draftOf(first.officerId);
    const own = await open(first, `${pathOf(place)}/sign`);
    expect([own.forms, own.text.includes('您是这份协议的起草人')]).toEqual([[], true]);
    const home = await first.browser.get(at('/console'));
    const token = home.forms.find(({ action }) => action.endsWith('/sign-out'))?.fields['csrf'] ?? '';
    const forced = await first.browser.post(at(`${pathOf(place)}/sign`), { csrf: token, digest });
    expect([forced.status, forced.text.includes('须由另一名工作人员完成')]).toEqual([403, true]);

    const page = await open(second, `${pathOf(place)}/sign`);
    expect(page.text).toContain(speakThumbprint(digest).groups.join(' '));
    expect(page.forms[0]?.fields['digest']).toBe(digest);
    const content = { ...contentOf([await ownParty(), await other.party()]), noticeDays: 31 };
    await house().redraftAgreement({ ...place, content, actor: first.officerId });
    const differs = await second.browser.submit(page);
    expect([differs.status, differs.text.includes('与系统保存的不一致')]).toEqual([409, true]);
    expect(differs.text).toContain('提前 31 天');
    clock.advance(301);
    const stale = await second.browser.submit(differs);
    expect(stale.url.pathname).toBe('/console/prove');
    const back = await assertOn(second, stale);
    expect(back.url.pathname).toBe(`${pathOf(place)}/sign`);
    expect((await second.browser.submit(back)).text).toContain('已提出，待对方签署');
  });

  test('as the second of two makes the agreement, and what it changed from the last version is shown', async () => {
    const place = await agree();
    const content = {
      ...contentOf([await ownParty(), await other.party()]),
      noticeDays: 90,
    };
    const next = await other.recognition.draftAgreement({ content, after: place.agreementId, actor: 'o1' });
    await other.recognition.proposeAgreement({ ...next, digestSeen: next.digest, actor: 'o2' });
    await exchange();
    const page = await open(signers[0], `${pathOf(next)}/sign`);
    expect(page.text).toContain('原来：终止须提前 30 天通知 改为：终止须提前 90 天通知');
    await signers[0].browser.submit(page);
    await exchange();
    const shown = await signers[0].browser.get(at(pathOf(next)));
    expect(shown.text).toContain('生效中');
    expect(shown.text).toContain('正常：0 秒前');
    expect((await signers[0].browser.get(at(pathOf(place)))).text).toContain('已被新版取代');
    const compared = await signers[0].browser.click(shown, '与第 1 版对照');
    expect(compared.text).toContain('改为：终止须提前 90 天通知');
    expect(compared.text).not.toContain('实名等级');
  });
});

describe('a suspension', () => {
  const stateAt = async (place: AgreementPlace): Promise<string> =>
    (await open(signers[0], pathOf(place))).text.match(/状态 (\S+)/)?.[1] ?? '';

  test('in an emergency closes at once, and alarms every other signer until one confirms it', async () => {
    const [first, second] = signers;
    const place = await agree();
    const form = await open(first, `${pathOf(place)}/suspend`);
    const unsure = await first.browser.submit(form, { reason: '', emergency: 'yes' });
    for (const field of ['reason', 'sure']) expect(unsure.html).toContain(`href="#${field}"`);
    await first.browser.submit(unsure, { reason: '对方密钥疑似泄露', emergency: 'yes', sure: 'yes' });
    expect(await stateAt(place)).toBe('已中止');
    expect((await first.browser.get(at('/console'))).text).not.toContain('紧急中止');
    expect((await open(drafter, '/console')).text).not.toContain('紧急中止');
    expect((await open(second, '/console')).text).toContain('紧急中止待确认：与示例市');
    const listed = await second.browser.get(at('/console/agreements?state=suspended'));
    expect(listed.text).toMatch(/有内容尚未送达对方.*须在 .* 前由另一名工作人员确认/);

    clock.advance(24 * 3600);
    const alarm = await open(second, '/console');
    expect(alarm.text).toContain('紧急中止逾期未确认');
    expect(await stateAt(place)).toBe('已中止');
    const own = await open(first, `${pathOf(place)}/confirmSuspension`);
    expect((await first.browser.submit(own, { sure: 'yes' })).status).toBe(403);
    const confirm = await second.browser.click(alarm, '紧急中止逾期未确认');
    await second.browser.submit(confirm, { sure: 'yes' });
    expect((await second.browser.get(at('/console'))).text).not.toContain('紧急中止');
    expect((await second.browser.get(at(pathOf(place)))).text).toContain('理由：对方密钥疑似泄露');
  });

  test('without one, its end, and the end of an agreement take a second officer', async () => {
    const [first, second] = signers;
    const place = await agree();
    const act = async (name: string, values: Record<string, string> = {}) => {
      const form = await open(first, `${pathOf(place)}/${name}`);
      const proposal = await first.browser.submit(form, { reason: '演练', sure: 'yes', ...values });
      expect(proposal.text).toContain('须由另一名工作人员审核');
      return open(second, proposal.url.pathname);
    };
    const suspending = await act('suspend');
    expect(suspending.text).toContain('原来：生效中 · 改为：已中止');
    expect(await stateAt(place)).toBe('生效中');
    await second.browser.submit(suspending, { answer: 'approve' });
    expect(await stateAt(place)).toBe('已中止');
    const resuming = await act('resume');
    await second.browser.submit(resuming, { answer: 'approve' });
    expect(await stateAt(place)).toBe('生效中');
    await second.browser.submit(await act('terminate', { forCause: 'yes' }), { answer: 'approve' });
    expect(await stateAt(place)).toBe('已终止');
    const history = await first.browser.get(at(pathOf(place)));
    expect(history.text).toMatch(/中止.*恢复.*终止/);
  });
});

test('the list shows how each agreement stands, by state and region, page by page', async () => {
  const party = await ownParty();
  const key = (await other.crypto.agreementKeys.load()).next;
  for (let i = 0; i < 21; i += 1) {
    const content = contentOf([party, { ...partyOf('https://far.example', '990300', key) }]);
    await house().draftAgreement({ content, after: null, actor: 'o1' });
  }
  const rowsOn = ({ html }: BrowserPage): string[] => html.match(/\/console\/agreements\/agr_[\w-]+/g) ?? [];
  const page = await open(drafter, '/console/agreements?region=990300&state=draft');
  const next = await drafter.browser.click(page, '下一页');
  expect([rowsOn(page).length, rowsOn(next).length]).toEqual([20, 1]);
  expect(rowsOn(page)).not.toContain(rowsOn(next)[0]);
  expect((await drafter.browser.get(at('/console/agreements?state=rejected'))).text).toContain(
    '没有符合条件的协议',
  );
  const active = await drafter.browser.submit(page, { state: 'superseded', region: '' }, 0);
  expect(rowsOn(active)).toEqual([]);
});

test('the traffic of an agreement is counted by day, with what was refused and why', async () => {
  const { digest, ...place } = await draftOf('o1');
  const receipt = { side: 'asked', peer: other.entityId, agreementId: place.agreementId, requesterId: 'd1' };
  const receipts = instance.app.house.storage.records.collection('verificationreceipts');
  for (const [result, at] of [
    ['valid', '2026-11-23T15:59:00Z'],
    ['revoked', '2026-11-23T16:00:00Z'],
    ['purpose_not_covered', '2026-11-24T03:00:00Z'],
  ] as const)
    await receipts.insertOne({
      _id: at,
      ...receipt,
      purpose: 'P0301',
      result,
      at: new Date(at),
      outbox: [],
    } as never);
  const page = await drafter.browser.click(await open(drafter, pathOf(place)), '往来与拒绝');
  expect(page.text).toContain('2026-11-24：2 次，其中 1 次被拒绝或未成 2026-11-23：1 次，其中 0 次');
  expect(page.text).toContain('purpose_not_covered 1 次');
  expect(page.text).toContain('最近没有跨地区登录');
  const outcome = { agreementId: place.agreementId, side: 'host', cause: 'admitted' } as const;
  const { signInTraffic } = instance.app.house;
  for (let i = 0; i < 3; i += 1) await signInTraffic.count(outcome);
  await signInTraffic.count({ ...outcome, side: 'home', cause: 'agreement_suspended' });
  const drawn = await drafter.browser.get(page.url);
  const today = shanghaiDateOf(clock.now());
  expect(drawn.html).toMatch(new RegExp(`<title id="sign-in-chart">[^<]*${today}，最多一天 4 次</title>`));
  expect(drawn.html.match(/<rect[^>]*height="75"/g)).toHaveLength(1);
  expect(drawn.text).toContain(`${today} 3 0 0 1`);
  expect(drawn.text).toContain('协议已中止 1');
});

test('a region that is blocked is taken nothing from, and no agreement can be drafted with it', async () => {
  const page = await open(signers[0], '/console/peers/990200/block');
  const blocked = await signers[0].browser.submit(page);
  expect(blocked.text).toContain('已封禁');
  const form = await open(drafter, '/console/agreements/draft');
  expect(form.html).not.toContain(other.entityId);
});
