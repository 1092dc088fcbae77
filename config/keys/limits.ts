import { integer, type KeyDeclaration, words, yesNo } from './declaration.ts';

/** The keys of how long things last and how often they may be asked for. */
export const limitKeys = {
  YIHAO_SESSION_TTL_SECONDS: {
    parse: integer(300, 86_400),
    fallback: '43200',
    form: 'seconds',
    meaning: 'How long one sign-in lasts at most.',
  },
  YIHAO_ACCESS_TOKEN_TTL_SECONDS: {
    parse: integer(30, 3600),
    fallback: '600',
    form: 'seconds',
    meaning: 'How long an access token lasts.',
  },
  YIHAO_KEY_OVERLAP_SECONDS: {
    parse: integer(60, 31_536_000),
    fallback: '172800',
    form: 'seconds',
    meaning:
      'How long a retired key of the provider stays published after a rotation; those of credentials stay for ever.',
  },
  YIHAO_NATIONAL_SEALS: {
    parse: yesNo,
    fallback: 'no',
    form: 'yes | no',
    meaning:
      'Whether certificates also bear a seal of the national suite (SM2 with SM3) beside the ES256 one; seals made before stay as they are.',
  },
  YIHAO_REQUESTS_PER_MINUTE: {
    parse: integer(10, 1_000_000),
    fallback: '600',
    form: 'requests per minute and address',
    meaning: 'How many page and form requests one network address may make in a minute.',
  },
  YIHAO_SITE_REQUESTS_PER_MINUTE: {
    parse: integer(10, 1_000_000),
    fallback: '6000',
    form: 'requests per minute and site',
    meaning:
      'How many requests a site that proves itself may make in a minute at the token, PAR, introspection and like endpoints, and as many again at /api; a site may have a quota of its own.',
  },
  YIHAO_PRIVATE_SITE_HOSTS: {
    parse: words,
    fallback: '',
    form: 'host names, comma separated',
    meaning:
      'Hosts on private addresses that sign-out notices, signals, key look-ups and messages to other regions may be sent to; others are refused.',
  },
} as const satisfies Record<string, KeyDeclaration>;
