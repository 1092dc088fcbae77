import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { actOnMappings } from '../../src/commands/mappings.ts';
import {
  type AgreementContent,
  type AgreementPlace,
  admit,
  faultsOfMapping,
  type MappingContent,
  type MappingDocument,
  resolveRules,
} from '../../src/recognition/index.ts';
import { type AgreedRegions, startAgreedRegions } from '../support/agreed-regions.ts';
import { createBrowser } from '../support/browser-fetch.ts';
import { addOfficer, foundOfficers, type OfficerAtWork, signInOfficer } from '../support/officers.ts';
import { type RelyingParty, startRelyingParty } from '../support/relying-party.ts';
import { frameworkOf } from './frameworks.ts';
import { certificateTerms, contentOf, day, partyOf, signInTerms } from './regions.ts';

const loa = (level: number): string => `urn:yihao:loa:${level}`;
const direction = { from: '990200', to: '990100' };
const reference = { id: `map_${'m'.repeat(22)}`, version: 1, digest: 'd'.repeat(43) };
const licence = { ...direction, type: 'licence', as: 'permit', fieldMap: { class: 'category' } };
const content: MappingContent = {
  name: '类型与等级对应',
  levels: [{ ...direction, levelMap: { [loa(2)]: loa(1), [loa(4)]: loa(3) } }],
  types: [licence],
};
const documentOf = (changes: Partial<MappingContent> = {}): MappingDocument => ({
  type: 'yihao-mapping/1',
  id: reference.id,
  version: 1,
  publisher: { entityId: 'https://id.example', regionCode: '990000' },
  ...content,
  ...changes,
});
const { fieldMap: _none, ...plain } = certificateTerms;
const rulesOn = (mapping: typeof reference, purpose = 'P0301') => ({
  signIn: [{ ...direction, ...signInTerms, purposes: [purpose], levelMap: { mapping } }],
  certificates: [
    { ...direction, ...plain, purposes: [purpose], type: 'licence', as: { mapping }, fieldMap: {} },
  ],
});

describe('a mapping', () => {
  test.each<[string, Partial<MappingContent>, string[]]>([
    ['says a thing twice', { types: [licence, licence] }, ['types.1']],
    [
      'is of regions that are not the publisher’s',
      { levels: [{ from: '110000', to: '120000', levelMap: {} }] },
      ['levels.0'],
    ],
    ['calls two fields by one name', { types: [{ ...licence, fieldMap: { a: 'x', b: 'x' } }] }, ['types.0']],
    [
      'knows a fifth level',
      { levels: [{ ...direction, levelMap: { [loa(5)]: loa(1) } as never }] },
      [`levels.0.levelMap.${loa(5)}`],
    ],
  ])('is none when it %s', (_what, changes, faults) => {
    expect(faultsOfMapping({ ...content, ...changes }, '990000')).toEqual(faults);
  });

  test('fills in the rules that refer to it, the narrower regions before the wider', () => {
    const wide = { from: '990000', to: '990000', levelMap: { [loa(2)]: loa(2) } };
    const wideType = { ...licence, from: '990000', as: 'other' };
    const document = documentOf({
      levels: [wide, ...content.levels],
      types: [wideType, licence],
    });
    const resolved = resolveRules(rulesOn(reference), () => document);
    expect(resolved?.signIn[0]?.levelMap).toEqual(content.levels[0]?.levelMap);
    expect(resolved?.certificates[0]).toMatchObject({ as: 'permit', fieldMap: { class: 'category' } });
    const others = resolveRules(rulesOn(reference), () => documentOf({ levels: [wide], types: [wideType] }));
    expect([others?.signIn[0]?.levelMap, others?.certificates[0]?.as]).toEqual([wide.levelMap, 'other']);
  });

  test('that is missing, or has nothing for one rule, leaves no rule at all', () => {
    expect(resolveRules(rulesOn(reference), () => null)).toBeNull();
    expect(resolveRules(rulesOn(reference), () => documentOf({ types: [] }))).toBeNull();
  });
});

