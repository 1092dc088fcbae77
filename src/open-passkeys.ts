import { readFile } from 'node:fs/promises';
import type { Config } from '../config/index.ts';
import type { Clock } from './base/clock.ts';
import {
  createPasskeyCeremonies,
  type IdentityDeps,
  type PasskeyPolicy,
  PasskeyPolicyError,
  parsePasskeyPolicy,
} from './identity/index.ts';
import type { Storage } from './storage/index.ts';

/**
 * Opens the ceremonies of passkeys with the policy of the region, as identity takes them. Throws an Error that names the
 * fix when the policy cannot be read.
 */
export async function openPasskeys(deps: {
  config: Pick<Config, 'issuer' | 'hardwareKeys' | 'passkeyPolicyFile'>;
  clock: Clock;
  storage: Pick<Storage, 'ephemeral'>;
}): Promise<Pick<IdentityDeps, 'ceremonies' | 'hardwareKeys' | 'passkeyPolicy'>> {
  const { config, clock, storage } = deps;
  const { issuer, hardwareKeys, passkeyPolicyFile: file } = config;
  const policy = file === null ? null : await readPolicy(file);
  const ceremonies = createPasskeyCeremonies({
    ephemeral: storage.ephemeral,
    relyingParty: { id: new URL(issuer).hostname, name: '一号', origins: [issuer] },
    ...(policy && { makers: { policy, clock } }),
  });
  return { ceremonies, hardwareKeys, ...(policy && { passkeyPolicy: policy }) };
}

const readPolicy = async (file: string): Promise<PasskeyPolicy> => {
  const fix = 'Fix: docs/passkeys.md shows its form.';
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`The passkey policy ${file} cannot be read. ${fix}`, { cause });
  });
  try {
    return parsePasskeyPolicy(text);
  } catch (cause) {
    if (!(cause instanceof PasskeyPolicyError)) throw cause;
    throw new Error(`The passkey policy ${file} is not valid: ${cause.message}. ${fix}`, { cause });
  }
};
