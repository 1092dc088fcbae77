import type { Context } from 'koa';
import type { PageContext } from '../../views/layout.tsx';

type Language = PageContext['language'];
type Size = PageContext['size'];

/** What the region puts on every page. */
export interface PageSettings {
  regionName: string;
  helpLine: string;
  secureCookies: boolean;
}

const oneYearMilliseconds = 365 * 86_400_000;

const languageOf = (word: unknown): Language | null => {
  if (typeof word !== 'string') return null;
  if (/^zh/i.test(word)) return 'zh';
  return /^en/i.test(word) ? 'en' : null;
};

const sizeOf = (word: unknown): Size | null => (word === 'large' || word === 'normal' ? word : null);

/** Chooses the language: what the person picked, then the site's ui_locales, then the browser's; Chinese otherwise. */
const chooseLanguage = (ctx: Context, uiLocales: string | undefined): Language => {
  const asked = uiLocales?.split(' ').map(languageOf).find(Boolean);
  const accepted = ctx.acceptsLanguages(['zh-CN', 'zh', 'en']);
  return (
    languageOf(ctx.query['ui_lang']) ??
    languageOf(ctx.cookies.get('ui_lang')) ??
    asked ??
    languageOf(accepted) ??
    'zh'
  );
};

/** Keeps the language and type size chosen by a link, so that the next page has them too. */
export function keepPreferences(settings: PageSettings) {
  return async (ctx: Context, next: () => Promise<void>): Promise<void> => {
    const options = { maxAge: oneYearMilliseconds, sameSite: 'lax' as const, httpOnly: true, signed: false };
    const language = languageOf(ctx.query['ui_lang']);
    const size = sizeOf(ctx.query['ui_size']);
    const secure = settings.secureCookies;
    if (language !== null) ctx.cookies.set('ui_lang', language, { ...options, secure });
    if (size !== null) ctx.cookies.set('ui_size', size, { ...options, secure });
    await next();
  };
}

/** Gathers what a page needs to know of the visit; `path` is the GET address that shows the page again. */
export function pageContext(
  ctx: Context,
  settings: PageSettings,
  extra: { path?: string; uiLocales?: string; siteName?: string; siteUrl?: string } = {},
): PageContext {
  const { path = '/', uiLocales, ...site } = extra;
  return {
    language: chooseLanguage(ctx, uiLocales),
    size: sizeOf(ctx.query['ui_size']) ?? sizeOf(ctx.cookies.get('ui_size')) ?? 'normal',
    path,
    regionName: settings.regionName,
    helpLine: settings.helpLine,
    ...site,
  };
}
