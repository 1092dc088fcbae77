import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import { systemClock } from '../../src/base/clock.ts';
import { cookieNameOf } from '../../src/base/cookie-name.ts';
import { decodeStatusList, statusAt } from '../../src/crypto/status-list.ts';
import type { CertificateCounts } from '../../src/directory/index.ts';
import { shanghaiDateOf } from '../../src/terms/calendar-date.ts';
import { issueLicence, keepPhoto, licenceOf, seedTypes, types } from '../support/certificates.ts';
import { authorities, type Department, startDepartment, useCause } from '../support/department.ts';
import { type Instance, startInstance } from '../support/instance.ts';

const law = { law: '测试条例', article: '第一条' };

let instance: Instance;
let department: Department;
let person: Awaited<ReturnType<Instance['addPerson']>>;
let identifier: string;
let people = 0;

beforeAll(async () => {
  instance = await startInstance();
  await seedTypes(instance);
  department = await startDepartment(instance);
}, 30_000);
afterAll(() => instance?.stop());

/** Gives each test of a group a person of its own with a driving licence. */
const withLicence = (): void =>
  beforeEach(async () => {
    person = await instance.addPerson(people++);
    identifier = await issueLicence(instance, person);
  });

const rowsOf = async () => {
  const { directory, consent } = instance.app.house;
  const holderIndex = directory.holderIndexOf({ type: '111', code: person.number });
  return (await consent.listAccesses({ accountId: person.accountId, holderIndex })).rows;
};

