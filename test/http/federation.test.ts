import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createLocalJWKSet, decodeJwt, type JWTPayload, jwtVerify } from 'jose';
import { addSubordinate, listSubordinates, showFederationKeys } from '../../src/commands/federation.ts';
import type { PublishedKeys } from '../../src/crypto/index.ts';
import { verifyChain } from '../../src/oidc/federation/chain.ts';
import { accessionOf, frameworkOf, sign, tell } from '../recognition/frameworks.ts';
import { beat, introduce, partyOf, type Region, send } from '../recognition/regions.ts';
import { createEntity, type Entity } from '../support/entities.ts';
import { type Front, openFront } from '../support/front.ts';
import { frozenClock } from '../support/frozen-clock.ts';
import { type Instance, startInstance } from '../support/instance.ts';

const clock = frozenClock();
const cityTypes = 'federation_entity,openid_provider,openid_relying_party';

let folder: string;
let front: Front;
let province: Instance;
let city: Instance;
let site: Entity;
let siteServer: Server;
let provinceKeys: PublishedKeys;
const printed: string[] = [];

const inFolder = (name: string): string => join(folder, name);

/** Runs commands on the province's storage, as its operator does before it is served. */
const onCommandLine = async (work: () => Promise<void>): Promise<string> => {
  const former = { ...process.env };
  Object.assign(process.env, {
    YIHAO_MODE: 'development',
    YIHAO_ISSUER: front.issuer,
    YIHAO_REGION_CODE: '990000',
    YIHAO_REGION_NAME: '示例省',
    YIHAO_DATA_FOLDER: inFolder('province'),
    YIHAO_MASTER_KEY: '5e'.repeat(32),
    YIHAO_LOG_LEVEL: 'silent',
  });
  printed.length = 0;
  const print = jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  try {
    await work();
    return printed.join('\n');
  } finally {
    print.mockRestore();
    for (const name of Object.keys(process.env)) if (!(name in former)) delete process.env[name];
  }
};

/** A site that publishes its statement by itself and stands below the city. */
const startSite = async (): Promise<void> => {
  siteServer = createServer(async (_request, response) => {
    const metadata = { openid_relying_party: { client_name: '示例网站', response_types: ['code', 'token'] } };
    const says = { authority_hints: [city.issuer], metadata };
    response.writeHead(200, { 'content-type': 'application/entity-statement+jwt' });
    response.end(await site.state(site.id, says));
  });
  await new Promise<void>((resolve) => siteServer.listen(0, 'localhost', resolve));
  const { port } = siteServer.address() as AddressInfo;
  site = await createEntity(`http://localhost:${port}`, clock.now().getTime() / 1000);
  const { subordinates } = city.app.house.federation;
  const entityTypes = ['openid_relying_party'];
  await subordinates.save({ entityId: site.id, keys: site.keys.keys, entityTypes, actor: 'test' });
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yihao-federation-'));
  front = await openFront();
  provinceKeys = JSON.parse(await onCommandLine(showFederationKeys));
  await writeFile(inFolder('anchors.json'), JSON.stringify({ [front.issuer]: provinceKeys }));
  city = await startInstance(
    {
      YIHAO_REGION_CODE: '990100',
      YIHAO_REGION_NAME: '示例市',
      YIHAO_FEDERATION_SUPERIORS: front.issuer,
      YIHAO_FEDERATION_ANCHORS_FILE: inFolder('anchors.json'),
    },
    inFolder('city'),
    clock,
  );
  const cityKeys = { keys: await city.app.house.crypto.federationKeys.published() };
  await writeFile(inFolder('city.json'), JSON.stringify(cityKeys));
  await onCommandLine(() => addSubordinate([city.issuer, inFolder('city.json'), cityTypes]));
  const listed = await onCommandLine(listSubordinates);
  expect(listed).toMatch(new RegExp(`^active  ${city.issuer}  federation_entity openid_provider`));
  province = await startInstance({ YIHAO_ISSUER: front.issuer }, inFolder('province'), clock);
  front.listener = province.app.listener;
  await startSite();
}, 30_000);

afterAll(async () => {
  siteServer?.closeAllConnections();
  siteServer?.close();
  await Promise.all([city?.stop(), province?.stop(), front?.close()]);
  await rm(folder, { recursive: true, force: true });
});

/** Asks a federation endpoint; the answer is a token or a list, a refusal has the standard's code. */
const ask = async (issuer: string, path: string, parameters: Record<string, string> = {}) => {
  const answer = await fetch(`${issuer}${path}?${new URLSearchParams(parameters)}`);
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
  const body = isJson ? (JSON.parse(text) as { error?: string; error_description?: string }) : null;
  return { status: answer.status, type: answer.headers.get('content-type'), text, body };
};

