import { integer, type KeyDeclaration } from './declaration.ts';

/** The keys of what it takes to guess: waits, puzzles, and when many tries are a sign of attack. Wrong tries count in 15 minutes. */
export const abuseKeys = {
  YIHAO_TRIES_PER_ACCOUNT: {
    parse: integer(3, 100),
    fallback: '5',
    form: 'tries',
    meaning: 'How many wrong passwords of one account go before the first wait.',
  },
  YIHAO_FIRST_WAIT_SECONDS: {
    parse: integer(1, 3600),
    fallback: '30',
    form: 'seconds',
    meaning: 'How long that wait is; each further wrong password doubles it.',
  },
  YIHAO_LONGEST_WAIT_SECONDS: {
    parse: integer(1, 86_400),
    fallback: '900',
    form: 'seconds',
    meaning: 'How long a wait is at most.',
  },
  YIHAO_TRIES_PER_ADDRESS: {
    parse: integer(10, 1_000_000),
    fallback: '100',
    form: 'tries in 15 minutes',
    meaning: 'How many sign-ins by password one network address may try, right ones too.',
  },
  YIHAO_TRIES_PER_NETWORK: {
    parse: integer(10, 10_000_000),
    fallback: '1000',
    form: 'tries in 15 minutes',
    meaning: 'How many sign-ins by password one network (/24, or /56 of IPv6) may try, right ones too.',
  },
  YIHAO_PUZZLE_AFTER_ACCOUNT: {
    parse: integer(1, 1_000_000),
    fallback: '3',
    form: 'wrong tries in 15 minutes',
    meaning: 'After how many wrong passwords of one account a puzzle is asked for.',
  },
  YIHAO_PUZZLE_AFTER_ADDRESS: {
    parse: integer(1, 1_000_000),
    fallback: '20',
    form: 'wrong tries in 15 minutes',
    meaning: 'After how many wrong passwords from one address a puzzle is asked for there.',
  },
  YIHAO_PUZZLE_AFTER_NETWORK: {
    parse: integer(1, 1_000_000),
    fallback: '100',
    form: 'wrong tries in 15 minutes',
    meaning: 'After how many wrong passwords from one network a puzzle is asked for there.',
  },
  YIHAO_PUZZLE_AFTER_SITE: {
    parse: integer(1, 10_000_000),
    fallback: '2000',
    form: 'wrong tries in 15 minutes',
    meaning: 'After how many wrong passwords on the way to one site a puzzle is asked for on that way.',
  },
  YIHAO_PUZZLE_BITS: {
    parse: integer(1, 24),
    fallback: '14',
    form: 'bits',
    meaning: 'How hard a puzzle is: each bit doubles the work; 14 are some 16,000 digests of SHA-256.',
  },
  YIHAO_PUZZLE_WAIT_SECONDS: {
    parse: integer(1, 600),
    fallback: '60',
    form: 'seconds',
    meaning: 'How long a browser without scripts waits in place of a puzzle.',
  },
  YIHAO_SPRAY_ACCOUNTS: {
    parse: integer(2, 100_000),
    fallback: '20',
    form: 'accounts in 15 minutes',
    meaning:
      'How many accounts tried wrong from one network, or with one password, are told as a password spray.',
  },
} as const satisfies Record<string, KeyDeclaration>;
