import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { demoFace } from '../../../config/demo/faces.ts';
import { idCard, organB, typeCodes } from '../directory-house.ts';
import { gb18030 } from './gb18030.ts';
import { type ImportHouse, marriageFile, marriageRow, openImportHouse } from './import-house.ts';

let house: ImportHouse;
beforeEach(async () => {
  house = await openImportHouse();
});
afterEach(() => house.close());

const rows = (count: number) => Array.from({ length: count }, (_, i) => marriageRow(i));
const identifierOf = async (index: number) => {
  const serial = `J9999992026${String(index).padStart(6, '0')}`;
  const [found] = await house.records
    .collection('certificates')
    .find({ _id: { $regex: `\\.${serial}\\.` } as never })
    .toArray();
  return String(found?._id);
};

describe('a file', () => {
  test('is imported, and the same again is there already', async () => {
    const file = await house.write('marriages.csv', marriageFile(rows(150), '\r\n'));
    expect((await house.run(file)).counts).toEqual({ created: 150, alreadyThere: 0, rejected: 0 });
    expect((await house.run(file)).counts).toEqual({ created: 0, alreadyThere: 150, rejected: 0 });
    expect(await house.certificates()).toBe(150);
    expect((await readdir(house.folder)).filter((name) => name.startsWith('marriages'))).toEqual([
      'marriages.csv',
    ]);
  });

  test('in GB18030 arrives with every character', async () => {
    const text = marriageFile([marriageRow(0, { name: '林𠮷安', remarks: '"换发，见档案“甲”"' })]);
    const file = await house.write('gbk.csv', gb18030(text));
    expect((await house.run(file)).counts.created).toBe(1);
    const kept = await house.directory.findCertificate(await identifierOf(0));
    expect(kept?.holders[0]?.name).toBe('林𠮷安');
    expect(kept?.fields['remarks']).toBe('换发，见档案“甲”');
    expect(kept?.issuerName).toBe('示例市民政局');
  });

  test('is refused as a whole when it is no such file, in no such encoding, or has no such header', async () => {
    await expect(house.run('rows.xlsx')).rejects.toMatchObject({ code: 'import-file-kind' });
    await expect(house.run(join(house.folder, 'none.csv'))).rejects.toMatchObject({
      code: 'import-file-unreadable',
    });
    const latin = await house.write('latin.csv', Buffer.from('a\xff\n', 'latin1'));
    await expect(house.run(latin)).rejects.toMatchObject({ code: 'import-encoding' });
    const bare = await house.write('bare.csv', marriageRow(1));
    await expect(house.run(bare)).rejects.toMatchObject({ code: 'import-header-column' });
    const empty = await house.write('empty.csv', '\n');
    await expect(house.run(empty)).rejects.toMatchObject({ code: 'import-header-missing' });
  });
});

describe('rejected rows', () => {
  test('are told by line, place and reason in both languages, and never by what stood there', async () => {
    const file = await house.write(
      'bad.csv',
      marriageFile([
        marriageRow(0),
        marriageRow(1, { code: '999999199001010017', areaCode: '12' }),
        marriageRow(2, { remarks: 'x'.repeat(70_000) }),
        marriageRow(3, { remarks: '"open' }),
        '',
        marriageRow(4, { remarks: 'x'.repeat(201) }),
        marriageRow(0, { name: '周怀德' }),
        marriageRow(0),
      ]),
    );
    expect((await house.run(file)).counts).toEqual({ created: 1, alreadyThere: 1, rejected: 5 });
    const report = await house.rejected(file);
    expect(report.map(({ line, field, code }) => [line, field, code])).toEqual([
      [3, 'areaCode', 'region-code-invalid'],
      [3, 'holder1.code', 'citizen-number-check'],
      [4, undefined, 'import-line-too-long'],
      [5, undefined, 'import-row-cells'],
      [7, 'fields', 'certificate-field-invalid'],
      [8, 'serial', 'certificate-serial-taken'],
    ]);
    expect(report.every(({ zh, en }) => zh.length > 10 && en.length > 10)).toBe(true);
    const text = await readFile(`${file}.rejected.ndjson`, 'utf8');
    for (const value of ['999999199001010017', '周怀德', '陈知远', 'xxx']) expect(text).not.toContain(value);
  });

  test('of NDJSON are told likewise, a line that is not in the encoding of the file among them', async () => {
    const { actor, photoDigest, photoId, ...row } = idCard();
    const lines = Array.from({ length: 8 }, (_, i) =>
      // Blanks fill the part of the file that its encoding is told by.
      JSON.stringify({ ...row, serial: `A${i}`, photoDigest: 'ab'.repeat(32), photoId: 'photo-1' }).padEnd(
        10_000,
      ),
    );
    const bytes = Buffer.concat([
      Buffer.from(`${lines.join('\n')}\n{"number":"`),
      Buffer.of(0xff),
      Buffer.from(`"}\n{"typeCode":1}\n${lines[0]}`),
    ]);
    const file = await house.write('cards.ndjson', bytes);
    const { counts } = await house.run(file);
    expect(counts).toEqual({ created: 8, alreadyThere: 1, rejected: 2 });
    const report = await house.rejected(file);
    expect(report[0]).toMatchObject({ line: 9, code: 'import-row-encoding' });
    expect(report.slice(1).every(({ line, code }) => line === 10 && code === 'import-row-shape')).toBe(true);
  });
});