const refusal = async (...call: Parameters<typeof ask>) => {
  const { status, body } = await ask(...call);
  expect(body?.error_description).toEqual(expect.any(String));
  return [status, body?.error];
};

const read = async (token: string, typ: string, keys: PublishedKeys = provinceKeys): Promise<JWTPayload> =>
  (await jwtVerify(token, createLocalJWKSet(keys), { typ, currentDate: clock.now() })).payload;

const resolve = (issuer: string, more: Record<string, string> = {}) =>
  ask(issuer, '/federation/resolve', { sub: site.id, trust_anchor: front.issuer, ...more });

describe('an instance in a federation', () => {
  test('says what it is, by keys that sign nothing else', async () => {
    const { type, text } = await ask(city.issuer, '/.well-known/openid-federation');
    expect(type).toBe('application/entity-statement+jwt');
    const claims = decodeJwt(text);
    expect(claims).toMatchObject({ iss: city.issuer, sub: city.issuer, authority_hints: [front.issuer] });
    await read(text, 'entity-statement+jwt', claims['jwks'] as PublishedKeys);
    const { keys } = (await (await fetch(`${city.issuer}/jwks`)).json()) as { keys: { kid: string }[] };
    for (const { kid } of keys) expect(text).not.toContain(kid);
    const own = decodeJwt((await ask(front.issuer, '/.well-known/openid-federation')).text);
    expect(own).not.toHaveProperty('authority_hints');
  });

  test('describes its provider as its discovery document does', async () => {
    const { metadata } = decodeJwt<{ metadata: { openid_provider: Record<string, unknown> } }>(
      (await ask(city.issuer, '/.well-known/openid-federation')).text,
    );
    const { organization_name, client_registration_types_supported, ...described } = metadata.openid_provider;
    expect([organization_name, client_registration_types_supported]).toEqual(['示例市', []]);
    const discovery = await fetch(`${city.issuer}/.well-known/openid-configuration`);
    expect(await discovery.json()).toMatchObject(described);
  });

  test('lists whom it vouches for, and what it vouches for', async () => {
    expect((await ask(front.issuer, '/federation/list')).body).toEqual([city.issuer]);
    const list = async (issuer: string, parameters: Record<string, string>) =>
      (await ask(issuer, '/federation/list', parameters)).body;
    expect(await list(city.issuer, { intermediate: 'true' })).toEqual([]);
    expect(await list(city.issuer, { entity_type: 'openid_relying_party' })).toEqual([site.id]);
    const { text } = await ask(front.issuer, '/federation/fetch', { sub: city.issuer });
    expect(await read(text, 'entity-statement+jwt')).toMatchObject({
      ...{ iss: front.issuer, sub: city.issuer },
      jwks: { keys: await city.app.house.crypto.federationKeys.published() },
      constraints: { max_path_length: 1, allowed_entity_types: ['openid_provider', 'openid_relying_party'] },
    });
  });

  test('refuses in the words of the standard', async () => {
    const fetchPath = '/federation/fetch';
    expect(await refusal(front.issuer, fetchPath, { sub: site.id })).toEqual([404, 'not_found']);
    expect(await refusal(front.issuer, fetchPath, { sub: front.issuer })).toEqual([400, 'invalid_request']);
    expect(await refusal(front.issuer, fetchPath)).toEqual([400, 'invalid_request']);
    expect(await refusal(front.issuer, '/federation/list', { trust_marked: 'true' })).toEqual([
      400,
      'unsupported_parameter',
    ]);
    const resolvePath = '/federation/resolve';
    const stranger = { sub: site.id, trust_anchor: 'https://anchor.example' };
    expect(await refusal(front.issuer, resolvePath, stranger)).toEqual([404, 'invalid_trust_anchor']);
    const hidden = { sub: 'https://10.0.0.1', trust_anchor: front.issuer };
    expect(await refusal(front.issuer, resolvePath, hidden)).toEqual([503, 'temporarily_unavailable']);
  });
});

