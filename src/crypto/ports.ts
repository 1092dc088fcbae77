/** Encrypts one field of one record: AES-256-GCM under a versioned data key, itself sealed by the master key. */
export interface FieldCipher {
  /** Encrypts text; `context` (collection.field:recordId) is bound as additional data, so a value cannot be moved. */
  seal(plain: string, context: string): Buffer;
  /** Decrypts what seal made, under whichever data key version it names. Throws when tampered or moved. */
  open(sealed: Buffer, context: string): string;
}

/** Turns a searchable personal value into a keyed digest: equal values meet, nothing can be read back. */
export interface BlindIndex {
  /** HMAC-SHA-256 of the value under a key of its own per purpose, 32 bytes, base64url. */
  of(purpose: string, value: string): string;
}
