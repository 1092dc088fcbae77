/**
 * Returns a name that others chose (a site's, a region's) fit to stand in our sentences: control characters and those
 * that turn the direction of writing are taken out, so that a name cannot rearrange the words around it.
 */
export const plainName = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
