import { expect, test } from '@jest/globals';
import { findEncoding, lineReader } from '../../../src/directory/importing/encoding.ts';
import { gb18030 } from './gb18030.ts';

const found = (bytes: Buffer, isWhole = true) => {
  try {
    return findEncoding(bytes, isWhole);
  } catch (error) {
    const { code, values } = error as { code: string; values: object };
    return { code, ...values };
  }
};

const chinese = '姓名,林𠮷安\n住址,示例省示例市\n';

test('UTF-8 is known with its mark and without, GB18030 likewise', () => {
  expect(found(Buffer.from(chinese))).toEqual({ encoding: 'utf-8', start: 0 });
  expect(found(Buffer.from(`\uFEFF${chinese}`))).toEqual({ encoding: 'utf-8', start: 3 });
  expect(found(gb18030(chinese))).toEqual({ encoding: 'gb18030', start: 0 });
  expect(found(Buffer.concat([Buffer.from('84319533', 'hex'), gb18030(chinese)]))).toEqual({
    encoding: 'gb18030',
    start: 4,
  });
  expect(lineReader('gb18030')(gb18030('林𠮷安'))).toBe('林𠮷安');
});

test('a file in neither is refused by the line where that shows', () => {
  expect(found(Buffer.from('a\nb\nc\xff\n', 'latin1'))).toEqual({ code: 'import-encoding', line: 3 });
  const mixed = Buffer.concat([gb18030('陈知远\n'), Buffer.from('林\n')]);
  expect(found(mixed)).toEqual({ code: 'import-encoding', line: 2 });
  expect(found(Buffer.from('\uFEFFab\n', 'utf16le'))).toEqual({ code: 'import-encoding', line: 1 });
  expect(found(Buffer.from('ab\n', 'utf16le'))).toEqual({ code: 'import-encoding', line: 1 });
});

test('a character that the sample cuts in two says nothing against its encoding', () => {
  const cutInUtf8 = Buffer.from('林晚晴\n陈').subarray(0, -1);
  expect(found(cutInUtf8, false)).toEqual({ encoding: 'utf-8', start: 0 });
  expect(found(cutInUtf8, true)).toEqual({ code: 'import-encoding', line: 2 });
  expect(found(gb18030('姓名\n陈知').subarray(0, -1), false)).toEqual({ encoding: 'gb18030', start: 0 });
});
