import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { DomainEvent } from '../../src/base/event.ts';
import type { AuthorisationQuestion, AuthorisationRequest } from '../../src/consent/index.ts';
import {
  formatCertificateIdentifier,
  parseCertificateTypeCode,
} from '../../src/terms/certificate-identifier.ts';
import { parseCreditCode } from '../../src/terms/credit-code.ts';
import {
  access,
  type ConsentHouse,
  citizen,
  codeOf,
  idCardType,
  itemDraft,
  licenceType,
  openConsentHouse,
  stranger,
} from './house.ts';

let house: ConsentHouse;
beforeEach(async () => {
  house = await openConsentHouse();
  await house.consent.saveServiceItem({ item: itemDraft(), expectedVersion: null, actor: 'officer-1' });
});
afterEach(() => house.close());

const wholeCard = { typeCode: idCardType, fields: ['姓名', '住址'] };
const nameOnly = { typeCode: idCardType, fields: ['姓名'] };

const ask = (changes: Partial<AuthorisationRequest> = {}) =>
  house.consent.requestAuthorisation({
    person: citizen,
    itemCode: '999999-SL-0001',
    requester: {
      kind: 'department',
      id: 'department-1',
      name: { zh: '示例市审批局', en: 'Approval bureau' },
    },
    covers: [wholeCard],
    purpose: '核对经营者身份',
    requestedBy: 'counter',
    ttlSeconds: 300,
    ...changes,
  });
const asked = async (changes: Partial<AuthorisationRequest> = {}) => ({
  person: citizen,
  authorisationId: (await ask(changes)).authorisationId,
});
const check = async (authorisationId: string, changes: Partial<AuthorisationQuestion> = {}) => {
  const question = {
    authorisationId,
    requesterId: 'department-1',
    person: citizen,
    trustLevel: 'A' as const,
    ...nameOnly,
  };
  const answer = await house.consent.checkAuthorisation({ ...question, ...changes });
  return answer.kind === 'allowed' ? 'allowed' : answer.reason;
};
const stateOf = async (own: { person: object; authorisationId: string }) =>
  (await house.consent.findAuthorisation(own)).state;

const identifierOf = (typeCode: string, serial: string) =>
  formatCertificateIdentifier({
    typeCode: parseCertificateTypeCode(typeCode),
    issuerCode: parseCreditCode('11999999000000019M'),
    serial,
    version: 1,
  });

