import { z } from 'zod';
import { integer, type KeyDeclaration } from './declaration.ts';

const shape = 'four whole numbers of seconds from 60 to 86400, comma separated';

/** Reads seconds for the levels 1 to 4. */
const secondsByLevel = z
  .string()
  .regex(/^\d{1,6}(,\d{1,6}){3}$/, shape)
  .transform((text) => text.split(',').map(Number))
  .refine((all) => all.every((seconds) => seconds >= 60 && seconds <= 86_400), shape);

/** The keys of how long a session lasts by the level it reached, and of closing an account. */
export const sessionKeys = {
  YIHAO_SESSION_LEVEL_SECONDS: {
    parse: secondsByLevel,
    fallback: '43200,43200,28800,14400',
    form: 'seconds of the levels 1 to 4, comma separated',
    meaning:
      'How long a session of each level lasts from the proof on; never longer than YIHAO_SESSION_TTL_SECONDS.',
  },
  YIHAO_SESSION_IDLE_SECONDS: {
    parse: secondsByLevel,
    fallback: '14400,14400,7200,3600',
    form: 'seconds of the levels 1 to 4, comma separated',
    meaning: 'How long a session of each level may go unused before the next site asks for proof again.',
  },
  YIHAO_CLOSING_DAYS: {
    parse: integer(1, 90),
    fallback: '15',
    form: 'days',
    meaning: 'How long a person who closes their account has to think better of it.',
  },
} as const satisfies Record<string, KeyDeclaration>;
