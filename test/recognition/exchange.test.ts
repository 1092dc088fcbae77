import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encryptMessage, thumbprintOf, verifyMessage } from '../../src/crypto/index.ts';
import { type AgreementPlace, admit, type Envelope, stateOf } from '../../src/recognition/index.ts';
import { frozenClock } from '../support/frozen-clock.ts';
import { seededRandom } from '../support/random.ts';
import { agree, beat, contentOf, introduce, openRegion, type Region, send } from './regions.ts';
import { vectorFile, writeVectors } from './vectors.ts';

const clock = frozenClock();
let a: Region;
let b: Region;

beforeAll(async () => {
  a = await openRegion('990100', clock);
  b = await openRegion('990200', clock);
  await introduce(a, b);
}, 60_000);

afterAll(async () => {
  // The interop vectors are made once; whoever changes the form of a document takes the file away and runs this again.
  if (!existsSync(vectorFile)) await writeVectors(a, b, clock);
  await Promise.all([a.close(), b.close()]);
}, 60_000);

const stateAt = async ({ recognition }: Region, { agreementId }: AgreementPlace) => {
  const [newest] = await recognition.findVersions(agreementId);
  return newest && stateOf(newest, clock.now());
};

const both = async (place: AgreementPlace) => [await stateAt(a, place), await stateAt(b, place)];

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: { code: string }) => error.code,
  );

const gate = async ({ recognition }: Region, { agreementId }: AgreementPlace) => {
  const standing = await recognition.findStanding(agreementId);
  const request = { kind: 'sign-in', agreementDigest: null, from: '990200', to: '990100' } as const;
  const asked = { purpose: 'P0301', claims: ['name'], level: 'urn:yihao:loa:4', wantedLevel: null };
  const decision =
    standing && admit(standing, { ...request, ...asked, path: ['990100'], isBrokered: false }, clock.now());
  return decision?.admitted ? decision.level : decision?.code;
};

/** What both sides have to hold alike: the signed text and the heads of both chains. */
const held = async ({ recognition }: Region, other: Region, { agreementId }: AgreementPlace) =>
  JSON.stringify([
    (await recognition.listStatuses(other.entityId)).filter((status) => status.agreementId === agreementId),
    (await recognition.envelopeFor(other.entityId, { agreementId, agreementVersion: 1 }))?.signed,
  ]);