describe('a request', () => {
  test('allows nothing until its person answers', async () => {
    const own = await asked();
    expect(await stateOf(own)).toBe('pending');
    expect(await check(own.authorisationId)).toBe('pending');
  });

  test('not answered in its time lapses, and cannot be approved any more', async () => {
    const own = await asked();
    house.clock.advance(299);
    expect(await stateOf(own)).toBe('pending');
    house.clock.advance(1);
    expect(await stateOf(own)).toBe('lapsed');
    expect(await check(own.authorisationId)).toBe('lapsed');
    expect(await codeOf(house.consent.approveAuthorisation(own))).toEqual({
      code: 'authorisation-closed',
      state: 'lapsed',
    });
  });

  test('refused is over', async () => {
    const own = await asked();
    await house.consent.refuseAuthorisation(own);
    expect(await check(own.authorisationId)).toBe('refused');
    expect(await stateOf(own)).toBe('refused');
    expect(await codeOf(house.consent.approveAuthorisation(own))).toMatchObject({ state: 'refused' });
  });

  test.each<[what: string, changes: object, refusal: object]>([
    [
      'a field the item does not need',
      { covers: [{ typeCode: idCardType, fields: ['民族'] }] },
      { code: 'authorisation-beyond-item' },
    ],
    [
      'a field of another type',
      { covers: [{ typeCode: licenceType, fields: ['姓名'] }] },
      { code: 'authorisation-beyond-item' },
    ],
    ['nothing', { covers: [] }, { field: 'covers' }],
    ['one type twice', { covers: [wholeCard, nameOnly] }, { field: 'covers' }],
    [
      'a certificate of another type',
      { covers: [{ ...nameOnly, certificateIdentifier: identifierOf(licenceType, 'A1') }] },
      { field: 'certificateIdentifier' },
    ],
    ['an unknown item', { itemCode: 'none' }, { code: 'service-item-missing' }],
    [
      'more time than the item has',
      { useSeconds: 3601 },
      { code: 'authorisation-too-long', longestSeconds: 3600 },
    ],
    ['a person without a name', { person: {} }, { field: 'person' }],
    ['a purpose with an ID number in it', { purpose: '查 99999919980103012X' }, { field: 'purpose' }],
    ['no time to answer', { ttlSeconds: 0 }, { field: 'ttlSeconds' }],
  ])('for %s is refused', async (_what, changes, refusal) => {
    expect(await codeOf(ask(changes))).toMatchObject(refusal);
    expect((await house.consent.listAuthorisations(citizen)).rows).toEqual([]);
  });

  test('keeps the trust the item needed when asked, and holds every read against it', async () => {
    const own = await asked({ covers: [nameOnly, { typeCode: licenceType, fields: ['范围'] }] });
    await house.consent.approveAuthorisation(own);
    const { needs } = itemDraft();
    const lower = needs.map((need) => ({ ...need, minimumTrust: 'D' as const }));
    await house.consent.saveServiceItem({
      item: itemDraft({ needs: lower }),
      expectedVersion: 1,
      actor: 'x',
    });
    const levels = ['A', 'B', 'C', 'D'] as const;
    const of = (read: object) =>
      Promise.all(levels.map((trustLevel) => check(own.authorisationId, { ...read, trustLevel })));
    expect(await of({})).toEqual(['allowed', 'trust-low', 'trust-low', 'trust-low']);
    const licence = { typeCode: licenceType, fields: ['范围'] };
    expect(await of(licence)).toEqual(['allowed', 'allowed', 'trust-low', 'trust-low']);
  });

  test('for an item of law is not made: duty is no consent', async () => {
    const basis = { kind: 'law', law: '示例登记条例', article: '第十条' } as const;
    await house.consent.saveServiceItem({
      item: itemDraft({ basis }),
      expectedVersion: 1,
      actor: 'officer-1',
    });
    expect(await codeOf(ask())).toEqual({ code: 'authorisation-not-needed' });
  });

  test('for an item out of use is refused', async () => {
    const item = itemDraft({ enabled: false });
    await house.consent.saveServiceItem({ item, expectedVersion: 1, actor: 'officer-1' });
    expect(await codeOf(ask())).toEqual({ code: 'service-item-disabled' });
  });

  test('sent again under its key is the same one, many times at once; another one under it is refused', async () => {
    const sent = await Promise.all(Array.from({ length: 5 }, () => ask({ requestKey: 'trx-1' })));
    expect(new Set(sent.map(({ authorisationId }) => authorisationId)).size).toBe(1);
    expect(await codeOf(ask({ requestKey: 'trx-1', covers: [nameOnly] }))).toEqual({
      code: 'authorisation-key-reused',
    });
    expect(await codeOf(ask({ requestKey: 'trx-1', person: stranger }))).toEqual({
      code: 'authorisation-key-reused',
    });
    const requester = { kind: 'site', id: 'site-1', name: { zh: '站点', en: 'Site' } } as const;
    expect(await codeOf(ask({ requestKey: 'trx-1', requester }))).toBeNull();
  });
});

