import type { Text } from '../text/index.ts';

/** Finds the word for a name that a domain gives; one there is no word for stands as it is. */
export const wordOf = (words: Record<string, string>, name: string): string =>
  Object.hasOwn(words, name) ? (words[name] ?? name) : name;

/** Names roles in a row. */
export const roleNames = (text: Text, roles: readonly string[]): string =>
  roles.map((role) => wordOf(text.console.roles, role)).join(text.htmlLanguage === 'en' ? ', ' : '、');

/** Says a value of a site's registration: a list as what is in it, a rung of the ladder by its name. */
export const siteValueOf = ({ onboarding, siteProfiles }: Text, field: string, value: string): string => {
  if (field === 'profile') return wordOf(siteProfiles.names, value);
  if (field === 'enabled') return wordOf(onboarding.office.yesNo, value);
  return value.startsWith('["') ? (JSON.parse(value) as string[]).join(' · ') : value;
};
