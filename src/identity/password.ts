import { hash, parseOptions, verify } from '@node-rs/argon2';

/** argon2id (the library's default kind) at OWASP's minimum of 19 MiB, 2 passes, 1 lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

let decoy: Promise<string> | undefined;

/** Hashes a password for keeping. */
export const hashPassword = (password: string): Promise<string> => hash(password, cost);

/**
 * Verifies a password. Without a kept hash it verifies against a decoy of the same cost, so that the time an answer
 * takes does not tell whether there is an account or a password.
 */
export async function verifyPassword(kept: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword('a password nobody has');
  const matches = await verify(kept ?? (await decoy), password);
  return kept !== undefined && matches;
}

/** Tells whether a kept hash was made at another cost than today's. */
export function isOutdated(kept: string): boolean {
  const { memoryCost, timeCost, parallelism } = parseOptions(kept);
  return memoryCost !== cost.memoryCost || timeCost !== cost.timeCost || parallelism !== cost.parallelism;
}
