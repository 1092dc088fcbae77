import { createHash } from 'node:crypto';
import { errors, flattenedVerify } from 'jose';
import type { AuthorityKeys } from './authority-keys.ts';
import { canonicalBytes } from './canonical-json.ts';
import type { NationalSuite } from './national-suite.ts';
import type { JsonObject, Seal, Sealer } from './ports.ts';
import type { SealKey } from './seal-keys.ts';
import { type Signer, signJws } from './signer.ts';

export interface SealerDeps {
  keys: AuthorityKeys;
  national: NationalSuite;
  /** Whether a seal also bears a signature of the national suite. A seal that bears one is verified by both, whatever this says. */
  nationalSeals: boolean;
}

/** Seals, and the keys that a console shows and rotates. */
export type AuthoritySealer = Sealer & Pick<AuthorityKeys, 'publicKeys' | 'rotate'>;

/**
 * Makes the sealer. Sealing throws document-not-sealable, and the credit-code errors for what names no authority;
 * verifying throws only when the storage does.
 */
export const createSealer = ({ keys, national, nationalSeals }: SealerDeps): AuthoritySealer => ({
  async seal(authorityCode, document) {
    const bytes = canonicalBytes(document);
    const { es256, sm2 } = (await keys.forSealing(authorityCode)).current;
    const seal: Seal = {
      jws: await sign(es256.signer, bytes),
      keyId: es256.keyId,
      digest: digestOf(bytes),
    };
    if (nationalSeals) seal.national = { keyId: sm2.kid, signature: national.sign(sm2, bytes) };
    return seal;
  },

  async verify(authorityCode, document, seal) {
    const signature = signatureOf(seal);
    const bytes = bytesOrNull(document);
    if (signature === null || bytes === null || seal.digest !== digestOf(bytes)) return 'altered';
    const known = await keys.holding(authorityCode, seal.keyId);
    const key = known?.es256.get(seal.keyId);
    if (!known || !key) return 'unknown-key';
    if (!(await isSignedBy(key, bytes, signature))) return 'altered';
    if (seal.national === undefined) return 'genuine';
    // Both suites rotate together, so where the first key is known an unknown second one was never there.
    const nationalKey = known.sm2.get(seal.national.keyId);
    const holds = nationalKey && national.verify(nationalKey, bytes, seal.national.signature);
    return holds ? 'genuine' : 'altered';
  },

  publicKeys: (authorityCode) => keys.publicKeys(authorityCode),
  rotate: (authorityCode, options) => keys.rotate(authorityCode, options),
});

const headerOf = (keyId: string) => ({ alg: 'ES256', kid: keyId, typ: 'yihao-seal+jws' }) as const;

/** A header has exactly one spelling, so comparing the text settles the algorithm, the key and all that is not allowed in it. */
const headerTextOf = (keyId: string): string =>
  Buffer.from(JSON.stringify(headerOf(keyId)), 'utf8').toString('base64url');

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const sign = async (signer: Signer, bytes: Buffer): Promise<string> => {
  const signed = await signJws(signer, headerOf(signer.keyId), bytes);
  return `${signed.protected}..${signed.signature}`;
};

/** Reads the signature out of a seal of the right shape, else null. Seals come back from storages and from strangers. */
const signatureOf = (seal: Seal): string | null => {
  if (!isSeal(seal)) return null;
  const [header, payload, signature, more] = seal.jws.split('.');
  if (header !== headerTextOf(seal.keyId) || payload !== '' || !signature || more !== undefined) return null;
  // Base64url of 64 bytes has bits that belong to no byte: writing it out again notices that they were altered.
  return Buffer.from(signature, 'base64url').toString('base64url') === signature ? signature : null;
};

const isSeal = (seal: unknown): seal is Seal =>
  hasTexts(seal, 'jws', 'keyId', 'digest') &&
  (!('national' in seal) || seal.national === undefined || hasTexts(seal.national, 'keyId', 'signature'));

const hasTexts = <K extends string>(value: unknown, ...names: K[]): value is Record<K, string> =>
  typeof value === 'object' &&
  value !== null &&
  names.every((name) => typeof (value as Record<string, unknown>)[name] === 'string');

/** A document that cannot be sealed is not the one that was. */
const bytesOrNull = (document: JsonObject): Buffer | null => {
  try {
    return canonicalBytes(document);
  } catch {
    return null;
  }
};

const isSignedBy = async (key: SealKey, bytes: Buffer, signature: string): Promise<boolean> => {
  const jws = { protected: headerTextOf(key.keyId), payload: bytes.toString('base64url'), signature };
  try {
    await flattenedVerify(jws, key.publicKey, { algorithms: ['ES256'] });
    return true;
  } catch (error) {
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
};
