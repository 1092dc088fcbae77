import { type CryptoKey, importJWK } from 'jose';
import { newSigningKey, type SigningJwk } from './key-ring.ts';
import type { RingEntry } from './lifecycle.ts';
import type { NationalJwk, NationalPublicJwk, NationalSuite } from './national-suite.ts';
import type { OpenedEntry, OpenedRing, RingDeps } from './ring.ts';

/** An ES256 key of an authority, ready for use; nothing can take the private half out again. */
export interface SealKey {
  keyId: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
}

/** What anyone may see of a key of an authority: its public half as a JWK, and where it stands. */
export type PublicSealKey = (PublicEs256Jwk | NationalPublicJwk) & { state: RingEntry['state'] };

type PublicEs256Jwk = Pick<SigningJwk, 'kty' | 'kid' | 'alg' | 'use'> & {
  crv: 'P-256';
  x: string;
  y: string;
};

/** The keys of one authority, opened. */
export interface SealKeys {
  version: number;
  /** The two that seal now, one a suite. */
  current: { es256: SealKey; sm2: NationalJwk };
  /** Every key there has been by its id, the next one too: another process may have rotated already. */
  es256: ReadonlyMap<string, SealKey>;
  sm2: ReadonlyMap<string, NationalJwk>;
  /** ES256 before SM2; of each the current, the next, then the retired with the newest first. */
  published: PublicSealKey[];
}

/**
 * Names the makers of the kinds that an authority's ring holds. Both are always there, whatever the policy says of
 * national seals: a policy that goes back and forth must not drop the keys that old seals are verified with.
 */
export const sealKeyMakers = (national: NationalSuite): RingDeps['makers'] => ({
  es256: newSigningKey,
  sm2: async () => {
    const jwk = await national.newKey();
    return { id: jwk.kid, secret: Buffer.from(JSON.stringify(jwk)) };
  },
});

/** Opens the keys of a ring. Throws an Error naming the fix when there is none that seals. */
export const openSealKeys = async (opened: OpenedRing): Promise<SealKeys> => {
  const es256 = new Map<string, SealKey>();
  const sm2 = new Map<string, NationalJwk>();
  const published: { es256: PublicSealKey[]; sm2: PublicSealKey[] } = { es256: [], sm2: [] };
  for (const entry of opened.entries) {
    if (entry.kind === 'es256') {
      const { d, ...jwk }: PublicEs256Jwk & { d: string } = jwkOf(entry);
      es256.set(entry.id, await importPair(entry.id, jwk, d));
      published.es256.push({ ...jwk, state: entry.state });
    } else {
      const { d, ...jwk }: NationalJwk = jwkOf(entry);
      sm2.set(entry.id, { ...jwk, d });
      published.sm2.push({ ...jwk, state: entry.state });
    }
  }
  return {
    version: opened.version,
    current: { es256: currentOf(opened, 'es256', es256), sm2: currentOf(opened, 'sm2', sm2) },
    es256,
    sm2,
    published: [...published.es256, ...published.sm2],
  };
};

const jwkOf = (entry: OpenedEntry) => JSON.parse(entry.secret.toString('utf8'));

const importPair = async (keyId: string, publicJwk: PublicEs256Jwk, d: string): Promise<SealKey> => ({
  keyId,
  privateKey: await importKey({ ...publicJwk, d }),
  publicKey: await importKey(publicJwk),
});

const importKey = async (jwk: PublicEs256Jwk & { d?: string }): Promise<CryptoKey> => {
  const key = await importJWK(jwk, 'ES256');
  if (key instanceof Uint8Array) throw new Error('An ES256 key of an authority is no key pair.');
  return key;
};

const currentOf = <T>(opened: OpenedRing, kind: string, keys: ReadonlyMap<string, T>): T => {
  const entry = opened.entries.find((candidate) => candidate.kind === kind && candidate.state === 'current');
  const key = entry && keys.get(entry.id);
  if (!key) {
    throw new Error(
      `The authority-keys in this storage have no current ${kind} key for an authority. Fix: restore them from the last backup.`,
    );
  }
  return key;
};
