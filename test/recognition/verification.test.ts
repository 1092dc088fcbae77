import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { fetchProtectedResource } from 'openid-client';
import { thumbprintOf } from '../../src/crypto/index.ts';
import { selectDisclosures } from '../../src/crypto/sd-jwt.ts';
import { questionShape, verificationKinds } from '../../src/recognition/index.ts';
import { createBreakers } from '../../src/recognition/verification/breaker.ts';
import { nextVersionOf, parseCertificateIdentifier } from '../../src/terms/certificate-identifier.ts';
import { issueLicence, keepPhoto, licenceOf, seedTypes, types } from '../support/certificates.ts';
import { authorities, type Department, startDepartment, useCause } from '../support/department.ts';
import { frozenClock } from '../support/frozen-clock.ts';
import { createWalletKey, type WalletKey } from '../support/wallet-key.ts';
import { items, openTwoHouses, regionCodes, takenFor } from './two-houses.ts';

type Houses = Awaited<ReturnType<typeof openTwoHouses>>;

let houses: Houses;
let department: Department;
let token: string;
let person: { accountId: string; number: string; name: string };
let identifier: string;

beforeAll(async () => {
  houses = await openTwoHouses();
  await seedTypes(houses.b);
  department = await startDepartment(houses.a, { scope: 'recognition.verify recognition.read' });
  token = await department.token();
  person = await houses.b.addPerson(0);
  identifier = await issueLicence(houses.b, person);
}, 60_000);
afterAll(() => houses?.close());
beforeEach(() => {
  houses.between.mode = 'pass';
  houses.between.calls.length = 0;
});

const holder = () => ({ type: '111', code: person.number });
const law = { law: '测试条例', article: '第一条' };
const forItem = (itemCode: string) => ({ ...useCause, itemCode });
const asked = (changes: object = {}) => ({
  ...{ holder: holder(), identifier, assurance: 2, useCause: forItem(items.byLaw), basis: law },
  ...changes,
});

/** Calls with one token for all; what a token is for, the tests of the interface show. */
const call = async (path: string, body: object): Promise<Record<string, unknown>> => {
  const answer = await fetchProtectedResource(
    department.configuration,
    token,
    new URL(`/api/recognition/${path}`, houses.a.issuer),
    'POST',
    JSON.stringify(body),
    new Headers({ 'content-type': 'application/json' }),
    { DPoP: department.dpop },
  );
  return { status: answer.status, ...((await answer.json()) as object) };
};
const verify = (changes: object = {}) => call('verify', asked(changes));
const read = (fields: string[], changes: object = {}) => call('read', { ...asked(changes), fields });
const refused = (status: number, code: string) => ({ status, code });

const rowsAt = async ({ house }: Houses['a' | 'b'], code = person.number) => {
  const holderIndex = house.directory.holderIndexOf({ type: '111', code });
  return (await house.consent.listAccesses({ holderIndex })).rows;
};

/** A question beneath the interface, as another implementation of the same messages may ask it. */
const question = async (changes: object = {}) => {
  const standing = await houses.a.house.recognition.findStanding(houses.agreementId);
  return {
    agreementId: houses.agreementId,
    agreementDigest: standing?.digest,
    ...{ wants: 'verdict', type: types.drivingLicence, identifier, holder: holder(), fields: [] },
    ...{ level: 'urn:yihao:loa:2', basis: { kind: 'law', ...law } },
    cause: { ...forItem(items.byLaw), departmentCode: authorities.police, departmentName: '测试部门' },
    requester: { id: 'department-9', name: { zh: '测试部门', en: 'Test' } },
    ...changes,
  };
};

const askDirectly = async (changes: object = {}) => {
  const { peerLink } = houses.a.house;
  return await peerLink.ask(houses.b.issuer, verificationKinds.certificate, await question(changes)).then(
    ({ status, claims }) => [status, claims['refusal']],
    (error: { code: string; values: object }) => [error.code, Object.values(error.values)[0]],
  );
};

