import type { placesZh } from './places-zh.ts';

/** The same words in English. */
export const placesEn: typeof placesZh = {
  label: 'Place, roughly',
  at: 'place, roughly: {place}',
  unknown: 'unknown',
  hint: 'The place is worked out from the network address: no finer than a city, and it may be wrong.',
};