describe('an agreement between two regions', () => {
  test('is drafted, signed by another officer, countersigned, and active on both sides with the same bytes', async () => {
    const content = contentOf([await a.party(), await b.party()]);
    const { digest, ...place } = await a.recognition.draftAgreement({ content, after: null, actor: 'o1' });
    const signing = { ...place, digestSeen: digest, actor: 'o1' };
    expect(await codeOf(a.recognition.proposeAgreement(signing))).toBe('officer-must-differ');
    expect(await codeOf(a.recognition.proposeAgreement({ ...signing, actor: 'o2', digestSeen: 'x' }))).toBe(
      'agreement-digest-differs',
    );
    await a.recognition.proposeAgreement({ ...signing, actor: 'o2' });
    expect(await codeOf(a.recognition.proposeAgreement({ ...signing, actor: 'o2' }))).toBe(
      'agreement-act-not-possible',
    );
    await send(a, b, clock);
    expect(await both(place)).toEqual(['proposed', 'proposed']);
    expect(await gate(b, place)).toBe('agreement_not_active');
    await b.recognition.countersignAgreement({ ...signing, actor: 'o3' });
    expect(await both(place)).toEqual(['proposed', 'countersigned']);
    await send(b, a, clock);
    await send(a, b, clock);
    expect(await both(place)).toEqual(['active', 'active']);
    expect(await held(a, b, place)).toBe(await held(b, a, place));
    expect(await a.recognition.listUndelivered()).toEqual([]);
  });

  test('opens no gate once the peer was not heard for two minutes', async () => {
    const place = await agree(a, b, clock);
    expect(await gate(a, place)).toBe('urn:yihao:loa:3');
    clock.advance(121);
    expect([await gate(a, place), await gate(b, place)]).toEqual(Array(2).fill('agreement_status_stale'));
    await beat(a, b, clock);
    expect([await gate(a, place), await gate(b, place)]).toEqual(Array(2).fill('urn:yihao:loa:3'));
  });

  test('is suspended by either side alone, and each lifts only its own flag, two officers at a time', async () => {
    const place = await agree(a, b, clock);
    const act = { ...place, reason: '演练', actor: 'o1' };
    await a.recognition.suspend({ ...act, secondOfficer: null });
    await b.recognition.suspend({ ...act, secondOfficer: 'o2' });
    await send(a, b, clock);
    await send(b, a, clock);
    expect([await gate(a, place), await gate(b, place)]).toEqual(Array(2).fill('agreement_suspended'));
    expect(await codeOf(a.recognition.confirmSuspension({ ...place, actor: 'o1' }))).toBe(
      'officer-must-differ',
    );
    await a.recognition.confirmSuspension({ ...place, actor: 'o2' });
    expect(await codeOf(b.recognition.resume({ ...act, secondOfficer: 'o1' }))).toBe('officer-must-differ');
    await b.recognition.resume({ ...act, secondOfficer: 'o2' });
    await send(a, b, clock);
    await send(b, a, clock);
    expect(await both(place)).toEqual(['suspended', 'suspended']);
    expect(await codeOf(b.recognition.resume({ ...act, secondOfficer: 'o2' }))).toBe(
      'agreement-act-not-possible',
    );
    await a.recognition.resume({ ...act, secondOfficer: 'o2' });
    await send(a, b, clock);
    expect(await both(place)).toEqual(['active', 'active']);
  });

  test('a peer that says its chain goes further than what is here closes the gate until it is fetched', async () => {
    const place = await agree(a, b, clock);
    await b.recognition.suspend({ ...place, reason: '演练', actor: 'o1', secondOfficer: 'o2' });
    await beat(a, b, clock);
    expect(await gate(a, place)).toBe('agreement_status_stale');
    await send(b, a, clock);
    expect(await gate(a, place)).toBe('agreement_suspended');
  });

  test('lives on under a rotated key, which the peer pins from the chain', async () => {
    const place = await agree(a, b, clock);
    const { next } = await a.crypto.agreementKeys.load();
    await a.recognition.rotateAgreementKey('o1');
    await a.recognition.suspend({ ...place, reason: '演练', actor: 'o1', secondOfficer: 'o2' });
    await send(a, b, clock);
    expect(await both(place)).toEqual(['suspended', 'suspended']);
    const [pinned] = (await b.recognition.findPeer(a.entityId))?.keys ?? [];
    expect(pinned && thumbprintOf(pinned)).toBe(thumbprintOf(next));
    const keySet = await a.crypto.agreementKeys.signKeySet(a.entityId, await a.crypto.peerKeys.published());
    await expect(b.recognition.receiveKeySet(a.entityId, keySet)).resolves.toMatchObject({
      keys: [{ use: 'sig' }, { use: 'sig' }, { use: 'enc' }, { use: 'enc' }],
    });
  });
});