describe('a certificate of another region', () => {
  test('is verified by its identifier alone to tell the region, and both ledgers and both receipts say so', async () => {
    const found = await verify();
    expect(found).toMatchObject({
      ...{ status: 200, result: 'valid', verdict: { kind: 'genuine' }, trustLevel: 'B', typeCode: takenFor },
      region: { code: regionCodes.b },
      agreement: { id: houses.agreementId, version: 1 },
    });
    expect(found).not.toHaveProperty('fields');
    const [here] = await rowsAt(houses.a);
    const [there] = await rowsAt(houses.b);
    expect(here).toMatchObject({ reader: { id: department.clientId }, what: { fields: ['verdict'] } });
    expect(there).toMatchObject({
      channel: 'peer',
      reader: { id: `${houses.a.issuer}/${department.clientId}`, name: { zh: '示例市990100 测试部门' } },
      what: { certificateIdentifier: identifier, typeCode: types.drivingLicence, fields: ['verdict'] },
      cause: { itemCode: items.byLaw },
      basis: { kind: 'law', ...law },
    });
    const receipt = await houses.a.house.verifications.findReceipt(String(found['receiptId']));
    const [other] = await houses.b.house.verifications.listReceipts(houses.agreementId);
    const digests = (one: typeof receipt | undefined) => [
      one?.requestHash,
      one?.answerHash,
      one?.agreementDigest,
    ];
    expect(digests(receipt)).toEqual(digests(other));
    expect(digests(receipt).every((digest) => (digest ?? '').length > 40)).toBe(true);
    expect(JSON.stringify([receipt, other])).not.toContain(person.number);
  });

  test('is read by the names of this region, with only what is covered and filled in', async () => {
    const found = await read(['licenceClass', 'number', 'address', 'vehicleClass', 'remarks']);
    expect(found).toMatchObject({
      result: 'valid',
      fields: { licenceClass: 'C1', number: expect.stringMatching(/^99990000/) },
      omitted: ['remarks', 'address', 'vehicleClass'],
    });
    expect(Object.keys(found['fields'] as object)).toHaveLength(2);
    expect((await rowsAt(houses.b))[0]?.what.fields).toEqual(['vehicleClass', 'number', 'remarks']);
    // What passes between the two is encrypted.
    expect(houses.between.last.question).not.toContain(person.number);
    expect(houses.between.last.question.split('.')).toHaveLength(5);
  });

  test('is found by holder and type where the region is named', async () => {
    const { identifier: _, ...rest } = asked({ region: regionCodes.b, typeCode: takenFor });
    expect(await call('verify', rest)).toMatchObject({ status: 200, result: 'valid' });
    const [unnamed, row] = [
      await call('verify', { ...rest, region: undefined }),
      (await rowsAt(houses.b))[0],
    ];
    expect(unnamed).toMatchObject(refused(400, 'machine-request-invalid'));
    expect(row?.what).not.toHaveProperty('certificateIdentifier');
  });

  test('that is absent or of somebody else is not found, and takes no less time', async () => {
    const other = { type: '111', code: (await houses.b.addPerson(1)).number };
    const absent = nextVersionOf(parseCertificateIdentifier(identifier));
    for (const changes of [{ holder: other }, { identifier: absent }]) {
      const begun = performance.now();
      expect(await askDirectly(changes)).toEqual([200, undefined]);
      expect(performance.now() - begun).toBeGreaterThan(95);
      expect(await verify(changes)).toMatchObject({ status: 200, result: 'not_found', trustLevel: null });
    }
    expect((await rowsAt(houses.b, other.code))[0]).toMatchObject({ channel: 'peer' });
  });

  test('that is suspended, or ended by whatever act, is told as that', async () => {
    const { directory } = houses.b.house;
    const own = await issueLicence(houses.b, person);
    const act = { identifier: own, issuerCode: authorities.police, actor: 'test', reasonCode: 'test' };
    await directory.suspendCertificate({ ...act, suspendedOn: '2024-01-01' });
    expect(await read(['number'], { identifier: own })).toMatchObject({ result: 'suspended', fields: {} });
    await directory.endCertificate({ ...act, ground: 'revoked', endedOn: '2024-01-02' });
    expect(await read(['number'], { identifier: own })).toMatchObject({
      ...{ status: 200, result: 'revoked', fields: {} },
      verdict: { kind: 'ended', status: 'revoked', endedOn: '2024-01-02' },
    });
  });

  test('of a trust level that counts for nothing here gives out nothing', async () => {
    const { certificate } = await houses.b.house.directory.issueCertificate({
      ...{ ...licenceOf(person), ...(await keepPhoto(houses.b, person)) },
      ...{ trustLevel: 'C', issuer: { code: authorities.police, name: '测试公安厅' }, actor: 'test' },
    });
    const found = await read(['number'], { identifier: certificate.identifier });
    expect(found).toMatchObject({ result: 'trust_not_covered', trustLevel: null, fields: {} });
    const asking = await question({
      ...{ wants: 'fields', fields: ['number'], identifier: certificate.identifier },
    });
    const { peerLink } = houses.a.house;
    const { claims } = await peerLink.ask(houses.b.issuer, verificationKinds.certificate, asking);
    expect(claims).toMatchObject({ trustLevel: 'C', credential: null });
  });
});

