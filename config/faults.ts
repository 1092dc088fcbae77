import { schema, type Values } from './schema.ts';

/** Names what production refuses. */
export const productionFaults = (values: Values): string[] => {
  const faults: string[] = [];
  if (values.YIHAO_ISSUER?.startsWith('http:'))
    faults.push('YIHAO_ISSUER is http; production needs an https address.');
  if (values.YIHAO_UNSAFE_ANYONE_MAY_SIGN_IN_AS_ANYONE)
    faults.push('YIHAO_UNSAFE_ANYONE_MAY_SIGN_IN_AS_ANYONE is for the bench; unset it in production.');
  if (values.YIHAO_FEDERATION_SUPERIORS?.some((superior) => superior.startsWith('http:')))
    faults.push('YIHAO_FEDERATION_SUPERIORS has an http address; production needs https.');
  if (values.YIHAO_PARENT_ISSUER?.startsWith('http:'))
    faults.push('YIHAO_PARENT_ISSUER is http; production needs an https address.');
  for (const [url] of authorityKeys)
    if (values[url]?.startsWith('http:')) faults.push(`${url} is http; production needs an https address.`);
  if (values.YIHAO_MINI_PROGRAM_PLATFORM_URL?.startsWith('http:'))
    faults.push('YIHAO_MINI_PROGRAM_PLATFORM_URL is http; production needs an https address.');
  if (values.YIHAO_NET_ID_ISSUER?.startsWith('http:'))
    faults.push('YIHAO_NET_ID_ISSUER is http; production needs an https address.');
  if (values.YIHAO_DATA_FOLDER === ':memory:')
    faults.push('YIHAO_DATA_FOLDER is :memory:, which is for the simulator: it would keep nothing.');
  if (values.YIHAO_KEY_ANNOUNCE_DAYS === 0)
    faults.push(
      'YIHAO_KEY_ANNOUNCE_DAYS is 0; in production a key is published a day or more before it signs.',
    );
  if (!values.YIHAO_MASTER_KEY && !values.YIHAO_MASTER_KEY_FILE)
    faults.push('YIHAO_MASTER_KEY or YIHAO_MASTER_KEY_FILE must be set; make one with: openssl rand -hex 32');
  return faults;
};

/** Names what must be set and is not. */
export const requiredFaults = (values: Values, faults: readonly string[]): string[] =>
  (['YIHAO_ISSUER', 'YIHAO_REGION_CODE', 'YIHAO_REGION_NAME'] as const)
    .filter((name) => values[name] === null || values[name] === undefined)
    .filter((name) => !faults.some((fault) => fault.startsWith(`${name} `)))
    .map((name) => `${name} is missing; set it to: ${schema[name].form}.`);

/** Names what the region above needs and is not set. */
export const tierFaults = (values: Values, faults: readonly string[]): string[] => {
  const told = (name: string): boolean => faults.some((fault) => fault.startsWith(`${name} `));
  const found: string[] = [];
  const { YIHAO_PARENT_ISSUER: parent, YIHAO_PARENT_CLIENT_ID: clientId } = values;
  if (parent && !clientId && !told('YIHAO_PARENT_CLIENT_ID'))
    found.push('YIHAO_PARENT_CLIENT_ID is missing; YIHAO_PARENT_ISSUER needs it.');
  if (clientId && !parent && !told('YIHAO_PARENT_ISSUER'))
    found.push('YIHAO_PARENT_ISSUER is missing; YIHAO_PARENT_CLIENT_ID needs it.');
  if (parent && parent === values.YIHAO_ISSUER)
    found.push('YIHAO_PARENT_ISSUER is YIHAO_ISSUER; an instance is not its own parent.');
  const keyed = values.YIHAO_DIRECTORY_KEY || values.YIHAO_DIRECTORY_KEY_FILE;
  if (parent && !keyed && !told('YIHAO_DIRECTORY_KEY'))
    found.push('YIHAO_DIRECTORY_KEY_FILE is missing; YIHAO_PARENT_ISSUER needs the key of the region above.');
  return found;
};

const authorityKeys = [
  ['YIHAO_SMS_GATEWAY_URL', 'YIHAO_SMS_GATEWAY_KEY'],
  ['YIHAO_POPULATION_URL', 'YIHAO_POPULATION_KEY'],
  ['YIHAO_FACE_CHECK_URL', 'YIHAO_FACE_CHECK_KEY'],
  ['YIHAO_MINI_PROGRAM_APP_ID', 'YIHAO_MINI_PROGRAM_SECRET'],
] as const;

/** Names what has an address or identifier without its key, or a key without the other. */
export const authorityFaults = (values: Values, faults: readonly string[]): string[] =>
  authorityKeys.flatMap(([url, key]) => {
    const told = faults.some((fault) => fault.startsWith(`${url} `) || fault.startsWith(`${key} `));
    if (told || Boolean(values[url]) === Boolean(values[key])) return [];
    const [missing, other] = values[url] ? [key, url] : [url, key];
    return [`${missing} is missing; ${other} needs it.`];
  });

/** Names what sign-in by net-ID needs and is not set. */
export const netIdFaults = (values: Values, faults: readonly string[]): string[] => {
  const keys = ['YIHAO_NET_ID_ISSUER', 'YIHAO_NET_ID_CLIENT_ID', 'YIHAO_NET_ID_KEY_FILE'] as const;
  const present = keys.find((key) => values[key]);
  if (present === undefined) return [];
  return keys
    .filter((key) => !values[key] && !faults.some((fault) => fault.startsWith(`${key} `)))
    .map((key) => `${key} is missing; ${present} needs it.`);
};

/** Names what is missing where only passkeys with a proven maker reach the highest level. */
export const passkeyFaults = (values: Values, faults: readonly string[]): string[] => {
  const told = faults.some((fault) => fault.startsWith('YIHAO_HARDWARE_KEYS '));
  if (told || values.YIHAO_HARDWARE_KEYS !== 'attested' || values.YIHAO_PASSKEY_POLICY_FILE) return [];
  return ['YIHAO_PASSKEY_POLICY_FILE is missing; YIHAO_HARDWARE_KEYS=attested needs it.'];
};

const tokenKeys = ['YIHAO_PKCS11_MODULE', 'YIHAO_PKCS11_TOKEN', 'YIHAO_PKCS11_PIN'] as const;

/** Names what a token needs and is not set. */
export const tokenFaults = (values: Values, faults: readonly string[]): string[] => {
  const given = tokenKeys.find((name) => values[name]);
  if (given === undefined) return [];
  return tokenKeys
    .filter((name) => !values[name] && !faults.some((fault) => fault.startsWith(`${name} `)))
    .map((name) => `${name} is missing; ${given} needs it.`);
};
