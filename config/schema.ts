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
  YIHAO_PRIVATE_SITE_HOSTS: {
    parse: words,
    fallback: '',
    form: 'host names, comma separated',
    meaning:
      'Hosts on private addresses that sign-out notices, signals, key look-ups and messages to other regions may be sent to; others are refused.',
  },
  YIHAO_DIRECTORY_KEY: {
    parse: z.string().regex(/^[0-9a-fA-F]{64}$/, '64 hexadecimal characters'),
    form: '32 bytes, hex',
    meaning:
      'The key that the directories of a province and its cities share to speak of holders without naming them. Set this or YIHAO_DIRECTORY_KEY_FILE; unset: no directory is gathered or told.',
    secret: true,
  },
  YIHAO_DIRECTORY_KEY_FILE: {
    parse: z.string(),
    form: 'file',
    meaning: 'A file, readable by its owner only, that holds the directory key.',
  },
  YIHAO_PARENT_ISSUER: {
    parse: httpUrl,
    form: 'origin',
    meaning:
      'The instance of the region above, which is told of each certificate here: that it exists, not what it says. Unset: none.',
  },
  YIHAO_PARENT_CLIENT_ID: {
    parse: z.string().regex(/^[\w.-]{1,64}$/, 'letters, digits, dot, dash, at most 64'),
    form: 'client id',
    meaning: 'What this instance is registered as at the region above.',
  },
  YIHAO_PARENT_RECONCILE_SECONDS: {
    parse: integer(60, 2_592_000),
    fallback: '86400',
    form: 'seconds',
    meaning: 'How often the entries at the region above are compared with the certificates here.',
  },
  YIHAO_FEDERATION_SUPERIORS: {
    parse: words.refine(
      (list) => list.every((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)),
      'https addresses, comma separated',
    ),
    fallback: '',
    form: 'entity identifiers, comma separated',
    meaning:
      'The entities right above this one in an OpenID Federation. Unset: the region above, where there is one; else this instance is a trust anchor.',
  },
  YIHAO_FEDERATION_ANCHORS_FILE: {
    parse: z.string(),
    form: 'file',
    meaning:
      'A JSON file of the trust anchors of federations, each entity identifier with its key set. Unset: this instance trusts itself only.',
  },
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
