import type { Text } from '../text/index.ts';

/** Finds the word for a name that a domain gives; one there is no word for stands as it is. */
export const wordOf = (words: Record<string, string>, name: string): string =>
  Object.hasOwn(words, name) ? (words[name] ?? name) : name;

/** Names roles in a row. */
export const roleNames = (text: Text, roles: readonly string[]): string =>
  roles.map((role) => wordOf(text.console.roles, role)).join(text.htmlLanguage === 'en' ? ', ' : '、');
