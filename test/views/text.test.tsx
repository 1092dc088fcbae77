import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { safeHref, withParameter } from '../../views/parts/href.ts';
import { languageMark, plainName } from '../../views/parts/name.ts';
import { en } from '../../views/text/en.ts';
import { claimText, fill } from '../../views/text/index.ts';
import { zh } from '../../views/text/zh.ts';

/** Lists every sentence of a catalogue by its dotted key. */
const sentences = (tree: object, prefix = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : sentences(value, `${prefix}${key}.`),
  );

const gaps = (sentence: string | undefined): string[] => (sentence?.match(/\{\w+\}/g) ?? []).sort();

describe('the words', () => {
  const chinese = sentences(zh);
  const english = new Map(sentences(en));

  test('stand in both languages under the same keys, none empty', () => {
    expect([...english.keys()].sort()).toEqual(chinese.map(([key]) => key).sort());
    for (const [, sentence] of [...chinese, ...english]) expect(sentence.trim()).not.toBe('');
  });

  test('have the same gaps to fill in both languages', () => {
    for (const [key, sentence] of chinese)
      expect([key, gaps(english.get(key))]).toEqual([key, gaps(sentence)]);
  });

  test('fill their gaps and leave unknown ones, even those named like parts of an object', () => {
    expect(fill('{a} {b} {constructor}', { a: '$1' })).toBe('$1 {b} {constructor}');
  });

  test('say every claim in plain words', () => {
    expect(claimText('zh', 'id_number').label).toBe('证件号码');
    expect(claimText('en', 'openid').detail).toContain('no other site');
  });

  test('name a claim we do not know as it is', () => {
    expect(claimText('zh', 'shoe_size').label).toBe('其他信息（shoe_size）');
    expect(claimText('en', 'toString').label).toBe('Other information (toString)');
    expect(claimText('en', 'other').label).toBe('Other information (other)');
  });
});

describe('addresses', () => {
  test.each([
    ['https://a.example/x?y=1#z', 'https://a.example/x?y=1#z'],
    ['http://localhost:3000/', 'http://localhost:3000/'],
    ['/path?a=1', '/path?a=1'],
  ])('%s may be linked', (href, address) => {
    expect(safeHref(href)).toBe(address);
  });

  test.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https:evil.example',
    'https://good.example@evil.example/',
    'relative',
    'http://',
    '',
    undefined,
  ])('%j may not', (href) => {
    expect(safeHref(href)).toBeUndefined();
  });

  test('a path that would climb to another host stays on this one', () => {
    expect(safeHref('/.//evil.example')).toBe('/evil.example');
    expect(withParameter('/.//evil.example', 'a', '1')).toBe('/evil.example?a=1');
  });

  test('a parameter is replaced, not repeated', () => {
    expect(withParameter('/x?ui_lang=zh&b=2', 'ui_lang', 'en')).toBe('/x?ui_lang=en&b=2');
  });
});

describe('names of others', () => {
  test('lose control and direction characters and keep the rest, beyond the basic plane too', () => {
    expect(plainName(' 示例\u202E\u0000 公积金\n𠮷 ')).toBe('示例 公积金 𠮷');
  });
});

describe('the stylesheet', () => {
  const css = readFileSync(new URL('../../views/public/yihao.css', import.meta.url), 'utf8');

  test('stays under 8 kB and fetches nothing', () => {
    expect(Buffer.byteLength(css)).toBeLessThan(8000);
    expect(css).not.toMatch(/@import|url\(/);
  });

  test('knows the dark scheme, and large type of 18 pixels and more with 60 pixel targets', () => {
    expect(css).toContain('prefers-color-scheme: dark');
    const large = css.match(/html\.large \{([^}]*)\}/)?.[1] ?? '';
    expect(large).toContain('--target: 60px');
    const rootPixels = (Number(large.match(/font-size: ([\d.]+)%/)?.[1]) / 100) * 16;
    const smallest = Math.min(
      ...[...css.matchAll(/font-size: ([\d.]+)rem/g)].map((match) => Number(match[1])),
    );
    expect(rootPixels * smallest).toBeGreaterThanOrEqual(18);
  });
});

describe('a name in a page of another language', () => {
  test('is marked as Chinese when it is, so that it is read out so', () => {
    expect(languageMark('en', '示例省')).toBe('zh-CN');
    expect(languageMark('en', 'Example Province')).toBeUndefined();
    expect(languageMark('zh', '示例省')).toBeUndefined();
  });
});
