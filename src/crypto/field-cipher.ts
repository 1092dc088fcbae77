import { decrypt, encrypt } from './aes-gcm.ts';
import type { BytesCipher, FieldCipher } from './ports.ts';

/** Gives the field cipher its data keys. */
export interface DataKeySource {
  /** Returns the version that seals now. */
  current(): { version: number; key: Buffer };
  /** Returns the key of a version; null when unknown. */
  find(version: number): Buffer | null;
}

const versionBytes = 4;

/**
 * Makes the cipher of bytes. A sealed value is version (4 bytes, big-endian) | iv (12) | ciphertext | tag (16).
 * The iv is random, so one data key serves up to 2^32 values: rotate long before.
 */
export const createBytesCipher = (keys: DataKeySource, noun: string): BytesCipher => ({
  seal(plain, context) {
    const { version, key } = keys.current();
    const head = Buffer.alloc(versionBytes);
    head.writeUInt32BE(version);
    return Buffer.concat([head, encrypt(key, plain, context)]);
  },

  open(sealed, context) {
    if (sealed.length < versionBytes) throw new Error(`A sealed ${noun} is too short to be one.`);
    const version = sealed.readUInt32BE(0);
    const key = keys.find(version);
    if (!key) throw new Error(`A sealed ${noun} names data key version ${version}, which is not known here.`);
    const plain = decrypt(key, sealed.subarray(versionBytes), context);
    if (!plain)
      throw new Error(`A sealed ${noun} does not open: it was altered, or moved from another record.`);
    return plain;
  },
});

/** Makes the field cipher: the cipher of bytes over text in UTF-8. */
export const createFieldCipher = (keys: DataKeySource): FieldCipher => {
  const bytes = createBytesCipher(keys, 'field');
  return {
    seal: (plain, context) => bytes.seal(Buffer.from(plain, 'utf8'), context),
    open: (sealed, context) => bytes.open(sealed, context).toString('utf8'),
  };
};