describe('what the agreement does not cover is refused before anything is sent', () => {
  test.each<[what: string, changes: () => object, status: number, code: string]>([
    ['a region without one', () => ({ region: '110000' }), 403, 'agreement-not-found'],
    [
      'a type',
      () => ({ identifier: undefined, region: regionCodes.b, typeCode: types.marriage }),
      403,
      'certificate-type-not-covered',
    ],
    ['a purpose', () => ({ useCause: forItem('T-9') }), 403, 'purpose-not-covered'],
    ['a level', () => ({ assurance: 1 }), 403, 'insufficient-assurance'],
    ['a use without consent', () => ({ useCause: forItem(items.byConsent) }), 403, 'consent-required'],
    [
      'an authorisation that nobody gave',
      () => ({ useCause: forItem(items.byConsent), basis: { authorisationId: 'made-up' } }),
      403,
      'use-not-authorised',
    ],
    ['a use for no item', () => ({ useCause: { ...useCause, category: 'other' } }), 400, 'use-cause-invalid'],
  ])('%s', async (_, changes, status, code) => {
    expect(await verify(changes())).toMatchObject(refused(status, code));
    expect(houses.between.calls).toEqual([]);
  });

  test('and what the person allowed is asked, for that item and for no other', async () => {
    const { consent, directory } = houses.a.house;
    const covers = [{ typeCode: takenFor, fields: ['licenceClass'] }];
    await consent.saveServiceItem({
      item: {
        code: items.byConsent,
        name: { zh: '测试事项', en: 'Test item' },
        department: { code: authorities.police, name: { zh: '测试部门', en: 'Test department' } },
        needs: [
          { ...covers[0], typeCode: takenFor, fields: ['licenceClass'], minimumTrust: 'B', required: true },
        ],
        ...{ basis: { kind: 'consent' }, longestUseSeconds: 600, enabled: true },
      },
      ...{ expectedVersion: null, actor: 'test' },
    });
    const { authorisationId } = await consent.grantAuthorisation({
      person: { holderIndex: directory.holderIndexOf(holder()) },
      ...{
        itemCode: items.byConsent,
        covers,
        allowed: covers,
        purpose: '测试',
        requestKey: 'key-1',
        assurance: 2,
      },
      requester: { kind: 'department', id: department.clientId, name: { zh: '测试部门', en: 'Test' } },
    });
    const basis = { authorisationId };
    const useCause = forItem(items.byConsent);
    expect(await read(['licenceClass'], { basis, useCause })).toMatchObject({
      fields: { licenceClass: 'C1' },
    });
    expect((await rowsAt(houses.b))[0]?.basis).toEqual({ kind: 'consent', ...basis });
    expect(await read(['number'], { basis, useCause })).toMatchObject(refused(403, 'use-not-authorised'));
    expect(await read(['licenceClass'], { basis })).toMatchObject(refused(403, 'use-not-authorised'));
    expect((await rowsAt(houses.a))[0]?.outcome).toEqual({ kind: 'refused', code: 'use-not-authorised' });
  });
});

