import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createAddressGuard } from '../../src/base/address-guard.ts';
import { AppError } from '../../src/base/error.ts';
import { actOnAgreement, listAgreements } from '../../src/commands/agreements.ts';
import { addPeer, listPeers } from '../../src/commands/peers.ts';
import { thumbprintOf } from '../../src/crypto/index.ts';
import { createPeerFetch } from '../../src/oidc/recognition/peer-fetch.ts';
import {
  type AgreementPlace,
  createPeerCall,
  type Envelope,
  messageKinds,
  type PeerCall,
} from '../../src/recognition/index.ts';
import { frozenClock } from '../support/frozen-clock.ts';
import { readMessageVectors } from './message-vectors.ts';
import {
  countersign,
  gateAt,
  heldBy,
  meet,
  propose,
  realCall,
  type Served,
  serveRegion,
  settle,
  stateAt,
} from './peers.ts';
import { contentOf, day, partyOf } from './regions.ts';

const clock = frozenClock();
const clockOfB = frozenClock();
let a: Served;
let b: Served;

beforeAll(async () => {
  a = await serveRegion('990100', clock);
  b = await serveRegion('990200', clockOfB);
  await meet(a, b);
}, 60_000);

beforeEach(async () => {
  for (const { house } of [a, b]) await house.storage.records.collection('agreements').deleteMany({});
});

afterAll(async () => {
  // One of the tests has stopped the second already.
  await Promise.allSettled([a?.stop(), b?.stop()]);
});

const both = async (place: AgreementPlace) => [await stateAt(a, place), await stateAt(b, place)];
const gates = async (place: AgreementPlace) => [await gateAt(a, place), await gateAt(b, place)];
const agree = async () => {
  const place = await propose(a, b);
  await settle([a, b], 1);
  await countersign(b, place);
  await settle([a, b], 2);
  return place;
};
const suspension = (place: AgreementPlace) => ({
  agreementId: place.agreementId,
  agreementVersion: place.agreementVersion,
  reason: '演练',
  actor: 'o1',
  secondOfficer: 'o2',
});

const advance = (seconds: number) => {
  for (const each of [clock, clockOfB]) each.advance(seconds);
};
const linkState = async () => (await a.house.peerLink.listLinks()).find(({ _id }) => _id === b.issuer);

/** Posts a message to b as it is, and tells the status and the code of what came back. */
const post = async (path: string, body: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${b.issuer}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/jwt', ...headers },
    body,
  });
  const text = await response.text();
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  return isProblem ? `${response.status} ${JSON.parse(text).code}` : `${response.status}`;
};
const { envelope: kind } = messageKinds;
const signed = (envelope: Envelope, from = a, audience = b.issuer) =>
  from.house.crypto.peerKeys.sign({ type: kind.type, issuer: from.issuer, audience }, { envelope });
