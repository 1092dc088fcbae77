import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import * as client from 'openid-client';
import { ladderFrom, type SiteProfile, siteProfiles } from '../../src/oidc/index.ts';
import { type Browser, createBrowser } from '../support/browser-fetch.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { pushRequest, requestOf } from '../support/oidc-flow.ts';
import { type RelyingParty, signInByPassword, startRelyingParty } from '../support/relying-party.ts';

const scope = 'openid name offline_access';

let instance: Instance;
let sites: Record<SiteProfile, RelyingParty>;
let browser: Browser;
let metadata: Record<string, string[]>;

beforeAll(async () => {
  instance = await startInstance({ YIHAO_REQUESTS_PER_MINUTE: '100000' });
  const started = await Promise.all(
    siteProfiles.map((profile) => startRelyingParty(instance, { scope, profile })),
  );
  sites = Object.fromEntries(siteProfiles.map((profile, place) => [profile, started[place]])) as typeof sites;
  browser = createBrowser();
  const person = await instance.addPerson();
  const first = await sites.basic.begin({ prompt: 'consent' });
  await signInByPassword(browser, first.url, person.number);
  const answer = await fetch(`${instance.issuer}/.well-known/openid-configuration`);
  metadata = (await answer.json()) as typeof metadata;
});
afterAll(async () => {
  await Promise.all(Object.values(sites ?? {}).map((site) => site.stop()));
  await instance?.stop();
});

/** Lets the person agree, and gives the address the browser ends at. */
const agree = async (url: URL): Promise<URL> => {
  const page = await browser.get(url);
  const isAsked = page.forms.some(({ action }) => action.includes('/consent'));
  return isAsked ? (await browser.submit(page, { decision: 'agree' }, '/consent')).url : page.url;
};

/** The site of the highest rung as openid-client runs it when it is told to expect signatures. */
const signingSite = async (): Promise<client.Configuration> => {
  const { clientId, key } = sites['fapi2-message-signing'];
  const expects = { introspection_signed_response_alg: 'ES256', userinfo_signed_response_alg: 'ES256' };
  const configuration = await client.discovery(
    new URL(instance.issuer),
    clientId,
    expects,
    client.PrivateKeyJwt(key),
    {
      execute: [client.allowInsecureRequests, client.useJwtResponseMode, client.enableNonRepudiationChecks],
    },
  );
  return configuration;
};

/** Signs in at the highest rung and gives what openid-client made of it, every signature checked. */
const signInSigned = async () => {
  const { redirectUri, key } = sites['fapi2-message-signing'];
  const configuration = await signingSite();
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const DPoP = client.getDPoPHandle(configuration, await client.randomDPoPKeyPair('ES256'));
  const request = {
    redirect_uri: redirectUri,
    scope,
    state,
    prompt: 'consent',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  };
  const { searchParams } = await client.buildAuthorizationUrlWithJAR(configuration, request, key);
  const url = await client.buildAuthorizationUrlWithPAR(configuration, searchParams, { DPoP });
  const landed = await agree(url);
  const checks = { pkceCodeVerifier: verifier, expectedState: state };
  const tokens = await client.authorizationCodeGrant(configuration, landed, checks, undefined, { DPoP });
  return { configuration, DPoP, landed, tokens };
};

const recordOf = async (profile: SiteProfile) => {
  const record = await instance.app.house.sites.find(sites[profile].clientId);
  if (record === null) throw new Error('the site is there');
  return record;
};

/** Pushes the plain request of a site, spoilt as told. */
const push = async (profile: SiteProfile, changes: Record<string, string | null> = {}) =>
  pushRequest(instance.issuer, requestOf(sites[profile], changes), await sites[profile].assertion());

const authorize = async (profile: SiteProfile): Promise<URLSearchParams> => {
  const address = `${instance.issuer}/authorize?${new URLSearchParams(requestOf(sites[profile]))}`;
  const { headers } = await browser.get(address, { follow: false });
  return new URL(headers.get('location') ?? '', instance.issuer).searchParams;
};

