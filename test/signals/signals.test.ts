import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createRemoteJWKSet, decodeJwt, type JWTPayload, jwtVerify } from 'jose';
import { signalsPath, startDemoCounter } from '../../config/demo/counter-server.ts';
import { newEvent } from '../../src/base/event.ts';
import {
  listSignals,
  pauseSignals,
  resumeSignals,
  subscribeToSignals,
  testSignals,
} from '../../src/commands/signal-subscriptions.ts';
import { withHouse } from '../../src/commands/with-house.ts';
import { openSignals } from '../../src/open-signals.ts';
import { createPost, pollMethod } from '../../src/signals/index.ts';
import { openEmbeddedConnection } from '../../src/storage/embedded/index.ts';
import { keepPhoto, licenceOf, seedTypes, types } from '../support/certificates.ts';
import { authorities } from '../support/department.ts';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { waitUntil } from '../support/wait.ts';
import { type Receiver, startReceiver } from './receiver.ts';

type Person = Awaited<ReturnType<Instance['addPerson']>>;

const clock: FrozenClock = frozenClock();
let folder: string;
let instance: Instance;
let person: Person;
let photo: Awaited<ReturnType<typeof keepPhoto>>;
let keys: ReturnType<typeof createRemoteJWKSet>;
let receiver: Receiver;
let clients = 0;
let clientId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yihao-signals-'));
  instance = await startInstance({}, folder, clock);
  keys = createRemoteJWKSet(new URL('/jwks', instance.issuer));
  await seedTypes(instance);
  person = await instance.addPerson();
  photo = await keepPhoto(instance, person);
}, 30_000);
afterAll(async () => {
  await instance?.stop();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  receiver = await startReceiver();
  clientId = await register(authorities.police);
});
afterEach(async () => {
  // What one test leaves subscribed would hear of the next one's certificates.
  for (const one of await signals().listSubscriptions())
    await signals().pauseSubscription({ clientId: one.clientId, actor: 'test' });
  await receiver.stop();
});

const house = () => instance.app.house;
const signals = () => house().signals;

/** Registers a department's machine, or without an authority's code a site that signs people in. */
const register = async (authorityCode?: string): Promise<string> => {
  clients += 1;
  const id = `client-${clients}`;
  const machine = { grant_types: ['client_credentials'], scope: 'certificate.verify' };
  const site = {
    redirect_uris: [`https://site-${clients}.example/callback`],
    scope: 'openid name',
    token_endpoint_auth_method: 'none',
  };
  await house().sites.save(
    {
      clientId: id,
      name: { zh: '测试系统', en: 'Test system' },
      department: '测试部门',
      ...(authorityCode === undefined ? {} : { authorityCode }),
      purpose: '测试',
      homeUrl: 'https://site.example/',
      enabled: true,
      legalBasis: {},
      metadata: authorityCode === undefined ? site : machine,
    },
    'test',
  );
  return id;
};

const subscribe = async (one = clientId, eventTypes = ['certificate.*', 'passkey.*']): Promise<void> => {
  await signals().saveSubscription({ clientId: one, deliveryUrl: receiver.url, eventTypes, actor: 'test' });
};

const issue = async (): Promise<string> => {
  const { certificate } = await house().directory.issueCertificate({
    ...licenceOf(person),
    ...photo,
    issuer: { code: authorities.police, name: '测试公安厅' },
    actor: 'test',
  });
  return certificate.identifier;
};
const act = { issuerCode: authorities.police, reasonCode: 'test', actor: 'test' };
const suspend = (identifier: string) =>
  house().directory.suspendCertificate({ ...act, identifier, suspendedOn: '2026-11-20' });
const lift = (identifier: string) =>
  house().directory.liftSuspension({ ...act, identifier, liftedOn: '2026-11-21' });
const revoke = (identifier: string) =>
  house().directory.endCertificate({ ...act, identifier, ground: 'revoked', endedOn: '2026-11-22' });

