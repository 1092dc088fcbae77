import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import * as client from 'openid-client';
import { type Browser, type BrowserPage, createBrowser } from './browser-fetch.ts';
import { type FrozenInstance, startFrozenInstance } from './oidc-frozen.ts';
import { signInAtPortal } from './portal-sign-in.ts';
import { createAuthenticator } from './virtual-authenticator.ts';

export type Asked = client.BackchannelAuthenticationResponse;

export const counterGrant = 'urn:openid:params:grant-type:ciba';

export const question = {
  scope: 'openid name',
  binding_message: '蓝鲸 42',
  request_context: '不动产转移登记',
  clerk_id: 'SYN-007',
};

/** A ping as it came to a counter's endpoint. */
export interface Ping {
  authorization: string | undefined;
  body: string;
}

/** Counters of one key, and where one of them is told. */
export interface CounterHall {
  instance: FrozenInstance;
  privateJwk: JWK;
  counter: client.Configuration;
  other: client.Configuration;
  /** In ping mode. */
  pinged: client.Configuration;
  pings: Ping[];
  /** What the endpoint answers from now on; null cuts every call off. */
  answerPings(status: number | null): void;
  askByHint(hint: string, changes?: Record<string, string>, by?: client.Configuration): Promise<Asked>;
  /** Asks by a signed request object, as a counter that names a person by number must. */
  askByNumber(number: string): Promise<Asked>;
  poll(asked: Asked, by?: client.Configuration): Promise<client.TokenEndpointResponse>;
  close(): Promise<void>;
}

/** Starts an instance with three counters, which share a host. */
export async function openCounterHall(): Promise<CounterHall> {
  const instance = await startFrozenInstance();
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256', use: 'sig' };
  const pings: Ping[] = [];
  let status: number | null = 204;
  const server = createServer(async (request, response) => {
    if (request.method === 'GET')
      return response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
    let body = '';
    for await (const part of request) body += String(part);
    pings.push({ authorization: request.headers.authorization, body });
    return status === null ? request.socket.destroy() : response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const register = async (clientId: string, more: object = {}): Promise<client.Configuration> => {
    await instance.app.house.sites.save(siteOf(clientId, origin, more), 'test');
    const key = client.PrivateKeyJwt({ key: privateKey, kid: 'k' });
    return client.discovery(new URL(instance.issuer), clientId, undefined, key, {
      execute: [client.allowInsecureRequests],
    });
  };
  const counter = await register('counter-3');
  return {
    instance,
    privateJwk: { ...(await exportJWK(privateKey)), kid: 'k', alg: 'ES256', use: 'sig' },
    counter,
    other: await register('counter-4'),
    pinged: await register('counter-5', {
      backchannel_token_delivery_mode: 'ping',
      backchannel_client_notification_endpoint: `${origin}/answered`,
    }),
    pings,
    answerPings: (next) => {
      status = next;
    },
    askByHint: (login_hint, changes = {}, by = counter) =>
      client.initiateBackchannelAuthentication(by, { ...question, login_hint, ...changes }),
    askByNumber: async (number) => {
      const request = await new SignJWT({ ...question, login_hint: `id_number:${number}` })
        .setProtectedHeader({ alg: 'ES256', kid: 'k' })
        .setIssuer('counter-3')
        .setAudience(instance.issuer)
        .setIssuedAt()
        .setExpirationTime('60 seconds')
        .setJti(client.randomNonce())
        .sign(privateKey);
      return client.initiateBackchannelAuthentication(counter, { request });
    },
    poll: (asked, by = counter) =>
      client.genericGrantRequest(by, counterGrant, { auth_req_id: asked.auth_req_id }),
    close: async () => {
      await instance.stop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const siteOf = (clientId: string, origin: string, more: object) => ({
  clientId,
  name: { zh: '政务服务窗口', en: 'Service counter' },
  department: '示例省政务服务局',
  purpose: '窗口确认办事人身份',
  homeUrl: `${origin}/`,
  enabled: true,
  legalBasis: {},
  metadata: {
    grant_types: [counterGrant],
    jwks_uri: `${origin}/jwks`,
    place: { zh: '大厅 3 号窗口', en: 'Hall, counter 3' },
    scope: 'openid name',
    ...more,
  },
});

/** A person at a counter, with their own phone. */
export interface CounterVisitor {
  accountId: string;
  number: string;
  name: string;
  phone: Browser;
  matchCode(): Promise<string>;
  /** Opens the one question that waits, by what it is about. */
  openRequest(about?: string): Promise<BrowserPage>;
  approve(page: BrowserPage): Promise<BrowserPage>;
}

/** Adds one of the synthetic people, with a passkey, signed in on their own pages. */
export async function addVisitor(instance: FrozenInstance, index: number): Promise<CounterVisitor> {
  const person = await instance.addPerson(index);
  const { accountId } = person;
  const { identity } = instance.app.house;
  const device = createAuthenticator({ origin: instance.issuer, rpId: 'localhost' });
  const options = await identity.beginPasskeyRegistration({ accountId, binding: 'b' });
  const response = device.register(options);
  await identity.finishPasskeyRegistration({ accountId, binding: 'b', response, name: '手机' });
  const phone = createBrowser();
  await signInAtPortal(phone, instance.issuer, person.number);
  const at = (path: string): URL => new URL(path, instance.issuer);
  return {
    ...person,
    phone,
    matchCode: async () => {
      const page = await phone.submit(await phone.get(at('/my/match-code')));
      return /(\d{4} \d{4})/.exec(page.text)?.[1] ?? '';
    },
    openRequest: async (about = question.request_context) =>
      phone.click(await phone.get(at('/my/requests')), about),
    approve: (page) => {
      const asked = /data-options="([^"]*)"/.exec(page.html)?.[1] ?? '';
      const challenge = JSON.parse(asked.replaceAll('&quot;', '"')) as { challenge: string };
      return phone.submit(
        page,
        { response: JSON.stringify(device.assert(challenge)) },
        /requests\/[\w-]+$/.exec(page.url.href)?.[0],
      );
    },
  };
}