const envelopeOf = async (place: AgreementPlace): Promise<Envelope> => {
  const envelope = await a.house.recognition.envelopeFor(b.issuer, place);
  if (envelope === null) throw new Error('there is none');
  return envelope;
};
describe('two regions that know each other', () => {
  test('make an agreement over the wire, and hold the same bytes once it is active', async () => {
    const place = await propose(a, b);
    expect(await both(place)).toEqual(['proposed', null]);
    await a.house.peerLink.runOnce();
    expect(await both(place)).toEqual(['proposed', 'proposed']);
    await countersign(b, place);
    // One visit is enough: b sends its signature, sees in the receipt that a has acknowledged, and fetches that.
    await b.house.peerLink.runOnce();
    expect(await both(place)).toEqual(['active', 'active']);
    await settle([a, b], 2);
    expect(await heldBy(a, b, place)).toBe(await heldBy(b, a, place));
    expect(await gates(place)).toEqual(['open', 'open']);
    expect([
      await a.house.recognition.listUndelivered(),
      await b.house.recognition.listUndelivered(),
    ]).toEqual([[], []]);
  });

  test('tell each other of a suspension, and of its end', async () => {
    const place = await agree();
    await b.house.recognition.suspend(suspension(place));
    expect(await gateAt(b, place)).toBe('agreement_suspended');
    await b.house.peerLink.runOnce();
    expect(await gateAt(a, place)).toBe('agreement_suspended');
    await b.house.recognition.resume(suspension(place));
    await b.house.peerLink.runOnce();
    expect(await gates(place)).toEqual(['open', 'open']);
  });

  test('close both gates when they do not hear of each other for two minutes, and open them at the next heartbeat', async () => {
    const place = await agree();
    advance(125);
    expect(await gates(place)).toEqual(Array(2).fill('agreement_status_stale'));
    await a.house.peerLink.runOnce();
    expect(await gates(place)).toEqual(['open', 'open']);
  });

  test('see it end at the same midnight in Shanghai', async () => {
    const parties = await Promise.all(
      [a, b].map(async ({ issuer, regionCode, house }) =>
        partyOf(issuer, regionCode, (await house.crypto.agreementKeys.load()).current),
      ),
    );
    const lastDay = { validUntil: day('2026-11-24'), reviewBy: day('2026-11-24') };
    const content = { ...contentOf(parties as never), ...lastDay };
    const { recognition, peerLink } = a.house;
    const place = await recognition.draftAgreement({ content, after: null, actor: 'o1' });
    await recognition.proposeAgreement({ ...place, digestSeen: place.digest, actor: 'o2' });
    await settle([a, b], 1);
    await countersign(b, place);
    await settle([a, b], 2);
    advance((Date.parse('2026-11-24T15:59:59Z') - clock.now().getTime()) / 1000);
    await peerLink.runOnce();
    expect(await gates(place)).toEqual(['open', 'open']);
    advance(1);
    expect(await gates(place)).toEqual(Array(2).fill('agreement_expired'));
  });

  test('find in a heartbeat what one of them has lost', async () => {
    const place = await propose(a, b);
    await a.house.peerLink.runOnce();
    await b.house.storage.records.collection('agreements').deleteOne({ agreementId: place.agreementId });
    expect(await both(place)).toEqual(['proposed', null]);
    advance(30);
    await a.house.peerLink.runOnce();
    expect(await both(place)).toEqual(['proposed', 'proposed']);
  });

  test('are each told by one process at a time', async () => {
    const place = await propose(a, b);
    let go = (): void => undefined;
    const isFree = new Promise<void>((resolve) => {
      go = resolve;
    });
    const other = a.beside(async (url, text) => {
      await isFree;
      return realCall(url, text);
    });
    const telling = other.runOnce();
    await a.house.peerLink.runOnce();
    expect(await both(place)).toEqual(['proposed', null]);
    go();
    await telling;
    expect(await both(place)).toEqual(['proposed', 'proposed']);
  });
});

describe('an officer at the command line', () => {
  const at = (side: Served, name: string, ...words: string[]) =>
    actOnAgreement({ ...side.house, issuer: side.issuer, clock: side.clock }, name, words);

  test('drafts from a file, proposes, countersigns, suspends and shows', async () => {
    const parties = [a, b].map(({ issuer, regionCode }) => {
      const { agreementKey, ...party } = partyOf(issuer, regionCode, undefined as never);
      return party;
    });
    const file = join(a.folder, 'draft.json');
    await writeFile(file, JSON.stringify({ ...contentOf(parties as never), parties }));
    const [drafted = '', digest = ''] = (await at(a, 'draft', file, '--as', 'li')).map(
      (line) => line.split(' ')[1],
    );
    const signing = [drafted, '--digest', digest, '--as'];
    await expect(at(a, 'propose', ...signing, 'li')).rejects.toMatchObject({ code: 'officer-must-differ' });
    await expect(at(a, 'propose', drafted, '--as', 'wang')).rejects.toThrow(
      'usage: yihao agreements propose',
    );
    expect((await at(a, 'propose', ...signing, 'wang'))[0]).toMatch(/^proposed /);
    await settle([a, b], 1);
    expect((await at(b, 'countersign', ...signing, 'zhao'))[0]).toMatch(/^countersigned /);
    await settle([b, a], 2);
    const act = [drafted, '--reason', '演练', '--as', 'li'];
    expect((await at(b, 'suspend', ...act))[0]).toMatch(/^suspended /);
    expect((await at(b, 'resume', ...act, '--with', 'wang'))[0]).toMatch(/^active /);
    const shown = await at(b, 'show', drafted);
    expect(shown).toHaveLength(4);
    expect(shown.join('\n')).toContain(`digest ${digest}`);
    expect(await listAgreements({ ...b.house, issuer: b.issuer, clock: b.clock })).toContain(shown[0]);
    expect((await listPeers(a.house)).join('\n')).toContain(
      `confirmed 990200 示例市990200 ${b.issuer}  heard`,
    );
  });

  test('does not register a region whose key is not the one that was told', async () => {
    const { current } = await a.house.crypto.agreementKeys.load();
    const words = [b.issuer, '--thumbprint', thumbprintOf(current), '--as', 'li'];
    await expect(addPeer(a.house, words)).rejects.toMatchObject({ code: 'peer-thumbprint-differs' });
  });
});

