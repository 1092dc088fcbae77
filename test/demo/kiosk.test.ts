import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import jsQR from 'jsqr';
import QRCode from 'qrcode';
import sharp from 'sharp';
import { startDemoCounter } from '../../config/demo/counter-server.ts';
import { readOrCreateSiteKey } from '../../config/demo/keys.ts';
import type { RunningSite } from '../../config/demo/site-server.ts';
import { checkAtKiosk, openKiosk, spoken } from '../../src/commands/kiosk.ts';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { issueLicence, keepPhoto, licenceOf, seedTypes } from '../support/certificates.ts';
import { authorities } from '../support/department.ts';
import { type Instance, startInstance, testPassword } from '../support/instance.ts';

let instance: Instance;
let folder: string;
let counter: RunningSite;
let phone: Browser;
let clerk: Browser;
let person: Awaited<ReturnType<Instance['addPerson']>>;
let identifier: string;

beforeAll(async () => {
  instance = await startInstance();
  folder = await mkdtemp(join(tmpdir(), 'yihao-counter-'));
  await seedTypes(instance);
  const { issuer } = instance;
  counter = await startDemoCounter({
    issuer,
    clientId: 'demo-counter',
    privateJwk: await readOrCreateSiteKey(join(folder, 'counter.jwk')),
    port: 0,
    host: 'localhost',
    kiosk: spoken(await openKiosk(join(folder, 'kiosk'), [issuer])),
  });
  person = await instance.addPerson();
  phone = createBrowser();
  const first = await phone.get(at('/my'));
  const form = await phone.get(new URL(`${first.url.pathname}/password${first.url.search}`, first.url));
  const values = { number: person.number, password: testPassword };
  await phone.submit(await phone.submit(form, values, '/password'), { skip: '1' }, '/passkey-offer');
}, 30_000);
afterAll(async () => {
  await counter?.close();
  await instance?.stop();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  clerk = createBrowser();
  identifier = await issueLicence(instance, person);
});

const at = (path: string): URL => new URL(path, instance.issuer);

/** Presses the button for a counter without a network. */
const askOffline = async (fields: string, certificate = identifier): Promise<BrowserPage> => {
  const choice = await phone.get(at(`/my/certificates/${certificate}/present`));
  const [, action = ''] = /formaction="([^"]+)"/i.exec(choice.html) ?? [];
  return phone.post(at(action), { csrf: choice.forms[0]?.fields['csrf'] ?? '', fields });
};