describe('the region that is asked goes by the same gate', () => {
  const cause = { ...forItem(items.byLaw), departmentCode: authorities.police, departmentName: '测试部门' };

  test.each<[what: string, changes: object, answer: unknown[]]>([
    ['another text of the agreement', { agreementDigest: 'x' }, [409, 'agreement_digest_mismatch']],
    ['an agreement of others', { agreementId: 'agr_x' }, [403, 'agreement_not_found']],
    ['a type', { type: types.marriage, identifier: null }, [403, 'certificate_type_not_covered']],
    ['a certificate under another type', { type: types.identityCard }, ['peer-refused', 'invalid_message']],
    ['a level', { level: 'urn:yihao:loa:1' }, [403, 'insufficient_assurance']],
    ['a purpose', { cause: { ...cause, itemCode: 'T-9' } }, [403, 'purpose_not_covered']],
  ])('for %s', async (_, changes, answer) => {
    expect(await askDirectly(changes)).toEqual(answer);
  });

  test('for a field: it is not in the answer, whoever asks for it beside one that is covered', async () => {
    const asking = await question({ wants: 'fields', fields: ['address', 'vehicleClass'] });
    const { peerLink } = houses.a.house;
    const { claims } = await peerLink.ask(houses.b.issuer, verificationKinds.certificate, asking);
    const [, ...disclosures] = String(claims['credential']).split('~');
    const shown = disclosures.map((one) => Buffer.from(one, 'base64url').toString()).join();
    expect([shown.includes('vehicleClass'), shown.includes('address')]).toEqual([true, false]);
  });

  test('for a third region that names an agreement of two others', async () => {
    const { recognition, verifications } = houses.b.house;
    const third = {
      entityId: 'https://third.example',
      regionCode: '990300',
      regionPrefix: '9903',
      name: '示例丙市',
    };
    const agreementKey = (await houses.a.house.crypto.agreementKeys.load()).next;
    await recognition.addPeer({ ...third, agreementKey, actor: 'o1' });
    const thumbprint = thumbprintOf(agreementKey);
    for (const actor of ['o1', 'o2']) await recognition.comparePeer({ ...third, thumbprint, actor });
    const from = {
      from: third.entityId,
      claims: {} as never,
      requestHash: 'x',
      saidAt: houses.a.clock.now(),
    };
    const reply = await verifications.answerQuestion(questionShape.parse(await question()), from);
    expect(reply).toEqual({ content: { refusal: 'agreement_not_found' }, status: 403 });
  });

  test('for the rate of a rule, and says how long to wait', async () => {
    const cause = { ...forItem(items.rare), departmentCode: authorities.police, departmentName: '测试部门' };
    const rare = { type: types.identityCard, identifier: null, cause };
    expect(await askDirectly(rare)).toEqual([200, undefined]);
    expect(await askDirectly(rare)).toEqual([429, 'slow_down']);
    const { identifier: _, ...rest } = asked({ region: regionCodes.b, useCause: forItem(items.rare) });
    const answer = await call('verify', { ...rest, typeCode: takenFor });
    expect(answer).toMatchObject(refused(429, 'region-slow-down'));
  });

  test('when it alone has suspended, and this one when it has not been heard', async () => {
    const place = { agreementId: houses.agreementId, agreementVersion: 1 };
    const act = { ...place, reason: '演练', actor: 'o1', secondOfficer: 'o2' };
    await houses.b.house.recognition.suspend(act);
    expect(await verify()).toMatchObject(refused(403, 'agreement-suspended'));
    expect(houses.between.calls).toEqual(['/peer/certificates']);
    await houses.b.house.peerLink.runOnce();
    expect(await verify()).toMatchObject(refused(403, 'agreement-suspended'));
    expect(houses.between.calls).toEqual(['/peer/certificates']);
    await houses.b.house.recognition.resume(act);
    await houses.b.house.peerLink.runOnce();
    expect(await verify()).toMatchObject({ result: 'valid' });
    houses.a.clock.aheadSeconds = 130;
    await expect(houses.a.house.verifications.planQuestion(planned())).rejects.toMatchObject({
      code: 'agreement-status-stale',
    });
    houses.a.clock.aheadSeconds = 0;
  });
});

