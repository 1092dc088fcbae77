import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { publicEcPart } from '../../src/crypto/index.ts';
import { append } from '../../src/recognition/agreement/append.ts';
import { writeDocument } from '../../src/recognition/agreement/document.ts';
import { type AgreementRecord, newRecord, signedDigestOf } from '../../src/recognition/agreement/record.ts';
import { createPeerLink, stateOf } from '../../src/recognition/index.ts';
import { frozenClock } from '../support/frozen-clock.ts';
import { contentOf, openRegion, partyOf, type Region } from './regions.ts';

const amount = 1000;
const clock = frozenClock();
let region: Region;
/** How many agreements were read, and by how many calls. */
const read = { calls: 0, rows: 0 };
/** How many regions were, likewise. */
const readPeers = { calls: 0, rows: 0 };

const entityOf = (i: number): string => `https://id-${i}.example`;
const codeOf = (i: number): string => String(991000 + i);
const idOf = (i: number): string => `agr_${String(i).padStart(22, '0')}`;
const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
  format: 'jwk',
});
const theirKey = publicEcPart({ x, y });

/** A record in force as it is kept. What is kept was verified when it came, so nobody has to sign here. */
const inForce = async (i: number): Promise<AgreementRecord> => {
  const theirs = { ...partyOf(entityOf(i), codeOf(i), theirKey), regionPrefix: codeOf(i) };
  const parties: Parameters<typeof contentOf>[0] = [await region.party(), theirs];
  const numbers = { type: 'yihao-agreement/1', id: idOf(i), version: 1 };
  let record = newRecord(writeDocument({ ...contentOf(parties), ...numbers }), null);
  const unsigned = { protected: 'e30', signature: 'x' };
  record.signatures = parties.map(({ entityId: party }) => ({ party, ...unsigned }));
  for (const [side, { entityId, regionCode }] of parties.entries()) {
    const work = { clock, self: { entityId, regionCode }, keys: { sign: async () => unsigned } as never };
    record = await append(work, record, { act: side === 0 ? 'proposed' : 'countersigned' });
    const signedDigest = signedDigestOf(record) ?? '';
    record = await append(work, record, { act: 'acknowledged', signedDigest });
  }
  return { ...record, heard: { at: clock.now(), peerSequence: 2, ownSequence: 2 } };
};

const peer = (i: number) => ({
  ...{ _id: entityOf(i), regionCode: codeOf(i), regionPrefix: codeOf(i), name: `示例区${i}` },
  ...{ keys: [theirKey], state: 'confirmed', comparedBy: ['o1', 'o2'], keySet: null, version: 1, outbox: [] },
});

beforeAll(async () => {
  region = await openRegion('990100', clock);
  const numbers = Array.from({ length: amount }, (_, i) => i);
  const agreements = region.records.collection('agreements');
  // The others are only to be there: should one be read, it is counted.
  const first = await inForce(0);
  const records = numbers.map((i) =>
    i < 60 || i % 100 === 0
      ? inForce(i)
      : { ...first, _id: `${idOf(i)}:1`, agreementId: idOf(i), regions: ['990100', codeOf(i)] },
  );
  await agreements.insertMany((await Promise.all(records)) as never);
  const peers = region.records.collection('peers');
  await peers.insertMany(numbers.map(peer) as never);
  countReads(agreements, read);
  countReads(peers, readPeers);
}, 60_000);
afterAll(() => region?.close());
beforeEach(() => {
  for (const counted of [read, readPeers]) Object.assign(counted, { calls: 0, rows: 0 });
});

/** Counts what the models read through their collection. */
const countReads = (collection: ReturnType<Region['records']['collection']>, into: typeof read): void => {
  const find = collection.find.bind(collection);
  const findOne = collection.findOne.bind(collection);
  Object.assign(collection, {
    find: (...words: Parameters<typeof find>) => {
      into.calls += 1;
      const cursor = find(...words);
      const toArray = cursor.toArray.bind(cursor);
      cursor.toArray = async () => {
        const found = await toArray();
        into.rows += found.length;
        return found;
      };
      return cursor;
    },
    findOne: async (...words: Parameters<typeof findOne>) => {
      into.calls += 1;
      const found = await findOne(...words);
      into.rows += found === null ? 0 : 1;
      return found;
    },
  });
};

