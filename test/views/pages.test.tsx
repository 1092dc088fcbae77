import { describe, expect, test } from '@jest/globals';
import { renderPage } from '../../src/http/render.ts';
import { contextOf, everyPage } from './pages.ts';

const languages = ['zh', 'en'] as const;
const cases = languages.flatMap((language) =>
  Object.entries(everyPage(contextOf({ language }))).map(
    ([name, page]) => [name, language, renderPage(page)] as const,
  ),
);

describe('every page', () => {
  test.each(cases)(
    '%s in %s is a whole document with its language, one heading and a skip link',
    (_, language, html) => {
      expect(html.startsWith('<!doctype html><html lang=')).toBe(true);
      expect(html).toContain(`<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"`);
      expect(html.match(/<h1>/g)).toHaveLength(1);
      expect(html).toContain('href="#main"');
      expect(html).toContain('<main id="main"');
      // The stylesheet and all scripts together are 9 kB compressed: no page passes 60 kB with what it loads.
      expect(Buffer.byteLength(html)).toBeLessThan(50_000);
    },
  );

  test.each(cases)('%s in %s shows no hole in its words', (_, __, html) => {
    expect(html).not.toMatch(/undefined|null|NaN|\[object|\{\w+\}/);
  });

  test.each(cases)('%s in %s holds to a strict content policy', (_, __, html) => {
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/);
    expect(html).not.toMatch(/<script(?! src="\/assets\/)/);
    expect(html).not.toMatch(
      /(?:src|rel="stylesheet" href)="(?!\/assets\/|\/my\/photos\/|\/console\/photos\/|\/console\/supervision\/chart|data:image\/)/,
    );
  });

  test.each(cases)('%s in %s has a label for every field it shows', (_, __, html) => {
    const shown = [...html.matchAll(/<input (?!type="hidden")[^>]*?id="(\w+)"/g)].map((match) => match[1]);
    for (const id of shown) expect(html).toContain(`<label for="${id}">`);
    const wrapped = html.match(/<label class="choice"><input type="(?:checkbox|radio)"/g) ?? [];
    expect(html.match(/<input (?!type="hidden")/g) ?? []).toHaveLength(shown.length + wrapped.length);
  });

  test.each(cases)(
    '%s in %s names no English words in Chinese, nor Chinese ones in English',
    (_, language, html) => {
      const words = language === 'zh' ? '跳到正文' : 'Skip to content';
      const foreign = language === 'zh' ? 'Skip to content' : '跳到正文';
      expect(html).toContain(words);
      expect(html).not.toContain(foreign);
    },
  );
});

describe('the header', () => {
  test('offers the other language and large type, keeping what the address already asks', () => {
    const html = renderPage(everyPage(contextOf({ path: '/x?a=1&ui_lang=zh' })).home ?? <p />);
    expect(html).toContain('href="/x?a=1&amp;ui_lang=en"');
    expect(html).toContain('href="/x?a=1&amp;ui_lang=zh&amp;ui_size=large"');
  });

  test('offers standard type where large type is on, and marks the document', () => {
    const html = renderPage(everyPage(contextOf({ size: 'large' })).home ?? <p />);
    expect(html).toContain('class="large"');
    expect(html).toContain('ui_size=normal');
  });

  test('never links to another host, whatever path it is given', () => {
    const html = renderPage(everyPage(contextOf({ path: '//evil.example/x' })).home ?? <p />);
    expect(html).not.toContain('evil.example');
  });
});
