import { createHmac, hkdfSync } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';

/**
 * The key that the directories of one province and its cities share, to speak of a holder without naming it (目录密钥).
 * It is no key of any storage: it stands in a file or the environment beside each process, so that a stolen database
 * does not hold it. Whoever has it can try numbers against blinds that he also has.
 */
export interface DirectoryKey {
  /** Names the key without telling it: to tell that two instances hold different ones. */
  readonly id: string;
  /** Returns what a holder is called between directories: HMAC-SHA-256 of its key text, base64url. */
  blindOf(holderKey: string): string;
}

const derive = (key: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `yihao/directory/${purpose}`, 32));

/** Reads a directory key of 64 hex characters. The Error never repeats the text. */
export function parseDirectoryKey(text: string): DirectoryKey {
  const trimmed = text.trim();
  if (!/^[0-9a-f]{64}$/i.test(trimmed))
    throw new Error(
      `The directory key is not valid: it must be 64 hex characters; ${trimmed.length} characters were given. ` +
        'Fix: the operator of the parent makes one with "openssl rand -hex 32", and each region below gets the same.',
    );
  const key = Buffer.from(trimmed, 'hex');
  const holderKeySecret = derive(key, 'holder');
  return {
    id: derive(key, 'fingerprint').toString('hex', 0, 6),
    blindOf: (holderKey) =>
      createHmac('sha256', holderKeySecret).update(holderKey, 'utf8').digest('base64url'),
  };
}

/** Reads the file of a directory key. Throws an Error that names the file and the fix. */
export async function readDirectoryKeyFile(path: string): Promise<DirectoryKey> {
  const mode = await stat(path).then(
    (found) => found.mode & 0o777,
    (cause: unknown) => {
      throw new Error(
        `The directory key file ${path} cannot be read. Fix: put the key of the province there.`,
        {
          cause,
        },
      );
    },
  );
  // Windows has no such bits; Node reports 0666 for every file there.
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new Error(
      `The directory key file ${path} is open to other users of this machine. Fix: chmod 600 ${path}`,
    );
  return parseDirectoryKey(await readFile(path, 'utf8'));
}