describe('what comes over the wire', () => {
  test('is refused by its code when it is not what it says, not for us, too old, or not new', async () => {
    const place = await propose(a, b);
    const whole = await envelopeOf(place);
    const good = await signed(whole);
    expect(await post(kind.path, 'not a message')).toBe('400 invalid_message');
    expect(await post(kind.path, good, { 'content-type': 'text/plain' })).toBe('400 invalid_message');
    expect(await post(kind.path, 'x'.repeat(1_100_000))).toBe('413 body_too_large');
    expect(await post('/peer/unknown', good)).toBe('404 not_found');
    expect(await post('/peer/heartbeat', good)).toBe('400 invalid_message');
    expect(await post(kind.path, await signed(whole, a, a.issuer))).toBe('400 invalid_message');
    const [header = '', payload = '', signature = ''] = good.split('.');
    const other = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    expect(await post(kind.path, `${header}.${payload}.${other}`)).toBe('401 invalid_signature');
    // b's own key under a's name, and a name nobody knows.
    const route = { type: kind.type, issuer: a.issuer, audience: b.issuer };
    const forged = await b.house.crypto.peerKeys.sign(route, { envelope: whole });
    expect(await post(kind.path, forged)).toBe('401 invalid_signature');
    const stranger = { ...route, issuer: 'https://stranger.example' };
    expect(await post(kind.path, await a.house.crypto.peerKeys.sign(stranger, { envelope: whole }))).toBe(
      '403 untrusted_issuer',
    );
    expect(await stateAt(b, place)).toBeNull();
    expect(await post(kind.path, good)).toBe('200');
    expect(await post(kind.path, good)).toBe('400 replay_detected');
    const late = await signed(whole);
    advance(61);
    expect(await post(kind.path, late)).toBe('401 message_late');
  });

  test('is refused when the document is tampered with, a signature is missing or forged, or an event is left out', async () => {
    const place = await agree();
    await a.house.recognition.suspend(suspension(place));
    await a.house.recognition.resume(suspension(place));
    await a.house.recognition.suspend(suspension(place));
    const whole = await envelopeOf(place);
    const send = async (change: Partial<Envelope>) => post(kind.path, await signed({ ...whole, ...change }));
    const { payload, signatures } = whole.signed;
    const text = Buffer.from(payload, 'base64url').toString();
    const edit = (from: string, to: string) =>
      send({
        signed: { signatures, payload: Buffer.from(text.replace(from, to)).toString('base64url') },
      });
    expect(await edit('"noticeDays":30', '"noticeDays":31')).toBe('409 agreement_conflict');
    expect(await edit('"noticeDays":30', '"noticeDays": 30')).toBe('422 invalid_agreement_document');
    expect(await edit(place.agreementId, `agr_${'x'.repeat(22)}`)).toBe('401 invalid_signature');
    const [one = '', two = '', three = '', four = '', five = ''] = whole.events;
    expect(await send({ events: [one, three] })).toBe('409 agreement_conflict');
    expect(await send({ events: [one, two, five] })).toBe('422 invalid_agreement_event');
    expect(await send({ events: [one, two, four, three, five] })).toBe('422 invalid_agreement_event');
    expect(await send({ signed: { payload, signatures: [] } })).toBe('400 invalid_message');
    expect(await stateAt(b, place)).toBe('active');
    expect(await send({})).toBe('200');
    expect(await stateAt(b, place)).toBe('suspended');
    // What is older than what is here is passed over.
    expect(await send({ events: whole.events.slice(0, -1) })).toBe('200');
    expect(await stateAt(b, place)).toBe('suspended');

    const proposal = await envelopeOf(await propose(a, b));
    const unsigned = { ...proposal.signed, signatures: [] };
    expect(await post(kind.path, await signed({ ...proposal, signed: unsigned }))).toBe(
      '400 invalid_message',
    );
    const swapped = { ...proposal.signed, signatures: signatures.slice(0, 1) };
    expect(await post(kind.path, await signed({ ...proposal, signed: swapped }))).toBe(
      '401 invalid_signature',
    );
    await b.house.storage.records.collection('agreements').deleteMany({});
    const half = (left: typeof signatures) => send({ signed: { payload, signatures: left } });
    expect(await half(signatures.slice(0, 1))).toBe('409 agreement_conflict');
    expect(await half(signatures.slice(1))).toBe('401 invalid_signature');
    expect(await half([...signatures.slice(0, 1), ...signatures.slice(0, 1)])).toBe('401 invalid_signature');
    expect(await gateAt(b, place)).toBe('agreement_not_active');
  });

  test('is refused from a region for which another key is pinned here, until it is the right one', async () => {
    const place = await propose(a, b);
    const whole = await envelopeOf(place);
    const peers = b.house.storage.records.collection('peers');
    const pinned = await peers.findOne({ _id: a.issuer } as object);
    const pin = (keys: unknown, keySet: unknown) =>
      peers.updateOne({ _id: a.issuer } as object, { $set: { keys, keySet } });
    await pin([(await b.house.crypto.agreementKeys.load()).next], null);
    expect(await post(kind.path, await signed(whole))).toBe('401 invalid_signature');
    expect(await stateAt(b, place)).toBeNull();
    await pin(pinned?.['keys'], pinned?.['keySet']);
    expect(await post(kind.path, await signed(whole))).toBe('200');
  });

  test('is refused from a region whose keys are not signed by the key that was compared', async () => {
    const entityId = 'https://c.example';
    const { next: agreementKey } = await b.house.crypto.agreementKeys.load();
    const { recognition, crypto } = a.house;
    const place = { entityId, regionCode: '990400', regionPrefix: '9904', name: '示例市' };
    await recognition.addPeer({ ...place, agreementKey, actor: 'o1' });
    const thumbprint = thumbprintOf(agreementKey);
    for (const actor of ['o1', 'o2']) await recognition.comparePeer({ entityId, thumbprint, actor });
    const forged = await crypto.agreementKeys.signKeySet(entityId, await crypto.peerKeys.published());
    const link = a.beside(async () => ({ status: 200, type: 'application/jwt', body: forged, date: null }));
    const token = await crypto.peerKeys.sign({ type: kind.type, issuer: entityId, audience: a.issuer }, {});
    await expect(link.openQuestion(kind, token)).rejects.toMatchObject({
      code: 'agreement-signature-invalid',
    });
    await recognition.blockPeer({ entityId, actor: 'o1' });
    await expect(link.openQuestion(kind, token)).rejects.toMatchObject({ code: 'peer-not-trusted' });
  });
});