describe('between two regions', () => {
  let regions: AgreedRegions;
  let drafter: OfficerAtWork;
  let signer: OfficerAtWork;
  let published: typeof reference;
  let place: AgreementPlace;
  let site: RelyingParty;
  let number: string;

  beforeAll(async () => {
    regions = await startAgreedRegions();
    const founders = await foundOfficers(regions.a);
    const now = regions.clock.now();
    const add = (role: 'recognition-drafter' | 'recognition-signer') =>
      addOfficer(regions.a, founders, { role, regionCode: '990100', now });
    drafter = await add('recognition-drafter');
    signer = await add('recognition-signer');
    site = await startRelyingParty(regions.a, { scope: 'openid name' });
    const { sites } = regions.a.app.house;
    const registered = await sites.find(site.clientId);
    if (registered !== null) await sites.save({ ...registered, purposeCode: 'P0999' }, 'test');
    ({ number } = await regions.b.addPerson());
  });
  afterAll(async () => {
    await site?.stop();
    await regions?.stop();
  });

  const open = async (officer: OfficerAtWork, path: string) => {
    await signInOfficer(regions.a, officer);
    return officer.browser.get(new URL(path, regions.a.issuer));
  };
  const sides = () => [regions.a, regions.b].map(({ app }) => app.house);

  /** Lets both tell each other what is due, by HTTP, as their servers do. */
  const speak = async (): Promise<void> => {
    regions.clock.advance(31);
    for (const { peerLink } of [...sides(), ...sides()]) await peerLink.runOnce();
  };

  const draftAgreement = async (): Promise<AgreementPlace & { digest: string }> => {
    const parties = await Promise.all(
      [regions.a, regions.b].map(async ({ issuer, regionCode, app }) =>
        partyOf(issuer, regionCode, (await app.house.crypto.agreementKeys.load()).current),
      ),
    );
    const draft = {
      ...contentOf(parties as never),
      rules: rulesOn(published, 'P0999'),
      validFrom: day('2026-01-01'),
      reviewBy: day('2125-01-01'),
      validUntil: day('2126-01-01'),
    } as AgreementContent;
    return regions.a.app.house.recognition.draftAgreement({ content: draft, after: null, actor: 'o1' });
  };

  /** What both sides make of a level and a type under the agreement. */
  const gates = () =>
    Promise.all(
      sides().map(async ({ recognition }) => {
        const standing = await recognition.findStanding(place.agreementId);
        if (standing === null) return 'nothing';
        const asked = { agreementDigest: standing.digest, ...direction, purpose: 'P0999' };
        const now = regions.clock.now();
        const entering = { claims: [], level: loa(4), wantedLevel: null, path: [], isBrokered: false };
        const asking = { type: 'licence', fields: ['class'], level: loa(2), hasConsent: true };
        const answers = [
          admit(standing, { kind: 'sign-in', ...asked, ...entering }, now),
          admit(standing, { kind: 'certificate', channel: 'gateway', ...asked, ...asking }, now),
        ];
        return answers.map((answer) => {
          if (!answer.admitted) return answer.code;
          return answer.kind === 'sign-in' ? answer.level : [answer.as, answer.fieldMap];
        });
      }),
    );
  const asAgreed = [loa(3), ['permit', { class: 'category' }]];

  /** Signs a citizen of the one in at a site of the other; returns the level that the site is told. */
  const levelAcross = async (): Promise<unknown> => {
    const browser = createBrowser();
    const attempt = await site.begin();
    const choice = await browser.click(await browser.get(attempt.url), '外地用户登录');
    const { url: home } = await browser.submit(choice, { region: '990200' }, 1);
    const proof = `${regions.b.issuer}${home.pathname}/without-proof${home.search}`;
    const consent = await browser.post(proof, { number });
    const back = await browser.submit(consent, { decision: 'agree' }, '/consent');
    const here = await browser.click(back, '继续');
    const { url } = await browser.submit(here, { decision: 'agree' }, '/consent');
    return (await attempt.redeem(url)).claims()?.acr;
  };

  /** Has the draft that a page shows published by two officers. */
  const publish = async (path: string): Promise<void> => {
    const form = await open(drafter, `${path}/publish`);
    const proposal = await drafter.browser.submit(form, { reason: '首次发布' });
    expect(proposal.text).toContain('须由另一名工作人员审核');
    const waiting = await open(signer, proposal.url.pathname);
    const approved = await signer.browser.submit(waiting, { answer: 'approve' });
    expect(approved.text).toContain('已通过');
  };

  test('one drafts a mapping by form, a second officer approves, and it is published', async () => {
    const form = await open(drafter, '/console/mappings/draft');
    const typed = {
      name: content.name,
      levels: '990200 990100 2=1 4=3',
      types: '\n110000 120000 licence=permit',
    };
    const wrong = await drafter.browser.submit(form, typed);
    expect([wrong.status, wrong.text.includes('“证照类型对应”第 2 行不合规定')]).toEqual([400, true]);
    const right = { types: '990200 990100 licence=permit class=category' };
    const page = await drafter.browser.submit(wrong, right);
    expect(page.text).toMatch(/草稿，尚未发布.*4 级 算作 3 级.*licence 算作 permit class=category/);
    await publish(page.url.pathname);
    const { mappings } = await regions.a.app.house.recognition.pageMappings();
    expect(mappings).toMatchObject([{ document: { version: 1, ...content } }]);
    const [one] = mappings;
    published = { id: one?.document.id ?? '', version: 1, digest: one?.digest ?? '' };
    expect((await open(signer, '/console/mappings')).text).toContain('查看“类型与等级对应”第 1 版');
  });

  test('an agreement that refers to it is signed once it has come, and both sides go by it', async () => {
    const { digest, ...made } = await draftAgreement();
    place = made;
    const [a, b] = sides();
    await a?.recognition.proposeAgreement({ ...place, digestSeen: digest, actor: 'o2' });
    await regions.a.app.house.peerLink.runOnce();
    const countersign = () =>
      b?.recognition.countersignAgreement({ ...place, digestSeen: digest, actor: 'o3' });
    await expect(countersign()).rejects.toMatchObject({ code: 'mapping-unresolved' });
    await speak();
    await countersign();
    await speak();
    expect(await gates()).toEqual([asAgreed, asAgreed]);
    expect(await levelAcross()).toBe(loa(1));
    const shown = await open(signer, `/console/agreements/${place.agreementId}/1`);
    expect(shown.text).toMatch(/等级换算：按映射 map_\S+ 第 1 版（摘要 .{39}）：2 级 → 1 级; 4 级 → 3 级/);
  });

  test('its next version moves no agreement, and lists the one it touches with what would change', async () => {
    const edit = await open(drafter, `/console/mappings/${published.id}/1/draft`);
    const next = await drafter.browser.submit(edit, { levels: '990200 990100 2=2 4=2' });
    await publish(next.url.pathname);
    await speak();
    expect(await gates()).toEqual([asAgreed, asAgreed]);
    expect(await levelAcross()).toBe(loa(1));

    const page = await open(drafter, next.url.pathname);
    expect(page.text).toMatch(/协议第 1 版，引用第 1 版.*4 级 · 改动 原来：3 级 改为：2 级 以这一版起草/);
    const redraft = await drafter.browser.click(page, '以这一版起草该协议的下一版');
    const [versionTwo] = await regions.a.app.house.recognition.findMappingVersions(published.id);
    const choice = `${published.id}:2:${versionTwo?.digest}`;
    expect(redraft.forms[0]?.fields).toMatchObject({
      signIn0_mapping: choice,
      certificates0_mapping: choice,
    });
    const kept = await drafter.browser.submit(redraft, { step: 'save' });
    expect(kept.url.pathname).toBe(`/console/agreements/${place.agreementId}/2`);
    const told = await actOnMappings(regions.a.app.house, 'touched', [published.id]);
    expect(told).toEqual([
      `${place.agreementId}:1 refers to version 1`,
      `    990200 990100 ${loa(2)}: ${loa(1)} -> ${loa(2)}`,
      `    990200 990100 ${loa(4)}: ${loa(3)} -> ${loa(2)}`,
    ]);
  });

  test('what was changed on the way or in the store is refused, and the gate closes', async () => {
    const [a, b] = sides();
    const at = { mappingId: published.id, mappingVersion: 1 };
    const signed = await a?.recognition.signedMapping(at);
    const text = Buffer.from(signed?.payload ?? '', 'base64url').toString('utf8');
    const forged = Buffer.from(text.replace('permit', 'pardon')).toString('base64url');
    const signatures = signed?.signatures ?? [];
    await expect(b?.recognition.receiveMapping({ payload: forged, signatures })).rejects.toMatchObject({
      code: 'mapping-signature-invalid',
    });
    await expect(
      b?.recognition.receiveMapping({ payload: signed?.payload ?? '', signatures }),
    ).resolves.toMatchObject({
      digest: published.digest,
    });
    const { records } = regions.b.app.house.storage;
    const of = { _id: `${published.id}:1` } as object;
    await records.collection('mappings').updateOne(of, { $set: { digest: 'x'.repeat(43) } });
    expect(await gates()).toEqual([asAgreed, ['mapping_unresolved', 'mapping_unresolved']]);
  });

  test('is named in a framework that refers to it, which its next version touches too', async () => {
    const { issuer, regionCode, app } = regions.a;
    const operator = partyOf(issuer, regionCode, (await app.house.crypto.agreementKeys.load()).current);
    const terms = { signIn: [{ ...signInTerms, levelMap: { mapping: published } }], certificates: [] };
    const framework = { content: frameworkOf(operator, { terms }), after: null, actor: 'o1' };
    const { agreementId } = await app.house.recognition.draftAgreement(framework);
    const path = `/console/agreements/${agreementId}/1`;
    expect((await open(drafter, path)).text).toMatch(
      /按映射 map_\S+ 第 1 版（摘要 .{39}）：任何两个成员之间/,
    );
    const { html } = await open(drafter, `/console/mappings/${published.id}/2`);
    expect([html.includes(`"${path}"`), html.includes(`${path}/draft`)]).toEqual([true, false]);
  });

  test('a published version is never drafted anew, nor another region’s', async () => {
    const [a, b] = sides();
    const after = published.id;
    await expect(b?.recognition.draftMapping({ content, after, actor: 'o1' })).rejects.toMatchObject({
      code: 'mapping-not-own',
    });
    const { mappingVersion, digest } =
      (await a?.recognition.draftMapping({ content, after, actor: 'o1' })) ?? {};
    expect(mappingVersion).toBe(3);
    const publication = { mappingId: after, mappingVersion: 2, digestSeen: digest ?? '', actor: 'o1' };
    await expect(
      a?.recognition.publishMapping({ ...publication, secondOfficer: 'o2' }),
    ).rejects.toMatchObject({ code: 'mapping-digest-differs' });
    await expect(
      a?.recognition.publishMapping({ ...publication, secondOfficer: 'o1' }),
    ).rejects.toMatchObject({ code: 'officer-must-differ' });
  });
});
