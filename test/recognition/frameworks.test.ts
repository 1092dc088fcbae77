import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { thumbprintOf } from '../../src/crypto/index.ts';
import { isAccession, isFramework, standingOfPair } from '../../src/recognition/framework/pair.ts';
import { type Agreement, type Folder, type Standing, stateOf } from '../../src/recognition/index.ts';
import { frozenClock } from '../support/frozen-clock.ts';
import {
  decide,
  type FrameworkVectors,
  frameworkVectorFile,
  readFrameworkVectors,
  writeFrameworkVectors,
} from './framework-vectors.ts';
import {
  accessionOf,
  decideBoth,
  frameworkOf,
  hearAll,
  join,
  send,
  sign,
  signInFrom,
  tell,
} from './frameworks.ts';
import { agree, beat, contentOf, introduce, openRegion, type Region, signInTerms } from './regions.ts';

const clock = frozenClock();
let province: Region;
let a: Region;
let b: Region;
let c: Region;

beforeAll(async () => {
  [province, a, b, c] = (await Promise.all(
    ['990000', '990100', '990200', '990300'].map((code) => openRegion(code, clock)),
  )) as [Region, Region, Region, Region];
  for (const city of [a, b, c]) await introduce(province, city);
}, 60_000);

afterAll(async () => {
  await Promise.all([province, a, b, c].map((region) => region.close()));
}, 60_000);

const framedIdOf = ({ open: { folders } }: FrameworkVectors): string =>
  JSON.parse(Buffer.from(folders[0]?.signed.payload ?? '', 'base64url').toString()).id;

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: { code: string }) => error.code,
  );

const both = (value: unknown) => [value, value];
const open = both('urn:yihao:loa:3');
const act = { reason: '演练', actor: 'o1' };