describe('an answer', () => {
  const question = { statuses: [] };
  const ask = (call: PeerCall) =>
    a
      .beside(call)
      .ask(b.issuer, messageKinds.heartbeat, question)
      .then(
        () => 'answered',
        (error: unknown) => (error instanceof AppError ? error.message : String(error)),
      );

  test('is taken only when it is signed by who was asked, for us, and to this very question', async () => {
    expect(await ask(realCall)).toBe('answered');
    const kept = await realCall(
      `${b.issuer}${messageKinds.heartbeat.path}`,
      await a.house.crypto.peerKeys.sign(
        { type: messageKinds.heartbeat.type, issuer: a.issuer, audience: b.issuer },
        question,
      ),
    );
    expect(await ask(async () => kept)).toContain('another question');
    const unsigned = kept.body.slice(0, kept.body.lastIndexOf('.'));
    expect(await ask(async () => ({ ...kept, body: unsigned }))).toContain('malformed');
    expect(await ask(async () => ({ ...kept, type: 'text/html' }))).toContain('status 200');
    expect(await ask(async () => ({ ...kept, status: 302, type: '', body: '' }))).toContain('status 302');
    const own = { type: messageKinds.heartbeat.answerType, issuer: a.issuer, audience: a.issuer };
    const mirrored = await a.house.crypto.peerKeys.sign(own, question);
    expect(await ask(async () => ({ ...kept, body: mirrored }))).toContain('signature');
  });

  test('is waited for so long and no longer, and asked for at no private address unless it is named', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, 'localhost', resolve));
    const url = `http://localhost:${(silent.address() as AddressInfo).port}`;
    const privateHosts = ['localhost'];
    await expect(createPeerCall({ privateHosts, timeoutMilliseconds: 30 })(url)).rejects.toMatchObject({
      code: 'region-timeout',
    });
    const fetchSoon = createPeerFetch(url, createAddressGuard(privateHosts), 30);
    await expect(fetchSoon(url, { method: 'GET', headers: {}, body: null } as never)).rejects.toMatchObject({
      code: 'other-region-unavailable',
    });
    await expect(createPeerCall({ privateHosts: [] })(url)).rejects.toMatchObject({
      code: 'region-unreachable',
      cause: { name: 'AddressRefused' },
    });
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
    await expect(createPeerCall({ privateHosts })(url)).rejects.toMatchObject({ code: 'region-unreachable' });
  });
});

