import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { addVirtualAuthenticator, axeViolations, launchBrowser } from './chromium.ts';

const pages: Record<string, string> = {
  '/sound': '<main><h1>统一身份认证</h1><p>您正在登录：测试服务</p></main>',
  '/faulty': '<main><h1>统一身份认证</h1><input type="text"></main>',
};

const createPasskey = `navigator.credentials.create({ publicKey: {
  challenge: new Uint8Array(16), rp: { name: 'test' }, user: { id: new Uint8Array([1]), name: 'a', displayName: 'a' },
  pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
  authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
} }).then((credential) => credential.type)`;

describe('the browser of the tests', () => {
  let server: Server;
  let browser: Browser;
  let origin: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.setHeader('content-security-policy', "default-src 'none'; form-action 'self'");
      response.end(
        `<!doctype html><html lang="zh-CN"><title>测试</title><body>${pages[request.url ?? ''] ?? ''}</body></html>`,
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    browser = await launchBrowser();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const open = async (path: string): Promise<Page> => {
    const page = await browser.newPage();
    await page.goto(origin + path);
    return page;
  };

  test('finds nothing wrong with a sound page under a strict policy', async () => {
    expect(await axeViolations(await open('/sound'))).toEqual([]);
  }, 30_000);

  test('names the element that has no label', async () => {
    expect(await axeViolations(await open('/faulty'))).toEqual([
      expect.stringMatching(/^label \(critical\): .*<input type="text">/),
    ]);
  }, 30_000);

  test('keeps a passkey in its virtual authenticator', async () => {
    const page = await open('/sound');
    const { authenticatorId, client } = await addVirtualAuthenticator(page);
    expect(await page.evaluate(createPasskey)).toBe('public-key');
    const { credentials } = await client.send('WebAuthn.getCredentials', { authenticatorId });
    expect(credentials).toEqual([expect.objectContaining({ isResidentCredential: true, rpId: 'localhost' })]);
  }, 30_000);
});
