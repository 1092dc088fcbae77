/**
 * The only reader of the environment. Owns the keys (schema.ts) and the one frozen value made of them; owns no default
 * of anybody else's. A bad or unknown key stops the start with every fault named at once.
 */
import {
  authorityFaults,
  netIdFaults,
  passkeyFaults,
  productionFaults,
  requiredFaults,
  tierFaults,
  tokenFaults,
} from './faults.ts';
import { type Key, type KeyDeclaration, schema, type Values } from './schema.ts';
import { type TokenConfig, tokenOf } from './token.ts';
import { unknownKeyFault } from './unknown-key.ts';

/** A system of another authority that this instance asks: where it is, and the key it is shown. */
export interface AuthoritySystem {
  readonly url: string;
  readonly key: string;
}

export interface Config {
  readonly production: boolean;
  readonly issuer: string;
  readonly listen: { readonly host: string; readonly port: number };
  readonly trustedProxies: number;
  readonly storage: {
    readonly dataFolder: string;
    readonly mongodbUrl: string | null;
    readonly redisUrl: string | null;
    readonly redisCluster: boolean;
  };
  readonly masterKey: { readonly text: string | null; readonly file: string | null };
  readonly region: { readonly code: string; readonly name: string };
  readonly helpLine: string;
  readonly sessionTtlSeconds: number;
  /** Of the levels 1 to 4. */
  readonly sessionLimits: {
    readonly absoluteSeconds: readonly number[];
    readonly idleSeconds: readonly number[];
  };
  readonly closingDays: number;
  /** Which passkeys reach the fourth level. */
  readonly hardwareKeys: 'none' | 'bound' | 'attested';
  readonly passkeyPolicyFile: string | null;
  /** How long each way back into an account waits. */
  readonly recoveryDelays: {
    readonly codesSeconds: number;
    readonly faceSeconds: number;
    readonly counterSeconds: number;
    readonly withoutPhoneSeconds: number;
  };
  readonly phoneChangeSeconds: number;
  /** The table of where networks are; null: none. */
  readonly networkPlacesFile: string | null;
  readonly auditRetentionDays: number;
  readonly accessTokenTtlSeconds: number;
  readonly keyOverlapSeconds: number;
  /** When the instance's own keys are rotated by themselves. */
  readonly keyPolicy: {
    readonly rotationDays: Values['YIHAO_KEY_ROTATION_DAYS'];
    readonly announceDays: number;
  };
  /** The token that keeps private keys; null: none does. */
  readonly pkcs11: TokenConfig | null;
  readonly nationalSeals: boolean;
  readonly requestsPerMinute: number;
  readonly siteRequestsPerMinute: number;
  /** How often sign-in may be tried, and what it takes when that looks like guessing. */
  readonly signInLimits: {
    readonly triesPerAccount: number;
    readonly triesPerAddress: number;
    readonly triesPerNetwork: number;
    readonly firstWaitSeconds: number;
    readonly longestWaitSeconds: number;
    readonly puzzleAfterAccount: number;
    readonly puzzleAfterAddress: number;
    readonly puzzleAfterNetwork: number;
    readonly puzzleAfterSite: number;
    readonly puzzleBits: number;
    readonly puzzleWaitSeconds: number;
    readonly sprayAccounts: number;
  };
  readonly privateSiteHosts: readonly string[];
  readonly directoryKey: { readonly text: string | null; readonly file: string | null };
  /** The instance of the region above; null: none. */
  readonly parent: {
    readonly issuer: string;
    readonly clientId: string;
    readonly reconcileSeconds: number;
  } | null;
  readonly federation: {
    /** The entities right above this one; empty: the parent, where there is one. */
    readonly superiors: readonly string[];
    readonly anchorsFile: string | null;
  };
  /** Systems that make a person known; null: that way is not offered here. */
  readonly authorities: {
    readonly smsGateway: AuthoritySystem | null;
    readonly smsDailyLimit: number;
    readonly population: AuthoritySystem | null;
    readonly faceCheck: AuthoritySystem | null;
  };
  /** The mini-program through which people come; null: none. */
  readonly miniProgram: { readonly url: string; readonly appId: string; readonly secret: string } | null;
  /** The service by which people sign in with a net-ID; null: none. */
  readonly netId: {
    readonly issuer: string;
    readonly clientId: string;
    readonly keyFile: string;
    readonly strongAcr: readonly string[];
  } | null;
  /** The types of certificate that prove mandates. */
  readonly mandateTypes: {
    readonly businessLicence: string;
    readonly birthCertificate: string;
    readonly householdRegister: string;
  };
  readonly metricsToken: string | null;
  /** Where traces are sent; null: nowhere. */
  readonly otlp: { readonly endpoint: string; readonly samplePercent: number } | null;
  readonly logLevel: string;
  readonly unsafeAnyoneMaySignInAsAnyone: boolean;
}