describe('an approval', () => {
  test('allows what was asked, to its requester, for its time and no longer', async () => {
    const own = await asked();
    const { usableUntil } = await house.consent.approveAuthorisation(own);
    expect(usableUntil).toEqual(new Date(house.clock.now().getTime() + 3_600_000));
    expect(await check(own.authorisationId)).toBe('allowed');
    expect(await check(own.authorisationId, { at: new Date(house.clock.now().getTime() + 3_600_000) })).toBe(
      'expired',
    );
    house.clock.advance(3599);
    expect(await check(own.authorisationId)).toBe('allowed');
    house.clock.advance(1);
    expect(await check(own.authorisationId)).toBe('expired');
  });

  test.each<[what: string, changes: Partial<AuthorisationQuestion>, reason: string]>([
    ['another requester', { requesterId: 'department-2' }, 'other-requester'],
    ['another person', { person: stranger }, 'other-person'],
    ['nobody', { person: {} }, 'other-person'],
    ['another type', { typeCode: licenceType, fields: ['范围'] }, 'not-covered'],
    ['one field too many', { fields: ['姓名', '住址', '民族'] }, 'not-covered'],
    ['no field', { fields: [] }, 'not-covered'],
    ['an identifier that is none', { authorisationId: 'none' }, 'unknown'],
  ])('does not serve %s', async (_what, changes, reason) => {
    const own = await asked();
    await house.consent.approveAuthorisation(own);
    expect(await check(own.authorisationId, changes)).toBe(reason);
  });

  test('may be narrower in fields and time', async () => {
    const own = await asked();
    await house.consent.approveAuthorisation({ ...own, covers: [nameOnly], useSeconds: 60 });
    expect(await check(own.authorisationId, nameOnly)).toBe('allowed');
    expect(await check(own.authorisationId, wholeCard)).toBe('not-covered');
    house.clock.advance(60);
    expect(await check(own.authorisationId, nameOnly)).toBe('expired');
  });

  test('of one certificate does not open another of the type', async () => {
    const mine = identifierOf(idCardType, 'A1');
    const own = await asked();
    await house.consent.approveAuthorisation({
      ...own,
      covers: [{ ...nameOnly, certificateIdentifier: mine }],
    });
    expect(await check(own.authorisationId, { certificateIdentifier: mine })).toBe('allowed');
    expect(await check(own.authorisationId, { certificateIdentifier: identifierOf(idCardType, 'A2') })).toBe(
      'not-covered',
    );
    expect(await check(own.authorisationId)).toBe('not-covered');
  });

  test.each<[what: string, changes: object, refusal: object]>([
    [
      'wider in fields',
      { covers: [{ typeCode: idCardType, fields: ['姓名', '民族'] }] },
      { code: 'authorisation-widened' },
    ],
    [
      'wider in types',
      { covers: [wholeCard, { typeCode: licenceType, fields: ['范围'] }] },
      { code: 'authorisation-widened' },
    ],
    ['longer than asked', { useSeconds: 601 }, { code: 'authorisation-too-long', longestSeconds: 600 }],
    ['of nothing', { covers: [] }, { code: 'authorisation-empty' }],
    ['by someone else', { person: stranger }, { code: 'authorisation-missing' }],
    ['by nobody', { person: {} }, { code: 'authorisation-missing' }],
  ])('%s is refused and changes nothing', async (_what, changes, refusal) => {
    const own = await asked({ useSeconds: 600 });
    expect(await codeOf(house.consent.approveAuthorisation({ ...own, ...changes }))).toEqual(refusal);
    expect(await stateOf(own)).toBe('pending');
  });

  test('keeps to the item as it was asked under, whatever becomes of the item', async () => {
    const own = await asked();
    const item = itemDraft({ longestUseSeconds: 86_400 });
    await house.consent.saveServiceItem({ item, expectedVersion: 1, actor: 'officer-1' });
    expect(await codeOf(house.consent.approveAuthorisation({ ...own, useSeconds: 86_400 }))).toMatchObject({
      longestSeconds: 3600,
    });
  });

  test('sent again is the same approval; a different one is refused', async () => {
    const own = await asked();
    const first = await house.consent.approveAuthorisation(own);
    house.clock.advance(5);
    expect(await house.consent.approveAuthorisation(own)).toEqual(first);
    expect(await codeOf(house.consent.approveAuthorisation({ ...own, covers: [nameOnly] }))).toMatchObject({
      code: 'authorisation-closed',
      state: 'approved',
    });
    const raw = await house.records.collection('authorisations').findOne({});
    expect(raw?.['outbox']).toMatchObject([
      { type: 'authorisation.requested' },
      { type: 'authorisation.approved' },
    ]);
  });

  test('and a refusal at once leave one of them standing', async () => {
    const own = await asked();
    const outcomes = await Promise.all([
      codeOf(house.consent.approveAuthorisation(own)),
      codeOf(house.consent.refuseAuthorisation(own)),
      codeOf(house.consent.approveAuthorisation(own)),
    ]);
    const raw = await house.records.collection('authorisations').findOne({});
    expect(raw?.['version']).toBe(2);
    expect(outcomes).toContain(null);
    expect(outcomes).toContainEqual({ code: 'authorisation-closed', state: raw?.['state'] });
  });
});

describe('a withdrawal', () => {
  test('holds from the next check on, and once is enough', async () => {
    const own = await asked();
    await house.consent.approveAuthorisation(own);
    expect(await check(own.authorisationId)).toBe('allowed');
    const first = await house.consent.withdrawAuthorisation(own);
    expect(await check(own.authorisationId)).toBe('withdrawn');
    house.clock.advance(5);
    expect(await house.consent.withdrawAuthorisation(own)).toEqual(first);
    expect(await codeOf(house.consent.approveAuthorisation(own))).toMatchObject({ state: 'withdrawn' });
  });

  test('is the person’s alone', async () => {
    const own = await asked();
    await house.consent.approveAuthorisation(own);
    expect(await codeOf(house.consent.withdrawAuthorisation({ ...own, person: stranger }))).toEqual({
      code: 'authorisation-missing',
    });
    expect(await check(own.authorisationId)).toBe('allowed');
  });
});

describe('a match code', () => {
  test('must be the one on the counter’s screen, and is shown nowhere else', async () => {
    const own = await asked({ matchCode: '42' });
    const view = await house.consent.findAuthorisation(own);
    expect(view.needsMatchCode).toBe(true);
    expect(JSON.stringify({ ...view, authorisationId: '' })).not.toContain('"42"');
    const wrong = { code: 'authorisation-match-code', triesLeft: 2 };
    expect(await codeOf(house.consent.approveAuthorisation({ ...own, matchCode: '24' }))).toEqual(wrong);
    expect(await codeOf(house.consent.approveAuthorisation({ ...own, matchCode: '42' }))).toBeNull();
    expect(await check(own.authorisationId)).toBe('allowed');
  });

  test('wrong three times refuses the request for good', async () => {
    const own = await asked({ matchCode: '42' });
    for (const triesLeft of [2, 1, 0])
      expect(await codeOf(house.consent.approveAuthorisation(own))).toMatchObject({ triesLeft });
    expect(await codeOf(house.consent.approveAuthorisation({ ...own, matchCode: '42' }))).toMatchObject({
      code: 'authorisation-closed',
      state: 'refused',
    });
  });
});

