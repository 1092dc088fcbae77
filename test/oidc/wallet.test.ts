import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { calculateJwkThumbprint, decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import * as client from 'openid-client';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { issueLicence, seedTypes, types } from '../support/certificates.ts';
import { authorities } from '../support/department.ts';
import { attributesOf } from '../support/html-forms.ts';
import { type Instance, startInstance, testPassword } from '../support/instance.ts';

const grantType = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';
const clientId = 'wallet';

let instance: Instance;
let wallet: client.Configuration;
let browser: Browser;
let person: Awaited<ReturnType<Instance['addPerson']>>;
let licence: string;
let people = 0;

beforeAll(async () => {
  instance = await startInstance();
  await seedTypes(instance);
  await instance.app.provider.refresh();
  await instance.app.house.sites.save(
    {
      clientId,
      name: { zh: '测试钱包', en: 'Test wallet' },
      department: '测试部门',
      purpose: '保管证照',
      homeUrl: 'https://wallet.example/',
      enabled: true,
      legalBasis: {},
      metadata: { grant_types: [grantType], token_endpoint_auth_method: 'none' },
    },
    'test',
  );
  wallet = await client.discovery(new URL(instance.issuer), clientId, undefined, client.None(), {
    execute: [client.allowInsecureRequests],
  });
}, 30_000);
afterAll(() => instance?.stop());

const signInAsAnother = async (): Promise<void> => {
  person = await instance.addPerson(people++);
  licence = await issueLicence(instance, person);
  browser = createBrowser();
  const first = await browser.get(new URL('/my', instance.issuer));
  const form = await browser.get(new URL(`${first.url.pathname}/password${first.url.search}`, first.url));
  const offer = await browser.submit(form, { number: person.number, password: testPassword }, '/password');
  await browser.submit(offer, { skip: '1' }, '/passkey-offer');
};
beforeEach(signInAsAnother);

interface Offered {
  page: BrowserPage;
  code: string;
  txCode: string;
  configurationId: string;
}

const pathOf = (identifier: string): URL => new URL(`/my/certificates/${identifier}/wallet`, instance.issuer);

/** Makes an offer on the page of the portal, and reads it as the wallet's camera would. */
const offer = async (): Promise<Offered> => {
  const page = await browser.submit(await browser.get(pathOf(licence)), { wallet: clientId });
  const tag = page.html.match(/<a\b[^>]*openid-credential-offer[^>]*>/)?.[0] ?? '';
  const text = new URL(attributesOf(tag)['href'] ?? '').searchParams.get('credential_offer') ?? '';
  const { credential_issuer, credential_configuration_ids, grants } = JSON.parse(text);
  expect(credential_issuer).toBe(instance.issuer);
  expect(text).not.toContain(person.number);
  const txCode = page.html.match(/<strong>(\d{6})<\/strong>/)?.[1] ?? '';
  const code = grants[grantType]['pre-authorized_code'];
  return { page, code, txCode, configurationId: credential_configuration_ids[0] };
};

const redeem = async ({ code, txCode }: Pick<Offered, 'code' | 'txCode'>) => {
  const DPoP = client.getDPoPHandle(wallet, await client.randomDPoPKeyPair('ES256'));
  const parameters = { 'pre-authorized_code': code, tx_code: txCode };
  const tokens = await client.genericGrantRequest(wallet, grantType, parameters, { DPoP });
  return { DPoP, token: tokens.access_token, details: tokens['authorization_details'] };
};

const nonceOf = async (): Promise<string> => {
  const answer = await fetch(`${instance.issuer}/credential/nonce`, { method: 'POST' });
  return ((await answer.json()) as { c_nonce: string }).c_nonce;
};

/** Proves a key as a wallet does; what is given changes the proof. */
const prove = async ({ nonce, audience, foreign = false }: Record<string, unknown> = {}) => {
  const [own, other] = [await generateKeyPair('ES256'), await generateKeyPair('ES256')];
  const jwk = await exportJWK(own.publicKey);
  const proof = await new SignJWT({ nonce: nonce ?? (await nonceOf()) })
    .setProtectedHeader({ alg: 'ES256', typ: 'openid4vci-proof+jwt', jwk })
    .setAudience(String(audience ?? instance.issuer))
    .setIssuedAt()
    .sign(foreign ? other.privateKey : own.privateKey);
  return { proof, jwk };
};

type Redeemed = Awaited<ReturnType<typeof redeem>>;

const collect = async ({ DPoP, token }: Redeemed, configurationId: string, proof: string) => {
  const answer = await client
    .fetchProtectedResource(
      wallet,
      token,
      new URL(`${instance.issuer}/credential`),
      'POST',
      JSON.stringify({ credential_configuration_id: configurationId, proofs: { jwt: [proof] } }),
      new Headers({ 'content-type': 'application/json' }),
      { DPoP },
    )
    .catch((error: { response?: Response }) => error.response);
  const body = (await answer?.json()) as { credentials?: { credential: string }[]; error?: string };
  return { status: answer?.status, ...body };
};

const rows = async () => {
  const { accountId } = person;
  return (await instance.app.house.consent.listAccesses({ accountId })).rows;
};

describe('a certificate taken into a wallet', () => {
  test('is bound to the wallet’s key, names its status list, and left a row in the ledger first', async () => {
    const metadata = await (await fetch(`${instance.issuer}/.well-known/openid-credential-issuer`)).json();
    const offered = await offer();
    expect(offered.page.text).toContain('测试钱包');
    const redeemed = await redeem(offered);
    const { proof, jwk } = await prove();
    const collected = await collect(redeemed, offered.configurationId, proof);
    expect(collected.status).toBe(200);

    const claims = decodeJwt(collected.credentials?.[0]?.credential.split('~')[0] ?? '');
    const { jwk: bound } = claims['cnf'] as { jwk: typeof jwk };
    expect(await calculateJwkThumbprint(bound)).toBe(await calculateJwkThumbprint(jwk));
    expect(claims['status']).toMatchObject({
      status_list: { uri: expect.stringContaining(instance.issuer) },
    });
    const supported = (metadata as Record<string, Record<string, { vct: string }>>)[
      'credential_configurations_supported'
    ];
    expect(supported?.[offered.configurationId]?.vct).toBe(claims['vct']);
    expect((await rows())[0]).toMatchObject({
      reader: { id: clientId },
      what: { certificateIdentifier: licence, typeCode: types.drivingLicence },
      outcome: { kind: 'granted' },
    });
  });

  test('is not given for a wrong proof, another audience, or a nonce not ours, nor twice for one proof', async () => {
    const offered = await offer();
    const redeemed = await redeem(offered);
    const tried = async (proof: string) => (await collect(redeemed, offered.configurationId, proof)).error;
    expect(await tried((await prove({ foreign: true })).proof)).toBe('invalid_proof');
    expect(await tried((await prove({ audience: 'https://elsewhere.example' })).proof)).toBe('invalid_proof');
    expect(await tried((await prove({ nonce: 'stale' })).proof)).toBe('invalid_nonce');
    expect(await rows()).toEqual([]);
    const { proof } = await prove();
    expect(await tried(proof)).toBeUndefined();
    expect(await tried(proof)).toBe('invalid_proof');
    expect(await rows()).toHaveLength(1);
  });

  test('is not given to who has the token without its key, nor of another kind', async () => {
    const offered = await offer();
    const redeemed = await redeem(offered);
    const DPoP = client.getDPoPHandle(wallet, await client.randomDPoPKeyPair('ES256'));
    const { proof } = await prove();
    expect((await collect({ ...redeemed, DPoP }, offered.configurationId, proof)).status).toBe(401);
    const marriage = `${types.marriage}.1`;
    expect((await collect(redeemed, marriage, proof)).error).toBe('credential_request_denied');
    expect(await rows()).toEqual([]);
  });

  test('is not given once it has ended, though the code was good', async () => {
    const offered = await offer();
    const redeemed = await redeem(offered);
    await instance.app.house.directory.endCertificate({
      identifier: licence,
      ground: 'cancelled',
      endedOn: '2026-01-01',
      reasonCode: 'test',
      issuerCode: authorities.police,
      actor: 'test',
    });
    const { proof } = await prove();
    expect((await collect(redeemed, offered.configurationId, proof)).error).toBe('credential_request_denied');
    expect((await browser.submit(await browser.get(pathOf(licence)), { wallet: clientId })).status).toBe(409);
  });
});

describe('an offer', () => {
  const refusal = async (offered: Pick<Offered, 'code' | 'txCode'>): Promise<unknown> =>
    redeem(offered).then(
      () => null,
      (error: { error?: string }) => error.error,
    );

  test('works once, and a wrong number ends it', async () => {
    const offered = await offer();
    expect(await refusal(offered)).toBeNull();
    expect(await refusal(offered)).toBe('invalid_grant');
    const second = await offer();
    const wrong = second.txCode === '000000' ? '000001' : '000000';
    expect(await refusal({ ...second, txCode: wrong })).toBe('invalid_grant');
    expect(await refusal(second)).toBe('invalid_grant');
  });

  test('can be cancelled by its maker, also after it was redeemed, and by nobody else', async () => {
    const offered = await offer();
    const mine = browser;
    const { grant = '' } = offered.page.forms.at(-1)?.fields ?? {};
    const redeemed = await redeem(offered);
    const { proof } = await prove();

    await signInAsAnother();
    const theirs = await browser.submit(await browser.get(pathOf(licence)), { wallet: clientId });
    await browser.submit(theirs, { grant }, '/cancel');
    expect((await collect(redeemed, offered.configurationId, proof)).status).toBe(200);

    const cancelled = await mine.submit(offered.page, { grant }, '/cancel');
    expect(cancelled.text).toContain('二维码已作废');
    const next = (await prove()).proof;
    expect((await collect(redeemed, offered.configurationId, next)).status).toBe(401);
  });

  test('is made by the holder only, and for a wallet that is registered', async () => {
    const stranger = await issueLicence(instance, await instance.addPerson(people++));
    expect((await browser.get(pathOf(stranger))).status).toBe(404);
    const page = await browser.get(pathOf(licence));
    expect((await browser.submit(page, { wallet: 'nobody' })).status).toBe(409);
  });
});