/** A question as the interface hands it in. */
const planned = () => ({
  ...{ wants: 'verdict' as const, holder: holder(), identifier, region: null, typeCode: null, fields: [] },
  ...{ level: 'urn:yihao:loa:2', basis: { kind: 'law' as const, ...law } },
  cause: {
    ...forItem(items.byLaw),
    departmentCode: authorities.police as never,
    departmentName: '测试部门',
  },
  requester: { id: 'department-9', name: { zh: '测试部门', en: 'Test' } },
});

describe('an answer that cannot be trusted is no answer', () => {
  const flip = (text: string): string =>
    `${text.slice(0, -9)}${text.at(-9) === 'A' ? 'B' : 'A'}${text.slice(-8)}`;

  test('altered on its way, or the answer to another question', async () => {
    houses.between.mode = flip;
    expect(await verify()).toMatchObject(refused(502, 'peer-answer-invalid'));
    houses.between.mode = 'pass';
    await verify();
    const { answer: earlier } = houses.between.last;
    houses.between.mode = () => earlier;
    expect(await verify()).toMatchObject(refused(502, 'peer-answer-invalid'));
    const [receipt] = await houses.a.house.verifications.listReceipts(houses.agreementId, 1);
    expect(receipt).toMatchObject({
      result: 'peer-answer-invalid',
      outbox: [{ type: 'verification.answer-invalid' }],
    });
  });

  test('and a question that comes twice, or was altered, gets none', async () => {
    await verify();
    const send = async (body: string) => {
      const headers = { 'content-type': 'application/jwt' };
      const answer = await fetch(`${houses.b.issuer}/peer/certificates`, { method: 'POST', headers, body });
      return [answer.status, ((await answer.json()) as { code: string }).code];
    };
    const { question } = houses.between.last;
    expect(await send(question)).toEqual([400, 'replay_detected']);
    expect(await send(flip(question))).toEqual([400, 'invalid_message']);
  });
});

describe('a code of another region', () => {
  const codeOf = async () => {
    const { text } = await houses.b.house.presentations.presentOffline({
      ...{ identifier, accountId: person.accountId, holder: holder(), fields: ['vehicleClass', 'address'] },
    });
    return text;
  };
  const scan = (code: string, changes: object = {}) =>
    call('scan', { code, assurance: 2, useCause: forItem(items.byLaw), ...changes });

  test('is scanned by what is known here, once, and its region sees no counter', async () => {
    const [first, second] = [await codeOf(), await codeOf()];
    houses.between.calls.length = 0;
    expect(await scan(first)).toMatchObject({
      ...{ status: 200, kind: 'genuine', typeCode: takenFor, omitted: ['address'] },
      shown: { fields: [{ name: 'licenceClass', value: 'C1' }] },
    });
    for (const path of houses.between.calls)
      expect(path).toMatch(/^\/(peer\/credential-keys|status-lists(\/1)?)$/);
    houses.between.calls.length = 0;
    houses.between.mode = 'down';
    expect(await scan(first)).toMatchObject({ kind: 'notGenuine', refusal: 'offline-used', shown: null });
    expect(await scan(second)).toMatchObject({ kind: 'genuine' });
    expect(houses.between.calls).toEqual([]);
  });

  test('that was altered, is of nobody known, or for what is not covered is refused', async () => {
    const code = await codeOf();
    const [header, , ...rest] = code.split('.');
    const payload = {
      iss: 'https://stranger.example',
      vct: `urn:yihao:presentation:${types.drivingLicence}:1`,
    };
    const forged = [header, Buffer.from(JSON.stringify(payload)).toString('base64url'), ...rest].join('.');
    expect(await scan(forged)).toMatchObject({ code: 'credential-issuer-unknown' });
    expect(await scan(code, { useCause: forItem(items.byConsent) })).toMatchObject(
      refused(403, 'channel-not-covered'),
    );
    const altered = code.replace(/.{9}~$/, 'AAAAAAAAA~');
    expect(await scan(altered)).toMatchObject({ kind: 'notGenuine', shown: null });
  });
});

