/**
 * The words of the pages, in Chinese and English. It owns every sentence a page shows of its own; it does not own the
 * sentences of refusals (the error catalogue does) nor what sites say of themselves. Control leaves by plain values.
 */
import { en } from './en.ts';
import { type Text, zh } from './zh.ts';

export type { Text } from './zh.ts';
export type Language = 'zh' | 'en';

/** Returns the catalogue of a language. */
export const textOf = (language: Language): Text => (language === 'en' ? en : zh);

/** Fills each `{name}` of a sentence from values; an unknown name stays as it stands. */
export const fill = (sentence: string, values: Record<string, string>): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? `${values[name]}` : whole,
  );

export interface ClaimText {
  label: string;
  detail: string;
}

/** Says in plain words what a scope or claim is and what it is for; one we do not know is named as it is. */
export const claimText = (language: Language, claim: string): ClaimText => {
  const claims: Record<string, ClaimText> = textOf(language).claims;
  const known = claim !== 'other' && Object.hasOwn(claims, claim) ? claims[claim] : undefined;
  if (known) return { label: known.label, detail: known.detail };
  const { other } = textOf(language).claims;
  return { label: fill(other.label, { claim }), detail: other.detail };
};