/** Relays and tells, as a server does all the time. */
const round = async (): Promise<void> => {
  await house().audit.relay.runOnce();
  await signals().runOnce();
};

const verified = async (body: string, audience = clientId): Promise<JWTPayload> => {
  const { payload } = await jwtVerify(body, keys, {
    typ: 'secevent+jwt',
    issuer: instance.issuer,
    audience,
    currentDate: clock.now(),
  });
  return payload;
};
const eventsOf = async (): Promise<string[]> =>
  Promise.all(
    receiver.received.map(async ({ body }) => {
      const { events } = await verified(body);
      return (
        Object.keys(events as object)[0]
          ?.split(/[.:/]/)
          .at(-1) ?? ''
      );
    }),
  );
const statusOf = async (one = clientId) =>
  (await signals().listSubscriptions()).find((found) => found.clientId === one);

describe('the systems of an authority', () => {
  test('are told of each act upon its certificates, in order, by tokens that the published keys verify', async () => {
    await subscribe();
    const identifier = await issue();
    await suspend(identifier);
    await lift(identifier);
    await revoke(identifier);
    await round();
    expect(await eventsOf()).toEqual(['issued', 'suspended', 'lifted', 'revoked']);
    const [, , , last] = receiver.received;
    expect(last?.headers['content-type']).toBe('application/secevent+jwt');
    expect(await verified(last?.body ?? '')).toEqual({
      iss: instance.issuer,
      aud: clientId,
      iat: clock.now().getTime() / 1000,
      toe: clock.now().getTime() / 1000,
      jti: expect.stringMatching(/^[\w-]{22}$/),
      sub_id: { format: 'opaque', id: identifier },
      events: {
        'urn:yihao:event:certificate.revoked': { actedOn: '2026-11-22', version: 1 },
      },
    });
    expect(await statusOf()).toMatchObject({
      state: 'enabled',
      waiting: 0,
      nextTryAt: null,
      lastAnswer: '202',
    });
  });

  test('are told nothing personal', async () => {
    await subscribe();
    await revoke(await issue());
    await round();
    expect(receiver.received).toHaveLength(2);
    for (const { body } of receiver.received) {
      const text = Buffer.from(body.split('.')[1] ?? '', 'base64url').toString();
      for (const personal of [person.number, person.name, person.accountId, '和平路'])
        expect(text).not.toContain(personal);
    }
  });

  test('are told of what they asked for only', async () => {
    await subscribe(clientId, ['certificate.revoked']);
    await revoke(await issue());
    await round();
    expect(await eventsOf()).toEqual(['revoked']);
    await expect(subscribe(clientId, ['certificate.eaten'])).rejects.toMatchObject({
      code: 'signal-event-unknown',
    });
  });

  test('are told once, though a process was killed before it could write how far it was', async () => {
    await subscribe();
    const before = await house().audit.lastSequence();
    await revoke(await issue());
    await round();
    await house()
      .storage.records.model('SignalCursor')
      .updateOne({ _id: 'audit-chain' }, { $set: { sequence: before } });
    await round();
    expect(await eventsOf()).toEqual(['issued', 'revoked']);
  });

  test('are told once, though two processes tell at the same moment', async () => {
    await subscribe();
    receiver.answer('slow', 'slow', 'slow');
    await suspend(await issue());
    await house().audit.relay.runOnce();
    const connection = await openEmbeddedConnection({ file: join(folder, 'yihao.sqlite') });
    const { audit, ...parts } = house();
    const beside = openSignals({
      ...{ ...parts, clock, connection, audit: () => audit },
      config: {
        issuer: instance.issuer,
        region: { code: '990000', name: '示例省' },
        privateSiteHosts: ['localhost'],
      },
      log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    });
    await Promise.all([signals().runOnce(), beside.runOnce()]);
    await connection.close();
    expect(await eventsOf()).toEqual(['issued', 'suspended']);
  });
});