describe('a framework of a province', () => {
  let framework: Awaited<ReturnType<typeof sign>>;
  let ofA: typeof framework;
  let ofB: typeof framework;

  test('is signed by another officer than its drafter, and reaches regions the province has compared keys with', async () => {
    const content = frameworkOf(await province.party());
    const drafted = await province.recognition.draftAgreement({ content, after: null, actor: 'o1' });
    const signing = { ...drafted, digestSeen: drafted.digest };
    expect(await codeOf(province.recognition.proposeAgreement({ ...signing, actor: 'o1' }))).toBe(
      'officer-must-differ',
    );
    const early = accessionOf(await a.party(), await province.party(), drafted);
    expect(await codeOf(sign(a.recognition, early))).toBe('framework-missing');
    await province.recognition.proposeAgreement({ ...signing, actor: 'o2' });
    framework = drafted;
    expect(await province.recognition.listUndelivered()).toEqual([]);
    for (const city of [a, b, c]) await tell(province, city);
    for (const region of [province, a, b, c]) {
      const [held] = await region.recognition.findVersions(framework.agreementId);
      expect(held && [held.digest, stateOf(held, clock.now())]).toEqual([framework.digest, 'active']);
    }
  });

  test('opens between two that joined it, who never compared keys, by the same texts on both sides', async () => {
    ofA = await join(province, a, framework, clock);
    ofB = await join(province, b, framework, clock, {
      reservations: [{ kind: 'certificate', type: '11999999000000019M001', purposes: ['P0302'], fields: [] }],
    });
    await hearAll(province, [a, b, c], clock);
    expect(await decideBoth(a, b, clock.now())).toEqual(open);
    expect(await decideBoth(b, a, clock.now())).toEqual(open);
    const vouched = await a.recognition.findPeer(b.entityId);
    expect(vouched).toMatchObject({ state: 'confirmed', vouchedBy: province.entityId, comparedBy: [] });
    const standings = await Promise.all([
      a.recognition.findEffective(b.regionCode),
      b.recognition.findEffective(a.regionCode),
    ]);
    const [[here], [there]] = standings as [[Standing], [Standing]];
    expect([here.agreementId, here.digest]).toEqual([there.agreementId, there.digest]);
    // What the member reserved is out, in both directions.
    expect(here.rules.certificates.map(({ purposes }) => purposes)).toEqual([['P0301'], ['P0301']]);
  });

  test('is written down with its keys once, for other implementations', async () => {
    // Whoever changes the form of a list or a text takes the file away and runs this again.
    if (!existsSync(frameworkVectorFile)) {
      const tellBoth = async () => {
        await tell(province, a);
        await tell(province, b);
      };
      const places = { framework, first: ofA, second: ofB };
      await writeFrameworkVectors(province, [a, b], places, { now: clock.now(), tell: tellBoth });
    }
    const vectors = readFrameworkVectors();
    const now = new Date(vectors.now);
    const then = frozenClock(vectors.now);
    const reader = await openRegion('990400', then);
    const { entityId, regionCode, agreementKey, thumbprint } = vectors.operator;
    await reader.recognition.addPeer({
      ...{ entityId, regionCode, agreementKey, name: '示例省', actor: 'o1' },
      regionPrefix: '9900',
    });
    for (const actor of ['o1', 'o2']) await reader.recognition.comparePeer({ entityId, thumbprint, actor });
    for (const which of ['open', 'suspended'] as const) {
      const { list, folders } = vectors[which];
      await reader.recognition.receiveMemberList(entityId, list);
      for (const folder of folders) await reader.recognition.receiveFolder(entityId, folder);
      const [[framed], [first], [second]] = (await Promise.all(
        [framedIdOf(vectors), ...vectors.members].map((id) => reader.recognition.findVersions(id)),
      )) as [[Agreement], [Agreement], [Agreement]];
      if (!isFramework(framed) || !isAccession(first) || !isAccession(second)) throw new Error('kinds');
      const standing = standingOfPair({ framework: framed, own: second, other: first });
      expect(standing).toMatchObject(vectors.standing);
      for (const decision of vectors.decisions)
        expect(decide(standing, decision.request, now)).toEqual(decision[which]);
    }
    expect(new Set(vectors.decisions.map((one) => JSON.stringify(one.open))).size).toBeGreaterThan(6);
    await reader.close();
  });

  test('gives a region that did not join nothing, and a member nothing of it', async () => {
    expect(await decideBoth(a, c, clock.now())).toEqual(['agreement_not_found', null]);
    expect(await decideBoth(c, a, clock.now())).toEqual(['agreement_not_found', null]);
    expect(await a.recognition.findPeer(c.entityId)).toBeNull();
    expect(await c.recognition.findVersions(ofA.agreementId)).toEqual([]);
    expect(await codeOf(province.recognition.receiveMemberList(a.entityId, 'x.y.z'))).toBe(
      'agreement-signature-invalid',
    );
  });

  test('is not passed on: what B agreed with C beside it opens nothing between A and C', async () => {
    await introduce(b, c);
    await agree(c, b, clock);
    await hearAll(province, [a, b, c], clock);
    await beat(b, c, clock);
    expect(await decideBoth(c, b, clock.now())).toEqual(open);
    expect(await decideBoth(a, b, clock.now())).toEqual(open);
    expect(await decideBoth(a, c, clock.now())).toEqual(['agreement_not_found', null]);
    expect(await decideBoth(c, a, clock.now())).toEqual(['agreement_not_found', null]);
    const viaB = signInFrom(b.regionCode, a.regionCode, { path: [c.regionCode, a.regionCode] });
    expect(await decideBoth(a, b, clock.now(), viaB)).toEqual(both('federation_loop'));
    expect(await decideBoth(a, b, clock.now(), { isBrokered: true })).toEqual(both('federation_loop'));
  });

  test('closes for all when the province suspends it, and opens again when it lifts that', async () => {
    await province.recognition.suspend({ ...framework, ...act, secondOfficer: 'o2' });
    await tell(province, a);
    await tell(province, b);
    expect(await decideBoth(a, b, clock.now())).toEqual(both('agreement_suspended'));
    await province.recognition.resume({ ...framework, ...act, secondOfficer: 'o2' });
    await tell(province, a);
    await tell(province, b);
    expect(await decideBoth(a, b, clock.now())).toEqual(open);
  });

  test('closes for one member when it or the province suspends it: for itself at once, for others when told', async () => {
    await b.recognition.suspend({ ...ofB, ...act, secondOfficer: null });
    expect(await decideBoth(a, b, clock.now())).toEqual(['urn:yihao:loa:3', 'agreement_suspended']);
    await hearAll(province, [a, b], clock);
    expect(await decideBoth(a, b, clock.now())).toEqual(both('agreement_suspended'));
    await province.recognition.suspend({ ...ofB, ...act, secondOfficer: 'o2' });
    await b.recognition.resume({ ...ofB, ...act, secondOfficer: 'o2' });
    await hearAll(province, [a, b], clock);
    expect(await decideBoth(a, b, clock.now())).toEqual(both('agreement_suspended'));
    await province.recognition.resume({ ...ofB, ...act, secondOfficer: 'o2' });
    await hearAll(province, [a, b], clock);
    expect(await decideBoth(a, b, clock.now())).toEqual(open);
  });

  test('opens nothing once the list is two minutes old, whatever the member itself still says', async () => {
    clock.advance(121);
    for (const city of [a, b]) await beat(province, city, clock);
    expect(await decideBoth(a, b, clock.now())).toEqual(both('agreement_status_stale'));
    await hearAll(province, [a, b], clock);
    expect(await decideBoth(a, b, clock.now())).toEqual(open);
  });

  test('takes no list that is altered, of another, over, or older than the one held', async () => {
    const { token } = await province.recognition.signMemberList();
    const take = (text: string, from = province.entityId) =>
      codeOf(a.recognition.receiveMemberList(from, text));
    const [header = '', payload = '', signature = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const altered = Buffer.from(JSON.stringify({ ...claims, members: [] })).toString('base64url');
    expect(await take(`${header}.${altered}.${signature}`)).toBe('agreement-signature-invalid');
    expect(await take(token, b.entityId)).toBe('peer-not-trusted');
    expect(await codeOf(b.recognition.receiveMemberList(c.entityId, token))).toBe(
      'agreement-signature-invalid',
    );
    await province.recognition.suspend({ ...framework, ...act, secondOfficer: 'o2' });
    await tell(province, a);
    expect(await take(token)).toBeNull();
    expect((await decideBoth(a, b, clock.now()))[0]).toBe('agreement_suspended');
    await province.recognition.resume({ ...framework, ...act, secondOfficer: 'o2' });
    clock.advance(3601);
    expect(await take(token)).toBe('agreement-signature-invalid');
    await hearAll(province, [a, b], clock);
  });

  test('takes no text that is altered, cut, of another operator, or not on the list', async () => {
    const folder = await province.recognition.folderFor(a.entityId, ofB);
    if (folder === null) throw new Error('no folder');
    const take = (changes: Partial<Folder>, from = province.entityId) =>
      codeOf(a.recognition.receiveFolder(from, { ...folder, ...changes }));
    const { payload, signatures } = folder.signed;
    const [first, second] = signatures;
    const [member, operator] = folder.chains;
    if (!first || !second || !member || !operator) throw new Error('two sides');
    const swapped = [
      { protected: first.protected, signature: second.signature },
      { protected: second.protected, signature: first.signature },
    ];
    expect(await take({ signed: { payload, signatures: swapped } })).toBe('agreement-signature-invalid');
    expect(await take({ signed: { payload, signatures: [first] } })).toBe('agreement-conflict');
    const cut = { ...operator, events: operator.events.slice(0, 1) };
    expect(await take({ chains: [member, cut] })).toBe('agreement-event-invalid');
    const text = Buffer.from(payload, 'base64url').toString().replace('"noticeDays":30', '"noticeDays":31');
    const altered = { payload: Buffer.from(text).toString('base64url'), signatures };
    expect(await take({ signed: altered })).toBe('agreement-missing');
    expect(await take({}, b.entityId)).toBe('agreement-missing');
    expect(await take({})).toBeNull();
    expect(await province.recognition.folderFor(c.entityId, ofB)).toBeNull();
  });

  test('an agreement of two members beside it narrows both, and nobody is signed with on the province’s word alone', async () => {
    const content = contentOf([await a.party(), await b.party()]);
    expect(await codeOf(sign(a.recognition, content))).toBe('peer-not-trusted');
    for (const [here, there] of [
      [a, b],
      [b, a],
    ] as const) {
      const { agreementKey } = await there.party();
      for (const actor of ['o1', 'o2'])
        await here.recognition.comparePeer({
          entityId: there.entityId,
          thumbprint: thumbprintOf(agreementKey),
          actor,
        });
    }
    expect(await a.recognition.findPeer(b.entityId)).toMatchObject({ state: 'confirmed', vouchedBy: null });
    const direction = { from: b.regionCode, to: a.regionCode };
    const narrow = {
      ...direction,
      ...signInTerms,
      maximumLevel: 'urn:yihao:loa:2',
      purposes: ['P0301', 'P9'],
    };
    const place = await sign(a.recognition, {
      ...content,
      rules: { signIn: [narrow], certificates: [] },
    } as typeof content);
    await send(a, b, clock);
    await b.recognition.countersignAgreement({ ...place, digestSeen: place.digest, actor: 'o3' });
    await send(b, a, clock);
    await send(a, b, clock);
    await hearAll(province, [a, b], clock);
    await beat(a, b, clock);
    expect(await decideBoth(a, b, clock.now())).toEqual(both('urn:yihao:loa:2'));
    expect(await decideBoth(a, b, clock.now(), { purpose: 'P9' })).toEqual(both('purpose_not_covered'));
    expect((await decideBoth(b, a, clock.now()))[0]).toBe('purpose_not_covered');
    await a.recognition.suspend({ ...place, ...act, secondOfficer: 'o2' });
    expect((await decideBoth(a, b, clock.now()))[0]).toBe('agreement_suspended');
    await a.recognition.terminate({ ...place, ...act, secondOfficer: 'o2', forCause: true });
    await send(a, b, clock);
    expect(await decideBoth(a, b, clock.now())).toEqual(open);
  });

  test('a member that leaves is out at once, and who was trusted by the province’s word alone no longer is', async () => {
    const ofC = await join(province, c, framework, clock);
    await hearAll(province, [a, b, c], clock);
    expect(await decideBoth(a, c, clock.now())).toEqual(open);
    await c.recognition.terminate({ ...ofC, ...act, secondOfficer: 'o2', forCause: true });
    expect(await decideBoth(a, c, clock.now())).toEqual(['urn:yihao:loa:3', 'agreement_terminated']);
    await hearAll(province, [a, b, c], clock);
    expect((await decideBoth(a, c, clock.now()))[0]).toBe('agreement_terminated');
    expect(await a.recognition.findPeer(c.entityId)).toMatchObject({ state: 'waiting', vouchedBy: null });
    expect(await c.recognition.findPeer(a.entityId)).toMatchObject({ state: 'waiting', vouchedBy: null });
    const [{ members = [] } = {}] = await province.recognition.listFrameworks();
    expect(members.map(({ regionCode, state }) => [regionCode, state])).toEqual(
      expect.arrayContaining([
        ['990100', 'active'],
        ['990200', 'active'],
        ['990300', 'terminated'],
      ]),
    );
  });

  test('a member blocked here stays blocked, and goes on under a key its own chain leads to', async () => {
    await b.recognition.rotateAgreementKey('o1');
    await hearAll(province, [a, b], clock);
    const { current } = await b.crypto.agreementKeys.load();
    const peer = await a.recognition.findPeer(b.entityId);
    expect(peer?.keys[0]).toEqual(current);
    expect(await decideBoth(a, b, clock.now())).toEqual(open);
    await a.recognition.blockPeer({ entityId: b.entityId, actor: 'o1' });
    await hearAll(province, [a, b], clock);
    expect(await a.recognition.findPeer(b.entityId)).toMatchObject({ state: 'blocked' });
  });

  test('an operator that is blocked closes all that was joined under it, at once', async () => {
    expect((await decideBoth(b, a, clock.now()))[0]).toBe('urn:yihao:loa:3');
    await b.recognition.blockPeer({ entityId: province.entityId, actor: 'o1' });
    expect((await decideBoth(b, a, clock.now()))[0]).toBe('agreement_status_stale');
  });

  describe('and two further cities', () => {
    let d: Region;
    let e: Region;
    beforeAll(async () => {
      [d, e] = [await openRegion('990500', clock), await openRegion('990600', clock)];
      for (const city of [d, e]) await introduce(province, city);
      await introduce(d, e);
    });
    afterAll(() => Promise.all([d.close(), e.close()]));

    test('an agreement of two goes beyond a framework that allows it, and the framework beyond the agreement', async () => {
      const changes = { allowWidening: true };
      const wide = await sign(province.recognition, frameworkOf(await province.party(), changes));
      for (const city of [d, e]) {
        await tell(province, city);
        await join(province, city, wide, clock);
      }
      const content = contentOf([await d.party(), await e.party()]);
      const beyond = { from: e.regionCode, to: d.regionCode, ...signInTerms, purposes: ['P9'] };
      const rules = { signIn: [beyond], certificates: [] };
      const place = await sign(d.recognition, { ...content, rules } as typeof content);
      await send(d, e, clock);
      await e.recognition.countersignAgreement({ ...place, digestSeen: place.digest, actor: 'o3' });
      await send(e, d, clock);
      await send(d, e, clock);
      await hearAll(province, [d, e], clock);
      await beat(d, e, clock);
      expect(await decideBoth(d, e, clock.now(), { purpose: 'P9' })).toEqual(open);
      expect(await decideBoth(d, e, clock.now())).toEqual(open);
      expect(await decideBoth(e, d, clock.now())).toEqual(open);
      await d.recognition.terminate({ ...place, ...act, secondOfficer: 'o2', forCause: true });
      await send(d, e, clock);
      expect((await decideBoth(d, e, clock.now(), { purpose: 'P9' }))[0]).toBe('purpose_not_covered');
      expect(await decideBoth(d, e, clock.now())).toEqual(open);
    });

    test('terms that leave levels to a mapping go by it between any two members that hold it', async () => {
      const [four, two] = ['urn:yihao:loa:4', 'urn:yihao:loa:2'];
      const ofAll = { from: '990000', to: '990000' };
      const publish = async (level: string, after: string | null) => {
        const content = { name: '等级换算', levels: [{ ...ofAll, levelMap: { [four]: level } }], types: [] };
        const { digest, ...at } = await province.recognition.draftMapping({ content, after, actor: 'o1' });
        const publication = { ...at, digestSeen: digest, actor: 'o1', secondOfficer: 'o2' };
        await province.recognition.publishMapping(publication);
        return { id: at.mappingId, version: at.mappingVersion, digest };
      };
      const mapping = await publish(two, null);
      const signIn = [{ ...signInTerms, purposes: ['P7'], levelMap: { mapping } }];
      const terms = { signIn, certificates: [] };
      const framework = await sign(province.recognition, frameworkOf(await province.party(), { terms }));
      const changes = { offers: terms, acceptances: terms };
      const at = { mappingId: mapping.id, mappingVersion: 1 };
      for (const city of [d, e]) {
        await tell(province, city);
        expect(await codeOf(join(province, city, framework, clock, changes))).toBe('mapping-unresolved');
        expect(await city.recognition.listMissingMappings(province.entityId)).toEqual([at]);
        const signed = await province.recognition.signedMapping(at);
        if (signed === null) throw new Error('it is published');
        await city.recognition.receiveMapping(signed);
        await join(province, city, framework, clock, changes);
      }
      await hearAll(province, [d, e], clock);
      await beat(d, e, clock);
      const decided = () => decideBoth(d, e, clock.now(), { purpose: 'P7' });
      expect(await decided()).toEqual(both(two));

      const next = await publish('urn:yihao:loa:1', mapping.id);
      expect(await decided()).toEqual(both(two));
      const { document } = await province.recognition.readMapping({ ...at, mappingVersion: next.version });
      const touched = await province.recognition.touchedBy(document);
      expect(touched.map(({ agreement }) => agreement.document.kind).sort()).toEqual([
        'accession',
        'accession',
        'framework',
      ]);
      expect(touched[0]?.changes).toMatchObject([{ of: four, before: two, after: 'urn:yihao:loa:1' }]);

      await e.records.collection('mappings').deleteMany({});
      expect(await decided()).toEqual([two, 'mapping_unresolved']);
    });
  });
});