describe('the lists', () => {
  test('show a person theirs, newest first, over both names, in pages', async () => {
    const first = await ask({ person: { holderIndex: 'index-1' } });
    house.clock.advance(1);
    const second = await ask();
    await ask({ person: stranger });
    const person = { ...citizen, holderIndex: 'index-1' };
    const page = await house.consent.listAuthorisations(person, { limit: 1 });
    expect(page.rows.map(({ authorisationId }) => authorisationId)).toEqual([second.authorisationId]);
    const rest = await house.consent.listAuthorisations(person, { limit: 1, after: page.next ?? '' });
    expect(rest.rows.map(({ authorisationId }) => authorisationId)).toEqual([first.authorisationId]);
    expect(rest.next).toBeNull();
  });

  test('show a requester its own request only', async () => {
    const { authorisationId } = await ask();
    const poll = (requesterId: string) => house.consent.pollAuthorisation({ authorisationId, requesterId });
    expect(await poll('department-1')).toMatchObject({ state: 'pending' });
    expect(await poll('department-2')).toBeNull();
  });
});

describe('an item that asks for a sure sign-in', () => {
  const surely = () =>
    house.consent.saveServiceItem({
      item: itemDraft({ minimumAssurance: 3 }),
      expectedVersion: 1,
      actor: 'officer-1',
    });

  test('is not approved by a person known less surely, and is by one known so', async () => {
    await surely();
    const own = await asked();
    expect(await codeOf(house.consent.approveAuthorisation(own))).toMatchObject({
      code: 'authorisation-assurance-low',
      level: 3,
    });
    expect(await stateOf(own)).toBe('pending');
    await house.consent.approveAuthorisation({ ...own, assurance: 3 });
    expect(await stateOf(own)).toBe('approved');
  });
});

describe('what a person allows on the page that asks', () => {
  const grant = (changes: object = {}) =>
    house.consent.grantAuthorisation({
      person: citizen,
      itemCode: '999999-SL-0001',
      requester: { kind: 'site', id: 'site-1', name: { zh: '网站', en: 'Site' } },
      covers: [wholeCard],
      purpose: '核对经营者身份',
      requestKey: 'interaction-1.0',
      allowed: [nameOnly],
      assurance: 2,
      ...changes,
    });

  test('stands at once, is the same when it comes twice, and no other under the same key', async () => {
    const first = await grant();
    expect(first).toMatchObject({ state: 'approved', allowed: [nameOnly], requestedBy: 'authorize' });
    expect((await grant()).authorisationId).toBe(first.authorisationId);
    expect(await codeOf(grant({ allowed: [wholeCard] }))).toMatchObject({ code: 'authorisation-key-reused' });
  });

  test('is never more than was asked, nor nothing', async () => {
    expect(await codeOf(grant({ covers: [nameOnly], allowed: [wholeCard] }))).toMatchObject({
      code: 'authorisation-widened',
    });
    expect(await codeOf(grant({ allowed: [] }))).toMatchObject({ code: 'authorisation-empty' });
  });
});

test('what happened leaves for the audit once, without a long run of digits even where an item has one for its code', async () => {
  const code = '11999999000000019M3000112012300001';
  await house.consent.saveServiceItem({
    item: itemDraft({ code }),
    expectedVersion: null,
    actor: 'officer-1',
  });
  const own = await asked({ itemCode: code });
  await house.consent.approveAuthorisation(own);
  await house.consent.recordAccess(
    access({ basis: { kind: 'consent', authorisationId: own.authorisationId } }),
  );
  const taken: DomainEvent[] = [];
  for (const source of house.consent.outboxes)
    for (const { recordId, events } of await source.next(10)) {
      taken.push(...events);
      await source.drop(
        recordId,
        events.map(({ id }) => id),
      );
    }
  expect(taken.map(({ type }) => type).sort()).toEqual([
    'access.recorded',
    'authorisation.approved',
    'authorisation.requested',
    'service-item.saved',
    'service-item.saved',
  ]);
  expect(JSON.stringify(taken.map(({ detail }) => detail))).not.toMatch(/\d{11}/);
  await house.consent.withdrawAuthorisation(own);
  const left = await Promise.all(house.consent.outboxes.map((source) => source.next(10)));
  expect(left.flat().flatMap(({ events }) => events.map(({ type }) => type))).toEqual([
    'authorisation.withdrawn',
  ]);
});
