import type { Language } from '../text/index.ts';

/**
 * Returns a name that others chose (a site's, a region's) fit to stand in our sentences: control characters and those
 * that turn the direction of writing are taken out, so that a name cannot rearrange the words around it.
 */
export const plainName = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/**
 * Returns the language to mark a name with when it stands in a page of another: what a region or site says of itself is
 * held in Chinese only, and whoever hears the page needs to hear it so.
 */
export const languageMark = (page: Language, name: string): string | undefined =>
  page !== 'zh' && /\p{Script=Han}/u.test(name) ? 'zh-CN' : undefined;