describe('a dry run', () => {
  test('tells what an import would do and keeps nothing but its report', async () => {
    const first = await house.write('first.csv', marriageFile(rows(3)));
    await house.run(first);
    const before = await readdir(house.folder);
    const file = await house.write(
      'trial.csv',
      marriageFile([...rows(5), marriageRow(0, { name: '周怀德' }), marriageRow(6, { areaCode: '1' })]),
    );
    const { counts, reportFile } = await house.run(file, { dryRun: true });
    expect(counts).toEqual({ created: 2, alreadyThere: 3, rejected: 2 });
    expect(await house.certificates()).toBe(3);
    expect((await readdir(house.folder)).filter((name) => !before.includes(name))).toEqual([
      'trial.csv',
      'trial.csv.dry-run.rejected.ndjson',
    ]);
    expect(await readFile(reportFile, 'utf8')).toContain('certificate-serial-taken');
  });
});

describe('an import cut short', () => {
  /** Ends an import once so many batches are through; each takes a second. */
  const stopAfter = (batches: number) => {
    let told = 0;
    return () => {
      told += 1;
      house.clock.advance(1);
      if (told > batches) throw new Error('stopped by the test');
    };
  };

  test('goes on at the row it stopped at, with counts and report as if it had not', async () => {
    const content = marriageFile([
      ...rows(100),
      marriageRow(200, { areaCode: '1' }),
      ...rows(100),
      marriageRow(201, { areaCode: '1' }),
    ]);
    const file = await house.write('cut.csv', content);
    await expect(house.run(file, {}, stopAfter(2))).rejects.toThrow('stopped by the test');
    const places: number[] = [];
    const { counts } = await house.run(file, {}, ({ next }) => places.push(next.line));
    expect(places[0]).toBe(2 + 2 * 64);
    expect(counts).toEqual({ created: 100, alreadyThere: 100, rejected: 2 });
    expect((await house.rejected(file)).map(({ line }) => line)).toEqual([102, 203]);
  });

  test('counts a batch once that was on disk before its place was', async () => {
    const file = await house.write(
      'once.csv',
      marriageFile([
        ...rows(65),
        marriageRow(64),
        marriageRow(0),
        marriageRow(200, { areaCode: '1' }),
        ...rows(100).slice(65),
      ]),
    );
    await expect(house.run(file, {}, stopAfter(1))).rejects.toThrow('stopped by the test');
    const progressFile = `${file}.progress.json`;
    const early = JSON.parse(await readFile(progressFile, 'utf8'));
    // As if killed between the last row of the second batch and its checkpoint, when the first is counted.
    await expect(house.run(file, {}, stopAfter(1))).rejects.toThrow('stopped by the test');
    await writeFile(progressFile, JSON.stringify(early));
    expect((await house.run(file)).counts).toEqual({ created: 100, alreadyThere: 2, rejected: 1 });
    expect(await house.rejected(file)).toHaveLength(1);
  });

  test('does not go on in a file that was changed, and says what to do', async () => {
    const file = await house.write('changed.csv', marriageFile(rows(100)));
    await expect(house.run(file, {}, stopAfter(1))).rejects.toThrow('stopped by the test');
    await house.write('changed.csv', marriageFile(rows(101)));
    await expect(house.run(file)).rejects.toMatchObject({
      code: 'import-file-changed',
      values: { file: 'changed.csv', progressFile: 'changed.csv.progress.json' },
    });
    await writeFile(`${file}.progress.json`, '{"line":');
    await expect(house.run(file)).rejects.toMatchObject({ code: 'import-progress-damaged' });
  });
});

