import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CaseMessage, NewCase } from '../../src/recognition/index.ts';
import { formatCertificateIdentifier } from '../../src/terms/certificate-identifier.ts';
import { type AgreedRegion, type AgreedRegions, startAgreedRegions } from '../support/agreed-regions.ts';
import type { BrowserPage } from '../support/browser-fetch.ts';
import { addOfficer, foundOfficers, type OfficerAtWork, signInOfficer } from '../support/officers.ts';

let regions: AgreedRegions;
let a: AgreedRegion;
let b: AgreedRegion;
let drafter: OfficerAtWork;
let signer: OfficerAtWork;

beforeAll(async () => {
  regions = await startAgreedRegions();
  ({ a, b } = regions);
  const founders = await foundOfficers(a);
  const add = (role: 'recognition-drafter' | 'recognition-signer') =>
    addOfficer(a, founders, { role, regionCode: a.regionCode, now: regions.clock.now() });
  drafter = await add('recognition-drafter');
  signer = await add('recognition-signer');
}, 60_000);
afterAll(() => regions?.stop());

const at = (path: string): URL => new URL(path, a.issuer);
const casesOf = ({ app }: AgreedRegion) => app.house.objections;

/** Opens a page as an officer who has just signed in. */
const open = async (officer: OfficerAtWork, path: string): Promise<BrowserPage> => {
  await signInOfficer(a, officer);
  return officer.browser.get(at(path));
};

/** Lets a region send what it has for the other. */
const tell = ({ app }: AgreedRegion): Promise<void> => app.house.peerLink.runOnce();

const textHere = '大厅记录与对方答复不符';

/** Opens a case at a region, as an officer there does. */
const signInThen: NewCase['about'] = { kind: 'sign-in', reference: '2026-01-05 10:30' };
const openAt = async (region: AgreedRegion, text = textHere, about = signInThen): Promise<string> => {
  const { objectionId } = await casesOf(region).openObjection({
    agreementId: regions.place.agreementId,
    about,
    ground: 'no-consent',
    text,
    actor: 'o1',
  });
  return objectionId;
};

const answer = (region: AgreedRegion, objectionId: string) =>
  casesOf(region).answerObjection({ objectionId, finding: 'rejected', text: '经查属实', actor: 'o2' });

/** How a case stands at both sides, in the order of what was done. */
const seenBy = async (region: AgreedRegion, objectionId: string) => {
  const { state, moves, dueOn, text } = await casesOf(region).findObjection(objectionId);
  return { state, dueOn, text, moves };
};

/** What a region tells of a case, as it stands there. */
const told = async (region: AgreedRegion, objectionId: string): Promise<CaseMessage> => {
  let message: CaseMessage | null = null;
  const peer = region === a ? b : a;
  await region.app.house.objections.mail
    .send(
      peer.issuer,
      async (_peer, _kind, content) => {
        if (content['objectionId'] === objectionId) message = content as unknown as CaseMessage;
        throw new Error('it goes no further');
      },
      () => true,
    )
    .catch(() => undefined);
  if (message === null) throw new Error('nothing was told');
  return message;
};

test('an officer opens a case by the form, which says at its fields what is wrong, and the other side holds it', async () => {
  const { agreementId } = regions.place;
  const list = await open(drafter, `/console/objections?agreement=${agreementId}`);
  expect(list.text).toContain('没有符合条件的异议');
  const form = await drafter.browser.click(list, '提出异议');
  const empty = await drafter.browser.submit(form);
  for (const field of ['subject', 'ground']) expect(empty.html).toContain(`href="#${field}"`);
  const typed = { subject: 'sign-in', ground: 'no-consent', text: textHere };
  const late = await drafter.browser.submit(empty, { ...typed, reference: '2999-01-01 10:00' });
  expect([late.status, late.html.includes('href="#reference"')]).toEqual([400, true]);
  const foreign = await drafter.browser.submit(late, { subject: 'receipt', reference: 'x' });
  expect(foreign.status).toBe(400);
  const opened = await drafter.browser.submit(foreign, { ...typed, reference: '2026-01-05 10:30' });
  expect(opened.text).toContain('待答复');
  expect(opened.text).toContain('还有内容没有送达对方');
  const objectionId = opened.url.pathname.split('/').at(-1) ?? '';

  await tell(a);
  expect(await seenBy(b, objectionId)).toEqual(await seenBy(a, objectionId));
  expect(await casesOf(b).findObjection(objectionId)).toMatchObject({ side: 'answerer', text: textHere });
  expect((await drafter.browser.get(opened.url)).text).not.toContain('还有内容没有送达对方');
  for (const { app } of [a, b]) {
    const stored = await app.house.storage.records.collection('regionobjections').findOne({});
    expect(JSON.stringify(stored)).not.toContain(textHere);
  }
});