describe('a receiver that fails', () => {
  test('is tried again after 5, 15, 45 seconds with the same token, and what comes after waits its turn', async () => {
    await subscribe();
    receiver.answer(500, 503, 200);
    await suspend(await issue());
    await round();
    for (const seconds of [5, 15, 45]) {
      const { length } = receiver.received;
      clock.advance(seconds - 1);
      await round();
      expect(receiver.received).toHaveLength(length);
      clock.advance(1);
      await round();
    }
    expect(await eventsOf()).toEqual(['issued', 'issued', 'issued', 'issued', 'suspended']);
    const first = await Promise.all(receiver.received.slice(0, 4).map(({ body }) => verified(body)));
    expect(new Set(first.map(({ jti, iat }) => `${jti} ${iat}`)).size).toBe(1);
    expect(await signals().listReceipts(clientId)).toMatchObject([
      { eventType: 'certificate.suspended', state: 'delivered', tries: 1 },
      { eventType: 'certificate.issued', state: 'delivered', tries: 4, lastAnswer: '202' },
    ]);
  });

  test('may refuse a token for good, which is parked, and the next goes out', async () => {
    await subscribe();
    receiver.answer({ status: 400, body: '{"err":"invalid_request","description":"no"}' });
    await suspend(await issue());
    await round();
    expect(await eventsOf()).toEqual(['issued', 'suspended']);
    expect(await statusOf()).toMatchObject({ state: 'enabled', waiting: 0, parked: 1 });
    await signals().resumeSubscription({ clientId, actor: 'test' });
    await round();
    expect(await eventsOf()).toEqual(['issued', 'suspended', 'issued']);
  });

  test('may refuse for what it can put right, and is tried again', async () => {
    await subscribe();
    receiver.answer({ status: 400, body: '{"err":"invalid_key"}' }, { status: 400, body: '<html>' });
    await issue();
    await round();
    expect(await statusOf()).toMatchObject({ waiting: 1, lastAnswer: '400 invalid_key' });
    clock.advance(5);
    await round();
    expect(await statusOf()).toMatchObject({ waiting: 1, lastAnswer: '400' });
    clock.advance(15);
    await round();
    expect(await statusOf()).toMatchObject({ waiting: 0, lastAnswer: '202', failingSince: null });
  });

  test('for 72 hours is given up with a reason; what waits and what comes is told when it is resumed', async () => {
    await subscribe();
    const identifier = await issue();
    await suspend(identifier);
    receiver.answer(...Array.from({ length: 40 }, () => 500));
    for (let hours = 0; hours <= 80; hours += 4) {
      await round();
      clock.advance(4 * 3600);
    }
    // Each four hours up to the 72nd, and then once the next in line.
    const tries = receiver.received.length;
    expect(tries).toBe(19 + 1);
    expect(await statusOf()).toMatchObject({ state: 'disabled', reason: '500', waiting: 1, parked: 1 });
    await lift(identifier);
    await round();
    expect(receiver.received).toHaveLength(tries);
    receiver.answer();
    await signals().resumeSubscription({ clientId, actor: 'test' });
    await round();
    expect((await eventsOf()).slice(tries)).toEqual(['issued', 'suspended', 'lifted']);
  });

  test('or is slow holds up no other', async () => {
    const other = await register(authorities.police);
    const quick = await startReceiver();
    await subscribe();
    const toQuick = { deliveryUrl: quick.url, eventTypes: ['certificate.*'], actor: 'test' };
    await signals().saveSubscription({ ...toQuick, clientId: other });
    receiver.answer('never');
    const identifier = await issue();
    await house().audit.relay.runOnce();
    const loop = signals().start(5);
    await waitUntil(async () => quick.received.length === 1 && receiver.received.length === 1, 5);
    await suspend(identifier);
    await house().audit.relay.runOnce();
    await waitUntil(async () => quick.received.length === 2, 5);
    expect(receiver.received).toHaveLength(1);
    await Promise.all([receiver.stop(), quick.stop()]);
    await loop.stop();
    expect(await statusOf()).toMatchObject({ waiting: 2, lastAnswer: 'unreachable' });
  });
});