test('the vectors by which another implementation proves itself hold', async () => {
  const { vectors, found, opened } = await readMessageVectors(a, b);
  const [question, answer] = vectors.messages;
  expect(found).toEqual(vectors.messages.map(({ outcome }) => outcome));
  expect(opened).toBe(question?.token);
  const claims = JSON.parse(Buffer.from(answer?.token.split('.')[1] ?? '', 'base64url').toString());
  expect(claims.requestHash).toBe(vectors.requestHash);
});

describe('whatever breaks', () => {
  /** Checks b from a; a server says the time of its machine, here it has to be that of its clock. */
  const check = (call: PeerCall = realCall) =>
    a.beside(async (url, text) => ({ ...(await call(url, text)), date: clockOfB.now() })).checkPeer(b.issuer);

  /** Calls for real but for the n-th time, when the connection breaks before the message is out or after it was answered. */
  const breaking = (n: number, when: 'before' | 'after'): PeerCall => {
    let calls = 0;
    return async (url, text) => {
      calls += 1;
      if (calls === n && when === 'before') throw new AppError('region-unreachable');
      const answer = await realCall(url, text);
      if (calls === n) throw new AppError('region-timeout');
      return answer;
    };
  };

  test.each([
    [1, 'before'],
    [1, 'after'],
    [2, 'before'],
    [2, 'after'],
  ] as const)('both converge: at the call number %i of each visit, %s it', async (n, when) => {
    const place = await propose(a, b);
    await a.beside(breaking(n, when)).runOnce();
    await settle([a, b], 2);
    await countersign(b, place);
    await b.beside(breaking(n, when)).runOnce();
    await settle([a, b], 3);
    expect(await both(place)).toEqual(['active', 'active']);
    expect(await heldBy(a, b, place)).toBe(await heldBy(b, a, place));
  });

  test('a peer that is down is tried after 1, 2, 4 seconds and up to a minute, and is told once it is up', async () => {
    const place = await propose(a, b);
    const tried: number[] = [];
    let isDown = true;
    const begin = clock.now().getTime();
    const link = a.beside(async (url, text) => {
      if (!isDown) return realCall(url, text);
      tried.push((clock.now().getTime() - begin) / 1000);
      throw new AppError('region-unreachable');
    });
    for (let second = 0; second < 190; second += 1) {
      await link.runOnce();
      advance(1);
    }
    expect(tried).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183]);
    expect(await linkState()).toMatchObject({ tries: 9, lastFault: 'region-unreachable' });
    isDown = false;
    advance(60);
    await link.runOnce();
    expect(await linkState()).toMatchObject({ tries: 0, lastFault: null, failingSince: null });
    expect(await stateAt(b, place)).toBe('proposed');
  });

  test('a check says in words what is wrong with a peer', async () => {
    expect((await check()).map(({ about, isWell }) => `${about} ${isWell}`)).toEqual([
      'registration true',
      'reachable true',
      'metadata true',
      'clock true',
      'keys true',
      'heartbeat true',
    ]);
    const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    const down = await check(() =>
      Promise.reject(new AppError('region-unreachable', {}, { cause: refused })),
    );
    expect(down.at(-1)).toMatchObject({ isWell: false, words: expect.stringContaining('nothing listens') });
    const { crypto } = a.house;
    const ownKeys = await crypto.agreementKeys.signKeySet(b.issuer, await crypto.peerKeys.published());
    const swapped = await check(async (url, text) => ({
      ...(await realCall(url, text)),
      ...(url.endsWith('yihao-jwks') ? { body: ownKeys } : {}),
    }));
    expect(swapped.at(-1)).toMatchObject({ about: 'keys', isWell: false });
    const unknown = a.beside(async () => realCall(`${b.issuer}/.well-known/yihao-region`));
    expect(await unknown.checkPeer('https://c.example')).toMatchObject([
      { about: 'registration', isWell: false },
      { about: 'reachable', isWell: true },
      { about: 'metadata', isWell: false, words: expect.stringContaining('it calls itself') },
      { about: 'clock' },
    ]);
  });

  test('clocks five minutes apart stop everything and are named, and set right they harm nothing', async () => {
    const place = await agree();
    clockOfB.advance(300);
    await a.house.recognition.suspend(suspension(place));
    await a.house.peerLink.runOnce();
    expect(await linkState()).toMatchObject({ lastFault: 'message_late' });
    expect((await check()).at(-1)).toMatchObject({
      isWell: false,
      words: expect.stringContaining('300 s ahead of'),
    });
    expect(await gateAt(b, place)).toBe('agreement_status_stale');
    clock.advance(300);
    await settle([a, b], 2);
    expect(await gates(place)).toEqual(Array(2).fill('agreement_suspended'));
  });

  test('what the peer refuses is put off by itself, and the rest is told', async () => {
    const conflicting = await propose(a, b);
    await a.house.peerLink.runOnce();
    await b.house.storage.records
      .collection('agreements')
      .updateOne({ agreementId: conflicting.agreementId }, { $set: { digest: 'x'.repeat(43) } });
    await a.house.recognition.withdrawProposal({ ...suspension(conflicting) });
    const place = await propose(a, b);
    await a.house.peerLink.runOnce();
    expect(await stateAt(b, place)).toBe('proposed');
    expect(await a.house.recognition.listDue(b.issuer, 9)).toEqual([]);
    expect(await a.house.recognition.listUndelivered()).toHaveLength(1);
    clock.advance(1);
    clockOfB.advance(1);
    expect(await a.house.recognition.listDue(b.issuer, 9)).toHaveLength(1);
    await b.house.storage.records
      .collection('agreements')
      .deleteOne({ agreementId: conflicting.agreementId });
    await a.house.peerLink.runOnce();
    expect(await both(conflicting)).toEqual(['withdrawn', 'withdrawn']);
  });

  test('no gate opens where the storage is gone', async () => {
    const place = await agree();
    expect(await gateAt(b, place)).toBe('open');
    await b.stop();
    await expect(gateAt(b, place)).rejects.toThrow();
  });
});
