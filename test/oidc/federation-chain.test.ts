import { beforeAll, describe, expect, test } from '@jest/globals';
import { verifyChain } from '../../src/oidc/federation/chain.ts';
import { createTokenFetch } from '../../src/oidc/federation/fetch.ts';
import { findChain, type StatementSource } from '../../src/oidc/federation/find-chain.ts';
import { resolveEntity } from '../../src/oidc/federation/resolve.ts';
import { createEntity, type Entity } from '../support/entities.ts';
import { frozenClock } from '../support/frozen-clock.ts';

const now = frozenClock().now();
const nowSeconds = now.getTime() / 1000;

let province: Entity;
let city: Entity;
let site: Entity;
let evil: Entity;

beforeAll(async () => {
  const make = (name: string) => createEntity(`https://${name}.gov.example`, nowSeconds);
  [province, city, site, evil] = await Promise.all([
    make('province'),
    make('city'),
    make('site.city'),
    make('evil'),
  ]);
});

/** What a test changes in a chain that holds: who signs each statement, whom it is about, and what it says. */
interface Change {
  bySite?: Entity;
  byCity?: Entity;
  byProvince?: Entity;
  aboutCity?: string;
  siteSays?: object;
  citySays?: object;
  provinceSays?: object;
  header?: object;
}

const metadata = { openid_relying_party: { client_name: '示例网站', response_types: ['code'] } };

/** The site's own statement, the city's about the site, the province's about the city; the province's own is left out. */
const chainOf = async (change: Change = {}): Promise<string[]> => {
  const { bySite = site, byCity = city, byProvince = province, aboutCity = city.id } = change;
  const as = (id: string) => ({ iss: id });
  return [
    await bySite.state(site.id, {
      ...{ jwks: bySite.keys, authority_hints: [city.id], metadata },
      ...as(site.id),
      ...change.siteSays,
    }),
    await byCity.state(site.id, { jwks: site.keys, ...as(city.id), ...change.citySays }, change.header),
    await byProvince.state(aboutCity, { jwks: city.keys, ...as(province.id), ...change.provinceSays }),
  ];
};

const anchors = () => new Map([[province.id, province.keys]]);
const verify = (tokens: readonly string[]) => verifyChain(tokens, { anchors: anchors(), now });

