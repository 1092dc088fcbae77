import { integer, type KeyDeclaration } from './declaration.ts';

/** The key of how long a change of telephone without the old one waits. */
export const phoneChangeKeys = {
  YIHAO_PHONE_CHANGE_SECONDS: {
    parse: integer(3600, 30 * 86_400),
    fallback: '86400',
    form: 'seconds',
    meaning: 'How long a change of telephone by passkey, without the old telephone’s code, waits.',
  },
} as const satisfies Record<string, KeyDeclaration>;