test('an answer, and the end that the other side makes of it, stand at both sides', async () => {
  const objectionId = await openAt(a);
  await tell(a);
  await answer(b, objectionId);
  await tell(b);
  const path = `/console/objections/${objectionId}`;
  expect((await open(drafter, path)).text).toContain('对方地区答复：异议不成立');
  expect((await drafter.browser.get(at(`${path}/close`))).status).toBe(403);
  const closing = await open(signer, `${path}/close`);
  const unsure = await signer.browser.submit(closing, { choice: 'unsettled', text: '另行协商' });
  expect([unsure.status, unsure.html.includes('href="#sure"')]).toEqual([400, true]);
  const closed = await signer.browser.submit(unsure, { choice: 'unsettled', sure: 'yes' });
  expect(closed.text).toContain('本地区办结：未达成一致');
  await tell(a);
  expect(await seenBy(b, objectionId)).toEqual(await seenBy(a, objectionId));
  const again = casesOf(b).closeObjection({ objectionId, outcome: 'settled', text: '再办', actor: 'o2' });
  await expect(again).rejects.toMatchObject({ code: 'region-objection-act-not-possible' });
});

test('a case of the other side is answered by a signer who was there a moment ago', async () => {
  const objectionId = await openAt(b);
  await tell(b);
  const path = `/console/objections/${objectionId}`;
  const page = await open(signer, path);
  expect(page.text).toContain('对方地区提出');
  const form = await signer.browser.click(page, '答复异议');
  regions.clock.advance(301);
  const stale = await signer.browser.submit(form, { choice: 'upheld', text: '已更正', sure: 'yes' });
  expect(stale.url.pathname).toBe('/console/prove');
  const fresh = await open(signer, `${path}/answer`);
  const answered = await signer.browser.submit(fresh, { choice: 'upheld', text: '已更正', sure: 'yes' });
  expect(answered.text).toContain('本地区答复：异议成立');
  await tell(a);
  expect(await seenBy(b, objectionId)).toEqual(await seenBy(a, objectionId));
});

test('what the other region cannot be told now is told later, once', async () => {
  const objectionId = await openAt(a);
  await b.front.close();
  await tell(a);
  await b.front.open();
  await expect(casesOf(b).findObjection(objectionId)).rejects.toMatchObject({
    code: 'region-objection-missing',
  });
  const message = await told(a, objectionId);
  regions.clock.advance(5);
  await tell(a);
  await casesOf(b).receiveObjection(a.issuer, message);
  expect(await seenBy(b, objectionId)).toEqual(await seenBy(a, objectionId));
});

test('a verification is named by the digest that both sides keep, a certificate by its identifier', async () => {
  const { agreementId } = regions.place;
  const receipt = { side: 'asked', peer: b.issuer, agreementId, requesterId: 'd1', purpose: 'P0301' };
  const requestHash = 'h'.repeat(43);
  await a.app.house.storage.records.collection('verificationreceipts').insertOne({
    _id: 'r1',
    ...receipt,
    requestHash,
    result: 'valid',
    at: regions.clock.now(),
    outbox: [],
  } as never);
  const reference = formatCertificateIdentifier({
    typeCode: '11999999000000019M001' as never,
    issuerCode: '11999999000000019M' as never,
    serial: '1',
    version: 1,
  });
  const ofReceipt = await openAt(a, textHere, { kind: 'receipt', reference: 'r1' });
  const ofCertificate = await openAt(a, textHere, { kind: 'certificate', reference });
  await tell(a);
  const aboutAt = async (objectionId: string) => (await casesOf(b).findObjection(objectionId)).about;
  expect(await aboutAt(ofReceipt)).toEqual({ kind: 'receipt', reference: requestHash });
  expect(await aboutAt(ofCertificate)).toEqual({ kind: 'certificate', reference });
  const unknown = openAt(a, textHere, { kind: 'receipt', reference: 'r2' });
  await expect(unknown).rejects.toMatchObject({ code: 'region-objection-field-invalid' });
});

test('an answer and a withdrawal that cross on the way come to the same at both sides', async () => {
  const objectionId = await openAt(a);
  await tell(a);
  await casesOf(a).closeObjection({ objectionId, outcome: 'withdrawn', text: '已澄清', actor: 'o1' });
  await answer(b, objectionId);
  await tell(b);
  await tell(a);
  const seen = await seenBy(a, objectionId);
  expect([seen.state, seen.moves.length]).toEqual(['closed', 2]);
  expect(await seenBy(b, objectionId)).toEqual(seen);
});