describe('a chain of trust', () => {
  test('holds when each statement is signed by a key that the next one vouches for', async () => {
    const tokens = await chainOf({ provinceSays: { exp: nowSeconds + 300 } });
    const own = await province.state(province.id);
    for (const chain of [tokens, [...tokens, own]])
      expect(await verify(chain)).toMatchObject({ anchorId: province.id, metadata, exp: nowSeconds + 300 });
    expect(await verify([own])).toMatchObject({ anchorId: province.id });
  });

  const day = 86_400;
  test.each<[string, string, number, () => Change]>([
    [
      'the city signs all with a key the province does not vouch for',
      'signature',
      2,
      () => ({ byCity: evil }),
    ],
    ['the site signs with a key the city does not vouch for', 'signature', 1, () => ({ bySite: evil })],
    ['somebody else speaks for the province', 'signature', 3, () => ({ byProvince: evil })],
    [
      'the site’s keys are vouched for but do not sign its own statement',
      'signature',
      1,
      () => ({ siteSays: { jwks: evil.keys } }),
    ],
    ['the province speaks of another city', 'subject', 3, () => ({ aboutCity: evil.id })],
    [
      'the path may hold no city',
      'path-length',
      3,
      () => ({ provinceSays: { constraints: { max_path_length: 0 } } }),
    ],
    [
      'the type of the site is not allowed',
      'entity-type',
      1,
      () => ({ provinceSays: { constraints: { allowed_entity_types: ['openid_provider'] } } }),
    ],
    [
      'the site’s name is outside of what is permitted',
      'naming',
      3,
      () => ({ provinceSays: { constraints: { naming_constraints: { permitted: ['city.gov.example'] } } } }),
    ],
    [
      'the site’s name is excluded',
      'naming',
      2,
      () => ({ citySays: { constraints: { naming_constraints: { excluded: ['.city.gov.example'] } } } }),
    ],
    ['it says something critical', 'critical', 2, () => ({ citySays: { crit: ['area'], area: 1 } })],
    [
      'a policy operator is critical',
      'critical',
      3,
      () => ({ provinceSays: { metadata_policy_crit: ['regexp'] } }),
    ],
    ['it has ended', 'time', 2, () => ({ citySays: { exp: nowSeconds - 31 } })],
    [
      'it is of tomorrow',
      'time',
      3,
      () => ({ provinceSays: { iat: nowSeconds + day, exp: nowSeconds + 2 * day } }),
    ],
    ['it has no end', 'claims', 2, () => ({ citySays: { exp: undefined } })],
    ['it names no keys', 'claims', 3, () => ({ provinceSays: { jwks: { keys: [] } } })],
    ['it is a token of another type', 'type', 2, () => ({ header: { typ: 'JWT' } })],
    ['its header names no key', 'form', 2, () => ({ header: { kid: '' } })],
    [
      'the site does not name the city as its superior',
      'authority-hints',
      1,
      () => ({ siteSays: { authority_hints: [evil.id] } }),
    ],
    [
      'the site names more superiors than are asked',
      'authority-hints',
      1,
      () => ({ siteSays: { authority_hints: [1, 2, 3, 4, 5].map((n) => `https://${n}.example`) } }),
    ],
    ['the site makes a policy for itself', 'claims', 1, () => ({ siteSays: { metadata_policy: {} } })],
    ['it is too large', 'size', 1, () => ({ siteSays: { filling: 'x'.repeat(65_536) } })],
  ])('does not hold when %s', async (_, reason, statement, change) => {
    await expect(verify(await chainOf(change()))).rejects.toMatchObject({
      code: 'federation-chain-invalid',
      values: { reason, statement },
    });
  });

  test('takes clocks that are half a minute apart', async () => {
    const citySays = { iat: nowSeconds - 600, exp: nowSeconds - 29 };
    expect(await verify(await chainOf({ citySays }))).toMatchObject({ metadata });
    expect(await verify(await chainOf({ siteSays: { iat: nowSeconds + 30 } }))).toMatchObject({ metadata });
  });

  test('does not hold without an anchor that is pinned, whatever keys it shows of itself', async () => {
    const tokens = await chainOf({ byProvince: evil });
    const own = await evil.state(province.id, { jwks: evil.keys, iss: province.id });
    await expect(verify([...tokens, own])).rejects.toMatchObject({ values: { reason: 'signature' } });
    const stranger = verifyChain(await chainOf(), { anchors: new Map([[evil.id, evil.keys]]), now });
    await expect(stranger).rejects.toMatchObject({ values: { reason: 'anchor' } });
  });

  test('does not hold when it goes in a circle, is too long or begins with another’s word', async () => {
    const [own = '', byCity = '', byProvince = ''] = await chainOf();
    const back = await city.state(province.id, { jwks: province.keys });
    const circle = [own, byCity, byProvince, back, byProvince];
    await expect(verify(circle)).rejects.toMatchObject({ values: { reason: 'loop' } });
    await expect(verify(Array(7).fill(own))).rejects.toMatchObject({ values: { reason: 'length' } });
    await expect(verify([byCity, byProvince])).rejects.toMatchObject({ values: { reason: 'subject' } });
    await expect(verify(['not a token'])).rejects.toMatchObject({ values: { reason: 'form' } });
  });
});

/** Resolves the site's metadata under a policy of each superior. */
const resolved = async (
  parameters: object,
  {
    byProvince = {},
    byCity = {},
    citySays = {},
  }: { byProvince?: object; byCity?: object; citySays?: object },
) => {
  const policy = (of: object) => ({ metadata_policy: { openid_relying_party: of } });
  const tokens = await chainOf({
    siteSays: { metadata: { openid_relying_party: parameters } },
    citySays: { ...policy(byCity), ...citySays },
    provinceSays: policy(byProvince),
  });
  return (await verify(tokens)).metadata['openid_relying_party'];
};