describe('a site two steps below the province', () => {
  test('is resolved by whoever pins the province, over what each of the three publishes', async () => {
    for (const [issuer, keys] of [
      [front.issuer, provinceKeys],
      [city.issuer, { keys: await city.app.house.crypto.federationKeys.published() }],
    ] as const) {
      const { status, type, text } = await resolve(issuer);
      expect([status, type]).toEqual([200, 'application/resolve-response+jwt']);
      const answer = await read(text, 'resolve-response+jwt', keys);
      expect(answer).toMatchObject({
        ...{ iss: issuer, sub: site.id, exp: clock.now().getTime() / 1000 + 600 },
        metadata: {
          openid_relying_party: {
            ...{ client_name: '示例网站', response_types: ['code'], subject_type: 'pairwise' },
            ...{ token_endpoint_auth_method: 'private_key_jwt', id_token_signed_response_alg: 'ES256' },
          },
        },
      });
      const anchors = new Map([[front.issuer, provinceKeys]]);
      const chain = answer['trust_chain'] as string[];
      expect(chain).toHaveLength(4);
      await verifyChain(chain, { anchors, now: clock.now() });
    }
  });

  test('is no more once its superior or the city’s no longer vouches', async () => {
    const { subordinates } = province.app.house.federation;
    const { keys, entityTypes } = await subordinates.find(city.issuer);
    await subordinates.remove({ entityId: city.issuer, actor: 'test' });
    expect((await ask(front.issuer, '/federation/list')).body).toEqual([]);
    expect((await resolve(front.issuer)).body).toMatchObject({ error: 'not_found' });
    await subordinates.save({ entityId: city.issuer, keys: site.keys.keys, entityTypes, actor: 'test' });
    expect((await resolve(front.issuer)).body).toMatchObject({ error: 'invalid_trust_chain' });
    await subordinates.save({ entityId: city.issuer, keys, entityTypes, actor: 'test' });
    expect((await resolve(front.issuer)).status).toBe(200);
    const { records } = province.app.house.storage;
    const kept = await records.collection('federationsubordinates').findOne({ _id: city.issuer as never });
    const events: { type: string }[] = kept?.['outbox'] ?? [];
    const types = events.map(({ type }) => type);
    expect(types).toEqual(
      ['added', 'removed', 'changed', 'changed'].map((type) => `federation-subordinate.${type}`),
    );
  });
});

describe('a city that joins the province’s framework', () => {
  const regionOf = ({ issuer, app: { house } }: Instance, regionCode: string): Region => ({
    entityId: issuer,
    regionCode,
    recognition: house.recognition,
    crypto: house.crypto,
    records: house.storage.records,
    party: async () => partyOf(issuer, regionCode, (await house.crypto.agreementKeys.load()).current),
    close: async () => undefined,
  });

  const join = async () => {
    const [member, operator] = [regionOf(city, '990100'), regionOf(province, '990000')];
    await introduce(member, operator);
    const framework = await sign(operator.recognition, frameworkOf(await operator.party()));
    await tell(operator, member);
    const content = accessionOf(await member.party(), await operator.party(), framework);
    const { digest: digestSeen, ...place } = await sign(member.recognition, content);
    await send(member, operator, clock);
    await operator.recognition.countersignAgreement({ ...place, digestSeen, actor: 'o3' });
    await send(operator, member, clock);
    await send(member, operator, clock);
    await beat(member, operator, clock);
    return { member, operator, agreementId: place.agreementId, frameworkId: framework.agreementId };
  };

  const statusOf = async (mark: string): Promise<unknown> => {
    const answer = await fetch(`${front.issuer}/federation/trust-mark-status`, {
      method: 'POST',
      body: new URLSearchParams({ trust_mark: mark }),
    });
    const typ = 'trust-mark-status-response+jwt';
    return answer.ok ? (await read(await answer.text(), typ))['status'] : answer.status;
  };

  test('shows the province’s mark, which is active as long as the accession is', async () => {
    const asked = { trust_mark_type: `${front.issuer}/federation/framework-member`, sub: city.issuer };
    expect(await refusal(front.issuer, '/federation/trust-mark', asked)).toEqual([404, 'not_found']);
    const { member, operator, agreementId, frameworkId } = await join();
    const refused: unknown[] = [];
    await city.app.house.federation.refreshTrustMarks((error) => refused.push(error));
    expect(refused).toEqual([]);

    const resolveCity = async () =>
      read((await resolve(front.issuer, { sub: city.issuer })).text, 'resolve-response+jwt');
    const marks = (await resolveCity())['trust_marks'] as { trust_mark: string }[];
    expect(marks).toHaveLength(1);
    const mark = marks[0]?.trust_mark ?? '';
    const claims = await read(mark, 'trust-mark+jwt');
    expect(claims).toMatchObject({
      iss: front.issuer,
      ...asked,
      yihao_frameworks: [frameworkId],
    });
    expect(await statusOf(mark)).toBe('active');

    const reasoned = { agreementId, agreementVersion: 1, reason: '年度检查', actor: 'o4' };
    await operator.recognition.suspend({ ...reasoned, secondOfficer: 'o5' });
    expect(await statusOf(mark)).toBe('revoked');
    expect(await resolveCity()).not.toHaveProperty('trust_marks');
    expect(await statusOf(`${mark.slice(0, -4)}AAAA`)).toBe('invalid');
    expect(
      await statusOf(await site.sign('trust-mark+jwt', { sub: city.issuer, trust_mark_type: 'x' })),
    ).toBe(404);
    expect(member.entityId).toBe(city.issuer);
  });
});
