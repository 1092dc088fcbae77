import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import jsQR from 'jsqr';
import sharp from 'sharp';
import { contentOf } from '../../../src/directory/copy/content.ts';
import { findCopyFont } from '../../../src/directory/copy/find-font.ts';
import { layOut } from '../../../src/directory/copy/lay-out.ts';
import { type CopyFont, openCopyFont } from '../../../src/directory/copy/open-font.ts';
import { textsOf } from '../../../src/directory/copy/page.ts';
import { wrap } from '../../../src/directory/copy/wrap.ts';
import type { CalendarDate } from '../../../src/terms/calendar-date.ts';
import { marriage } from '../directory-house.ts';
import { type CopyHouse, openCopyHouse } from './copy-house.ts';
import { readPdf } from './read-pdf.ts';

let house: CopyHouse;
let font: CopyFont;

beforeAll(async () => {
  house = await openCopyHouse();
  const found = await findCopyFont();
  if (found === null) throw new Error('the tests need fonts-noto-cjk');
  font = await openCopyFont(found);
}, 30_000);
afterAll(() => house?.close());

const lin = { code: '999999198703120039', name: '林𠮷安' };
const gong = { code: '999999199207240044', name: '龚䶮' };

const terms = {
  copyId: 'ABCD2345-EFGH6789',
  callerName: '示例市不动产登记中心',
  purpose: '办理首次登记',
  madeOn: '2026-11-24' as CalendarDate,
  expiresOn: '2026-12-01' as CalendarDate,
  photo: null,
  issuer: 'https://id.example.gov.cn',
};

const pageOf = async (identifier: string, more: object = {}, change: object = {}) => {
  const { certificate, type } = await house.wanted(identifier);
  return layOut(contentOf({ ...certificate, ...change }, type, { ...terms, ...more }), font);
};

describe('a copy as a PDF', () => {
  test.each([lin, gong])('maps every character of $name to a glyph of its own', async (person) => {
    const identifier = await house.issueLicence(person);
    const pdf = readPdf((await house.copies.makeCopy(await house.wanted(identifier))).bytes);
    for (const character of person.name) expect(pdf.mapped).toContain(character);
    for (const character of `机动车驾驶证${person.code}准驾车型办理首次登记`)
      expect(pdf.mapped).toContain(character);
    expect(pdf.mapped).not.toContain('龘');
  });

  test('embeds a small part of one font, the photo, and says its language', async () => {
    const identifier = await house.issueLicence(lin);
    const { bytes } = await house.copies.makeCopy(await house.wanted(identifier));
    const pdf = readPdf(bytes);
    expect(new Set(pdf.fonts)).toEqual(new Set([expect.stringMatching(/^[A-Z]{6}\+NotoSansCJKsc-Regular$/)]));
    expect(pdf.fontBytes).toBeGreaterThan(1000);
    expect(bytes.length).toBeLessThan(300_000);
    expect(pdf.pictures).toBe(1);
    expect(pdf.raw).toContain('/Lang (zh-CN)');
  });
});

describe('a copy as a PNG', () => {
  const draw = async (identifier: string) =>
    house.copies.makeCopy(await house.wanted(identifier, { form: 'png' }));

  test('draws rare characters each with its own shape, in the place of the name', async () => {
    // The name alone changes, so the difference in its box is the difference of the characters.
    const shapes = await Promise.all(
      ['林𠮷安', '林䶮安', '林吉安'].map(async (name) => {
        const identifier = await house.issueLicence({ ...lin, name });
        const nameBox = { left: 290, top: 320, width: 90, height: 40 };
        return sharp((await draw(identifier)).bytes)
          .extract(nameBox)
          .greyscale()
          .raw()
          .toBuffer();
      }),
    );
    const [first, second, third] = shapes.map((shape) => shape.toString('hex'));
    expect(new Set([first, second, third]).size).toBe(3);
    for (const shape of shapes) expect(shape.filter((grey) => grey < 100).length).toBeGreaterThan(50);
  }, 20_000);

  test('is a picture of the same page, and shows the photo', async () => {
    const copy = await draw(await house.issueLicence(lin));
    expect(copy.contentType).toBe('image/png');
    const picture = sharp(copy.bytes);
    expect(await picture.metadata()).toMatchObject({ format: 'png', width: 1050, height: 1488 });
    const { channels } = await picture.extract({ left: 750, top: 260, width: 210, height: 259 }).stats();
    for (const { stdev } of channels) expect(stdev).toBeGreaterThan(30);
  });
});

describe('the code on a copy', () => {
  test('is read by a camera as the page that verifies this certificate', async () => {
    const identifier = await house.issueLicence(gong);
    const { bytes } = await house.copies.makeCopy(await house.wanted(identifier, { form: 'png' }));
    const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const found = jsQR.default(new Uint8ClampedArray(data), info.width, info.height);
    expect(found?.data).toBe(`https://id.example.gov.cn/verify?identifier=${identifier}`);
  }, 20_000);
});

describe('the page', () => {
  test('says who is married to whom, by whom it was issued, and what its level demands', async () => {
    const texts = textsOf(await pageOf(await house.issue(marriage())));
    const said = ['结婚证', '示例市民政局', '陈知远　999999199001010016', '林晚晴　999999200002290027'];
    for (const line of [...said, 'J999999-2026-000001', '2026-11-20 起长期有效'])
      expect(texts).toContain(line);
    expect(texts).toContain(
      '提供单位：示例市民政局　|　仅限政务服务使用　|　有效期至 2026-12-01　|　电子印章已验证',
    );
  });

  test('shows of every level what it must, and claims no seal for an upload', async () => {
    const identifier = await house.issueLicence(gong);
    const saying = async (trustLevel: string) =>
      textsOf(await pageOf(identifier, {}, { trustLevel })).join('\n');
    expect(await saying('B')).toContain('已与原件核对　|　仅限政务服务使用');
    for (const level of ['B', 'C', 'D']) expect(await saying(level)).not.toContain('电子印章已验证');
  });

  test('has who, what for and until when all over it', async () => {
    const { marks, width, height } = await pageOf(await house.issueLicence(gong));
    const veil = marks.filter(
      (mark) => mark.kind === 'veil' && mark.text.includes('不动产登记中心　办理首次登记'),
    );
    const quarters = veil.map(({ x, y }) => `${x < width / 2}${y < height / 2}`);
    expect(new Set(quarters).size).toBe(4);
  });

  test('grows with what it says rather than letting anything run over the foot', async () => {
    const identifier = await house.issueLicence(gong);
    const fields = { address: '示例路'.repeat(400), sex: '男' };
    const [short, long] = [await pageOf(identifier), await pageOf(identifier, {}, { fields })];
    expect(long.height).toBeGreaterThan(short.height + 200);
    const address = long.marks.filter((mark) => mark.kind === 'text' && mark.text.includes('示例路示例路'));
    const code = long.marks.find((mark) => mark.kind === 'shape');
    expect(Math.max(...address.map(({ y }) => y))).toBeLessThan(code?.y ?? 0);
  });

  test('keeps every line between its margins, an endless word too', async () => {
    for (const text of ['W'.repeat(300), '示例'.repeat(100), '一，二，三，'.repeat(30), '。'.repeat(90)])
      for (const line of wrap(text, 11, 150, font)) expect(font.widthOf(line, 11)).toBeLessThan(165);
    expect(wrap('W'.repeat(300), 11, 150, font).join('')).toBe('W'.repeat(300));
    expect(wrap('甲乙，丙', 10, 20, font)).toEqual(['甲乙，', '丙']);
  });
});