test('what stands with one of a thousand regions is read without the others', async () => {
  const { recognition } = region;
  const [standing] = await recognition.findEffective(codeOf(700));
  expect(standing?.parts.map((part) => stateOf(part, clock.now()))).toEqual(['active']);
  expect(read.rows).toBe(1);
  expect((await recognition.findStanding(idOf(300)))?.agreementId).toBe(idOf(300));
  expect(read.rows).toBeLessThanOrEqual(3);
});

test('whom a certificate is to be asked of is found without the other regions', async () => {
  const found = await region.recognition.findPeersNamed([codeOf(700), '9917', '99']);
  expect([found.map(({ _id }) => _id), readPeers.rows <= 2]).toEqual([[entityOf(700)], true]);
});

test('a heartbeat of one of them is made and answered without the others', async () => {
  const { recognition } = region;
  const statuses = await recognition.listStatuses(entityOf(5));
  const [status] = statuses;
  if (status === undefined) throw new Error('there is one');
  await recognition.hear(entityOf(5), { status, saidAt: clock.now() });
  expect(await recognition.listStatusesOf(entityOf(5), statuses)).toEqual(statuses);
  expect(read.rows).toBe(3);
});

test('a page of the list reads as far as the page goes', async () => {
  const { agreements, next } = await region.recognition.pageAgreements({});
  expect([agreements.length, next]).toEqual([20, idOf(19)]);
  expect(read.rows).toBeLessThanOrEqual(50);
});

test('looking for what is to be told takes one call, whatever the number of regions', async () => {
  const { recognition, records, crypto } = region;
  const called: string[] = [];
  const link = createPeerLink({
    ...{ connection: records, clock, self: region.entityId, recognition, peerKeys: crypto.peerKeys },
    memory: { add: async () => true },
    call: async (url) => Promise.reject(called.push(url)),
    mail: [],
    log: { warn: () => undefined },
  });
  const links = Array.from({ length: amount }, (_, i) => ({
    ...{ _id: entityOf(i), tries: 0, nextTryAt: null, failingSince: null, lastFault: null },
    ...{ beatAt: clock.now(), leaseToken: '', leaseUntil: new Date(0) },
  }));
  await records.collection('peerlinks').insertMany(links as never);
  await link.runOnce();
  expect(read).toEqual({ calls: 1, rows: 0 });
  await recognition.suspend({
    ...{ agreementId: idOf(9), agreementVersion: 1, reason: '演练', actor: 'o1', secondOfficer: 'o2' },
  });
  await link.runOnce();
  expect(new Set(called.map((url) => new URL(url).origin))).toEqual(new Set([entityOf(9)]));
});

test('what stands towards all of them is read once, and after that only what was written since', async () => {
  const { recognition } = region;
  clock.advance(5);
  const all = await recognition.listEffective();
  expect([all.length, read.rows]).toEqual([amount, amount]);
  expect(all[700]).toEqual({
    peer: await recognition.findPeer(entityOf(700)),
    standings: await recognition.findEffective(codeOf(700)),
  });
  clock.advance(5);
  for (const counted of [read, readPeers]) Object.assign(counted, { calls: 0, rows: 0 });
  await recognition.listEffective();
  expect([read, readPeers]).toEqual(Array(2).fill({ calls: 1, rows: 0 }));
  const [status] = await recognition.listStatuses(entityOf(7));
  if (status === undefined) throw new Error('there is one');
  await recognition.hear(entityOf(7), { status, saidAt: clock.now() });
  const act = {
    agreementId: idOf(10),
    agreementVersion: 1,
    reason: '演练',
    actor: 'o1',
    secondOfficer: 'o2',
  };
  await recognition.suspend(act);
  Object.assign(read, { calls: 0, rows: 0 });
  const now = await recognition.listEffective();
  expect(read).toEqual({ calls: 1, rows: 2 });
  const partOf = (i: number) => now[i]?.standings[0]?.parts[0];
  expect([7, 8].map((i) => partOf(i)?.heardAt)).toEqual([
    clock.now(),
    all[8]?.standings[0]?.parts[0]?.heardAt,
  ]);
  const states = [11, 10].map((i) => partOf(i)).map((part) => part && stateOf(part, clock.now()));
  expect(states).toEqual(['active', 'suspended']);
});
