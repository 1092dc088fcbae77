import { integer, type KeyDeclaration } from './declaration.ts';

const longestSeconds = 30 * 86_400;

/** The keys of how long each way back into an account waits. */
export const recoveryKeys = {
  YIHAO_RECOVERY_CODES_SECONDS: {
    parse: integer(0, longestSeconds),
    fallback: '0',
    form: 'seconds',
    meaning:
      'How long a recovery by recovery code and the telephone’s code waits before it can be completed.',
  },
  YIHAO_RECOVERY_FACE_SECONDS: {
    parse: integer(3600, longestSeconds),
    fallback: '86400',
    form: 'seconds',
    meaning: 'How long a recovery by a second factor and a face check waits.',
  },
  YIHAO_RECOVERY_COUNTER_SECONDS: {
    parse: integer(0, longestSeconds),
    fallback: '3600',
    form: 'seconds',
    meaning:
      'How long a recovery by two officers at a counter waits, for who has the telephone’s code as well.',
  },
  YIHAO_RECOVERY_WITHOUT_PHONE_SECONDS: {
    parse: integer(86_400, longestSeconds),
    fallback: '259200',
    form: 'seconds',
    meaning: 'How long a recovery by recovery code or at a counter waits without the telephone’s code.',
  },
} as const satisfies Record<string, KeyDeclaration>;
