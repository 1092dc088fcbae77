import { z } from 'zod';

/**
 * Every configuration key, declared once. A key is the name of its environment variable; an empty value counts as
 * unset. `docs/configuration.md` is generated from this file.
 */
export interface KeyDeclaration {
  /** Reads the text of the variable; throws a ZodError whose message says the shape that is expected. */
  parse: z.ZodType<unknown, string>;
  /** The value when the variable is unset; undefined means it has none. */
  fallback?: string;
  /** The unit or form of the value, in words. */
  form: string;
  meaning: string;
  /** Never shown, not even in an error. */
  secret?: true;
}

const integer = (low: number, high: number) =>
  z
    .string()
    .regex(/^\d+$/, `a whole number from ${low} to ${high}`)
    .transform(Number)
    .refine((n) => n >= low && n <= high, `a whole number from ${low} to ${high}`);

const yesNo = z.enum(['yes', 'no'], 'the word yes or no').transform((word) => word === 'yes');

const httpUrl = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'an http or https URL')
  .refine(
    (text) => !URL.canParse(text) || new URL(text).origin === text,
    'an origin without path or final slash',
  );

const urlOf = (...schemes: string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && schemes.includes(new URL(text).protocol),
      `a URL that starts with ${schemes.join(' or ')}`,
    );

const words = z
  .string()
  .transform((text) => text.split(',').flatMap((word) => (word.trim() ? [word.trim()] : [])));

export const schema = {
  YIHAO_MODE: {
    parse: z.enum(['production', 'development'], 'production or development'),
    fallback: 'production',
    form: 'production | development',
    meaning: 'Production refuses http issuers, unsafe settings and keys it would have to make up itself.',
  },
  YIHAO_ISSUER: {
    parse: httpUrl,
    form: 'origin, for example https://id.example.gov.cn',
    meaning: 'The address people and sites reach this instance at; it is the OpenID issuer.',
  },
  YIHAO_LISTEN_HOST: {
    parse: z.string(),
    fallback: '127.0.0.1',
    form: 'address',
    meaning: 'The address to listen on.',
  },
  YIHAO_LISTEN_PORT: {
    parse: integer(0, 65535),
    fallback: '3000',
    form: 'port',
    meaning: 'The port to listen on; 0 takes a free one.',
  },
  YIHAO_TRUSTED_PROXIES: {
    parse: integer(0, 10),
    fallback: '0',
    form: 'count',
    meaning: 'How many reverse proxies stand in front; that many X-Forwarded-For entries are believed.',
  },
  YIHAO_DATA_FOLDER: {
    parse: z.string(),
    fallback: 'data',
    form: 'folder',
    meaning: 'Where the embedded storage file lives when MONGODB_URL or REDIS_URL is unset.',
  },
  MONGODB_URL: {
    parse: urlOf('mongodb:', 'mongodb+srv:'),
    form: 'mongodb:// URL',
    meaning: 'The MongoDB-protocol server for records; unset: the embedded storage file.',
    secret: true,
  },
  REDIS_URL: {
    parse: urlOf('redis:', 'rediss:'),
    form: 'redis:// URL',
    meaning: 'The Redis for everything that expires; unset: the embedded storage file.',
    secret: true,
  },
  YIHAO_REDIS_CLUSTER: {
    parse: yesNo,
    fallback: 'no',
    form: 'yes | no',
    meaning: 'Whether REDIS_URL names a node of a Redis Cluster.',
  },
  YIHAO_MASTER_KEY: {
    parse: z.string().min(43, '32 bytes as hex or base64'),
    form: '32 bytes, hex or base64',
    meaning: 'The key that seals all other keys. Set this or YIHAO_MASTER_KEY_FILE.',
    secret: true,
  },
  YIHAO_MASTER_KEY_FILE: {
    parse: z.string(),
    form: 'file',
    meaning:
      'A file, readable by its owner only, that holds the master key. In development it is made when missing.',
  },
  YIHAO_REGION_CODE: {
    parse: z.string().regex(/^\d{6}$/, 'six digits of GB/T 2260'),
    form: 'GB/T 2260 code',
    meaning: 'The region this instance serves.',
  },
  YIHAO_REGION_NAME: {
    parse: z.string().min(1, 'a name').max(40, 'a name of 40 characters at most'),
    form: 'name',
    meaning: 'What the region is called on pages.',
  },
  YIHAO_HELP_LINE: {
    parse: z.string().max(40, 'a telephone number'),
    fallback: '12345',
    form: 'telephone number',
    meaning: 'The help line shown on pages.',
  },
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
    meaning: 'How long a retired signing key stays published after a rotation.',
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
  YIHAO_PRIVATE_SITE_HOSTS: {
    parse: words,
    fallback: '',
    form: 'host names, comma separated',
    meaning:
      'Hosts on private addresses that sign-out notices and key look-ups may be sent to; others are refused.',
  },
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

export type Key = keyof typeof schema;
type Declared<K extends Key> = z.output<(typeof schema)[K]['parse']>;
type Optional<K extends Key> = (typeof schema)[K] extends { fallback: string }
  ? Declared<K>
  : Declared<K> | null;
export type Values = { readonly [K in Key]: Optional<K> };