test('a case that is told otherwise, or is not theirs to tell, is not taken', async () => {
  const objectionId = await openAt(a);
  const message = await told(a, objectionId);
  await tell(a);
  const takes = (changes: Partial<CaseMessage>, from = a.issuer) =>
    casesOf(b).receiveObjection(from, { ...message, ...changes });
  await expect(takes({ text: '改过的' })).rejects.toMatchObject({ code: 'region-objection-conflict' });
  await expect(takes({}, 'https://other.example')).rejects.toMatchObject({
    code: 'region-objection-missing',
  });
  const fresh = { objectionId: 'n'.repeat(22) };
  await expect(takes({ ...fresh, agreementId: 'agr_other' })).rejects.toMatchObject({
    code: 'agreement-missing',
  });
  await expect(takes({ ...fresh, openedAt: message.openedAt + 600 })).rejects.toMatchObject({
    code: 'region-objection-conflict',
  });
  // Who objects does not answer.
  const at = message.openedAt;
  const moves = [{ act: 'answered' as const, at, finding: 'upheld' as const, text: '自答' }];
  await expect(takes({ moves })).rejects.toMatchObject({ code: 'region-objection-conflict' });
});

test('a citizen’s objection to a use by another region is passed on once, and the reading is in the citizen’s ledger', async () => {
  const { consent } = a.app.house;
  const person = { holderIndex: 'holder-of-the-case-01' };
  const use = {
    person,
    reader: { kind: 'department', id: 'registry-b', name: { zh: '示例市民政局', en: 'Registry' } },
    what: { fields: ['verdict'] },
    cause: { purpose: '婚姻登记' },
    basis: { kind: 'law', law: '测试条例', article: '第一条' },
    outcome: { kind: 'granted' },
    channel: 'peer',
  } as const;
  const { accessId } = await consent.recordAccess(use);
  const wrote = '我那天没有去过';
  await consent.openObjection({ person, accessId, reason: 'not-me', text: wrote });
  const list = await open(drafter, '/console/objections/citizens');
  expect(list.text).toContain('示例市民政局');
  expect(list.text).not.toContain(wrote);
  expect((await consent.listAccesses(person)).rows).toHaveLength(1);
  const form = await drafter.browser.click(list, '查看并转交');
  expect(form.text).toContain(wrote);
  expect((await consent.listAccesses(person)).rows[0]).toMatchObject({
    reader: { kind: 'officer', id: drafter.officerId },
    what: { fields: ['objection'] },
  });
  expect(form.forms[0]?.fields['ground']).toBe('wrong-person');
  const passed = await drafter.browser.submit(form, { text: '群众称当日未到场，请核查' });
  expect(passed.text).toContain('由群众异议转交而来');
  await tell(a);
  const objectionId = passed.url.pathname.split('/').at(-1) ?? '';
  expect(JSON.stringify(await casesOf(b).findObjection(objectionId))).not.toContain(wrote);
  const again = await drafter.browser.submit(form, { text: '再转一次' });
  expect([again.status, again.text.includes('已经转交给对方地区')]).toEqual([409, true]);
  expect((await drafter.browser.get(at('/console/objections/citizens'))).text).toContain('已转交');
});

test('an answer that does not come in 15 calendar days is overdue at both sides, first in the list, and noted once', async () => {
  const newer = await openAt(a, '较新的一件');
  await tell(a);
  await answer(b, newer);
  await tell(b);
  const late = await openAt(a);
  await tell(a);
  const { dueOn } = await casesOf(a).findObjection(late);
  regions.clock.advance(15 * 86_400);
  expect(await casesOf(b).findObjection(late)).toMatchObject({ isOverdue: false });
  regions.clock.advance(86_400);
  for (const region of [a, b, a]) await tell(region);
  const page = await open(signer, '/console/objections?state=overdue');
  expect(page.html).toContain(late);
  expect(page.html).not.toContain(newer);
  const all = await signer.browser.get(at('/console/objections'));
  expect(all.html.indexOf(late)).toBeLessThan(all.html.indexOf(newer));
  expect((await signer.browser.get(at(`/console/objections/${late}`))).text).toContain(
    `答复期限 ${dueOn} 已过`,
  );
  for (const { app } of [a, b]) {
    expect(await app.house.objections.findObjection(late)).toMatchObject({ isOverdue: true });
    const record = await app.house.storage.records
      .collection<{ _id: string; outbox: { type: string }[] }>('regionobjections')
      .findOne({ _id: late });
    const noted = record?.outbox.filter(({ type }) => type === 'region-objection.overdue');
    expect(noted).toHaveLength(1);
  }
});
