import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
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

/** Written whole beside its place and then linked there: whoever starts meanwhile never reads half a key. */
const createFile = async (path: string): Promise<void> => {
  const draft = `${path}.${randomUUID()}.new`;
  await writeFile(draft, `${JSON.stringify(await create())}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, path);
  } catch (error) {
    // Another process was first; its key is the one.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
};

/**
 * Reads a site's private key (a P-256 JWK) from a file that only its owner may read, or makes it there.
 * Of two processes that start together one makes it and both use it.
 */
export async function readOrCreateSiteKey(path: string): Promise<JWK> {
  const present = await read(path);
  if (present !== null) return present;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await createFile(path);
  const made = await read(path);
  if (made === null) throw new Error(`${path} vanished just after it was made; start again`);
  return made;
}

/** Returns the half of a site's key that its registration may show. */
export const publicKeyOf = ({ kty, crv, x, y, kid, alg, use }: JWK): JWK =>
  Object.fromEntries(
    Object.entries({ kty, crv, x, y, kid, alg, use }).filter(([, value]) => value !== undefined),
  );
