/**
 * Who besides the master key a long file needs: the key of its recipient, whose private half stands on no server. Owns how
 * such keys are read from files (JWK or PEM, elliptic curves that JOSE has) and how a file's own key travels in the file's
 * header: as a compact JWE by ECDH-ES+A256KW (RFC 7516, RFC 7518 4.6, known from memory). What the file holds is
 * sealed-file's matter.
 */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { open } from 'node:fs/promises';
import { CompactEncrypt, calculateJwkThumbprint, compactDecrypt, errors } from 'jose';
import { AppError } from '../base/error.ts';

/** A recipient's key: the public half to seal for it, or the private one to open. */
export interface RecipientKey {
  key: KeyObject;
  /** RFC 7638 thumbprint of the public half. */
  thumbprint: string;
}

const algorithm = 'ECDH-ES+A256KW';
const encryption = 'A256GCM';
const longestFile = 16_384;
const curves = ['prime256v1', 'secp384r1', 'secp521r1'];

/** Reads the public key of a recipient. Throws backup-recipient-unfit, for a private key too: it has no place here. */
export async function readRecipientFile(path: string): Promise<RecipientKey> {
  const text = await readText(path, false);
  const key = readPrivate(text) === null ? attempt(() => createPublicKey(inputOf(text))) : null;
  if (key === null) throw new AppError('backup-recipient-unfit', { file: path });
  return recipientKeyOf(key, path);
}

/**
 * Reads the private key of a recipient. Throws backup-recipient-unfit, and an Error that names the fix when other users may
 * read the file.
 */
export async function readIdentityFile(path: string): Promise<RecipientKey> {
  const key = readPrivate(await readText(path, true));
  if (key === null) throw new AppError('backup-recipient-unfit', { file: path });
  return recipientKeyOf(key, path);
}

/** Wraps the key of a file for a recipient. */
export const wrapKey = (recipient: RecipientKey, secret: Buffer): Promise<string> =>
  new CompactEncrypt(secret)
    .setProtectedHeader({ alg: algorithm, enc: encryption, kid: recipient.thumbprint })
    .encrypt(recipient.key);

/** Unwraps the key of a file; null when it was wrapped for another key or altered. */
export async function unwrapKey(identity: RecipientKey, wrapped: string): Promise<Buffer | null> {
  const options = { keyManagementAlgorithms: [algorithm], contentEncryptionAlgorithms: [encryption] };
  try {
    return Buffer.from((await compactDecrypt(wrapped, identity.key, options)).plaintext);
  } catch (error) {
    // A point of another curve, or none, fails as the platform likes.
    if (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof DOMException)
      return null;
    throw error;
  }
}

const recipientKeyOf = async (key: KeyObject, file: string): Promise<RecipientKey> => {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  const fits = type === 'x25519' || (type === 'ec' && curves.includes(details?.namedCurve ?? ''));
  if (!fits) throw new AppError('backup-recipient-unfit', { file });
  const half = key.type === 'private' ? createPublicKey(key) : key;
  return { key, thumbprint: await calculateJwkThumbprint(half.export({ format: 'jwk' })) };
};

const inputOf = (text: string) =>
  text.trimStart().startsWith('{') ? ({ key: JSON.parse(text), format: 'jwk' } as const) : text;

const attempt = (make: () => KeyObject): KeyObject | null => {
  try {
    return make();
  } catch {
    return null;
  }
};

const readPrivate = (text: string): KeyObject | null => attempt(() => createPrivateKey(inputOf(text)));

const readText = async (path: string, isPrivate: boolean): Promise<string> => {
  const file = await open(path, 'r');
  try {
    const { mode, size } = await file.stat();
    // Windows has no such bits; Node reports 0666 for every file there.
    if (isPrivate && process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new Error(`The key file ${path} is open to other users of this machine. Fix: chmod 600 ${path}`);
    if (size > longestFile) throw new AppError('backup-recipient-unfit', { file: path });
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
};
