import { createHash } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

/** A wallet's key, and the proof it makes over what is shown. */
export interface WalletKey {
  publicJwk: JWK;
  /** Adds the proof (KB-JWT) to an SD-JWT; `changes` spoil it. */
  prove(shown: string, to: { audience: string; nonce: string }, changes?: object): Promise<string>;
}

/** Makes the key of a wallet. */
export async function createWalletKey(): Promise<WalletKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  return {
    publicJwk: await exportJWK(publicKey),
    async prove(shown, { audience, nonce }, changes = {}) {
      const sdHash = createHash('sha256').update(shown).digest('base64url');
      const proof = new SignJWT({ aud: audience, nonce, sd_hash: sdHash, ...changes })
        .setProtectedHeader({ alg: 'ES256', typ: 'kb+jwt' })
        .setIssuedAt();
      return shown + (await proof.sign(privateKey));
    },
  };
}
