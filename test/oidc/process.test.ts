import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { type Browser, createBrowser } from '../support/browser-fetch.ts';
import { type Compiled, compileSource } from '../support/compile.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { agreeAt, keysAt, refreshOf, signInAt, userInfoOf } from '../support/oidc-flow.ts';
import { runCommand, type ServerProcess, startProcess } from '../support/oidc-process.ts';
import { freePorts } from '../support/redis.ts';
import { type RelyingParty, startRelyingParty } from '../support/relying-party.ts';

let compiled: Compiled;
let settings: { YIHAO_ISSUER: string; YIHAO_DATA_FOLDER: string };
let server: ServerProcess;
/** Shares the storage file with the process, to register sites and people; nobody is sent to its own port. */
let beside: Instance;
let one: RelyingParty;
let two: RelyingParty;
let browser: Browser;

beforeAll(async () => {
  compiled = await compileSource();
}, 120_000);
afterAll(async () => {
  await compiled?.remove();
});

beforeEach(async () => {
  const [port = 0] = await freePorts(1);
  const folder = await mkdtemp(join(tmpdir(), 'yihao-process-'));
  settings = { YIHAO_ISSUER: `http://localhost:${port}`, YIHAO_DATA_FOLDER: folder };
  server = await startProcess(compiled.folder, { ...settings, YIHAO_PRIVATE_SITE_HOSTS: 'localhost' });
  beside = await startInstance({ YIHAO_ISSUER: settings.YIHAO_ISSUER }, folder);
  one = await startRelyingParty(beside, { scope: 'openid name offline_access' });
  two = await startRelyingParty(beside);
  browser = createBrowser();
}, 40_000);
afterEach(async () => {
  await Promise.all([one?.stop(), two?.stop()]);
  await beside?.stop();
  await server?.kill();
  await rm(settings.YIHAO_DATA_FOLDER, { recursive: true, force: true });
});

describe('a server that is killed and started again on the same folder', () => {
  test('still knows who was signed in, the account, the sites, the keys and the tokens', async () => {
    const person = await beside.addPerson();
    const before = await signInAt(browser, one, person, { prompt: 'consent' });
    const keys = await keysAt(settings.YIHAO_ISSUER);
    // Only the killed process may have held what is looked for below.
    await beside.stop();
    await server.kill();
    await expect(fetch(`${settings.YIHAO_ISSUER}/readyz`)).rejects.toThrow();
    server = await startProcess(compiled.folder, settings);
    beside = await startInstance({ YIHAO_ISSUER: settings.YIHAO_ISSUER }, settings.YIHAO_DATA_FOLDER);
    const after = await agreeAt(browser, two);
    expect(after.tokens.claims()?.auth_time).toBe(before.tokens.claims()?.auth_time);
    expect((await userInfoOf(before))['name']).toBe(person.name);
    expect((await refreshOf(before)).claims()?.sub).toBe(before.tokens.claims()?.sub);
    expect(await keysAt(settings.YIHAO_ISSUER)).toEqual(keys);
    const again = await signInAt(createBrowser(), one, person);
    expect(again.tokens.claims()?.sub).toBe(before.tokens.claims()?.sub);
  }, 60_000);

  test('takes no code a second time that was redeemed before it was killed', async () => {
    const before = await signInAt(browser, one, await beside.addPerson());
    await server.kill();
    server = await startProcess(compiled.folder, settings);
    const again = before.attempt.redeem(before.landed);
    await expect(again).rejects.toMatchObject({ error: 'invalid_grant' });
    await expect(userInfoOf(before)).rejects.toMatchObject({ status: 401 });
  }, 60_000);
});

describe('the command that rotates the keys', () => {
  test('beside a running server makes the key sign that was published before, at the latest when it starts again', async () => {
    const published = await keysAt(settings.YIHAO_ISSUER);
    const printed = await runCommand(compiled.folder, ['keys', 'rotate'], settings);
    const current = /^current +(\S+)/m.exec(printed)?.[1];
    expect(published.keys.map(({ kid }) => kid)).toContain(current);
    expect(printed).toMatch(/^retired +\S+ until \d{4}-/m);
    await server.kill();
    server = await startProcess(compiled.folder, settings);
    const { tokens } = await signInAt(browser, one, await beside.addPerson());
    expect(decodeProtectedHeader(tokens.id_token ?? '').kid).toBe(current);
  }, 60_000);
});

describe('the notice of a sign-out from a process of its own', () => {
  const signOut = async (): Promise<void> => {
    await signInAt(browser, one, await beside.addPerson());
    const asked = await browser.get(`${settings.YIHAO_ISSUER}/session/end`);
    const done = await browser.submit(asked, { logout: 'yes' }, '/session/end/confirm');
    expect(done.url.pathname).toBe('/session/end/success');
  };

  test('reaches a site on a private address whose host is named', async () => {
    await signOut();
    expect(one.received).toHaveLength(1);
  }, 60_000);

  test('reaches none on a private address whose host is not named', async () => {
    await server.kill();
    server = await startProcess(compiled.folder, settings);
    await signOut();
    expect(one.received).toEqual([]);
  }, 60_000);
});