describe('the metadata of a chain’s subject', () => {
  test('is what it says, what its superior says over it, and what the merged policy makes of both', async () => {
    // The example of the standard: "Metadata Policy Example".
    const byProvince = {
      grant_types: {
        default: ['authorization_code'],
        subset_of: ['authorization_code', 'refresh_token'],
        superset_of: ['authorization_code'],
      },
      token_endpoint_auth_method: {
        one_of: ['private_key_jwt', 'self_signed_tls_client_auth'],
        essential: true,
      },
      token_endpoint_auth_signing_alg: { one_of: ['PS256', 'ES256'] },
      subject_type: { value: 'pairwise' },
      contacts: { add: ['helpdesk@federation.example.org'] },
    };
    const byCity = {
      grant_types: { subset_of: ['authorization_code'] },
      token_endpoint_auth_method: { one_of: ['self_signed_tls_client_auth'] },
      contacts: { add: ['helpdesk@org.example.org'] },
    };
    const citySays = {
      metadata: { openid_relying_party: { policy_uri: 'https://org.example.org/policy.html' } },
    };
    const own = {
      redirect_uris: ['https://rp.example.org/callback'],
      response_types: ['code'],
      token_endpoint_auth_method: 'self_signed_tls_client_auth',
      contacts: ['rp_admins@rp.example.org'],
    };
    expect(await resolved(own, { byProvince, byCity, citySays })).toEqual({
      ...own,
      grant_types: ['authorization_code'],
      subject_type: 'pairwise',
      policy_uri: 'https://org.example.org/policy.html',
      contacts: ['rp_admins@rp.example.org', 'helpdesk@federation.example.org', 'helpdesk@org.example.org'],
    });
  });

  test.each<[string, object, object, object]>([
    ['value takes a parameter away', { a: 'x' }, { a: { value: null } }, {}],
    ['subset_of leaves what both have', { a: ['x', 'z'] }, { a: { subset_of: ['x', 'y'] } }, { a: ['x'] }],
    ['subset_of lets an absent one be', {}, { a: { subset_of: ['x'] } }, {}],
    ['default gives way', { a: 'x' }, { a: { default: 'y' } }, { a: 'x' }],
    ['an unknown operator does nothing', { a: 'x' }, { a: { regexp: '^y' } }, { a: 'x' }],
    [
      'a scope is a list in text',
      { scope: 'openid name' },
      { scope: { subset_of: ['openid'] } },
      { scope: 'openid' },
    ],
  ])('%s', async (_, own, byProvince, expected) => {
    expect(await resolved(own, { byProvince })).toEqual(expected);
  });

  test.each<[string, object, object, object]>([
    ['a value that is not among those', { a: 'z' }, { a: { one_of: ['x', 'y'] } }, {}],
    ['a list where a text belongs', { a: ['x'] }, { a: { one_of: ['x'] } }, {}],
    ['a text where a list belongs', { a: 'x' }, { a: { add: ['y'] } }, {}],
    ['a list that lacks what it must have', { a: ['x'] }, { a: { superset_of: ['x', 'y'] } }, {}],
    ['an essential one that is absent', {}, { a: { essential: true } }, {}],
    ['two values', {}, { a: { value: 'x' } }, { a: { value: 'y' } }],
    ['two defaults', {}, { a: { default: 'x' } }, { a: { default: 'y' } }],
    ['no value that both allow', {}, { a: { one_of: ['x'] } }, { a: { one_of: ['y'] } }],
    [
      'a city that lets go what the province asks',
      {},
      { a: { essential: true } },
      { a: { essential: false } },
    ],
    ['a value outside of what the province allows', {}, { a: { one_of: ['x'] } }, { a: { value: 'y' } }],
    ['an addition outside of the subset', {}, { a: { subset_of: ['x'] } }, { a: { add: ['y'] } }],
    ['operators that do not go together', {}, { a: { one_of: ['x'], subset_of: ['x'] } }, {}],
    ['a superset that is none of the subset', {}, { a: { superset_of: ['x'] } }, { a: { subset_of: ['y'] } }],
    ['an operator with a value it does not take', {}, { a: { add: 'x' } }, {}],
  ])('is refused: %s', async (_, own, byProvince, byCity) => {
    await expect(resolved(own, { byProvince, byCity })).rejects.toMatchObject({
      code: 'federation-metadata-invalid',
      values: { parameter: 'openid_relying_party.a' },
    });
  });

  test('is that of the types that are allowed only', async () => {
    const both = { openid_relying_party: {}, openid_provider: {}, federation_entity: {} };
    const constraints = { allowed_entity_types: ['openid_relying_party'] };
    const chain = await chainOf({ siteSays: { metadata: both }, provinceSays: { constraints } });
    expect(Object.keys((await verify(chain)).metadata)).toEqual([
      'openid_relying_party',
      'federation_entity',
    ]);
  });
});

/** A network of what each entity publishes and states, with a count of what was asked. */
const networkOf = (published: Record<string, string>, asked: string[] = []) => {
  const take = (key: string): string => {
    asked.push(key);
    return published[key] ?? 'nothing';
  };
  const source: StatementSource & { markStatus(): Promise<string> } = {
    configuration: async (entityId) => take(entityId),
    statement: async (superior, subject) => take(`${superior.claims.sub} ${subject}`),
    markStatus: async () => take('status'),
  };
  return { source, anchors: anchors(), now };
};

/** What the network of one province, city and site holds. */
const published = async (change: Change = {}, provinceSays: object = {}): Promise<Record<string, string>> => {
  const [own = '', byCity = '', byProvince = ''] = await chainOf(change);
  return {
    [site.id]: own,
    [city.id]: await city.state(city.id, { authority_hints: [province.id] }),
    [province.id]: await province.state(province.id, provinceSays),
    [`${city.id} ${site.id}`]: byCity,
    [`${province.id} ${city.id}`]: byProvince,
  };
};