/** What is wrong with the configuration, a line a fault. No secret's value is in it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly faults: readonly string[]) {
    super(`The configuration is not usable:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/** Names and texts, as the process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Describes a value by shape only, so that a secret pasted into the wrong key is not printed. */
const shapeOf = (text: string): string =>
  `${text.length} characters, ${/^\d+$/.test(text) ? 'digits' : 'text'}`;

const readKeys = (environment: Environment): { values: Values; faults: string[] } => {
  const faults = Object.keys(environment)
    .filter((name) => name.startsWith('YIHAO_') && !(name in schema))
    .map(unknownKeyFault);
  const values: Record<string, unknown> = {};
  for (const [name, declaration] of Object.entries(schema) as [Key, KeyDeclaration][]) {
    const text = environment[name] || declaration.fallback;
    if (text === undefined) {
      values[name] = null;
      continue;
    }
    const parsed = declaration.parse.safeParse(text);
    if (parsed.success) values[name] = parsed.data;
    else
      faults.push(
        `${name} (${shapeOf(text)}) must be ${parsed.error.issues[0]?.message ?? declaration.form}.`,
      );
  }
  return { values: values as Values, faults };
};

const authorityOf = (url: string | null, key: string | null): AuthoritySystem | null =>
  url && key ? { url, key } : null;

/** Reads the environment into one frozen value; throws ConfigError naming every fault. */
export function readConfig(environment: Environment = process.env): Config {
  const { values, faults } = readKeys(environment);
  faults.push(...requiredFaults(values, faults));
  faults.push(...tierFaults(values, faults));
  faults.push(...authorityFaults(values, faults));
  faults.push(...tokenFaults(values, faults));
  faults.push(...passkeyFaults(values, faults));
  faults.push(...netIdFaults(values, faults));
  if (values.YIHAO_MODE !== 'development') faults.push(...productionFaults(values));
  if (faults.length > 0) throw new ConfigError(faults);
  return deepFreeze(arrange(values, environment));
}

