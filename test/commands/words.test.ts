import { parseArgs } from 'node:util';
import { expect, test } from '@jest/globals';
import { joinDigests } from '../../src/commands/words.ts';

const digest = `-${'a'.repeat(42)}`;
const options = { digest: { type: 'string' }, as: { type: 'string' } } as const;

test('a digest that begins with a dash is the value of the option before it', () => {
  const words = ['agr_1', '--digest', digest, '--as', 'li'];
  expect(() => parseArgs({ args: words, options, allowPositionals: true })).toThrow('ambiguous');
  const { values, positionals } = parseArgs({ args: joinDigests(words), options, allowPositionals: true });
  expect({ ...values, positionals }).toEqual({ digest, as: 'li', positionals: ['agr_1'] });
});

test('other words stay as they are', () => {
  const words = ['agr_1', '--for-cause', '--as', 'li', `--digest=${digest}`];
  expect(joinDigests(words)).toEqual(words);
});
