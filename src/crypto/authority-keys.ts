import type { Clock } from '../base/clock.ts';
import { type CreditCode, parseCreditCode } from '../terms/credit-code.ts';
import type { MasterKey } from './master-key.ts';
import type { NationalSuite } from './national-suite.ts';
import { createRing, type OpenedRing, type Ring, type RotateOptions, type RotateResult } from './ring.ts';
import { openSealKeys, type PublicSealKey, type SealKeys, sealKeyMakers } from './seal-keys.ts';
import type { KeyToken } from './signer.ts';
import type { RingStore } from './store.ts';

/** The keys with which authorities (发证机关) seal: a ring for each, made on its first seal. */
export interface AuthorityKeys {
  /** Returns the keys to seal with, making them on first use. Throws the credit-code errors for what is no code. */
  forSealing(authorityCode: string): Promise<SealKeys>;
  /** Returns the keys of an authority if the ES256 one of that id is among them, retired or not; else null. */
  holding(authorityCode: string, keyId: string): Promise<SealKeys | null>;
  /** Returns the public halves as a JWK Set, with where each stands; empty before the first seal. Throws like forSealing. */
  publicKeys(authorityCode: string): Promise<{ keys: PublicSealKey[] }>;
  /** Makes the next key of each suite seal; what older ones sealed still verifies. Throws like forSealing. */
  rotate(authorityCode: string, options?: RotateOptions): Promise<RotateResult>;
  /** Returns the ring of an authority as those who rotate by a policy need it. */
  ringOf(authorityCode: string): Ring;
}

export interface AuthorityKeysDeps {
  storeOf(authorityCode: string): RingStore;
  masterKey: MasterKey;
  clock: Clock;
  national: NationalSuite;
  /** Where private halves of ES256 keys may be; none: all are in the storage. */
  token?: KeyToken | null;
  /** Whether new ones are made there; those that are there sign either way. */
  makesInToken?: boolean;
  /** How many authorities' keys are held in memory; the one asked for longest ago goes first. */
  cachedAuthorities?: number;
}

interface Cached {
  keys: SealKeys;
  readAt: Date;
}

/** How long a process may go on sealing with a key that another process has retired. */
const freshSeconds = 60;

/** Makes the authorities' keys; a retired one is kept for ever, since a certificate may be verified in thirty years. */
export const createAuthorityKeys = (deps: AuthorityKeysDeps): AuthorityKeys => {
  const { storeOf, masterKey, clock, national, cachedAuthorities = 500, token = null } = deps;
  const cache = new Map<string, Cached>();

  const ringOf = (code: string): Ring =>
    createRing({
      store: storeOf(code),
      masterKey,
      clock,
      name: 'authority-keys',
      owner: code,
      overlapSeconds: null,
      makers: sealKeyMakers(national, deps.makesInToken ? token : null),
    });

  /** Takes an entry to the young end of the cache. */
  const keep = (code: string, cached: Cached): SealKeys => {
    cache.delete(code);
    cache.set(code, cached);
    const [oldest] = cache.keys();
    if (cache.size > cachedAuthorities && oldest !== undefined) cache.delete(oldest);
    return cached.keys;
  };

  const open = async (code: string, read: Promise<OpenedRing | null>): Promise<SealKeys | null> => {
    const readAt = clock.now();
    const opened = await read;
    if (!opened) return null;
    const keys = await openSealKeys(opened, token);
    // Two reads may end out of order; an older ring never replaces a newer.
    const known = cache.get(code);
    return keep(code, known && known.keys.version > keys.version ? known : { keys, readAt });
  };

  const freshOnes = (code: string): SealKeys | null => {
    const cached = cache.get(code);
    const isFresh = cached && clock.now().getTime() - cached.readAt.getTime() < freshSeconds * 1000;
    return isFresh ? keep(code, cached) : null;
  };

  return {
    async forSealing(authorityCode) {
      const code = parseCreditCode(authorityCode);
      const keys = freshOnes(code) ?? (await open(code, ringOf(code).read()));
      if (!keys) throw new Error('The authority-keys were made and are gone. Fix: check the storage.');
      return keys;
    },

    async holding(authorityCode, keyId) {
      // A key that is known stays known, so age does not matter here; for one that is not, the storage is asked once.
      const code = codeOrNull(authorityCode);
      if (code === null) return null;
      const cached = cache.get(code);
      if (cached?.keys.es256.has(keyId)) return keep(code, cached);
      const keys = await open(code, ringOf(code).find());
      return keys?.es256.has(keyId) ? keys : null;
    },

    async publicKeys(authorityCode) {
      const code = parseCreditCode(authorityCode);
      const keys = freshOnes(code) ?? (await open(code, ringOf(code).find()));
      return { keys: keys?.published ?? [] };
    },

    ringOf,

    async rotate(authorityCode, options) {
      const code = parseCreditCode(authorityCode);
      const result = await ringOf(code).rotate(options);
      await open(code, ringOf(code).find());
      return result;
    },
  };
};

const codeOrNull = (text: string): CreditCode | null => {
  try {
    return parseCreditCode(text);
  } catch {
    return null;
  }
};
