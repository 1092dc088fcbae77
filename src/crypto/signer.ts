import { type CryptoKey, importJWK } from 'jose';
import { newSigningKey, type SigningJwk } from './key-ring.ts';
import type { FreshSecret } from './ring.ts';
import { type PublicEcJwk, publicEcPart, thumbprintOf } from './thumbprint.ts';

/** Signs by ES256 with one private key, wherever that is kept. */
export interface Signer {
  /** The RFC 7638 thumbprint of its key. */
  keyId: string;
  /** Signs bytes; returns r and s, 32 bytes each, as a JWS has them (RFC 7518 3.4, from memory). */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** A device that keeps private keys and gives none out. */
export interface KeyToken {
  /** Makes a P-256 key in it; returns its public half, and the name it signs by. */
  makeKey(): Promise<{ name: string; publicKey: PublicEcJwk }>;
  /** Signs bytes by SHA-256 and ECDSA with the key of that name; returns r and s. Throws an Error that names the fix. */
  sign(name: string, bytes: Uint8Array): Promise<Uint8Array>;
}

/** What a ring keeps of a signing key: the private half, or the name of the key in the token that has it. */
export type KeptKey = PublicEcJwk &
  Pick<SigningJwk, 'kid' | 'alg' | 'use'> & { d?: string; inToken?: string };

/** Returns the maker of signing keys: in the token if there is one. What a ring holds already stays where it is. */
export const signingKeyMaker = (token: KeyToken | null): (() => Promise<FreshSecret>) =>
  token === null ? newSigningKey : () => newTokenKey(token);

const newTokenKey = async (token: KeyToken): Promise<FreshSecret> => {
  const { name, publicKey } = await token.makeKey();
  const kid = thumbprintOf(publicKey);
  const kept: KeptKey = { ...publicEcPart(publicKey), kid, alg: 'ES256', use: 'sig', inToken: name };
  return { id: kid, secret: Buffer.from(JSON.stringify(kept)) };
};

/** Opens the signer of a kept key. One whose private half is in a token signs only where that is configured. */
export const openSigner = async (kept: KeptKey, token: KeyToken | null): Promise<Signer> => {
  const { kid, d, inToken } = kept;
  if (d !== undefined) {
    const privateKey = await importEs256({ ...publicEcPart(kept), d });
    return {
      keyId: kid,
      sign: async (bytes) =>
        new Uint8Array(
          await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, bytesOf(bytes)),
        ),
    };
  }
  return {
    keyId: kid,
    async sign(bytes) {
      if (inToken === undefined || token === null)
        throw new Error(
          `The private half of the key ${kid} is in a PKCS#11 token. Fix: set YIHAO_PKCS11_MODULE, YIHAO_PKCS11_TOKEN and YIHAO_PKCS11_PIN to it.`,
        );
      return token.sign(inToken, bytes);
    },
  };
};

/** Makes an ES256 key ready for use; nothing can take its private half out again. */
export const importEs256 = async (jwk: PublicEcJwk & { d?: string }): Promise<CryptoKey> => {
  const key = await importJWK({ ...jwk }, 'ES256');
  if (key instanceof Uint8Array) throw new Error('An ES256 key is no key pair.');
  return key;
};

/** Signs a payload as a JWS (RFC 7515, 5.1, from memory) under a protected header, in the order given. */
export async function signJws(
  signer: Signer,
  header: Readonly<Record<string, string | number>>,
  payload: Uint8Array,
): Promise<{ protected: string; payload: string; signature: string }> {
  const parts = {
    protected: Buffer.from(JSON.stringify(header), 'utf8').toString('base64url'),
    payload: Buffer.from(payload).toString('base64url'),
  };
  const signature = await signer.sign(Buffer.from(`${parts.protected}.${parts.payload}`, 'ascii'));
  return { ...parts, signature: Buffer.from(signature).toString('base64url') };
}

/** WebCrypto wants bytes that no other thread can write to. */
const bytesOf = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
