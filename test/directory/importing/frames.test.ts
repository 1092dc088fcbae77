import { expect, test } from '@jest/globals';
import { type Frame, framesOf, mostRowBytes, type RowForm } from '../../../src/directory/importing/frames.ts';

/** Cuts a text that comes in chunks of so many bytes. */
const cut = async (text: string | Buffer, form: RowForm, chunkBytes = 1 << 16): Promise<Frame[]> => {
  const bytes = Buffer.from(text as string);
  const chunks = (async function* () {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  })();
  const frames: Frame[] = [];
  for await (const frame of framesOf(chunks, { line: 1, offset: 0 }, form)) frames.push(frame);
  return frames;
};

const shown = (frames: Frame[]) =>
  frames.map(({ line, bytes }) => [line, bytes === null ? null : bytes.toString()]);

test.each([1, 2, 3, 7, 1000])(
  'rows are the same however the file is cut into chunks (%i bytes)',
  async (size) => {
    const text = 'a,"x\r\ny",b\r\nplain "not a quote",c\n"",""""\n"last\nrow"';
    expect(shown(await cut(text, 'csv', size))).toEqual([
      [1, 'a,"x\r\ny",b'],
      [3, 'plain "not a quote",c'],
      [4, '"",""""'],
      [5, '"last\nrow"'],
    ]);
  },
);

test('the place behind each row is where the next begins, in lines and bytes', async () => {
  const frames = await cut('{"a":1}\n\n{"b":"陈"}', 'ndjson', 4);
  expect(frames.map(({ next }) => next)).toEqual([
    { line: 2, offset: 8 },
    { line: 3, offset: 9 },
    { line: 4, offset: 20 },
  ]);
});

test.each(['ndjson', 'csv'] as const)(
  'a line too long is told by its number and the next is read (%s)',
  async (form) => {
    const long = 'x'.repeat(mostRowBytes + 1);
    const fits = 'y'.repeat(mostRowBytes);
    for (const size of [100, 65_536, 1_000_000])
      expect(shown(await cut(`a\n${long}\r\n${fits}\r\n${long.repeat(3)}\nb\n${long}`, form, size))).toEqual([
        [1, 'a'],
        [2, null],
        [3, fits],
        [4, null],
        [5, 'b'],
        [6, null],
      ]);
  },
);

test('a stray quote costs the row it stands in and no other', async () => {
  const rows = Array.from({ length: 10_000 }, (_, i) => `row ${i},x`);
  const open = ['a,"stray', ...rows];
  const frames = await cut(open.join('\n'), 'csv', 4096);
  expect(shown(frames)).toEqual(open.map((row, i) => [i + 1, row]));
  expect(shown(await cut('a,"stray\nb\nc', 'csv'))).toEqual([
    [1, 'a,"stray'],
    [2, 'b'],
    [3, 'c'],
  ]);
});

test('a quoted cell of exactly the length allowed is one row, with either line end', async () => {
  const cell = `"${'z\n'.repeat(mostRowBytes / 2 - 1)}"`;
  for (const end of ['\n', '\r\n'])
    for (const size of [4099, 65_537, 65_538])
      expect(shown(await cut(`${cell}${end}b`, 'csv', size))).toEqual([
        [1, cell],
        [mostRowBytes / 2 + 1, 'b'],
      ]);
});
