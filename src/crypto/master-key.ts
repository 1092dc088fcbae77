import { hkdfSync, randomBytes } from 'node:crypto';
import { link, mkdir, open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { decrypt, encrypt } from './aes-gcm.ts';
import { hasCode } from './error-code.ts';

const keyBytes = 32;
const forbiddenModeBits = 0o077;

/** Seals the other keys; it encrypts no record itself. The bytes stay inside: printing or serialising shows nothing. */
export class MasterKey {
  readonly #key: Buffer;

  /** Takes exactly 32 bytes. */
  constructor(key: Buffer) {
    if (key.length !== keyBytes) throw new Error(`The master key has ${keyBytes} bytes, not ${key.length}.`);
    this.#key = Buffer.from(key);
  }

  /** Names the key without telling it (12 hex characters): stored beside what it seals, to tell a wrong key from damage. */
  get fingerprint(): string {
    return this.derive('fingerprint').toString('hex', 0, 6);
  }

  /** Encrypts by AES-256-GCM: iv (12) | ciphertext | tag (16); it opens only under the same context. */
  seal(plain: Buffer, context: string): Buffer {
    return encrypt(this.derive('seal'), plain, context);
  }

  /** Decrypts what seal made. Throws when altered, moved to another context, or sealed by another master key. */
  open(sealed: Buffer, context: string): Buffer {
    const plain = decrypt(this.derive('seal'), sealed, context);
    if (!plain) {
      throw new Error(
        'The master key does not open this value: it was altered, moved, or sealed by another key.',
      );
    }
    return plain;
  }

  /** Derives 32 bytes by HKDF-SHA-256; each purpose has its own, and none tells the master key or another. */
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#key, Buffer.alloc(0), `yihao/master/${purpose}`, keyBytes));
  }
}

/** Reads a master key of 64 hex characters, or base64 / base64url of exactly 32 bytes. The Error never repeats the text. */
export const parseMasterKey = (text: string): MasterKey => {
  const trimmed = text.trim();
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return new MasterKey(Buffer.from(trimmed, 'hex'));
  const base64url = trimmed.replace(/=$/, '').replaceAll('+', '-').replaceAll('/', '_');
  const bytes = Buffer.from(base64url, 'base64url');
  // Writing it out again refuses stray characters and a last character with bits that belong to no byte.
  if (bytes.length === keyBytes && bytes.toString('base64url') === base64url) return new MasterKey(bytes);
  throw new Error(
    `The master key is not valid: it must be 32 bytes, written as 64 hex characters or as base64; ${trimmed.length} ` +
      'characters were given. Fix: make one with "openssl rand -hex 32".',
  );
};

/**
 * Reads the master key file, making it (random key, mode 0600, with its folder) when there is none.
 * Throws an Error that names the file and the fix when others may read it or it holds no master key.
 */
export const readOrCreateMasterKeyFile = async (path: string): Promise<MasterKey> => {
  const found = await readKeyFile(path);
  if (found) return found;
  await createKeyFile(path);
  const made = await readKeyFile(path);
  if (!made)
    throw new Error(`The master key file ${path} vanished just after it was made. Fix: start again.`);
  return made;
};

const readKeyFile = async (path: string): Promise<MasterKey | null> => {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  });
  if (!file) return null;
  try {
    const mode = (await file.stat()).mode & 0o777;
    // Windows has no such bits; Node reports 0666 for every file there.
    if (process.platform !== 'win32' && (mode & forbiddenModeBits) !== 0) {
      throw new Error(
        `The master key file ${path} is open to other users of this machine (mode ${mode.toString(8).padStart(4, '0')}). ` +
          `Fix: chmod 600 ${path}`,
      );
    }
    return parseKeyFile(path, await file.readFile('utf8'));
  } finally {
    await file.close();
  }
};

const parseKeyFile = (path: string, text: string): MasterKey => {
  try {
    return parseMasterKey(text);
  } catch (cause) {
    throw new Error(
      `The file ${path} holds no master key (64 hex characters, or base64 of 32 bytes). Fix: restore it from your backup; ` +
        'if this storage was never used, delete the file and start again.',
      { cause },
    );
  }
};

/** Written whole beside its place and then linked there: a process starting meanwhile never reads half a key. */
const createKeyFile = async (path: string): Promise<void> => {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}.new`;
  const file = await open(draft, 'wx', 0o600);
  try {
    try {
      await file.writeFile(`${randomBytes(keyBytes).toString('hex')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(draft, path);
  } catch (error) {
    // Another process was first; its key is the one.
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  await syncFolder(folder);
};

/** Makes the new name itself survive a power cut; a folder cannot be opened on Windows. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