describe('a certificate that a wallet of another region presents', () => {
  let wallet: WalletKey;
  let shown: string;
  beforeAll(async () => {
    wallet = await createWalletKey();
    shown = await heldBy(wallet, identifier);
  });

  const heldBy = async (holderKey: WalletKey | null, held: string): Promise<string> => {
    const bound = holderKey === null ? {} : { holderJwk: holderKey.publicJwk };
    const { credential } = await houses.b.house.credentials.issueCredential({
      ...{ identifier: held, actor: 'wallet', ...bound },
    });
    return selectDisclosures(credential, [
      'holders.0.type',
      'holders.0.code',
      'fields.vehicleClass',
      'fields.sex',
    ]);
  };
  const request = () => call('presentation-requests', {}) as Promise<Record<'nonce' | 'audience', string>>;
  const present = (presentation: string, nonce: string, changes: object = {}) =>
    call('present', { nonce, presentation, assurance: 2, useCause: forItem(items.byLaw), ...changes });
  const refusal = (code: string, words: string) => ({
    ...{ status: 200, isGenuine: false, shown: null, refusal: { code, zh: expect.stringContaining(words) } },
  });

  test('counts for the counter that asked, by what is known here; the person it names has the row', async () => {
    const asked = await request();
    expect(await present(await wallet.prove(shown, asked), asked.nonce)).toMatchObject({
      ...{ status: 200, isGenuine: true, refusal: null, typeCode: takenFor, omitted: ['holders'] },
      shown: { trustLevel: 'B', fields: { licenceClass: 'C1', sex: '男' } },
      ...{ region: { code: regionCodes.b }, agreement: { id: houses.agreementId, version: 1 } },
    });
    const [row] = await rowsAt(houses.a);
    expect(row).toMatchObject({
      ...{ channel: 'counter', reader: { id: department.clientId }, basis: { kind: 'consent' } },
      what: { typeCode: takenFor },
    });
    // Disclosures stand in the order of their digests, which is chance.
    expect([...(row?.what.fields ?? [])].sort()).toEqual(['licenceClass', 'sex', 'verdict']);
    houses.between.calls.length = 0;
    const again = await request();
    expect(await present(await wallet.prove(shown, again), again.nonce)).toMatchObject({ isGenuine: true });
    expect(houses.between.calls).toEqual([]);
  });

  test('is not taken twice, nor for another counter’s request, nor without one', async () => {
    const asked = await request();
    const presented = await wallet.prove(shown, asked);
    expect(await present(presented, asked.nonce)).toMatchObject({ isGenuine: true });
    const gone = { ...refused(409, 'presented-nonce-unknown'), detail: expect.stringContaining('5 分钟') };
    expect(await present(presented, asked.nonce)).toMatchObject(gone);
    const { nonce } = await houses.a.house.verifications.requestPresentation('department-9');
    expect(await present(await wallet.prove(shown, { ...asked, nonce }), nonce)).toMatchObject(gone);
    expect(await present(presented, 'made-up')).toMatchObject(gone);
    // Shown again under a request of its own: the proof is over the first.
    const next = await request();
    expect(await present(presented, next.nonce)).toMatchObject(refusal('credential-holder-proof', '这一次'));
  });

  test.each<
    [what: string, code: string, spoil: (asked: { nonce: string; audience: string }) => Promise<string>]
  >([
    [
      'for another nonce',
      'credential-holder-proof',
      (asked) => wallet.prove(shown, { ...asked, nonce: 'x' }),
    ],
    [
      'for another region',
      'credential-holder-proof',
      (asked) => wallet.prove(shown, asked, { aud: 'https://x' }),
    ],
    [
      'over something else',
      'credential-holder-proof',
      (asked) => wallet.prove(shown, asked, { sd_hash: 'x' }),
    ],
    [
      'by another wallet',
      'credential-holder-proof',
      async (asked) => (await createWalletKey()).prove(shown, asked),
    ],
    ['by nobody', 'credential-holder-proof-missing', async () => shown],
    ['though no key is in it', 'credential-holder-proof-missing', () => heldBy(null, identifier)],
  ])('with a proof %s is refused with words', async (_, code, spoil) => {
    const asked = await request();
    expect(await present(await spoil(asked), asked.nonce)).toMatchObject(refusal(code, '持证人'));
  });

  test('is refused once it has ended, and by the gate for what is not covered', async () => {
    const other = await issueLicence(houses.b, person);
    const held = await heldBy(wallet, other);
    await houses.b.house.directory.endCertificate({
      ...{ identifier: other, issuerCode: authorities.police, reasonCode: 'test' },
      ...{ ground: 'revoked', endedOn: '2024-01-02', actor: 'test' },
    });
    // Beneath the interface: the proofs of a machine's calls are made by its own clock.
    const { verifications } = houses.a.house;
    const asked = await verifications.requestPresentation('department-9');
    const text = await wallet.prove(held, asked);
    const { cause, level } = planned();
    houses.a.clock.aheadSeconds = 61;
    const found = await verifications
      .checkPresented({ text, nonce: asked.nonce, cause, level, requesterId: 'department-9' })
      .finally(() => {
        houses.a.clock.aheadSeconds = 0;
      });
    expect([found.refusal?.text('zh'), found.shown, found.holders]).toEqual([
      expect.stringContaining('终止'),
      null,
      [],
    ]);
    const next = await request();
    const useCause = forItem(items.byConsent);
    expect(await present(await wallet.prove(shown, next), next.nonce, { useCause })).toMatchObject(
      refused(403, 'channel-not-covered'),
    );
  });

  test('is checked at a counter of its own region without an agreement, and its holder has the row', async () => {
    const counter = await startDepartment(houses.b, { scope: 'recognition.verify' });
    const { body } = await counter.call('/recognition/presentation-requests', {});
    const { nonce, audience } = body as { nonce: string; audience: string };
    const presentation = await wallet.prove(shown, { nonce, audience });
    const sent = { nonce, presentation, assurance: 2, useCause: forItem(items.byLaw) };
    expect((await counter.call('/recognition/present', sent)).body).toMatchObject({
      ...{ isGenuine: true, typeCode: types.drivingLicence, agreement: null, omitted: [] },
      shown: { fields: { vehicleClass: 'C1' } },
    });
    expect((await rowsAt(houses.b))[0]?.what).toMatchObject({ certificateIdentifier: identifier });
  });
});