const signed = (
  { clientId, key }: RelyingParty,
  claims: JWTPayload,
  by: { alg: string; key: CryptoKey } = { alg: 'ES256', key: key.key },
): Promise<string> =>
  new SignJWT({ iss: clientId, aud: instance.issuer, jti: client.randomNonce(), ...claims })
    .setProtectedHeader({ alg: by.alg })
    .setNotBefore('0 seconds')
    .setExpirationTime('60 seconds')
    .sign(by.key);

test('the ladder adds to each rung what the one below has not', () => {
  const [basic, hardened, security, signing] = ladderFrom('hardened');
  expect([basic?.place, hardened?.place, security?.place, signing?.place]).toEqual([
    'below',
    'here',
    'next',
    'above',
  ]);
  expect(security?.demands).toContain('dpop');
});

describe('a sign-in', () => {
  test.each(siteProfiles.slice(0, 3))('at %s works, and the answer names the issuer', async (profile) => {
    const attempt = await sites[profile].begin({ prompt: 'consent' });
    const landed = await agree(attempt.url);
    expect(landed.searchParams.get('iss')).toBe(instance.issuer);
    const tokens = await attempt.redeem(landed);
    const options = { DPoP: attempt.dpop };
    const { configuration } = sites[profile];
    const { refresh_token: refreshToken = '' } = tokens;
    const next = await client.refreshTokenGrant(configuration, refreshToken, undefined, options);
    // From FAPI 2.0 on the same refresh token goes on, and may be sent again after a lost answer.
    const isKept = profile === 'fapi2-security';
    expect((next.refresh_token ?? refreshToken) === refreshToken).toBe(isKept);
    const again = client.refreshTokenGrant(configuration, refreshToken, undefined, options);
    await (isKept ? expect(again).resolves.toBeDefined() : expect(again).rejects.toThrow());
  });

  test('at message signing is signed both ways: request, answer, introspection, userinfo', async () => {
    const { configuration, DPoP, landed, tokens } = await signInSigned();
    expect([...landed.searchParams.keys()]).toEqual(['response']);
    expect(decodeJwt(landed.searchParams.get('response') ?? '')).toMatchObject({
      iss: instance.issuer,
      aud: sites['fapi2-message-signing'].clientId,
    });
    const introspected = await client.tokenIntrospection(configuration, tokens.access_token);
    expect(introspected).toMatchObject({ active: true, cnf: { jkt: expect.any(String) } });
    const { sub = '' } = tokens.claims() ?? {};
    const userinfo = await client.fetchUserInfo(configuration, tokens.access_token, sub, { DPoP });
    expect(userinfo.sub).toBe(sub);
  });
});

