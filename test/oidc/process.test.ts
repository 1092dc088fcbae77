import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { createBrowser } from '../support/browser-fetch.ts';
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

const openBeside = (): Promise<Instance> =>
  startInstance({ YIHAO_ISSUER: settings.YIHAO_ISSUER }, settings.YIHAO_DATA_FOLDER);

/** Kills the server and starts it again on the same folder; it may send nothing to a private address then. */
const restart = async (): Promise<void> => {
  await server.kill();
  await expect(fetch(`${settings.YIHAO_ISSUER}/readyz`)).rejects.toThrow();
  server = await startProcess(compiled.folder, settings);
};

beforeAll(async () => {
  compiled = await compileSource();
  const [port = 0] = await freePorts(1);
  const folder = await mkdtemp(join(tmpdir(), 'yihao-process-'));
  settings = { YIHAO_ISSUER: `http://localhost:${port}`, YIHAO_DATA_FOLDER: folder };
  server = await startProcess(compiled.folder, { ...settings, YIHAO_PRIVATE_SITE_HOSTS: 'localhost' });
  beside = await openBeside();
  one = await startRelyingParty(beside, { scope: 'openid name offline_access' });
  two = await startRelyingParty(beside);
}, 120_000);
afterAll(async () => {
  await Promise.all([one?.stop(), two?.stop()]);
  await beside?.stop();
  await server?.kill();
  await rm(settings.YIHAO_DATA_FOLDER, { recursive: true, force: true });
  await compiled?.remove();
});

/** Signs a person in and out at the site; returns how many notices that sent it. */
const noticesOfSignOut = async (who: number): Promise<number> => {
  const before = one.received.length;
  const browser = createBrowser();
  await signInAt(browser, one, await beside.addPerson(who));
  const asked = await browser.get(`${settings.YIHAO_ISSUER}/session/end`);
  const done = await browser.submit(asked, { logout: 'yes' }, '/session/end/confirm');
  expect(done.url.pathname).toBe('/session/end/success');
  return one.received.length - before;
};

test('a server whose settings name the host of a site on a private address tells it of a sign-out', async () => {
  expect(await noticesOfSignOut(0)).toBe(1);
}, 60_000);

describe('a server that is killed and started again on the same folder', () => {
  const browser = createBrowser();
  let person: Awaited<ReturnType<Instance['addPerson']>>;
  let before: Awaited<ReturnType<typeof signInAt>>;
  let redeemed: Awaited<ReturnType<typeof signInAt>>;
  let keys: Awaited<ReturnType<typeof keysAt>>;

  beforeAll(async () => {
    person = await beside.addPerson(1);
    before = await signInAt(browser, one, person, { prompt: 'consent' });
    redeemed = await signInAt(createBrowser(), one, await beside.addPerson(2));
    keys = await keysAt(settings.YIHAO_ISSUER);
    // Only the killed process may have held what is looked for below.
    await beside.stop();
    await restart();
    beside = await openBeside();
  }, 60_000);

  test('still knows who was signed in, the account, the sites, the keys and the tokens', async () => {
    const after = await agreeAt(browser, two);
    expect(after.tokens.claims()?.auth_time).toBe(before.tokens.claims()?.auth_time);
    expect((await userInfoOf(before))['name']).toBe(person.name);
    expect((await refreshOf(before)).claims()?.sub).toBe(before.tokens.claims()?.sub);
    expect(await keysAt(settings.YIHAO_ISSUER)).toEqual(keys);
    const again = await signInAt(createBrowser(), one, person);
    expect(again.tokens.claims()?.sub).toBe(before.tokens.claims()?.sub);
  }, 60_000);

  test('takes no code a second time that was redeemed before it was killed', async () => {
    const again = redeemed.attempt.redeem(redeemed.landed);
    await expect(again).rejects.toMatchObject({ error: 'invalid_grant' });
    await expect(userInfoOf(redeemed)).rejects.toMatchObject({ status: 401 });
  }, 60_000);

  test('tells no site on a private address of a sign-out whose host its settings do not name', async () => {
    expect(await noticesOfSignOut(3)).toBe(0);
  }, 60_000);
});

describe('the command that rotates the keys', () => {
  test('beside a running server makes the key sign that was published before, at the latest when it starts again', async () => {
    const published = await keysAt(settings.YIHAO_ISSUER);
    const atOnce = { ...settings, YIHAO_KEY_ANNOUNCE_DAYS: '0' };
    const printed = await runCommand(compiled.folder, ['keys', 'rotate'], atOnce);
    const current = /^ +current +signing +(\S+)/m.exec(printed)?.[1];
    expect(published.keys.map(({ kid }) => kid)).toContain(current);
    expect(printed).toMatch(/^ +retired +signing .* until \d{4}-/m);
    await restart();
    const { tokens } = await signInAt(createBrowser(), one, await beside.addPerson(4));
    expect(decodeProtectedHeader(tokens.id_token ?? '').kid).toBe(current);
  }, 60_000);
});