/** Reads the code on a page as a scanner does: from its picture, as wide as it is drawn on a phone. */
const readCode = async ({ html }: BrowserPage): Promise<string> => {
  const svg = Buffer.from(/src="data:image\/svg\+xml;base64,([^"]+)"/.exec(html)?.[1] ?? '', 'base64');
  const { data, info } = await sharp(svg, { density: 300 })
    .resize({ width: 640, kernel: 'nearest' })
    .extend({ top: 24, bottom: 24, left: 24, right: 24, background: '#fff' })
    .flatten({ background: '#fff' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const found = jsQR.default(new Uint8ClampedArray(data), info.width, info.height);
  if (found === null) throw new Error('the picture is not a code that can be read');
  return found.data;
};

const kioskPage = (language = 'zh'): Promise<BrowserPage> =>
  clerk.get(`${counter.url}/offline?lang=${language}`);
const update = async (): Promise<BrowserPage> => clerk.submit(await kioskPage(), {}, '/update');
const check = async (code: string, language?: string): Promise<BrowserPage> =>
  clerk.submit(await kioskPage(language), { code }, '/check');

describe('a code for a counter without a network', () => {
  test('holds what was ticked and the masked name, and nothing else of the person', async () => {
    const page = await askOffline('vehicleClass');
    expect(page.text).toContain('2 分钟内有效');
    const code = await readCode(page);
    const payload = Buffer.from(code.split('.')[1] ?? '', 'base64url').toString();
    for (const words of ['机动车驾驶证', '**远', 'C1', '测试公安厅']) expect(payload).toContain(words);
    for (const secret of [person.name, person.number, '和平路', identifier, person.accountId])
      expect(payload).not.toContain(secret);
  });

  test('is a row that the person sees, which says that the counter cannot be known', async () => {
    await askOffline('vehicleClass');
    const uses = await phone.get(at('/my/uses'));
    expect(uses.text).toContain('没有网络的窗口（哪个窗口无从得知）');
    expect((await phone.click(uses, '查看')).text).toContain('准驾车型');
  });

  test('fits into a QR code that a camera reads, with every field of a licence', async () => {
    const fields = Object.keys(licenceOf(person).fields);
    const holder = { type: '111', code: person.number };
    const asked = { identifier, accountId: person.accountId, holder, fields };
    const { text } = await instance.app.house.presentations.presentOffline(asked);
    expect(QRCode.create(text, { errorCorrectionLevel: 'L' }).version).toBeLessThanOrEqual(25);
  });

  test('that would be too long is refused in words that offer the online one, and leaves no row', async () => {
    const licence = licenceOf(person);
    const { certificate } = await instance.app.house.directory.issueCertificate({
      ...licence,
      ...(await keepPhoto(instance, person)),
      fields: { ...licence.fields, address: '𠮷'.repeat(117) },
      issuer: { code: authorities.police, name: '测试公安厅' },
      actor: 'test',
    });
    const before = (await phone.get(at('/my/uses'))).text;
    const page = await askOffline('address', certificate.identifier);
    expect([page.status, page.text]).toEqual([409, expect.stringContaining('请改用联网二维码')]);
    expect(page.html).toMatch(/value="address"[^>]*checked|checked[^>]*value="address"/);
    expect((await phone.get(at('/my/uses'))).text).toBe(before);
    expect((await phone.submit(page, { fields: 'address' })).text).toContain('每个二维码只能扫一次');
  });

  test('of a certificate of somebody else, or with a field there is not, is refused', async () => {
    const neighbour = await instance.addPerson(1);
    const theirs = await issueLicence(instance, neighbour);
    const choice = await phone.get(at(`/my/certificates/${identifier}/present`));
    const csrf = choice.forms[0]?.fields['csrf'] ?? '';
    const ask = (of: string, fields: string) =>
      phone.post(at(`/my/certificates/${of}/offline`), { csrf, fields });
    expect((await ask(theirs, 'vehicleClass')).status).toBe(404);
    expect((await ask(identifier, 'salary')).status).toBe(400);
  });
});

describe('the command that checks it', () => {
  test('fetches what it needs, answers each line in both languages, and ends with its input', async () => {
    const code = await readCode(await askOffline('vehicleClass'));
    const said: string[] = [];
    const log = jest.spyOn(console, 'log').mockImplementation((line: string) => {
      said.push(line);
    });
    const typed = [code, '', code, 'not a code'].map((line) => `${line}\r\n`);
    await checkAtKiosk([join(folder, 'command'), `${instance.issuer}/`], Readable.from(typed)).finally(() =>
      log.mockRestore(),
    );
    const all = said.map((line) => line.trim());
    const headings = said.filter((line) => line.startsWith('\n')).map((line) => line.trim());
    const refused = ['核验不通过', 'Not genuine'];
    expect(headings).toEqual(['真实有效', 'Genuine', ...refused, ...refused]);
    for (const words of ['准驾车型: C1', '持证人: **远', 'Holder: **远']) expect(all).toContain(words);
    const updates = all.filter((line) => line.startsWith(`${instance.issuer}：密钥和`));
    expect(updates).toHaveLength(2);
    expect(said.join()).not.toContain(person.number);
  });

  test('says how it is called when it is told too little, or what is no address', async () => {
    for (const given of [[], [folder], [folder, 'region']])
      await expect(checkAtKiosk(given, Readable.from([]))).rejects.toThrow(/^usage: yihao kiosk check/);
  });
});

describe('a counter that checks it', () => {
  test('says an end once its lists are fetched anew, and not before, and since when it knows', async () => {
    const code = await readCode(await askOffline('vehicleClass'));
    expect((await update()).text).toContain('个状态列表已更新');
    await instance.app.house.directory.endCertificate({
      identifier,
      issuerCode: authorities.police,
      ground: 'revoked',
      endedOn: '2026-11-20',
      reasonCode: 'r1',
      actor: 'test',
    });
    const before = await check(code);
    expect(before.text).toContain('真实有效');
    expect(before.text).toMatch(/本机所知截至 .*\d{2}:\d{2}，此后的变化本机不知道/);
    await update();
    expect((await check(code)).text).toContain('已经失效');
    expect((await check(code, 'en')).text).toMatch(/Ended .*Known as of .*\d{1,2}:\d{2}/);
  });

  test('goes on when the server has stopped, takes a code once, and says what it could not fetch', async () => {
    await askOffline('vehicleClass');
    await update();
    const code = await readCode(await askOffline('vehicleClass'));
    await instance.stop();
    const shown = await check(code);
    for (const words of ['真实有效', '准驾车型 C1', '**远', '本机所知截至'])
      expect(shown.text).toContain(words);
    expect((await check(code)).text).toContain('已经用过');
    expect((await update()).text).toContain('联系不上，仍用截至');
    expect((await check(`${instance.issuer}/p/abc`, 'en')).text).toContain('This is the online code');
  });
});
