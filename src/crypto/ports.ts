/** Encrypts one field of one record: AES-256-GCM under a versioned data key, itself sealed by the master key. */
export interface FieldCipher {
  /** Encrypts text; `context` (collection.field:recordId) is bound as additional data, so a value cannot be moved. */
  seal(plain: string, context: string): Buffer;
  /** Decrypts what seal made, under whichever data key version it names. Throws when tampered or moved. */
  open(sealed: Buffer, context: string): string;
}

/** Encrypts bytes, a photo say, as FieldCipher does text. */
export interface BytesCipher {
  /** Encrypts bytes; `context` (collection.field:recordId) is bound as additional data, so they cannot be moved. */
  seal(plain: Buffer, context: string): Buffer;
  /** Decrypts what seal made, under whichever data key version it names. Throws when tampered or moved. */
  open(sealed: Buffer, context: string): Buffer;
}

/** Turns a searchable personal value into a keyed digest: equal values meet, nothing can be read back. */
export interface BlindIndex {
  /** HMAC-SHA-256 of the value under a key of its own per purpose, 32 bytes, base64url. */
  of(purpose: string, value: string): string;
}

/** A value that JSON can hold and RFC 8785 can put in one form. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
  [name: string]: JsonValue;
}

/** An authority's seal (电子印章) over a document, kept beside it. */
export interface Seal {
  /** JWS compact serialisation with the payload left out (RFC 7515 appendix F): `header..signature`. */
  jws: string;
  /** The key that signed: its RFC 7638 thumbprint. */
  keyId: string;
  /** SHA-256 of the canonical bytes, hexadecimal. */
  digest: string;
  /** The second seal of the national suite, SM2 with SM3, where the instance's policy asks for it. */
  national?: { keyId: string; signature: string };
}

/** What a seal turned out to be; `unknown-key` when no key of that authority has the seal's key id. */
export type SealVerdict = 'genuine' | 'altered' | 'unknown-key';

/** Seals documents with the keys of the authorities that issue them; an authority is named by its credit code. */
export interface Sealer {
  /** Seals the canonical bytes (RFC 8785) of a document with the authority's current key, made on first use. */
  seal(authorityCode: string, document: JsonObject): Promise<Seal>;
  /** Verifies a seal over a document; whatever key of the authority made it, retired ones too. */
  verify(authorityCode: string, document: JsonObject, seal: Seal): Promise<SealVerdict>;
}