describe('who has no part in it', () => {
  test('is told nothing, be it another authority or one that was switched off', async () => {
    const other = await register(authorities.registry);
    await subscribe(other);
    await subscribe();
    const identifier = await issue();
    await house().audit.relay.runOnce();
    const site = await house().sites.find(clientId);
    if (site !== null) await house().sites.save({ ...site, enabled: false }, 'test');
    await revoke(identifier);
    await round();
    expect(receiver.received).toEqual([]);
  });

  test('of other departments is told while the holder lets it use the certificate, and the holder sees it', async () => {
    const other = await register(authorities.registry);
    await subscribe(other);
    const identifier = await issue();
    const allowed = await allow(other);
    await suspend(identifier);
    await round();
    const [heard] = receiver.received;
    expect((await verified(heard?.body ?? '', other)).sub_id).toEqual({ format: 'opaque', id: identifier });
    const uses = await house().consent.listAccesses(allowed.person, { readerId: other });
    expect(uses.rows).toMatchObject([
      {
        what: { certificateIdentifier: identifier, fields: ['verdict'] },
        basis: { kind: 'consent', authorisationId: allowed.authorisationId },
        cause: { purpose: '核对驾驶资格' },
      },
    ]);
    receiver.answer(500);
    await lift(identifier);
    await round();
    await house().consent.withdrawAuthorisation(allowed);
    clock.advance(3600);
    await revoke(identifier);
    await round();
    expect(receiver.received).toHaveLength(2);
    expect(await signals().listReceipts(other)).toMatchObject([
      { state: 'withheld' },
      { state: 'delivered' },
    ]);
    expect((await house().consent.listAccesses(allowed.person, { readerId: other })).rows).toHaveLength(2);
  });
});

let items = 0;
/** Has the holder let a department use driving licences. */
const allow = async (requesterId: string) => {
  const { consent, directory } = house();
  items += 1;
  const name = { zh: '测试事项', en: 'Test item' };
  const item = {
    ...{ code: `T-${items}`, name, department: { code: authorities.registry, name } },
    needs: [{ typeCode: types.drivingLicence, fields: ['vehicleClass'], minimumTrust: 'D', required: true }],
    basis: { kind: 'consent' } as const,
    ...{ longestUseSeconds: 86_400, enabled: true },
  };
  await consent.saveServiceItem({ item, expectedVersion: null, actor: 'test' });
  const holder = { holderIndex: directory.holderIndexOf({ type: '111', code: person.number }) };
  const { authorisationId } = await consent.requestAuthorisation({
    person: holder,
    itemCode: item.code,
    requester: { kind: 'department', id: requesterId, name },
    covers: [{ typeCode: types.drivingLicence, fields: ['vehicleClass'] }],
    purpose: '核对驾驶资格',
    requestedBy: 'counter',
    ttlSeconds: 600,
  });
  await consent.approveAuthorisation({ person: holder, authorisationId });
  return { person: holder, authorisationId };
};

