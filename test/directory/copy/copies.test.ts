import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findCopyFont } from '../../../src/directory/copy/find-font.ts';
import { codeOf, refusalOf } from '../directory-house.ts';
import { type CopyHouse, openCopyHouse } from './copy-house.ts';

let house: CopyHouse;
let identifier: string;
const person = { code: '999999199001010016', name: '陈知远' };

beforeAll(async () => {
  house = await openCopyHouse();
  identifier = await house.issueLicence(person);
}, 30_000);
afterAll(() => house?.close());

const copyOf = async (more: object = {}) => house.copies.makeCopy(await house.wanted(identifier, more));
const rowOf = (copyId: string) =>
  house.records.collection('certificatecopies').findOne({ _id: copyId as never });
const rows = () => house.records.collection('certificatecopies').countDocuments({});

describe('a copy', () => {
  test('is written down with its digest, and names nobody in the record', async () => {
    const copy = await copyOf({ purpose: '给陈知远办理登记' });
    expect(copy.digest).toBe(createHash('sha256').update(copy.bytes).digest('hex'));
    const row = await rowOf(copy.copyId);
    const made = { identifier, form: 'pdf', digest: copy.digest, expiresOn: '2026-12-01' };
    expect(row).toMatchObject({ ...made, callerId: 'site-property' });
    expect(row?.['outbox']).toMatchObject([{ type: 'copy.made', actor: 'site-property', detail: made }]);
    const kept = JSON.stringify(row) + Buffer.from(JSON.stringify(row?.['purpose'] ?? '')).toString();
    for (const personal of [person.name, person.code, '办理登记']) expect(kept).not.toContain(personal);
    expect(row?.['purpose'].toString('utf8')).not.toContain('办理');
  });

  test('has a number of its own each time', async () => {
    const [one, two] = [await copyOf(), await copyOf()];
    expect(one.copyId).toMatch(/^[2-9A-Z]{8}-[2-9A-Z]{8}$/);
    expect(one.copyId).not.toBe(two.copyId);
  });

  test('is good no longer than the certificate itself', async () => {
    const dates = { issuedOn: '2021-06-18', validUntil: '2026-11-30' };
    const soonOver = await house.issueLicence(person, { dates });
    expect((await house.copies.makeCopy(await house.wanted(soonOver))).expiresOn).toBe('2026-11-30');
  });

  test.each([
    ['yesterday', { expiresOn: '2026-11-23' }, 'copy-expiry'],
    ['31 days', { expiresOn: '2026-12-25' }, 'copy-expiry'],
    ['a day that is none', { expiresOn: '2026-11-31' }, 'date-invalid'],
    ['no purpose', { purpose: ' \u200b ' }, 'copy-purpose'],
    ['a purpose without end', { purpose: '用'.repeat(201) }, 'copy-purpose'],
    ['a purpose that the font cannot print', { purpose: '办理👍' }, 'copy-glyph-missing'],
  ])('for %s is refused and not written down', async (_what, more, code) => {
    const before = await rows();
    expect(await codeOf(copyOf(more))).toBe(code);
    expect(await rows()).toBe(before);
  });

  test('is made for today and for 30 days on', async () => {
    for (const expiresOn of ['2026-11-24', '2026-12-24'])
      expect((await copyOf({ expiresOn })).expiresOn).toBe(expiresOn);
  });

  test.each(['pdf', 'png'])(
    'as %s of a name that the font has no glyph for is refused, and says how many',
    async (form) => {
      const rare = await house.issueLicence({ ...person, name: '林\u{2B740}\u{2B741}' });
      const refused = house.copies.makeCopy(await house.wanted(rare, { form: form as 'pdf' }));
      expect(await refusalOf(refused)).toEqual({ code: 'copy-glyph-missing', count: 2 });
    },
  );

  test('of a certificate that was ended or altered is refused', async () => {
    const ended = await house.issueLicence(person);
    const wanted = await house.wanted(ended);
    const certificate = { ...wanted.certificate, state: 'revoked' as const };
    expect(await codeOf(house.copies.makeCopy({ ...wanted, certificate }))).toBe('copy-of-no-use');
    const update = { $set: { issuerName: '另一个机关' } };
    await house.records.collection('certificates').updateOne({ _id: ended as never }, update);
    expect(await codeOf(house.copies.makeCopy(await house.wanted(ended)))).toBe('copy-seal-broken');
  });
});

describe('a machine without the font', () => {
  test('refuses, and makes copies once the font is there, without a new start', async () => {
    let isInstalled = false;
    const bare = await openCopyHouse({ findFont: async () => (isInstalled ? findCopyFont() : null) });
    const wanted = await bare.wanted(await bare.issueLicence(person));
    expect(await codeOf(bare.copies.makeCopy(wanted))).toBe('copy-font-missing');
    isInstalled = true;
    expect(await codeOf(bare.copies.makeCopy(wanted))).toBeNull();
    await bare.close();
  }, 20_000);
});
