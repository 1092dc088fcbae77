import { z } from 'zod';
import { httpUrl, integer, type KeyDeclaration, yesNo } from './declaration.ts';

/** The keys of what is watched and logged, and what only a bench may set. */
export const watchingKeys = {
  YIHAO_METRICS_TOKEN: {
    parse: z.string().min(16, 'at least 16 characters'),
    form: 'text',
    meaning: 'The bearer token that may read /metrics; unset: only from this machine.',
    secret: true,
  },
  YIHAO_OTLP_ENDPOINT: {
    parse: httpUrl,
    form: 'origin',
    meaning:
      'Where traces are sent (OTLP over HTTP, JSON; /v1/traces is added): route, method and status of each request and the calls to other regions, nothing of any person; unset: nowhere.',
  },
  YIHAO_OTLP_SAMPLE_PERCENT: {
    parse: integer(1, 100),
    fallback: '100',
    form: 'percent',
    meaning: 'How many of the traces that begin here are sent.',
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
