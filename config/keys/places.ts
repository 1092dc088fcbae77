import { z } from 'zod';
import type { KeyDeclaration } from './declaration.ts';

/** The keys of where network addresses are. */
export const placeKeys = {
  YIHAO_NETWORK_PLACES_FILE: {
    parse: z.string(),
    form: 'file',
    meaning:
      'A CSV file that says in which city networks are (docs/places.md). Unset: no place is shown, and nobody is asked about travel that cannot be.',
  },
} as const satisfies Record<string, KeyDeclaration>;