const raw = async (headers: Record<string, string>, body: unknown = {}): Promise<[number, unknown]> => {
  const answer = await fetch(`${instance.issuer}/api/verifications`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return [answer.status, ((await answer.json()) as { code: string }).code];
};

describe('a department’s machine', () => {
  test('without a token, with a bearer token or a made-up one is refused by a problem document', async () => {
    const token = await department.token();
    for (const authorization of ['', `Bearer ${token}`, 'DPoP made-up-made-up-made-up'])
      expect(await raw({ authorization })).toEqual([401, 'machine-unknown']);
  });

  test('gets no token without a key to bind it to', async () => {
    const asked = client.clientCredentialsGrant(department.configuration, { scope: 'certificate.verify' });
    await expect(asked).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('is refused with a stolen token and a key of its own', async () => {
    const thief = client.getDPoPHandle(department.configuration, await client.randomDPoPKeyPair('ES256'));
    const answer = client.fetchProtectedResource(
      department.configuration,
      await department.token(),
      new URL('/api/verifications', instance.issuer),
      'POST',
      '{}',
      new Headers({ 'content-type': 'application/json' }),
      { DPoP: thief },
    );
    await expect(answer).rejects.toMatchObject({ status: 401 });
  });

  test('is refused when a proof comes a second time, or was made for another address', async () => {
    const seen: Headers[] = [];
    const watched = await startDepartment(instance);
    watched.configuration[client.customFetch] = (url, options) => {
      seen.push(new Headers(options.headers as Record<string, string>));
      return fetch(url, options as RequestInit);
    };
    await watched.call('/certificate-types/list', {});
    const [used] = seen.slice(-1);
    const headers = { authorization: used?.get('authorization') ?? '', dpop: used?.get('dpop') ?? '' };
    const again = await fetch(`${instance.issuer}/api/certificate-types/list`, { method: 'POST', headers });
    expect([again.status, ((await again.json()) as { code: string }).code]).toEqual([
      401,
      'machine-proof-refused',
    ]);
    expect(await raw(headers)).toEqual([401, 'machine-proof-refused']);
  });

  test('is refused what it is not registered for, and everything once it is switched off', async () => {
    const verifier = await startDepartment(instance, { scope: 'certificate.verify' });
    const token = await verifier.token();
    expect(await verifier.call('/certificates', licenceOf({ number: 'x', name: 'x' }))).toMatchObject({
      status: 403,
      body: { code: 'machine-scope-missing' },
    });
    const site = await instance.app.house.sites.find(verifier.clientId);
    if (site === null) throw new Error('it is registered');
    await instance.app.house.sites.save({ ...site, enabled: false }, 'test');
    const answer = client.fetchProtectedResource(
      verifier.configuration,
      token,
      new URL('/api/certificate-types/list', instance.issuer),
      'POST',
      '{}',
      new Headers({ 'content-type': 'application/json' }),
      { DPoP: verifier.dpop },
    );
    await expect(answer).rejects.toMatchObject({ status: 401 });
  });

  test.each([
    ['no JSON', '{', 'body'],
    ['a member nobody knows', { identifier: 'x', useCause, basis: law, extra: 1 }, 'body'],
    ['no basis', { identifier: 'x', useCause }, 'basis'],
    ['a number for a text', { identifier: 7, useCause, basis: law }, 'identifier'],
  ])('that sends %s is told which field, and never what it held', async (_what, body, field) => {
    const answer = await department.call('/verifications', body);
    expect([answer.status, answer.type]).toEqual([400, 'application/problem+json']);
    expect(answer.body).toMatchObject({ code: 'machine-request-invalid', trace_code: expect.any(String) });
    expect(String(answer.body['detail'])).toContain(field);
  });

  test('has so many calls a minute', async () => {
    const eager = await startDepartment(instance);
    const { sites, siteHealth } = instance.app.house;
    const site = await sites.find(eager.clientId);
    if (site === null) throw new Error('it is registered');
    await sites.save({ ...site, requestsPerMinute: 10 }, 'test');
    for (let call = 1; call < 10; call += 1) await siteHealth.admit(eager.clientId, 'api');
    expect((await eager.call('/certificate-types/list', {})).status).toBe(200);
    const refused = await eager.call('/certificate-types/list', {});
    expect([refused.status, refused.body['code']]).toEqual([429, 'machine-quota-exceeded']);
  });

  test('has fewer calls of an operation that costs more, told when to try again, and goes on with the others', async () => {
    const eager = await startDepartment(instance);
    const { ephemeral } = instance.app.house.storage;
    const most = 120;
    const key = `limit:api:${eager.clientId}:verifyFile`;
    await Promise.all(Array.from({ length: most - 1 }, () => ephemeral.count(key, 60)));
    const verify = () => eager.call('/files/verify', { digest: '0'.repeat(64), useCause, basis: law });
    expect((await verify()).status).toBe(200);
    const refused = await verify();
    expect([refused.status, refused.type]).toEqual([429, 'application/problem+json']);
    const { retryAfter } = refused;
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(60);
    expect(refused.body).toMatchObject({
      status: 429,
      code: 'machine-quota-exceeded',
      trace_code: expect.any(String),
      detail: expect.stringContaining(String(retryAfter)),
    });
    expect((await eager.call('/certificate-types/list', {})).status).toBe(200);
  });
});

describe('fetching signals', () => {
  test('is for a machine that is registered for it and subscribed that way', async () => {
    const machine = await startDepartment(instance, { scope: 'signal.receive' });
    const none = await machine.call('/signals/poll', {});
    expect([none.status, none.body['code']]).toEqual([404, 'signal-subscription-missing']);
    await instance.app.house.signals.saveSubscription({
      clientId: machine.clientId,
      deliveryUrl: 'urn:ietf:rfc:8936',
      eventTypes: ['certificate.*'],
      actor: 'test',
    });
    const empty = await machine.call('/signals/poll', { returnImmediately: true, maxEvents: 5 });
    expect([empty.status, empty.body]).toEqual([200, { sets: {}, moreAvailable: false }]);
    expect((await department.call('/signals/poll', {})).status).toBe(403);
  });
});

describe('verifying a certificate', () => {
  withLicence();

  const verify = async (more: object = {}) =>
    (await department.call('/verifications', { identifier, useCause, basis: law, ...more })).body['verdict'];

  test('says genuine, and of false claims not which is false', async () => {
    expect(await verify({ claims: { holderName: person.name, fields: { vehicleClass: 'C1' } } })).toEqual({
      kind: 'genuine',
    });
    const wrong = { kind: 'notGenuine', reason: 'claims' };
    expect(await verify({ claims: { holderName: person.name, fields: { vehicleClass: 'A1' } } })).toEqual(
      wrong,
    );
    expect(await verify({ claims: { holderName: '别人', fields: { vehicleClass: 'C1' } } })).toEqual(wrong);
  });

  test('says ended from the moment its authority ended it', async () => {
    const ended = { identifier, ground: 'revoked', endedOn: '2026-11-20', reasonCode: 'r1' };
    expect((await department.call('/certificates/end', ended)).status).toBe(200);
    expect(await verify()).toEqual({ kind: 'ended', status: 'revoked', endedOn: '2026-11-20' });
  });

  test('by another authority’s machine cannot be turned into ending it', async () => {
    const registry = await startDepartment(instance, { authorityCode: authorities.registry });
    const ended = { identifier, ground: 'revoked', endedOn: '2026-11-20', reasonCode: 'r1' };
    expect(await registry.call('/certificates/end', ended)).toMatchObject({
      body: { code: 'certificate-issuer-other' },
    });
    expect(await verify()).toEqual({ kind: 'genuine' });
  });

  test('is written down for the person: who, what, what for and by what right', async () => {
    await verify();
    expect(await rowsOf()).toMatchObject([
      {
        reader: { kind: 'department', id: department.clientId, name: { zh: '测试部门' } },
        what: { certificateIdentifier: identifier, fields: ['verdict'] },
        cause: { purpose: useCause.purpose, itemCode: 'T-1' },
        basis: { kind: 'law', ...law },
        outcome: { kind: 'granted' },
      },
    ]);
  });

  test('without a use cause is refused, and nothing is written down', async () => {
    const answer = await department.call('/verifications', {
      identifier,
      useCause: { ...useCause, purpose: ' ' },
      basis: law,
    });
    expect([answer.status, answer.body['code']]).toEqual([400, 'use-cause-invalid']);
    expect(await rowsOf()).toEqual([]);
  });
});

describe('reading a certificate', () => {
  withLicence();

  test('gives the fields asked for and no others', async () => {
    const answer = await department.call('/certificates/read', {
      identifier,
      fields: ['vehicleClass', 'holders'],
      useCause,
      basis: law,
    });
    expect(answer.body).toMatchObject({
      number: null,
      holders: [{ name: person.name }],
      fields: [{ name: 'vehicleClass', value: 'C1' }],
    });
    expect(await rowsOf()).toMatchObject([{ what: { fields: ['vehicleClass', 'holders'] } }]);
  });

  test('on an authorisation that nobody gave is refused, and the person sees that it was tried', async () => {
    const basis = { authorisationId: 'made-up' };
    const answer = await department.call('/certificates/read', {
      identifier,
      fields: ['address'],
      useCause,
      basis,
    });
    expect([answer.status, answer.body['code']]).toEqual([403, 'use-not-authorised']);
    expect(JSON.stringify(answer.body)).not.toContain('和平路');
    expect(await rowsOf()).toMatchObject([{ outcome: { kind: 'refused', code: 'use-not-authorised' } }]);
  });

  test('that is of nobody is refused', async () => {
    const unknown = '1.2.156.3005.2.11999999000000019M001.11999999000000019M.2026000001.001.Q';
    const body = { identifier: unknown, fields: ['address'], useCause, basis: law };
    expect(await department.call('/certificates/read', body)).toMatchObject({
      body: { code: 'certificate-unknown' },
    });
  });

  test('by holder lists what there is, without opening it', async () => {
    const body = { holder: { type: '111', code: person.number }, useCause, basis: law };
    const answer = await department.call('/certificates/search', body);
    expect(answer.body).toMatchObject({ certificates: [{ identifier, state: 'valid' }], next: null });
    expect(JSON.stringify(answer.body)).not.toContain(person.number);
  });
});

describe('issuing a certificate by machine', () => {
  withLicence();

  test('makes it once, however often it is asked', async () => {
    const request = { ...licenceOf(person), ...(await keepPhoto(instance, person)) };
    const first = await department.call('/certificates', request);
    const again = await department.call('/certificates', request);
    expect([first.body['created'], again.body['created']]).toEqual([true, false]);
    expect(again.body['certificate']).toEqual(first.body['certificate']);
  });

  test('is refused to an authority that is not entitled, and leaves nothing', async () => {
    const registry = await startDepartment(instance, { authorityCode: authorities.registry });
    const request = { ...licenceOf(person), ...(await keepPhoto(instance, person)) };
    const answer = await registry.call('/certificates', request);
    expect([answer.status, answer.body['code']]).toEqual([403, 'certificate-issuer-not-entitled']);
    const { directory } = instance.app.house;
    const holder = { type: '111', code: person.number };
    const page = await directory.listCertificatesOfHolder(holder, { limit: 10 });
    expect(page.certificates.map((one) => one.identifier)).toEqual([identifier]);
  });

  test('names the field that is missing or wrong', async () => {
    const { fields, ...rest } = { ...licenceOf(person), ...(await keepPhoto(instance, person)) };
    const { address, ...without } = fields;
    const missing = await department.call('/certificates', { ...rest, fields: without });
    expect(missing.status).toBe(400);
    expect(String(missing.body['detail'])).toContain('住址');
    const number = { ...rest, fields, holders: [{ type: '111', code: '999999199001010017', name: '甲' }] };
    expect((await department.call('/certificates', number)).body['code']).toBe('citizen-number-check');
    expect(address).not.toBe('');
  });
});

describe('an authority’s acts by machine', () => {
  withLicence();

  const act = { reasonCode: 'r-1' };
  const today = (): string => shanghaiDateOf(systemClock.now());
  /** What the public list of statuses says of the certificate now. */
  const statusOf = async (at = identifier): Promise<unknown> => {
    const row = await instance.app.house.storage.records
      .collection('credentials')
      .findOne({ _id: at as never });
    const list = await fetch(`${instance.issuer}/status-lists/${String(row?.['listId'])}`);
    const { status_list: claim } = decodeJwt(await list.text()) as { status_list?: unknown };
    return statusAt(decodeStatusList(claim), Number(row?.['index']));
  };
  const credentialOf = (at = identifier) =>
    instance.app.house.credentials.issueCredential({ identifier: at, actor: 'test' });

  test('suspend, lift and change are followed by the list of statuses, and repeated are answered alike', async () => {
    await credentialOf();
    const suspend = { ...act, identifier, suspendedOn: today() };
    const first = await department.call('/certificates/suspend', suspend);
    expect(first.body).toMatchObject({ certificate: { identifier, state: 'suspended' } });
    expect((await department.call('/certificates/suspend', suspend)).body).toEqual(first.body);
    expect(await statusOf()).toBe('suspended');
    const change = { ...act, identifier, changes: { areaCode: '990000', number: 'N-2' } };
    expect((await department.call('/certificates/change', change)).body['code']).toBe(
      'certificate-is-suspended',
    );
    await department.call('/certificates/lift', { ...act, identifier, liftedOn: today() });
    expect(await statusOf()).toBe('valid');
    const changed = await department.call('/certificates/change', change);
    expect(changed.body).toMatchObject({ created: true, certificate: { version: 2, state: 'valid' } });
    const again = await department.call('/certificates/change', change);
    expect(again.body).toEqual({ ...changed.body, created: false });
    expect(await statusOf()).toBe('invalid');
  });

  test('are for the authority that issued, and for whom it registered to issue', async () => {
    const registry = await startDepartment(instance, { authorityCode: authorities.registry });
    const reader = await startDepartment(instance, { scope: 'certificate.query' });
    const acts: [string, object][] = [
      ['/certificates/change', { changes: { number: 'N-2' } }],
      ['/certificates/suspend', { suspendedOn: today() }],
      ['/certificates/lift', { liftedOn: today() }],
    ];
    for (const [path, more] of acts) {
      const body = { ...act, identifier, ...more };
      expect((await registry.call(path, body)).body['code']).toBe('certificate-issuer-other');
      expect((await reader.call(path, body)).body['code']).toBe('machine-scope-missing');
    }
    const nothing = await department.call('/certificates/change', { ...act, identifier, changes: {} });
    expect([nothing.status, nothing.body['code']]).toEqual([400, 'machine-request-invalid']);
  });

  test('show in the counts by which it reconciles its books', async () => {
    const count = async () => {
      const query = { typeCode: types.drivingLicence, from: today(), until: today() };
      return (await department.call('/certificates/counts', query)).body as unknown as CertificateCounts;
    };
    const before = await count();
    await department.call('/certificates/change', { ...act, identifier, changes: { number: 'N-2' } });
    await issueLicence(instance, person);
    const other = await issueLicence(instance, person);
    await department.call('/certificates/end', {
      ...act,
      identifier: other,
      ground: 'void',
      endedOn: today(),
    });
    const after = await count();
    const [[then], [now]] = [before.days, after.days];
    if (then === undefined || now === undefined) throw new Error('a day was asked for');
    const { issued, changed, ended } = then;
    expect(now).toEqual({ day: today(), issued: issued + 2, changed: changed + 1, ended: ended + 1 });
    const { valid, superseded, void: voided } = before.statuses;
    expect(after.statuses).toMatchObject({ valid: valid + 1, superseded: superseded + 1, void: voided + 1 });
    const long = { typeCode: types.drivingLicence, from: '2026-01-01', until: '2026-02-01' };
    expect((await department.call('/certificates/counts', long)).body['code']).toBe('certificate-count-days');
  });

  test('are told which claimed fields hold only where the basis allows to read them, and never the values', async () => {
    const claims = { holderName: '别人', fields: { vehicleClass: 'C1', address: '别处' } };
    const ask = (basis: object) =>
      department.call('/verifications', { identifier, claims, tellMatches: true, useCause, basis });
    expect((await ask({ authorisationId: 'made-up' })).body['code']).toBe('use-not-authorised');
    const { body } = await ask(law);
    expect(body).toEqual({
      verdict: { kind: 'notGenuine', reason: 'claims' },
      matches: { number: null, holder: false, fields: { vehicleClass: true, address: false } },
    });
    expect((await rowsOf())[0]?.what.fields).toEqual(['holders', 'vehicleClass', 'address']);
  });
});

describe('verifying a file', () => {
  withLicence();

  const base64 = (content: string | Buffer): string => Buffer.from(content).toString('base64');
  const ask = async (file: object) =>
    (await department.call('/files/verify', { ...file, useCause, basis: law })).body;
  /** What anybody may ask, by the form of the page. */
  const askAnonymously = async (content: string | Buffer): Promise<[number, string]> => {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(Buffer.from(content))]), 'file.bin');
    const answer = await fetch(`${instance.issuer}/verify/file`, { method: 'POST', body: form });
    return [answer.status, await answer.text()];
  };
  const end = () =>
    department.call('/certificates/end', {
      ...{ identifier, ground: 'revoked', reasonCode: 'r-1' },
      endedOn: shanghaiDateOf(systemClock.now()),
    });

  test('of a copy says for whom and what for it was made, and that it ended; anybody hears the verdict alone', async () => {
    const expiresOn = shanghaiDateOf(systemClock.now());
    const request = { identifier, form: 'png', expiresOn, useCause, basis: law };
    const { body: copy } = await department.call('/certificates/copy', request);
    const bytes = Buffer.from(String(copy['content']), 'base64');
    const found = {
      ...{ kind: 'copy', identifier, verdict: { kind: 'genuine' } },
      copy: { copyId: copy['copyId'], callerName: '测试部门', purpose: useCause.purpose, expiresOn },
    };
    expect(await ask({ content: base64(bytes) })).toMatchObject(found);
    expect(await ask({ digest: copy['digest'] })).toMatchObject(found);
    expect((await rowsOf()).map(({ what }) => what.fields)).toContainEqual(['verdict']);
    const [status, page] = await askAnonymously(bytes);
    expect([status, page]).toEqual([200, expect.stringContaining('真实有效')]);
    for (const secret of [useCause.purpose, '测试部门', person.name, person.number])
      expect(page).not.toContain(secret);
    await end();
    expect((await ask({ content: base64(bytes) }))['verdict']).toMatchObject({
      kind: 'ended',
      status: 'revoked',
    });
    expect((await askAnonymously(bytes))[1]).toContain('已经失效');
    const forged = Buffer.concat([bytes, Buffer.of(0)]);
    expect(await ask({ content: base64(forged) })).toMatchObject({
      verdict: { kind: 'notGenuine' },
      copy: null,
    });
    expect((await askAnonymously(forged))[1]).toContain('这不是本系统出具的文件');
  }, 20_000);

  test('of a sealed document or a credential fails for any byte that was altered', async () => {
    const { body: sealed } = await department.call('/certificates/document', {
      identifier,
      useCause,
      basis: law,
    });
    const text = JSON.stringify(sealed);
    const genuine = { identifier, verdict: { kind: 'genuine' } };
    expect(await ask({ content: base64(text) })).toMatchObject({ kind: 'document', ...genuine });
    const { credential } = await instance.app.house.credentials.issueCredential({
      identifier,
      actor: 'test',
    });
    expect(await ask({ content: base64(credential) })).toMatchObject({ kind: 'credential', ...genuine });
    const [token = '', first = '', ...rest] = credential.split('~');
    const other = Buffer.from(JSON.stringify(['salt', 'number', 'forged'])).toString('base64url');
    for (const forged of [
      text.replace('C1', 'A1'),
      text.replace(/"jws":"(.)/, (_whole, letter) => `"jws":"${letter === 'e' ? 'f' : 'e'}`),
      [token, other, ...rest].join('~'),
      [`${token.slice(0, -2)}AA`, first, ...rest].join('~'),
      `${credential}proof`,
      '{"document":{},"seal":{}}',
      '[[',
    ])
      expect(await ask({ content: base64(forged) })).toMatchObject({
        kind: 'other',
        verdict: { kind: 'notGenuine' },
      });
  });

  test('that is none, is too large or is no form is said in words', async () => {
    expect(await askAnonymously('')).toEqual([400, expect.stringContaining('没有收到文件')]);
    expect(await askAnonymously(Buffer.alloc(4096 * 1024 + 1))).toEqual([
      413,
      expect.stringContaining('4096 KB'),
    ]);
    const answer = await fetch(`${instance.issuer}/verify/file`, { method: 'POST', body: 'x=1' });
    expect(answer.status).toBe(400);
  });
});

describe('the description of the interface', () => {
  test('is a page too, in either language, with the words of each refusal and the quotas', async () => {
    const zh = await (await fetch(`${instance.issuer}/api/docs`)).text();
    for (const word of ['核验文件', 'certificate.issue', '照片摘要与库中这张照片不一致', '每分钟 120 次'])
      expect(zh).toContain(word);
    const en = await (await fetch(`${instance.issuer}/api/docs?ui_lang=en`)).text();
    expect(en).toContain('Suspend a certificate');
    expect(en).not.toMatch(/undefined|\[object/);
  });

  test('names every operation, its scope and its refusals', async () => {
    const answer = await fetch(`${instance.issuer}/api/openapi.json`);
    const document = (await answer.json()) as { openapi: string; paths: Record<string, unknown> };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).sort()).toEqual([
      '/authorisations/poll',
      '/authorisations/request',
      '/certificate-types/list',
      '/certificates',
      '/certificates/change',
      '/certificates/copy',
      '/certificates/counts',
      '/certificates/document',
      '/certificates/end',
      '/certificates/lift',
      '/certificates/read',
      '/certificates/search',
      '/certificates/suspend',
      '/directory/buckets',
      '/directory/entries',
      '/directory/locate',
      '/files/verify',
      '/presentations/scan',
      '/recognition/present',
      '/recognition/presentation-requests',
      '/recognition/read',
      '/recognition/scan',
      '/recognition/verify',
      '/signals/poll',
      '/verifications',
    ]);
    expect(JSON.stringify(document)).toContain('certificate-issuer-not-entitled');
  });

  test('holds every operation to its scope, and none of them to a visit of the console', async () => {
    const { paths } = (await (await fetch(`${instance.issuer}/api/openapi.json`)).json()) as {
      paths: Record<string, { post: { security: { department: [string] }[] } }>;
    };
    const operations = Object.entries(paths).map(([path, { post }]) => ({
      path,
      scope: post.security[0]?.department[0] ?? '',
    }));
    for (const scope of new Set(operations.map((one) => one.scope))) {
      const machine = await startDepartment(instance, { scope });
      for (const one of operations) {
        const { body } = await machine.call(one.path, {});
        const isRefused = body['code'] === 'machine-scope-missing';
        expect([scope, one.path, isRefused]).toEqual([scope, one.path, one.scope !== scope]);
      }
    }
    const cookie = `${cookieNameOf(instance.issuer, 'yihao_console')}=${'a'.repeat(43)}`;
    for (const { path } of operations) {
      const { status } = await fetch(`${instance.issuer}/api${path}`, {
        method: 'POST',
        headers: { cookie },
      });
      expect([path, status]).toEqual([path, 401]);
    }
  });

  test('does not answer other addresses with a page', async () => {
    const answer = await fetch(`${instance.issuer}/api/nowhere`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
  });
});

describe('an address that goes on guessing tokens', () => {
  let other: Instance;
  beforeAll(async () => {
    other = await startInstance();
  });
  afterAll(() => other?.stop());

  test('is told to wait, while a machine with a token of its own goes on', async () => {
    const guess = (): Promise<Response> =>
      fetch(`${other.issuer}/api/verifications`, {
        method: 'POST',
        headers: { authorization: 'DPoP made-up-made-up-made-up' },
      });
    const statuses: number[] = [];
    for (let tries = 0; tries < 61; tries += 1) statuses.push((await guess()).status);
    expect([statuses[0], statuses.at(-1)]).toEqual([401, 429]);
    const honest = await startDepartment(other);
    expect((await honest.call('/certificate-types/list', {})).status).toBe(200);
  });
});
