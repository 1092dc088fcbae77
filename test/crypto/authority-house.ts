import { randomBytes } from 'node:crypto';
import { type AuthorityKeys, createAuthorityKeys } from '../../src/crypto/authority-keys.ts';
import { MasterKey } from '../../src/crypto/index.ts';
import { openNationalSuite } from '../../src/crypto/national-suite.ts';
import { type AuthoritySealer, createSealer } from '../../src/crypto/sealer.ts';
import { type FrozenClock, frozenClock, type MemoryStore, memoryStore } from './memory-store.ts';

/** Credit codes of authorities that do not exist. */
export const authority = '11999999000000019M';
export const otherAuthority = '11999999000000027G';
export const thirdAuthority = '129999990000000358';

/** What a process would hold over the stores that all of them share. */
export interface AuthorityProcess {
  keys: AuthorityKeys;
  sealer: AuthoritySealer;
}

/** Stores in memory that count how often they are read, and the processes over them. */
export interface AuthorityHouse {
  clock: FrozenClock;
  /** The store of one authority's ring. */
  storeOf(code: string): MemoryStore;
  /** How often the storage was read since it was last asked. */
  readsSince(): number;
  start(settings?: { cachedAuthorities?: number; masterKey?: MasterKey }): AuthorityProcess;
}

export const national = openNationalSuite();

/** Makes the stores; `start` opens them as another process would. */
export const authorityHouse = (): AuthorityHouse => {
  const clock = frozenClock();
  const shared = new MasterKey(randomBytes(32));
  const stores = new Map<string, MemoryStore>();
  let reads = 0;

  const storeOf = (code: string): MemoryStore => {
    const known = stores.get(code);
    if (known) return known;
    const store = memoryStore();
    const { read } = store;
    store.read = () => {
      reads += 1;
      return read();
    };
    stores.set(code, store);
    return store;
  };

  return {
    clock,
    storeOf,
    readsSince: () => {
      const since = reads;
      reads = 0;
      return since;
    },
    start: ({ cachedAuthorities = 10, masterKey = shared } = {}) => {
      const keys = createAuthorityKeys({ storeOf, masterKey, clock, national, cachedAuthorities });
      return { keys, sealer: createSealer({ keys, national, nationalSeals: true }) };
    },
  };
};
