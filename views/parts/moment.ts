import type { Language } from '../text/index.ts';
import { textOf } from '../text/index.ts';

/** Writes an instant as the people of this country read it: date and time in Beijing. */
export const momentOf = (language: Language, at: Date): string =>
  new Intl.DateTimeFormat(textOf(language).htmlLanguage, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Asia/Shanghai',
  }).format(at);