describe('a request below the rung of its site is refused:', () => {
  test('one that was not pushed, from hardened on', async () => {
    for (const profile of siteProfiles) {
      const answer = await authorize(profile);
      expect([profile, answer.get('error')]).toEqual([
        profile,
        profile === 'basic' ? null : 'invalid_request',
      ]);
    }
  });

  test('a code that is redeemed without DPoP', async () => {
    const site = sites['fapi2-security'];
    const verifier = client.randomPKCECodeVerifier();
    const challenge = await client.calculatePKCECodeChallenge(verifier);
    const pushed = await push('fapi2-security', { code_challenge: challenge, scope, prompt: 'consent' });
    const query = new URLSearchParams({ client_id: site.clientId, request_uri: pushed.request_uri ?? '' });
    const landed = await agree(new URL(`${instance.issuer}/authorize?${query}`));
    const checks = { pkceCodeVerifier: verifier, expectedState: 'the-state' };
    const redeemed = client.authorizationCodeGrant(site.configuration, landed, checks);
    await expect(redeemed).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('an assertion for the token endpoint, by a weak algorithm, or a secret in its place', async () => {
    const site = sites['fapi2-security'];
    const request = requestOf(site);
    const token = `${instance.issuer}/token`;
    const aimed = (aud: string | string[], who: RelyingParty) => signed(who, { sub: who.clientId, aud });
    for (const aud of [token, [instance.issuer, token]])
      expect(await pushRequest(instance.issuer, request, await aimed(aud, site))).toMatchObject({
        error: 'invalid_client',
      });
    const basic = await pushRequest(instance.issuer, requestOf(sites.basic), await aimed(token, sites.basic));
    expect(basic.status).toBe(201);
    const { privateKey } = await generateKeyPair('RS256');
    const weak = await signed(site, { sub: site.clientId }, { alg: 'RS256', key: privateKey });
    expect(await pushRequest(instance.issuer, request, weak)).toMatchObject({ error: 'invalid_client' });
    const secret = { ...request, client_secret: 'secret' };
    expect(await pushRequest(instance.issuer, secret, null)).toMatchObject({ error: 'invalid_client' });
  });

  test('one that is not signed, is for a plain answer, or lives too long, at message signing', async () => {
    const profile = 'fapi2-message-signing';
    const site = sites[profile];
    expect(await push(profile, { response_mode: 'jwt' })).toMatchObject({ error: 'invalid_request' });
    const object = (changes: JWTPayload) => signed(site, { ...requestOf(site), ...changes });
    const pushObject = async (changes: JWTPayload) =>
      pushRequest(
        instance.issuer,
        { client_id: site.clientId, request: await object(changes) },
        await site.assertion(),
      );
    expect(await pushObject({ response_mode: 'jwt' })).toMatchObject({ status: 201 });
    expect(await pushObject({ response_mode: 'query' })).toMatchObject({ error: 'invalid_request' });
    expect(await pushObject({})).toMatchObject({ error: 'invalid_request' });
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await object({})).split('.')[1]}.`;
    expect(await push(profile, { request: unsigned })).toMatchObject({ error: 'invalid_request_object' });
    const now = Math.floor(Date.now() / 1000);
    const longLived = await new SignJWT({
      ...requestOf(site),
      response_mode: 'jwt',
      nbf: now,
      exp: now + 7200,
    })
      .setProtectedHeader({ alg: 'ES256' })
      .setIssuer(site.clientId)
      .setAudience(instance.issuer)
      .sign(site.key.key);
    expect(await push(profile, { request: longLived })).toMatchObject({ error: 'invalid_request_object' });
  });

  test('an introspection that does not ask for a signature, at message signing', async () => {
    const ask = async (profile: SiteProfile): Promise<Response> =>
      fetch(`${instance.issuer}/token/introspection`, {
        method: 'POST',
        body: new URLSearchParams({
          token: 'x'.repeat(43),
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: await sites[profile].assertion(),
        }),
      });
    expect((await ask('fapi2-security')).status).toBe(200);
    const refused = await ask('fapi2-message-signing');
    expect([refused.status, await refused.json()]).toEqual([
      400,
      expect.objectContaining({ error: 'invalid_request' }),
    ]);
  });

  test('a signed request of a site on a rung that has no key of its own to show for', async () => {
    const object = await signed(sites.basic, requestOf(sites.basic));
    expect(await push('basic', { request: object })).toMatchObject({ error: 'request_not_supported' });
  });
});

describe('a registration', () => {
  const save = async (changes: object) => {
    const { profile: _profile, unsafeLesserProfileReason: _reason, ...rest } = await recordOf('basic');
    const site = { ...rest, clientId: `new-${client.randomNonce()}`, ...changes };
    await instance.app.house.sites.save(site, 'test');
    return instance.app.house.sites.find(site.clientId);
  };

  test('of a new site that keeps a key is fapi2-security, and of one without a key basic', async () => {
    expect((await save({}))?.profile).toBe('fapi2-security');
    const { jwks: _jwks, ...keyless } = (await recordOf('basic')).metadata;
    const open = { ...keyless, token_endpoint_auth_method: 'none' };
    expect((await save({ metadata: open }))?.profile).toBe('basic');
    await expect(save({ metadata: open, profile: 'fapi2-security' })).rejects.toThrow(/keep a key/);
    await expect(save({ metadata: keyless })).rejects.toThrow(/jwks_uri/);
  });

  test('below that says why, and the reason goes when the site moves up', async () => {
    await expect(save({ profile: 'hardened' })).rejects.toThrow(/unsafeLesserProfileReason/);
    const lesser = await save({ profile: 'hardened', unsafeLesserProfileReason: 'no DPoP in our library' });
    if (lesser === null) throw new Error('the site was saved');
    const { profile: _profile, unsafeLesserProfileReason: _reason, ...unnamed } = lesser;
    await instance.app.house.sites.save(unnamed, 'test');
    const kept = await instance.app.house.sites.find(lesser.clientId);
    expect([kept?.profile, kept?.unsafeLesserProfileReason]).toEqual(['hardened', 'no DPoP in our library']);
    await instance.app.house.sites.save({ ...unnamed, profile: 'fapi2-security' }, 'test');
    const raised = await instance.app.house.sites.find(lesser.clientId);
    expect([raised?.profile, raised?.unsafeLesserProfileReason]).toEqual(['fapi2-security', undefined]);
  });

  test('does not contradict its rung', async () => {
    const { metadata: given } = await recordOf('basic');
    for (const [member, value] of Object.entries({
      dpop_bound_access_tokens: false,
      require_pushed_authorization_requests: false,
      token_endpoint_auth_method: 'client_secret_basic',
      token_endpoint_auth_signing_alg: 'RS256',
      request_object_signing_alg: 'none',
    }))
      await expect(save({ metadata: { ...given, [member]: value } })).rejects.toThrow(
        new RegExp(`metadata.${member}`),
      );
  });
});

describe('discovery', () => {
  test('names the response modes that are answered, and no other is', async () => {
    const modes = metadata['response_modes_supported'] ?? [];
    expect([...modes].sort()).toEqual(
      ['form_post', 'form_post.jwt', 'fragment', 'fragment.jwt', 'jwt', 'query', 'query.jwt'].sort(),
    );
    for (const mode of [...modes, 'web_message', 'cookie'])
      expect([mode, (await push('basic', { response_mode: mode })).status]).toEqual([
        mode,
        modes.includes(mode) ? 201 : 400,
      ]);
  });

  test('names the algorithms that sites sign by, and each is taken', async () => {
    const record = await recordOf('fapi2-security');
    expect(metadata['request_object_signing_alg_values_supported']).toEqual(
      metadata['token_endpoint_auth_signing_alg_values_supported'],
    );
    expect(metadata['token_endpoint_auth_methods_supported']).toEqual(['none', 'private_key_jwt']);
    for (const alg of [...(metadata['token_endpoint_auth_signing_alg_values_supported'] ?? []), 'ES384']) {
      const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
      const clientId = `by-${alg}`;
      const jwks = { keys: [await exportJWK(publicKey)] };
      await instance.app.house.sites.save(
        { ...record, clientId, metadata: { ...record.metadata, jwks } },
        'test',
      );
      const site = { ...sites['fapi2-security'], clientId };
      const by = { alg, key: privateKey };
      const request = {
        client_id: clientId,
        request: await signed(site, requestOf(site), by),
      };
      const answer = await pushRequest(instance.issuer, request, await signed(site, { sub: clientId }, by));
      expect([alg, answer.status]).toEqual([alg, alg === 'ES384' ? 401 : 201]);
    }
  });

  test('names the grants that the token endpoint knows, and what Yihao signs by', async () => {
    const grants = metadata['grant_types_supported'] ?? [];
    for (const grant of [...grants, 'password']) {
      const body = new URLSearchParams({
        grant_type: grant,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: await sites.basic.assertion(),
      });
      const answer = await fetch(`${instance.issuer}/token`, { method: 'POST', body });
      const { error } = (await answer.json()) as { error: string };
      expect([grant, error === 'unsupported_grant_type']).toEqual([grant, !grants.includes(grant)]);
    }
    for (const use of ['authorization', 'introspection', 'userinfo', 'id_token'])
      expect(metadata[`${use}_signing_alg_values_supported`]).toEqual(['ES256']);
  });
});