describe('a site', () => {
  const addPasskey = async (credentialId: string): Promise<void> => {
    await house()
      .storage.records.model('Passkey')
      .create({
        ...{ _id: credentialId, accountId: person.accountId, publicKey: Buffer.from('key'), counter: 0 },
        ...{ transports: [], deviceType: 'multiDevice', backedUp: true, aaguid: '-', name: 'phone' },
        ...{ createdAt: clock.now(), version: 1, outbox: [] },
      });
  };

  test('that read a person’s data at a sign-in is told that a passkey was removed, by the name it knows; others are not', async () => {
    const [site, stranger] = [await register(), await register()];
    await subscribe(site);
    await subscribe(stranger);
    await house().consent.recordAccess({
      person: { accountId: person.accountId },
      reader: { kind: 'site', id: site, name: { zh: '测试', en: 'Test' } },
      what: { fields: ['name'] },
      cause: { purpose: '测试' },
      basis: { kind: 'consent', authorisationId: 'grant-1' },
      outcome: { kind: 'granted' },
      channel: 'sign-in',
    });
    clock.advance(1);
    await addPasskey('passkey-1');
    await house().identity.removePasskey({ accountId: person.accountId, credentialId: 'passkey-1' });
    await round();

    expect(receiver.received).toHaveLength(1);
    const client = await instance.app.provider.current.Client.find(site);
    const sub = house().crypto.pairwise(String(client?.sectorIdentifier), person.accountId);
    const uri = 'https://schemas.openid.net/secevent/caep/event-type/credential-change';
    expect(await verified(receiver.received[0]?.body ?? '', site)).toMatchObject({
      sub_id: { format: 'iss_sub', iss: instance.issuer, sub },
      events: { [uri]: { change_type: 'delete', credential_type: 'passkey' } },
    });
    const { rows } = await house().consent.listAccesses({ accountId: person.accountId }, { readerId: site });
    expect(rows.map(({ what }) => what.fields)).toEqual([['sign_in_methods'], ['name']]);
  });

  test('that may read a level is told that it rose, and one in a session that it ended; others are not', async () => {
    const [reader, visited] = [await register(), await register()];
    const events = ['account.*', 'session.*'];
    await subscribe(reader, events);
    await subscribe(visited, events);
    const found = await house().sites.find(reader);
    if (found === null) throw new Error('it is registered');
    const metadata = { ...found.metadata, scope: 'openid name assurance' };
    await house().sites.save({ ...found, metadata }, 'test');
    const { accountId } = person;
    for (const id of [reader, visited])
      await house().consent.recordAccess({
        person: { accountId },
        reader: { kind: 'site', id, name: { zh: '测试', en: 'Test' } },
        what: { fields: ['name'] },
        cause: { purpose: '测试' },
        basis: { kind: 'consent', authorisationId: 'grant-1' },
        outcome: { kind: 'granted' },
        channel: 'sign-in',
      });
    const now = clock.now();
    await house().sessionStore.keepSession({
      ...{ _id: 'session-1', accountId, startedAt: now, usedAt: now, endedAt: null, outbox: [] },
      ...{ expiresAt: new Date(now.getTime() + 3_600_000), acr: 'urn:yihao:loa:2' },
      ...{ browser: '-', network: '-', sites: [{ clientId: visited, sid: 'sid-1', grantId: 'grant-1' }] },
    });
    await house().sessionStore.endSession('session-1', newEvent(clock, 'session.ended', accountId));
    await house().identity.checkAtCounter({ accountId, officerId: 'officer-1', name: person.name });
    await round();

    const tokens = receiver.received.map(({ body }) => decodeJwt(body));
    const told = tokens.map(({ aud, events: what }) => [aud, Object.keys(what as object)[0]]);
    const caep = 'https://schemas.openid.net/secevent/caep/event-type';
    expect(told.sort()).toEqual([
      [reader, `${caep}/assurance-level-change`],
      [visited, `${caep}/session-revoked`],
    ]);
  });
});