describe('the search for a chain', () => {
  test('passes over a superior that leads nowhere, and goes round no circle', async () => {
    const all = await published({ siteSays: { authority_hints: [evil.id, city.id] } });
    all[evil.id] = await evil.state(evil.id, { authority_hints: [site.id, evil.id] });
    all[`${evil.id} ${site.id}`] = await evil.state(site.id, { jwks: site.keys });
    const asked: string[] = [];
    expect(await findChain(site.id, networkOf(all, asked))).toMatchObject({ anchorId: province.id });
    expect(asked.length).toBeLessThan(8);
  });

  test('says why the last chain did not hold', async () => {
    const all = await published({ byCity: evil });
    await expect(findChain(site.id, networkOf(all))).rejects.toMatchObject({
      values: { reason: 'signature' },
    });
    await expect(
      findChain(evil.id, networkOf({ [evil.id]: await evil.state(evil.id) })),
    ).rejects.toMatchObject({
      values: { reason: 'anchor' },
    });
    await expect(
      findChain(evil.id, networkOf({ [evil.id]: await site.state(site.id) })),
    ).rejects.toMatchObject({
      values: { reason: 'subject' },
    });
  });

  test('calls no private address, nothing without TLS, and not for ever', async () => {
    const fetch = createTokenFetch({ privateHosts: [], allowsHttp: true });
    for (const address of [
      'https://127.0.0.1/',
      'https://[::1]/',
      'https://169.254.169.254/x',
      'https://localhost/',
    ])
      await expect(fetch.get(address, 'text/plain')).rejects.toMatchObject({ values: { reason: 'address' } });
    await expect(fetch.get('http://example.gov.cn/', 'text/plain')).rejects.toMatchObject({
      values: { reason: 'https' },
    });
    for (let call = 6; call <= 16; call += 1) await expect(fetch.get('nowhere', 'x')).rejects.toThrow();
    await expect(fetch.get('nowhere', 'x')).rejects.toMatchObject({ values: { reason: 'calls' } });
  });
});

describe('a trust mark', () => {
  const type = 'https://province.gov.example/member';
  const markedBy = async (issuer: Entity, said: object = {}) => ({
    trust_mark_type: type,
    trust_mark: await issuer.sign('trust-mark+jwt', {
      ...{ sub: site.id, trust_mark_type: type, exp: nowSeconds + 60 },
      ...said,
    }),
  });
  /** Resolves the site with a mark; the province lets some issue it. */
  const marksOf = async (
    mark: object,
    {
      issuers = [province.id],
      more = {},
      all = {},
    }: { issuers?: string[]; more?: object; all?: Record<string, string> } = {},
  ) => {
    const change = { siteSays: { trust_marks: [mark] } };
    const network = await published(change, { trust_mark_issuers: { [type]: issuers }, ...more });
    return (await resolveEntity(site.id, networkOf({ ...network, ...all }))).trustMarks;
  };

  /** Resolves the site with a mark whose issuer is asked and says how it stands. */
  const asked = async (status: string): Promise<object[]> => {
    const mark = await markedBy(province);
    const endpoint = { federation_trust_mark_status_endpoint: 'https://province.gov.example/status' };
    const said = { trust_mark: mark.trust_mark, status };
    return marksOf(mark, {
      more: { metadata: { federation_entity: endpoint } },
      all: { status: await province.sign('trust-mark-status-response+jwt', said) },
    });
  };

  test('counts when the anchor lets its issuer issue it, and its issuer has a chain to that anchor', async () => {
    const [byProvince, byCity] = [await markedBy(province), await markedBy(city)];
    expect(await marksOf(byProvince)).toEqual([byProvince]);
    expect(await marksOf(byCity, { issuers: [city.id] })).toEqual([byCity]);
    expect(await asked('active')).toHaveLength(1);
  });

  test.each<[string, () => Promise<object[]>]>([
    ['the anchor does not let its issuer', async () => marksOf(await markedBy(city))],
    ['its issuer has no chain', async () => marksOf(await markedBy(evil), { issuers: [] })],
    [
      'the anchor knows no such mark',
      async () => marksOf({ ...(await markedBy(province)), trust_mark_type: 'other' }),
    ],
    ['it is somebody else’s', async () => marksOf(await markedBy(province, { sub: evil.id }))],
    ['it was signed by another', async () => marksOf(await markedBy(evil, { iss: province.id }))],
    [
      'it has ended',
      async () => marksOf(await markedBy(province, { exp: nowSeconds - 60, iat: nowSeconds - 120 })),
    ],
    [
      'its type has an owner',
      async () => marksOf(await markedBy(province), { more: { trust_mark_owners: { [type]: {} } } }),
    ],
    ['its issuer says it is revoked', async () => asked('revoked')],
  ])('does not count when %s; the chain holds all the same', async (_, found) => {
    expect(await found()).toEqual([]);
  });
});
