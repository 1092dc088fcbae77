import { z } from 'zod';
import { type KeyDeclaration, yesNo } from './declaration.ts';

/** The keys of what is watched and logged, and what only a bench may set. */
export const watchingKeys = {
  YIHAO_METRICS_TOKEN: {
    parse: z.string().min(16, 'at least 16 characters'),
    form: 'text',
    meaning: 'The bearer token that may read /metrics; unset: only from this machine.',
    secret: true,
  },
  YIHAO_LOG_LEVEL: {
    parse: z.enum(['debug', 'info', 'warn', 'error', 'silent'], 'debug, info, warn, error or silent'),
    fallback: 'info',
    form: 'debug | info | warn | error | silent',
    meaning: 'How much is logged.',
  },
  YIHAO_UNSAFE_ANYONE_MAY_SIGN_IN_AS_ANYONE: {
    parse: yesNo,
    fallback: 'no',
    form: 'yes | no',
    meaning:
      'Signs in whoever names an account, without proof. For the bench only; production refuses to start.',
  },
} as const satisfies Record<string, KeyDeclaration>;