const arrange = (values: Values, environment: Environment): Config => ({
  production: values.YIHAO_MODE === 'production',
  issuer: values.YIHAO_ISSUER ?? '',
  listen: { host: values.YIHAO_LISTEN_HOST, port: values.YIHAO_LISTEN_PORT },
  trustedProxies: values.YIHAO_TRUSTED_PROXIES,
  storage: {
    dataFolder: values.YIHAO_DATA_FOLDER,
    mongodbUrl: values.MONGODB_URL,
    redisUrl: values.REDIS_URL,
    redisCluster: values.YIHAO_REDIS_CLUSTER,
  },
  masterKey: { text: values.YIHAO_MASTER_KEY, file: values.YIHAO_MASTER_KEY_FILE },
  region: { code: values.YIHAO_REGION_CODE ?? '', name: values.YIHAO_REGION_NAME ?? '' },
  helpLine: values.YIHAO_HELP_LINE,
  sessionTtlSeconds: values.YIHAO_SESSION_TTL_SECONDS,
  sessionLimits: {
    absoluteSeconds: values.YIHAO_SESSION_LEVEL_SECONDS,
    idleSeconds: values.YIHAO_SESSION_IDLE_SECONDS,
  },
  closingDays: values.YIHAO_CLOSING_DAYS,
  hardwareKeys: values.YIHAO_HARDWARE_KEYS,
  passkeyPolicyFile: values.YIHAO_PASSKEY_POLICY_FILE,
  recoveryDelays: {
    codesSeconds: values.YIHAO_RECOVERY_CODES_SECONDS,
    faceSeconds: values.YIHAO_RECOVERY_FACE_SECONDS,
    counterSeconds: values.YIHAO_RECOVERY_COUNTER_SECONDS,
    withoutPhoneSeconds: values.YIHAO_RECOVERY_WITHOUT_PHONE_SECONDS,
  },
  phoneChangeSeconds: values.YIHAO_PHONE_CHANGE_SECONDS,
  networkPlacesFile: values.YIHAO_NETWORK_PLACES_FILE,
  auditRetentionDays: values.YIHAO_AUDIT_RETENTION_DAYS,
  accessTokenTtlSeconds: values.YIHAO_ACCESS_TOKEN_TTL_SECONDS,
  keyOverlapSeconds: values.YIHAO_KEY_OVERLAP_SECONDS,
  keyPolicy: {
    rotationDays: values.YIHAO_KEY_ROTATION_DAYS,
    announceDays: values.YIHAO_KEY_ANNOUNCE_DAYS,
  },
  pkcs11: tokenOf(values, environment),
  nationalSeals: values.YIHAO_NATIONAL_SEALS,
  requestsPerMinute: values.YIHAO_REQUESTS_PER_MINUTE,
  siteRequestsPerMinute: values.YIHAO_SITE_REQUESTS_PER_MINUTE,
  signInLimits: {
    triesPerAccount: values.YIHAO_TRIES_PER_ACCOUNT,
    triesPerAddress: values.YIHAO_TRIES_PER_ADDRESS,
    triesPerNetwork: values.YIHAO_TRIES_PER_NETWORK,
    firstWaitSeconds: values.YIHAO_FIRST_WAIT_SECONDS,
    longestWaitSeconds: values.YIHAO_LONGEST_WAIT_SECONDS,
    puzzleAfterAccount: values.YIHAO_PUZZLE_AFTER_ACCOUNT,
    puzzleAfterAddress: values.YIHAO_PUZZLE_AFTER_ADDRESS,
    puzzleAfterNetwork: values.YIHAO_PUZZLE_AFTER_NETWORK,
    puzzleAfterSite: values.YIHAO_PUZZLE_AFTER_SITE,
    puzzleBits: values.YIHAO_PUZZLE_BITS,
    puzzleWaitSeconds: values.YIHAO_PUZZLE_WAIT_SECONDS,
    sprayAccounts: values.YIHAO_SPRAY_ACCOUNTS,
  },
  privateSiteHosts: values.YIHAO_PRIVATE_SITE_HOSTS,
  directoryKey: { text: values.YIHAO_DIRECTORY_KEY, file: values.YIHAO_DIRECTORY_KEY_FILE },
  parent:
    values.YIHAO_PARENT_ISSUER && values.YIHAO_PARENT_CLIENT_ID
      ? {
          issuer: values.YIHAO_PARENT_ISSUER,
          clientId: values.YIHAO_PARENT_CLIENT_ID,
          reconcileSeconds: values.YIHAO_PARENT_RECONCILE_SECONDS,
        }
      : null,
  federation: {
    superiors: values.YIHAO_FEDERATION_SUPERIORS,
    anchorsFile: values.YIHAO_FEDERATION_ANCHORS_FILE,
  },
  authorities: {
    smsGateway: authorityOf(values.YIHAO_SMS_GATEWAY_URL, values.YIHAO_SMS_GATEWAY_KEY),
    smsDailyLimit: values.YIHAO_SMS_DAILY_LIMIT,
    population: authorityOf(values.YIHAO_POPULATION_URL, values.YIHAO_POPULATION_KEY),
    faceCheck: authorityOf(values.YIHAO_FACE_CHECK_URL, values.YIHAO_FACE_CHECK_KEY),
  },
  miniProgram:
    values.YIHAO_MINI_PROGRAM_APP_ID && values.YIHAO_MINI_PROGRAM_SECRET
      ? {
          url: values.YIHAO_MINI_PROGRAM_PLATFORM_URL,
          appId: values.YIHAO_MINI_PROGRAM_APP_ID,
          secret: values.YIHAO_MINI_PROGRAM_SECRET,
        }
      : null,
  netId: netIdOf(values),
  mandateTypes: {
    businessLicence: values.YIHAO_BUSINESS_LICENCE_TYPE,
    birthCertificate: values.YIHAO_BIRTH_CERTIFICATE_TYPE,
    householdRegister: values.YIHAO_HOUSEHOLD_REGISTER_TYPE,
  },
  metricsToken: values.YIHAO_METRICS_TOKEN,
  otlp:
    values.YIHAO_OTLP_ENDPOINT === null
      ? null
      : { endpoint: values.YIHAO_OTLP_ENDPOINT, samplePercent: values.YIHAO_OTLP_SAMPLE_PERCENT },
  logLevel: values.YIHAO_LOG_LEVEL,
  unsafeAnyoneMaySignInAsAnyone: values.YIHAO_UNSAFE_ANYONE_MAY_SIGN_IN_AS_ANYONE,
});

const netIdOf = (values: Values): Config['netId'] => {
  const { YIHAO_NET_ID_ISSUER: issuer, YIHAO_NET_ID_CLIENT_ID: clientId } = values;
  const { YIHAO_NET_ID_KEY_FILE: keyFile, YIHAO_NET_ID_STRONG_ACR: strongAcr } = values;
  return issuer && clientId && keyFile ? { issuer, clientId, keyFile, strongAcr } : null;
};

const deepFreeze = <T extends object>(value: T): T => {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part);
  return Object.freeze(value);
};
