import { schema, type Values } from './schema.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A token that keeps private keys, and how it opens. */
export interface TokenConfig {
  readonly module: string;
  readonly label: string;
  readonly pin: string;
  /** Whose keys are made in it, comma separated. */
  readonly rings: string;
  /** What its library finds in the environment: everything but the keys of Yihao, secrets among them. */
  readonly environment: Environment;
}

/** Gathers what is configured of a token; null when none is. */
export function tokenOf(values: Values, environment: Environment): TokenConfig | null {
  const { YIHAO_PKCS11_MODULE: module, YIHAO_PKCS11_TOKEN: label, YIHAO_PKCS11_PIN: pin } = values;
  if (!module || !label || !pin) return null;
  const rest = Object.entries(environment).filter(([name]) => !(name in schema));
  return { module, label, pin, rings: values.YIHAO_PKCS11_RINGS, environment: Object.fromEntries(rest) };
}