describe('a region that does not answer', () => {
  test('is asked once more when it is down, and once when it is late; never is that “no certificate”', async () => {
    houses.between.mode = 'down';
    const down = await verify();
    expect(down).toMatchObject(refused(503, 'region-unreachable'));
    expect(down['detail']).toMatch(/对方地区系统暂不可用.*二维码.*不表示没有/);
    expect(houses.between.calls).toHaveLength(2);
    houses.between.mode = 'silent';
    expect(await verify()).toMatchObject(refused(504, 'region-timeout'));
    expect(houses.between.calls).toHaveLength(3);
  });

  test('and has failed five times in half a minute is left alone for a quarter', async () => {
    houses.between.mode = 'down';
    const { verifications } = houses.a.house;
    const ask = async () => verifications.askRegion(await verifications.planQuestion(planned()));
    for (let tries = 0; tries < 3; tries += 1) await expect(ask()).rejects.toThrow();
    houses.between.calls.length = 0;
    houses.between.mode = 'pass';
    await expect(ask()).rejects.toMatchObject({ code: 'region-unreachable' });
    expect(houses.between.calls).toEqual([]);
    houses.a.clock.aheadSeconds = 16;
    expect(await ask()).toMatchObject({ result: 'valid' });
    expect(await ask()).toMatchObject({ result: 'valid' });
  });

  test('lets one question through after that, and waits again if it fails', () => {
    const clock = frozenClock();
    const breakers = createBreakers(clock);
    for (let failures = 0; failures < 4; failures += 1) breakers.failed('b');
    expect(breakers.isClosed('b')).toBe(true);
    breakers.failed('b');
    expect([breakers.isClosed('b'), breakers.isClosed('c')]).toEqual([false, true]);
    clock.advance(15);
    expect([breakers.isClosed('b'), breakers.isClosed('b')]).toEqual([true, false]);
    breakers.failed('b');
    clock.advance(14);
    expect(breakers.isClosed('b')).toBe(false);
    clock.advance(1);
    expect(breakers.isClosed('b')).toBe(true);
    breakers.answered('b');
    expect(breakers.isClosed('b')).toBe(true);
  });
});