describe('a client that fetches', () => {
  test('gets its signals in order until it acknowledges them, and not those of another', async () => {
    const [own, other] = [await register(authorities.police), await register(authorities.police)];
    for (const one of [own, other])
      await signals().saveSubscription({
        ...{ clientId: one, deliveryUrl: pollMethod, eventTypes: ['certificate.*'], actor: 'test' },
      });
    const identifier = await issue();
    await suspend(identifier);
    await lift(identifier);
    await round();
    const poll = async (one: string, asked: { maxEvents?: number; ack?: string[]; setErrs?: object }) => {
      const all = { maxEvents: 9, ack: [], ...asked, setErrs: { ...asked.setErrs } };
      const { sets, moreAvailable } = await signals().poll({ clientId: one, ...all });
      const tokens = await Promise.all(Object.values(sets).map((token) => verified(token, one)));
      const acts = tokens.map(({ events }) =>
        Object.keys(events as object)[0]
          ?.split('.')
          .at(-1),
      );
      return { ids: Object.keys(sets), acts, moreAvailable };
    };
    const first = await poll(own, { maxEvents: 2 });
    expect(first).toMatchObject({ acts: ['issued', 'suspended'], moreAvailable: true });
    // What was not answered for comes again, under the same names.
    expect((await poll(own, { maxEvents: 2 })).ids).toEqual(first.ids);
    const [issued = '', suspended = ''] = first.ids;
    await poll(other, { maxEvents: 0, ack: [issued] });
    expect((await poll(own, { maxEvents: 1 })).ids).toEqual([issued]);
    const last = await poll(own, { ack: [issued], setErrs: { [suspended]: { err: 'invalid_key' } } });
    expect(last).toMatchObject({ acts: ['lifted'], moreAvailable: false });
    expect((await poll(own, { ack: last.ids })).ids).toEqual([]);
    const receipts = await signals().listReceipts(own);
    expect(receipts.map(({ state, lastAnswer }) => [state, lastAnswer])).toEqual([
      ['delivered', 'ack'],
      ['parked', 'invalid_key'],
      ['delivered', 'ack'],
    ]);
    expect((await signals().listReceipts(other)).map(({ state }) => state)).toEqual([
      ...['waiting', 'waiting', 'waiting'],
    ]);
    await expect(signals().sendTest(own)).rejects.toMatchObject({ code: 'signal-not-pushed' });
    await subscribe();
    await expect(signals().poll({ clientId, maxEvents: 1, ack: [], setErrs: {} })).rejects.toMatchObject({
      code: 'signal-not-polled',
    });
  });
});

describe('a subscription', () => {
  test('can be tried at once, and the answer is said', async () => {
    await subscribe();
    receiver.answer(202, { status: 400, body: '{"err":"invalid_audience"}' });
    expect(await signals().sendTest(clientId)).toEqual({ outcome: 'delivered', words: '202' });
    const uri = 'https://schemas.openid.net/secevent/ssf/event-type/verification';
    expect(await verified(receiver.received[0]?.body ?? '')).toMatchObject({ events: { [uri]: {} } });
    expect(await signals().sendTest(clientId)).toEqual({ outcome: 'failed', words: '400 invalid_audience' });
  });

  test('is for registered clients, at an address that hides nothing', async () => {
    await expect(subscribe('nobody')).rejects.toMatchObject({ code: 'signal-client-unknown' });
    for (const deliveryUrl of [
      'ftp://site.example/',
      'https://me:it@site.example/',
      'https://site.example/#x',
      'x',
    ])
      await expect(
        signals().saveSubscription({
          clientId,
          deliveryUrl,
          eventTypes: ['certificate.void'],
          actor: 'test',
        }),
      ).rejects.toMatchObject({ code: 'signal-address-refused' });
    await expect(signals().sendTest(clientId)).rejects.toMatchObject({ code: 'signal-subscription-missing' });
  });

  test('that is paused keeps what happens, and every act of an officer is in the audit chain', async () => {
    await subscribe();
    await signals().pauseSubscription({ clientId, actor: 'officer-1' });
    await issue();
    await round();
    expect(receiver.received).toEqual([]);
    await signals().resumeSubscription({ clientId, actor: 'officer-1' });
    await round();
    expect(await eventsOf()).toEqual(['issued']);
    const { entries } = await house().audit.searchEntries({ recordId: clientId });
    const kinds = entries.map(({ event }) => event.type).filter((type) => type.startsWith('signal'));
    expect(kinds.sort()).toEqual(['paused', 'resumed', 'saved'].map((kind) => `signal-subscription.${kind}`));
  });
});

