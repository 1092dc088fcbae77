/**
 * Every key of the house. Owns the master key (AES-256-GCM over all other keys), the data keys of single fields, the blind index,
 * the ES256 signing keys and cookie secrets of the provider (RFC 7517, RFC 7638), and pairwise subjects (OpenID Connect Core 8.1);
 * each rotating key is published one step before it is used and kept for a while after. Owns no password, no passkey and no
 * token: identity and oidc do. Where the master key comes from is config's matter, when to rotate is the operator's.
 * Control leaves by the values returned; a rotation leaves its event in the outbox of the very document it changed.
 */
import type { Clock } from '../base/clock.ts';
import type { RecordConnection } from '../storage/index.ts';
import { createBlindIndex } from './blind-index.ts';
import { dataKeyMakers, loadDataKeys } from './data-keys.ts';
import { createFieldCipher } from './field-cipher.ts';
import { createKeyRing, type KeyRing, keyRingMakers } from './key-ring.ts';
import type { MasterKey } from './master-key.ts';
import type { BlindIndex, FieldCipher } from './ports.ts';
import { createRing } from './ring.ts';
import { dataKeyStore, keyRingStore } from './store.ts';
import { pairwiseSubject } from './subject.ts';

export type { KeyRing, LoadedKeyRing, SigningJwk, SigningKeyStatus } from './key-ring.ts';
export { MasterKey, parseMasterKey, readOrCreateMasterKeyFile } from './master-key.ts';
export type { BlindIndex, FieldCipher } from './ports.ts';
export type { RotateOptions, RotateResult } from './ring.ts';

export interface CryptoDeps {
  connection: RecordConnection;
  masterKey: MasterKey;
  clock: Clock;
  /** How long a retired signing key stays published and a retired cookie secret still verifies. */
  keyOverlapSeconds: number;
}

export interface Crypto {
  cipher: FieldCipher;
  blindIndex: BlindIndex;
  keyRing: KeyRing;
  /** Computes the subject by which a sector knows an account. */
  pairwise(sector: string, accountId: string): string;
  /** Makes a new data key the one that seals; what older ones sealed still opens. */
  rotateDataKey(): Promise<void>;
  /** Reads the data keys again; the cipher also does so by itself on meeting a value of a later rotation. */
  refreshDataKeys(): Promise<void>;
}

/**
 * Opens the keys in the storage, making them on the first start of any number of processes.
 * Throws an Error that names the fix when the master key is not the one that sealed them.
 */
export const openCrypto = async (deps: CryptoDeps): Promise<Crypto> => {
  const { connection, masterKey, clock, keyOverlapSeconds } = deps;
  const shared = { masterKey, clock };
  // What a data key has sealed may be opened in ten years: a retired one is kept for ever.
  const dataKeys = await loadDataKeys(
    createRing({
      ...shared,
      store: dataKeyStore(connection),
      name: 'data-keys',
      overlapSeconds: null,
      makers: dataKeyMakers,
    }),
  );
  const ring = createRing({
    ...shared,
    store: keyRingStore(connection),
    name: 'key-ring',
    overlapSeconds: keyOverlapSeconds,
    makers: keyRingMakers,
  });
  const pairwiseSecret = (await ring.read()).permanentSecret;
  return {
    cipher: createFieldCipher(dataKeys),
    blindIndex: createBlindIndex(dataKeys.indexSecret),
    keyRing: createKeyRing(ring, clock),
    pairwise: (sector, accountId) => pairwiseSubject(pairwiseSecret, sector, accountId),
    rotateDataKey: () => dataKeys.rotate(),
    refreshDataKeys: () => dataKeys.refresh(),
  };
};