describe('what a peer sends', () => {
  test('is refused when it is tampered with, half signed, moved, or from a stranger', async () => {
    const place = await agree(a, b, clock);
    await a.recognition.suspend({ ...place, reason: '演练', actor: 'o1', secondOfficer: 'o2' });
    const whole = await a.recognition.envelopeFor(b.entityId, place);
    if (whole === null) throw new Error('no envelope');
    const receive = (change: Partial<Envelope>, from = a.entityId) =>
      codeOf(b.recognition.receive(from, { ...whole, ...change }));
    const { payload, signatures } = whole.signed;
    const text = Buffer.from(payload, 'base64url').toString();
    const changed = (edit: string) => Buffer.from(edit).toString('base64url');
    const signed = (edit: string) => ({ signed: { payload: changed(edit), signatures } });
    const other = text.replace(place.agreementId, `agr_${'x'.repeat(22)}`);
    expect(await receive({}, 'https://stranger.example')).toBe('peer-not-trusted');
    expect(await receive(signed(` ${text}`))).toBe('agreement-document-invalid');
    expect(await receive(signed(text.replace('"P0301"', '"P0302"')))).toBe('agreement-document-invalid');
    expect(await receive(signed(text.replace('"noticeDays":30', '"noticeDays":31')))).toBe(
      'agreement-conflict',
    );
    expect(await receive(signed(other))).toBe('agreement-signature-invalid');
    const [first, second] = signatures;
    if (!first || !second) throw new Error('not signed');
    const forged = { protected: first.protected, signature: second.signature };
    expect(await receive({ signed: { payload, signatures: [forged, second] } })).toBe(
      'agreement-signature-invalid',
    );
    const [one = '', two = '', three = ''] = whole.events;
    const cut = (event: string, signature: string) => event.replace(/[^.]+$/, signature);
    expect(await receive({ events: [one, two, cut(three, 'A'.repeat(86))] })).toBe(
      'agreement-signature-invalid',
    );
    expect(await receive({ events: [one, three] })).toBe('agreement-conflict');
    expect(await receive({ events: [one, two, three, three] })).toBe('agreement-event-invalid');
    expect(await stateAt(b, place)).toBe('active');
    expect(await receive({})).toBeNull();
    expect(await stateAt(b, place)).toBe('suspended');
  });

  test.each([1, 2])('converges in whatever order it comes, dropped and repeated (%i)', async (seed) => {
    const random = seededRandom(seed);
    const place = await agree(a, b, clock);
    const act = { ...place, reason: '演练', actor: 'o1', secondOfficer: 'o2' };
    const post: { from: Region; to: Region; envelope: Envelope }[] = [];
    for (let i = 0; i < 6; i += 1) {
      const [from, to] = random.pick([[a, b] as const, [b, a] as const]);
      const { recognition } = from;
      const [standing] = await recognition.findVersions(place.agreementId);
      const own = standing?.progress.find(({ party }) => party === from.entityId);
      await (own?.suspension ? recognition.resume(act) : recognition.suspend(act));
      const envelope = await recognition.envelopeFor(to.entityId, place);
      if (envelope) post.push({ from, to, envelope });
      const late = random.pick(post);
      if (random.below(3) > 0) await late.to.recognition.receive(late.from.entityId, late.envelope);
    }
    await send(a, b, clock);
    await send(b, a, clock);
    expect(await held(a, b, place)).toBe(await held(b, a, place));
    expect(await stateAt(a, place)).toBe(await stateAt(b, place));
  });
});

test('a message is signed and encrypted to one region, for a minute', async () => {
  const route = { type: 'yihao-certificate-answer+jwt', issuer: b.entityId, audience: a.entityId };
  const keys = { keys: await b.crypto.peerKeys.published() };
  const key = (await a.crypto.peerKeys.published()).find(({ use }) => use === 'enc');
  const token = await b.crypto.peerKeys.sign(route, { result: 'valid' });
  const sealed = await encryptMessage(token, { key: key as never, contentType: route.type });
  expect(await a.crypto.peerKeys.decrypt(sealed, route.type)).toBe(token);
  expect(await b.crypto.peerKeys.decrypt(sealed, route.type)).toBeNull();
  expect(await a.crypto.peerKeys.decrypt(sealed, 'another')).toBeNull();
  expect(await verifyMessage(token, route, { keys, clock })).toMatchObject({ claims: { result: 'valid' } });
  const misdirected = { ...route, audience: b.entityId };
  expect(await verifyMessage(token, misdirected, { keys, clock })).toEqual({ outcome: 'misdirected' });
  const othersKeys = { keys: await a.crypto.peerKeys.published() };
  expect(await verifyMessage(token, route, { keys: othersKeys, clock })).toEqual({ outcome: 'signature' });
  clock.advance(61);
  expect(await verifyMessage(token, route, { keys, clock })).toEqual({ outcome: 'expired' });
});
