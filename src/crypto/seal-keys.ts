import type { CryptoKey } from 'jose';
import type { SigningJwk } from './key-ring.ts';
import type { RingEntry } from './lifecycle.ts';
import type { NationalJwk, NationalPublicJwk, NationalSuite } from './national-suite.ts';
import type { OpenedEntry, OpenedRing, RingDeps } from './ring.ts';
import {
  importEs256,
  type KeptKey,
  type KeyToken,
  openSigner,
  type Signer,
  signingKeyMaker,
} from './signer.ts';

/** An ES256 key of an authority, ready for use; nothing can take the private half out again. */
export interface SealKey {
  keyId: string;
  signer: Signer;
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
export const sealKeyMakers = (national: NationalSuite, token: KeyToken | null): RingDeps['makers'] => ({
  es256: signingKeyMaker(token),
  sm2: async () => {
    const jwk = await national.newKey();
    return { id: jwk.kid, secret: Buffer.from(JSON.stringify(jwk)) };
  },
});

/** Opens the keys of a ring. Throws an Error naming the fix when there is none that seals. */
export const openSealKeys = async (opened: OpenedRing, token: KeyToken | null): Promise<SealKeys> => {
  const es256 = new Map<string, SealKey>();
  const sm2 = new Map<string, NationalJwk>();
  const published: { es256: PublicSealKey[]; sm2: PublicSealKey[] } = { es256: [], sm2: [] };
  for (const entry of opened.entries) {
    if (entry.kind === 'es256') {
      const kept: KeptKey = jwkOf(entry);
      const { d: _private, inToken: _name, ...jwk } = kept;
      es256.set(entry.id, {
        keyId: entry.id,
        signer: await openSigner(kept, token),
        publicKey: await importEs256(jwk),
      });
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
