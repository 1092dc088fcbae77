import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { renderPage } from '../../src/http/render.ts';
import { contextOf, everyPage } from '../views/pages.ts';

/** One way in which people have a page before them. */
export interface Mode {
  language: 'zh' | 'en';
  size: 'normal' | 'large';
  /** The width of the window in pixels. */
  width: number;
  colorScheme: 'light' | 'dark';
}

const widths = [320, 1280];

/** Every language in both sizes of type on a narrow phone and on a desktop, half of them dark. */
export const modes: readonly Mode[] = widths.flatMap((width, odd) =>
  (['zh', 'en'] as const).flatMap((language) =>
    (['normal', 'large'] as const).map((size, index) => ({
      language,
      size,
      width,
      colorScheme: (index + odd) % 2 === 0 ? ('light' as const) : ('dark' as const),
    })),
  ),
);

/** Names a mode in a sentence or a file name. */
export const modeName = ({ language, size, width, colorScheme }: Mode): string =>
  [language, size, width, colorScheme].join('-');

/** A page as text, by its name. */
export type DrawnPage = [name: string, html: string];

/** Draws the pages that are chosen, by name or by their place among all, as the server would in that mode. */
export const drawPages = (
  { language, size }: Mode,
  isChosen: (name: string, at: number) => boolean = () => true,
): DrawnPage[] =>
  Object.entries(everyPage(contextOf({ language, size })))
    .filter(([name], at) => isChosen(name, at))
    .map(([name, page]) => [name, renderPage(page)]);

/** By which rules of axe pages are judged; contrast costs as much as all the others together. */
export type Rules = 'none' | 'all but contrast' | 'all';

/** A window in which drawn pages are put one after another: no server, no navigation, the rules of axe read once. */
export interface Look {
  page: Page;
  /** Turns the window to a mode. */
  turn(mode: Mode): Promise<void>;
  /** Puts a page in the window and leaves it there. */
  put(drawn: DrawnPage): Promise<void>;
  /** Returns a line for each thing by which the pages shut somebody out: their width, small targets and axe's rules. */
  judge(drawn: DrawnPage[], mode: Mode, rules: Rules): Promise<string[]>;
  close(): Promise<void>;
}

// Runs in the browser. A page is read as a document and its body takes the place of the one before.
const inTheWindow = `
window.put = (html) => {
  const drawn = new DOMParser().parseFromString(html, 'text/html');
  document.title = drawn.title;
  document.documentElement.lang = drawn.documentElement.lang;
  document.documentElement.className = drawn.documentElement.className;
  document.body.replaceWith(document.adoptNode(drawn.body));
};
window.smallTargets = (least) =>
  [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea')]
    .filter((control) => control.checkVisibility() && !control.matches('.skip, .unseen'))
    .map((control) => [control.closest('.choice') ?? control, control.textContent || control.id])
    .map(([target, name]) => [target.getBoundingClientRect(), name])
    .filter(([box]) => box.height < least || box.width < least)
    .map(([box, name]) => 'small: ' + name.trim() + ' ' + Math.round(box.width) + '×' + Math.round(box.height));
window.faults = async (html, least, rules) => {
  window.put(html);
  const wide = document.documentElement.scrollWidth > window.innerWidth ? ['wider than the window'] : [];
  const options = { resultTypes: ['violations'], rules: { 'color-contrast': { enabled: rules === 'all' } } };
  const { violations } = rules === 'none' ? { violations: [] } : await axe.run(document, options);
  const broken = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, target }) => id + ': ' + help + ': ' + target + ': ' + html.slice(0, 200)));
  return [...wide, ...window.smallTargets(least), ...broken];
};
window.judge = async (drawn, least, rules) => {
  const lines = [];
  for (const [name, html] of drawn)
    for (const fault of await window.faults(html, least, rules)) lines.push(name + ': ' + fault);
  return lines;
};`;

const fileOf = (path: string): Promise<string> => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

const openWindow = async (context: BrowserContext): Promise<Page> => {
  const page = await context.newPage();
  const css = await fileOf('views/public/yihao.css');
  await page.setContent(`<!doctype html><html><head><title></title><style>${css}</style></head></html>`);
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  await page.evaluate(inTheWindow);
  return page;
};

/** Opens a window for drawn pages. The caller closes it. */
export const openLook = async (browser: Browser): Promise<Look> => {
  const context = await browser.newContext();
  const page = await openWindow(context);
  const call = (name: string, ...words: unknown[]): string =>
    `${name}(${words.map((word) => JSON.stringify(word)).join(',')})`;
  return {
    page,
    turn: async ({ width, colorScheme }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
    },
    put: async ([, html]) => {
      await page.evaluate(call('put', html));
    },
    judge: (drawn, mode, rules) =>
      page.evaluate<string[]>(call('judge', drawn, mode.size === 'large' ? 60 : 48, rules)),
    close: () => context.close(),
  };
};
