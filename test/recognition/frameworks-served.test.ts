import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoPeople } from '../../config/demo/people.ts';
import { createRegionSignIn, type Site } from '../../src/oidc/index.ts';
import { verificationKinds } from '../../src/recognition/index.ts';
import { authorities, useCause } from '../support/department.ts';
import { frozenClock } from '../support/frozen-clock.ts';
import { addOfficer, foundOfficers, type OfficerAtWork, signInOfficer } from '../support/officers.ts';
import { accessionOf, frameworkOf, sign, terms } from './frameworks.ts';
import { meet, type Served, serveRegion, settle } from './peers.ts';
import { partyOf } from './regions.ts';

const clock = frozenClock();
const act = { reason: '演练', actor: 'o1' };

describe('three regions on real sockets', () => {
  const started: Served[] = [];
  let drafter: OfficerAtWork;
  let framework: Awaited<ReturnType<typeof sign>>;

  beforeAll(async () => {
    for (const code of ['990000', '990100', '990200']) started.push(await serveRegion(code, clock));
    const [, a] = started as [Served, Served, Served];
    const role = 'recognition-drafter';
    const { regionCode } = a;
    drafter = await addOfficer(a, await foundOfficers(a), { role, regionCode, now: clock.now() });
  }, 60_000);
  afterAll(async () => {
    for (const region of started) await region.stop();
  }, 60_000);

  test('a department of one city asks another by what both joined, until the province suspends it', async () => {
    const [province, a, b] = started as [Served, Served, Served];
    for (const city of [a, b]) await meet(province, city);
    const keyOf = async ({ house }: Served) => (await house.crypto.agreementKeys.load()).current;
    const operator = {
      ...partyOf(province.issuer, province.regionCode, await keyOf(province)),
      regionPrefix: '99',
    };
    framework = await sign(province.house.recognition, frameworkOf(operator));
    await settle([province], 1);
    const joined = [];
    for (const city of [a, b]) {
      const member = partyOf(city.issuer, city.regionCode, await keyOf(city));
      joined.push(await sign(city.house.recognition, accessionOf(member, operator, framework)));
    }
    await settle([a, b], 1);
    for (const { digest, ...place } of joined)
      await province.house.recognition.countersignAgreement({ ...place, digestSeen: digest, actor: 'o3' });
    await settle([province, a, b]);

    const ask = async () => {
      const [standing] = await a.house.recognition.findEffective(b.regionCode);
      const question = {
        ...{ agreementId: standing?.agreementId, agreementDigest: standing?.digest, wants: 'verdict' },
        ...{ type: '11999999000000019M001', identifier: null, fields: [], level: 'urn:yihao:loa:2' },
        holder: { type: '111', code: demoPeople[0]?.number },
        basis: { kind: 'consent', authorisationId: 'x' },
        cause: {
          ...{ ...useCause, itemCode: 'P0301' },
          departmentCode: authorities.police,
          departmentName: '测试部门',
        },
        requester: { id: 'department-9', name: { zh: '测试部门', en: 'Test' } },
      };
      const { claims } = await a.house.peerLink.ask(b.issuer, verificationKinds.certificate, question);
      return claims['refusal'] ?? claims['verdict'];
    };
    expect(await ask()).toEqual({ kind: 'unknown' });
    const { otherRegions } = createRegionSignIn({
      self: { issuer: a.issuer, regionCode: a.regionCode },
      recognition: a.house.recognition,
      peerKeys: a.house.crypto.peerKeys,
      traffic: a.house.signInTraffic,
      ephemeral: a.house.storage.ephemeral,
      clock,
      privateHosts: ['localhost'],
      sessionTtlSeconds: 600,
    });
    const site = { clientId: 'x', purposeCode: 'P0301' } as Site;
    const choices = async () => [
      (await otherRegions.list(site, {})).map(({ regionCode }) => regionCode),
      (await otherRegions.listClosed(site, {})).map(({ regionCode, closing }) => [regionCode, closing]),
    ];
    expect(await choices()).toEqual([[b.regionCode], []]);
    await province.house.recognition.suspend({ ...framework, ...act, secondOfficer: 'o2' });
    await province.house.peerLink.runOnce();
    expect(await ask()).toBe('agreement_suspended');
    expect(await choices()).toEqual([[], [[b.regionCode, 'agreement_suspended']]]);
    await province.house.recognition.resume({ ...framework, ...act, secondOfficer: 'o2' });
  }, 60_000);

  test('a region objects to what a member did, and officers see the traffic with each member', async () => {
    const [, a, b] = started as [Served, Served, Served];
    const [pair] = await a.house.recognition.listPairs();
    if (pair === undefined) throw new Error('there is one');
    const opened = await a.house.objections.openObjection({
      agreementId: pair.agreementId,
      about: { kind: 'sign-in', reference: '2026-01-05 10:30' },
      ground: 'no-consent',
      text: '大厅记录与对方答复不符',
      actor: 'o1',
    });
    await a.house.peerLink.runOnce();
    const told = await b.house.objections.findObjection(opened.objectionId);
    expect(told).toMatchObject({ agreementId: pair.agreementId, peer: a.issuer, state: 'open' });
    await a.house.signInTraffic.count({ agreementId: pair.agreementId, side: 'host', cause: 'admitted' });

    await signInOfficer(a, drafter);
    const read = async (path: string) => (await drafter.browser.get(new URL(path, a.issuer))).html;
    for (const { id } of [pair.own, { id: framework.agreementId }]) {
      expect(await read(`/console/agreements/${id}/1/traffic`)).toContain('<td>1</td>');
      expect(await read(`/console/objections?agreement=${id}`)).toContain(opened.objectionId);
      expect(await read(`/console/objections/open?agreement=${id}`)).toContain(`value="${pair.agreementId}"`);
    }
    const page = await read(`/console/objections/${opened.objectionId}`);
    expect(page).toContain(`/console/agreements/${pair.own.id}/1`);
  });

  test('an officer drafts a joining by a form that says each clause, and the page of the framework names its members', async () => {
    const [, a] = started as [Served, Served, Served];
    await signInOfficer(a, drafter);
    const at = (path: string) => new URL(`/console/agreements/${framework.agreementId}/1${path}`, a.issuer);
    const page = await drafter.browser.get(at(''));
    expect(page.text).toContain('示例市990200（990200）：生效中');
    const form = await drafter.browser.get(at('/accede'));
    expect(form.text).toContain('本地区采信其他成员的结果');
    const wrong = await drafter.browser.submit(form, { ownCreditCode: 'x', noticeDays: 'x' });
    expect(wrong.status).toBe(400);
    for (const field of ['ownCreditCode', 'noticeDays']) expect(wrong.html).toContain(`href="#${field}"`);
    const kept = await drafter.browser.submit(wrong, {
      ownCreditCode: '11999999000000019M',
      noticeDays: '30',
      certificates0_purposes: 'P0302',
    });
    const id = /agr_[\w-]{22}/.exec(kept.url.pathname)?.[0] ?? '';
    const [draft] = await a.house.recognition.findVersions(id);
    expect(draft?.document).toMatchObject({
      kind: 'accession',
      framework: { id: framework.agreementId, digest: framework.digest },
      offers: terms,
      acceptances: terms,
      reservations: [
        { kind: 'certificate', type: terms.certificates[0]?.type, purposes: ['P0302'], fields: [] },
      ],
    });
  });
});
