import { z } from 'zod';
import { httpUrl, integer, type KeyDeclaration } from './declaration.ts';

/** The keys of the systems of other authorities that make a person known. */
export const authorityKeys = {
  YIHAO_SMS_GATEWAY_URL: {
    parse: httpUrl,
    form: 'origin',
    meaning:
      'The gateway that sends messages to telephones. Unset: nobody registers or signs in by telephone here.',
  },
  YIHAO_SMS_GATEWAY_KEY: {
    parse: z.string().min(16, 'at least 16 characters'),
    form: 'text',
    meaning: 'What this instance shows the gateway as its bearer key.',
    secret: true,
  },
  YIHAO_SMS_DAILY_LIMIT: {
    parse: integer(1, 100_000_000),
    fallback: '100000',
    form: 'messages per day',
    meaning: 'How many messages are sent in 24 hours at most: a cap on what they cost.',
  },
  YIHAO_POPULATION_URL: {
    parse: httpUrl,
    form: 'origin',
    meaning:
      'The authority that tells whether a name and an ID number belong together. Unset: a level above the first is given at a counter only.',
  },
  YIHAO_POPULATION_KEY: {
    parse: z.string().min(16, 'at least 16 characters'),
    form: 'text',
    meaning: 'What this instance shows that authority as its bearer key.',
    secret: true,
  },
  YIHAO_FACE_CHECK_URL: {
    parse: httpUrl,
    form: 'origin',
    meaning:
      'The authority that compares a living face with the photo it holds. Unset: the third level is given at a counter only.',
  },
  YIHAO_FACE_CHECK_KEY: {
    parse: z.string().min(16, 'at least 16 characters'),
    form: 'text',
    meaning: 'What this instance shows that authority as its bearer key.',
    secret: true,
  },
} as const satisfies Record<string, KeyDeclaration>;
