import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as client from 'openid-client';
import { demoNativeApp } from '../../config/demo/native-app/registration.ts';
import { signInByBrowser } from '../../config/demo/native-app/sign-in.ts';
import { faultsOfSite, type Site } from '../../src/oidc/sites.ts';
import { type Browser, createBrowser } from '../support/browser-fetch.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { signInByPassword } from '../support/relying-party.ts';

let instance: Instance;
let person: { number: string; name: string; accountId: string };
const app = demoNativeApp('https://app.example/') as Site;

const changed = (metadata: Record<string, unknown>): Site => ({
  ...app,
  metadata: { ...app.metadata, ...metadata },
});

beforeAll(async () => {
  instance = await startInstance();
  person = await instance.addPerson();
  for (const clientId of ['demo-app', 'second-app'])
    await instance.app.house.sites.save({ ...app, clientId }, 'test');
});
afterAll(() => instance?.stop());

const configurationOf = (clientId: string): Promise<client.Configuration> =>
  client.discovery(new URL(instance.issuer), clientId, undefined, client.None(), {
    execute: [client.allowInsecureRequests],
  });

const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const ask = (clientId: string, redirectUri: string, more: Record<string, string> = {}) =>
  new URL(
    `${instance.issuer}/authorize?${new URLSearchParams({
      client_id: clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid name',
      state: 's',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...more,
    })}`,
  );

const signIn = (clientId: string, browser: Browser): Promise<{ subject: string; name: string }> =>
  signInByBrowser({
    issuer: instance.issuer,
    clientId,
    openBrowser: (address) => void signInByPassword(browser, address, person.number),
  });

describe('an app on the person’s own device', () => {
  test('signs them in through their browser and reads the name; no two apps know them by the same name', async () => {
    const first = await signIn('demo-app', createBrowser());
    expect(first.name).toBe(person.name);
    const second = await signIn('second-app', createBrowser());
    expect(second.subject).not.toBe(first.subject);
    const again = await signIn('demo-app', createBrowser());
    expect(again.subject).toBe(first.subject);
  }, 20_000);

  test.each(['http://127.0.0.1:51234/callback', 'http://127.0.0.1/callback', 'cn.gov.example.app:/callback'])(
    'is called back at %s',
    async (uri) => {
      const page = await createBrowser().get(ask('demo-app', uri));
      expect([page.status, page.text]).toEqual([200, expect.stringContaining('示例办事应用')]);
    },
  );

  test.each([
    'http://127.0.0.1:51234/other',
    'http://[::1]:51234/callback',
    'http://localhost:51234/callback',
    'https://127.0.0.1/callback',
    'cn.gov.example.app:/other',
  ])('is not called back at %s', async (uri) => {
    const page = await createBrowser().get(ask('demo-app', uri));
    expect(page.status).toBe(400);
  });

  test('may register the other loopback address, with any port too', async () => {
    const site = { ...changed({ redirect_uris: ['http://[::1]/callback'] }), clientId: 'six-app' };
    await instance.app.house.sites.save(site, 'test');
    expect((await createBrowser().get(ask('six-app', 'http://[::1]:9/callback'))).status).toBe(200);
  });

  test('is refused without PKCE, and with plain', async () => {
    for (const method of ['', 'plain']) {
      const address = ask('demo-app', 'http://127.0.0.1:9/callback', { code_challenge_method: method });
      if (method === '') address.searchParams.delete('code_challenge');
      const page = await createBrowser().get(address, { follow: false });
      expect(page.headers.get('location') ?? page.text).toContain('invalid_request');
    }
  });

  test('gets no token without a DPoP proof', async () => {
    const config = await configurationOf('demo-app');
    const server = createServer((_request, response) => response.end('the app'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const address = ask('demo-app', `http://127.0.0.1:${port}/callback`, {
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    });
    const { url } = await signInByPassword(createBrowser(), address, person.number);
    const redeemed = client.authorizationCodeGrant(config, url, { pkceCodeVerifier, expectedState: 's' });
    await expect(redeemed).rejects.toMatchObject({ error: 'invalid_grant' });
    server.close();
    server.closeAllConnections();
  });
});

describe('the registration of an app', () => {
  test('is good as the sample has it', () => {
    expect(faultsOfSite(app)).toEqual([]);
  });

  test.each([
    ['http beyond this device', { redirect_uris: ['http://app.example/callback'] }, /only 127\.0\.0\.1/],
    ['localhost', { redirect_uris: ['http://localhost/callback'] }, /only 127\.0\.0\.1/],
    ['a wildcard', { redirect_uris: ['https://*.example/callback'] }, /has a \*|no address/],
    ['a scheme without a dot', { redirect_uris: ['myapp:/callback'] }, /domain name turned round/],
    ['a scheme with a host', { redirect_uris: ['cn.gov.app://callback'] }, /one slash and no host/],
    ['a fragment', { redirect_uris: ['cn.gov.app:/callback#x'] }, /fragment/],
    ['a secret', { token_endpoint_auth_method: 'private_key_jwt' }, /cannot keep a secret/],
    ['tokens for whoever finds them', { dpop_bound_access_tokens: false }, /bound/],
  ])('is refused with %s', (_what, metadata, fault) => {
    expect(faultsOfSite(changed(metadata)).join()).toMatch(fault);
  });

  test('is asked for when a site has a scheme of its own', () => {
    const { application_type: _type, ...metadata } = app.metadata;
    expect(faultsOfSite({ ...app, metadata }).join()).toContain('needs application_type native');
  });
});