test('the demo’s counter takes what it is told, shows it, and refuses what is not for it', async () => {
  const settings = { issuer: instance.issuer, clientId, privateJwk: {}, port: 0, host: 'localhost' } as const;
  const counter = await startDemoCounter(settings);
  const deliveryUrl = `${counter.url}${signalsPath}`;
  const other = await register(authorities.police);
  for (const one of [clientId, other])
    await signals().saveSubscription({
      clientId: one,
      deliveryUrl,
      eventTypes: ['certificate.*'],
      actor: 't',
    });
  const identifier = await issue();
  await revoke(identifier);
  await round();
  const page = await (await fetch(counter.url)).text();
  expect(page).toMatch(new RegExp(`已吊销.*${identifier}.*已签发.*${identifier}`));
  expect(page.match(/已吊销/g)).toHaveLength(1);
  expect(await statusOf(other)).toMatchObject({ waiting: 2, lastAnswer: '400 invalid_audience' });
  expect(await signals().sendTest(clientId)).toMatchObject({ outcome: 'delivered' });
  await counter.close();
});

test('the commands subscribe, show, pause, resume and try a site', async () => {
  const former = { ...process.env };
  const printed: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  const ownFolder = await mkdtemp(join(tmpdir(), 'yihao-signals-'));
  try {
    Object.assign(process.env, {
      YIHAO_MODE: 'development',
      YIHAO_ISSUER: 'http://localhost:3000',
      YIHAO_REGION_CODE: '990000',
      YIHAO_REGION_NAME: '示例省',
      YIHAO_DATA_FOLDER: ownFolder,
      YIHAO_PRIVATE_SITE_HOSTS: 'localhost',
      YIHAO_LOG_LEVEL: 'silent',
    });
    const site = await house().sites.find(clientId);
    await withHouse(({ sites }) => (site === null ? Promise.reject() : sites.save(site, 'test')));
    const url = `${receiver.url}?secret=1`;
    await subscribeToSignals([clientId, url, 'certificate.revoked,passkey.removed']);
    expect(await testSignals([clientId])).toBe(true);
    receiver.answer(404);
    expect(await testSignals([clientId])).toBe(false);
    await pauseSignals([clientId]);
    await listSignals([]);
    await resumeSignals([clientId]);
    await listSignals([clientId]);
    await subscribeToSignals([clientId, 'poll', 'certificate.revoked']);
    await listSignals([]);
    await expect(subscribeToSignals([clientId])).rejects.toThrow(/usage: yihao signals subscribe/);
    expect(printed).toEqual([
      `subscribed ${clientId}; try it: yihao signals test ${clientId}`,
      'delivered: 202',
      'failed: 404',
      `paused ${clientId}`,
      `paused ${clientId} ${receiver.url}  0 waiting, 0 parked, last answer -`,
      `resumed ${clientId}`,
      `changed    ${clientId}; it fetches at /api/signals/poll`,
      `enabled ${clientId} polls  0 waiting, 0 parked, last answer -`,
    ]);
  } finally {
    log.mockRestore();
    for (const name of Object.keys(process.env)) if (!(name in former)) delete process.env[name];
    await rm(ownFolder, { recursive: true, force: true });
  }
});

describe('a call', () => {
  test('goes to no private address, by number or by name, unless the host is named', async () => {
    const post = createPost({ privateHosts: [] });
    const port = new URL(receiver.url).port;
    for (const host of ['localhost', '127.0.0.1', '127.1', '[::1]', '[::ffff:127.0.0.1]', '10.0.0.1'])
      expect(await post(`http://${host}:${port}/`, 'x')).toEqual({
        kind: 'failed',
        reason: 'address-refused',
      });
    expect(receiver.received).toEqual([]);
  });

  test('ends when its time is over, and is led nowhere', async () => {
    const post = createPost({ privateHosts: ['localhost'], timeoutMilliseconds: 100 });
    receiver.answer('never', 307);
    expect(await post(receiver.url, 'x')).toEqual({ kind: 'failed', reason: 'timeout' });
    expect(await post(receiver.url, 'x')).toMatchObject({ status: 307 });
    expect(receiver.received).toHaveLength(2);
  });
});
