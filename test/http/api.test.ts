import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import * as client from 'openid-client';
import { issueLicence, keepPhoto, licenceOf, seedTypes } from '../support/certificates.ts';
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
    const { ephemeral } = instance.app.house.storage;
    const most = 600;
    await Promise.all(Array.from({ length: most }, () => ephemeral.count(`limit:api:${eager.clientId}`, 60)));
    const refused = await eager.call('/certificate-types/list', {});
    expect([refused.status, refused.body['code']]).toEqual([429, 'machine-quota-exceeded']);
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

describe('the description of the interface', () => {
  test('names every operation, its scope and its refusals', async () => {
    const answer = await fetch(`${instance.issuer}/api/openapi.json`);
    const document = (await answer.json()) as { openapi: string; paths: Record<string, unknown> };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).sort()).toEqual([
      '/authorisations/poll',
      '/authorisations/request',
      '/certificate-types/list',
      '/certificates',
      '/certificates/copy',
      '/certificates/end',
      '/certificates/read',
      '/certificates/search',
      '/presentations/scan',
      '/verifications',
    ]);
    expect(JSON.stringify(document)).toContain('certificate-issuer-not-entitled');
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
