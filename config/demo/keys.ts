import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

const read = async (path: string): Promise<JWK | null> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const key: unknown = JSON.parse(text);
  const { kty, crv, d } = (key ?? {}) as JWK;
  if (kty !== 'EC' || crv !== 'P-256' || d === undefined)
    throw new Error(`${path} does not hold a private P-256 key; delete it and a new one is made`);
  return key as JWK;
};

const create = async (): Promise<JWK> => {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES256', use: 'sig' };
};

/**
 * Reads a site's private key (a P-256 JWK) from a file that only its owner may read, or makes it there.
 * Of two processes that start together one makes it and both use it.
 */
export async function readOrCreateSiteKey(path: string): Promise<JWK> {
  const present = await read(path);
  if (present !== null) return present;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const made = await create();
  try {
    await writeFile(path, `${JSON.stringify(made)}\n`, { mode: 0o600, flag: 'wx' });
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const winner = await read(path);
    if (winner === null) throw error;
    return winner;
  }
}

/** Returns the half of a site's key that its registration may show. */
export const publicKeyOf = ({ kty, crv, x, y, kid, alg, use }: JWK): JWK =>
  Object.fromEntries(
    Object.entries({ kty, crv, x, y, kid, alg, use }).filter(([, value]) => value !== undefined),
  );
