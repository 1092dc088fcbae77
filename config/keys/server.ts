import { z } from 'zod';
import { httpUrl, integer, type KeyDeclaration, urlOf, yesNo } from './declaration.ts';

/** The keys of the process itself: where it listens, where it keeps things, what it is called. */
export const serverKeys = {
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
} as const satisfies Record<string, KeyDeclaration>;