describe('photos', () => {
  const card = (serial: string, photo: string, other: object = {}) => {
    const { actor, photoDigest, photoId, ...row } = idCard();
    return JSON.stringify({ ...row, serial, photo, ...other });
  };
  const folderWith = async (names: string[]) => {
    const folder = join(house.folder, 'photos');
    await mkdir(folder);
    for (const name of names) await writeFile(join(folder, name), await demoFace(0));
    return folder;
  };

  test('are taken from the folder, wait for review, and are the same the next time', async () => {
    const photoFolder = await folderWith(['one.jpg']);
    const file = await house.write('cards.ndjson', [card('A1', 'one.jpg'), card('A2', 'one.jpg')].join('\n'));
    for (const created of [2, 0]) {
      const { counts } = await house.run(file, { photoFolder });
      expect(counts).toEqual({ created, alreadyThere: 2 - created, rejected: 0 });
    }
    const waiting = await house.photos.listForReview({});
    expect(waiting.photos).toHaveLength(1);
    expect(waiting.photos[0]?.holderId).toBe(
      house.directory.holderIndexOf(idCard().holders[0] ?? { type: '', code: '' }),
    );
  });

  test('count as accepted only if the import is told so', async () => {
    const photoFolder = await folderWith(['one.jpg']);
    const file = await house.write('cards.ndjson', card('A1', 'one.jpg'));
    expect((await house.run(file, { photoFolder, acceptPhotos: true })).counts.created).toBe(1);
    expect((await house.photos.listForReview({})).photos).toEqual([]);
  });

  test('are no way out of the folder, and one that fails its checks rejects its row and is not kept', async () => {
    const photoFolder = await folderWith(['one.jpg']);
    await writeFile(join(house.folder, 'outside.jpg'), await demoFace(1));
    await symlink(join(house.folder, 'outside.jpg'), join(photoFolder, 'link.jpg'));
    await writeFile(join(photoFolder, 'text.jpg'), 'no photo at all');
    const names = [
      '../outside.jpg',
      join(house.folder, 'outside.jpg'),
      '..',
      'link.jpg',
      'none.jpg',
      'text.jpg',
    ];
    const wrongIssuer = card('B1', 'one.jpg', { issuer: { code: organB, name: '示例市民政局' } });
    const wrongType = card('B2', 'one.jpg', { typeCode: typeCodes.marriage });
    const lines = [...names.map((name, i) => card(`A${i}`, name)), wrongIssuer, wrongType];
    const file = await house.write('cards.ndjson', lines.join('\n'));
    expect((await house.run(file, { photoFolder })).counts).toEqual({
      created: 0,
      alreadyThere: 0,
      rejected: 8,
    });
    expect((await house.rejected(file)).map(({ field, code }) => `${field}: ${code}`)).toEqual([
      'photo: import-photo-name',
      'photo: import-photo-name',
      'photo: import-photo-name',
      'photo: import-photo-missing',
      'photo: import-photo-missing',
      'photo: photo-type-refused',
      'issuerCode: certificate-issuer-not-entitled',
      'issuerCode: certificate-issuer-not-entitled',
    ]);
    expect((await house.photos.listForReview({})).photos).toEqual([]);
  });

  test('of a certificate that is there cannot be exchanged by importing it again', async () => {
    const photoFolder = await folderWith(['one.jpg']);
    const file = await house.write('cards.ndjson', card('A1', 'one.jpg'));
    await house.run(file, { photoFolder });
    await writeFile(join(photoFolder, 'one.jpg'), await demoFace(1));
    expect((await house.run(file, { photoFolder })).counts).toEqual({
      created: 0,
      alreadyThere: 0,
      rejected: 1,
    });
    expect((await house.rejected(file))[0]).toMatchObject({ code: 'certificate-serial-taken' });
    expect((await house.photos.listForReview({})).photos).toHaveLength(1);
    expect((await house.run(file, { photoFolder, dryRun: true })).counts.rejected).toBe(1);
  });
});
