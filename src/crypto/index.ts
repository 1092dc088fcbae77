/**
 * Every key of the house. Owns the master key (AES-256-GCM over all other keys), the data keys of single fields and of
 * photos, the blind index, the ES256 signing keys and cookie secrets of the provider (RFC 7517, RFC 7638), the keys and
 * seals of the authorities (RFC 7515 over RFC 8785, and SM2 with SM3 where asked), and pairwise subjects (OpenID Connect
 * Core 8.1); each rotating key is made one step before it is used and kept for a while after, those of data, of
 * authorities and of credentials for ever; likewise the key of this region's agreements, and those of its messages to other regions and of
 * its statements in a federation.
 * A keeper turns the rings by a policy, or replaces one at once.
 * Owns no password, no passkey and no token: identity and oidc do; nor what a certificate says:
 * directory does. Where the master key comes from and when rings turn is config's matter.
 * Control leaves by the values returned; a rotation leaves its event in the outbox of the very document it changed.
 */
import type { Clock } from '../base/clock.ts';
import type { RecordConnection } from '../storage/index.ts';
import type { OutboxSource } from '../storage/outbox.ts';
import { createAuthorityKeys } from './authority-keys.ts';
import { createBlindIndex } from './blind-index.ts';
import { type CredentialKeyRing, createCredentialRing, openCredentialKeys } from './credential-keys.ts';
import { dataKeyMakers, loadDataKeys } from './data-keys.ts';
import { createFederationKeys, type FederationKeys, federationKeyMakers } from './federation-keys.ts';
import { createBytesCipher, createFieldCipher } from './field-cipher.ts';
import { createKeyRing, type KeyRing, keyRingMakers } from './key-ring.ts';
import type { MasterKey } from './master-key.ts';
import { openNationalSuite } from './national-suite.ts';
import type { BlindIndex, BytesCipher, FieldCipher } from './ports.ts';
import {
  type AgreementKeys,
  agreementKeyMakers,
  createAgreementKeys,
  createPeerKeys,
  type PeerKeys,
  peerKeyMakers,
} from './region-keys.ts';
import { createRing } from './ring.ts';
import { createRings, type Rings } from './rings.ts';
import { type AuthoritySealer, createSealer } from './sealer.ts';
import type { KeyToken } from './signer.ts';
import {
  agreementKeyStore,
  authorityKeyStores,
  credentialKeyStore,
  dataKeyStore,
  federationKeyStore,
  keyRingStore,
  peerKeyStore,
  photoKeyStore,
  ringOutboxes,
} from './store.ts';
import { pairwiseSubject } from './subject.ts';

export { canonicalBytes } from './canonical-json.ts';
export type { PublicJwk, PublishedKeys } from './credential-jwt.ts';
export type { CredentialKeyRing } from './credential-keys.ts';
export { type DirectoryKey, parseDirectoryKey, readDirectoryKeyFile } from './directory-key.ts';
export { signEventToken } from './event-token.ts';
export type { FederationKeys } from './federation-keys.ts';
export { type RecipientKey, readIdentityFile, readRecipientFile } from './file-recipient.ts';
export { createKeyKeeper, type KeyKeeper } from './key-keeper.ts';
export type { RingName, RingStatus } from './key-policy.ts';
export type { KeyRing, LoadedKeyRing, SigningJwk, SigningKeyStatus } from './key-ring.ts';
export { type KeySet, verifyKeySet } from './key-set.ts';
export { MasterKey, parseMasterKey, readOrCreateMasterKeyFile } from './master-key.ts';
export {
  encryptMessage,
  type MessageClaims,
  type MessageOutcome,
  type MessageRoute,
  verifyMessage,
} from './peer-message.ts';
export { openPkcs11Token } from './pkcs11-token.ts';
export type {
  BlindIndex,
  BytesCipher,
  FieldCipher,
  JsonObject,
  JsonValue,
  Seal,
  Sealer,
  SealVerdict,
} from './ports.ts';
export type { AgreementKeys, PeerKeys } from './region-keys.ts';
export type { RotateOptions, RotateResult } from './ring.ts';
export type { PublicSealKey } from './seal-keys.ts';
export { type FileKey, findFileKey, newFileKey, openSealedFile, sealedFile } from './sealed-file.ts';
export type { AuthoritySealer } from './sealer.ts';
export {
  type DocumentHeader,
  type DocumentSignature,
  digestOf,
  readHeader,
  type SignedDocument,
  verifyDocument,
} from './signed-document.ts';
export { type PublicEcJwk, publicEcPart, speakThumbprint, thumbprintOf } from './thumbprint.ts';

export interface CryptoDeps {
  connection: RecordConnection;
  masterKey: MasterKey;
  clock: Clock;
  /** How long a retired signing key stays published and a retired cookie secret still verifies. */
  keyOverlapSeconds: number;
  /** Whether seals of authorities also bear a signature of the national suite. */
  nationalSeals: boolean;
  /** The token that keeps private keys; none: all of them are in the storage. */
  tokenKeys?: TokenKeys | null;
}

/** A token, and whose keys are made in it: that of agreements, and those of the authorities where asked. */
export interface TokenKeys {
  token: KeyToken;
  ofAuthorities: boolean;
}

export interface Crypto {
  /** What happened to the keys, for the audit relay. */
  outboxes: readonly OutboxSource[];
  cipher: FieldCipher;
  /** Seals photos under data keys of their own: who holds those of the fields sees no face. */
  photoCipher: BytesCipher;
  blindIndex: BlindIndex;
  keyRing: KeyRing;
  /** The keys that sign credentials (可验证凭证) and their status lists. */
  credentialKeys: CredentialKeyRing;
  /** Seals documents for authorities, and rotates the keys they are sealed with. */
  sealer: AuthoritySealer;
  /** The key that makes agreements with other regions, and those that talk to them. */
  agreementKeys: AgreementKeys;
  peerKeys: PeerKeys;
  /** The keys that sign statements in a federation. */
  federationKeys: FederationKeys;
  /** All of them as rings, for whoever rotates them. */
  rings: Rings;
  /** Computes the subject by which a sector knows an account. */
  pairwise(sector: string, accountId: string): string;
  /** Makes a new data key the one that seals; what older ones sealed still opens. */
  rotateDataKey(): Promise<void>;
  /** Does for photos what rotateDataKey does for fields. */
  rotatePhotoKey(): Promise<void>;
  /** Reads the data keys again; the cipher also does so by itself on meeting a value of a later rotation. */
  refreshDataKeys(): Promise<void>;
}

/**
 * Opens the keys in the storage, making them on the first start of any number of processes.
 * Throws an Error that names the fix when the master key is not the one that sealed them, or
 * when the national suite fails its known-answer test.
 */
export const openCrypto = async (deps: CryptoDeps): Promise<Crypto> => {
  const { connection, masterKey, clock, keyOverlapSeconds } = deps;
  const token = deps.tokenKeys?.token ?? null;
  const { sealer, authorityKeys } = openSealer(deps);
  const shared = { masterKey, clock };
  // What a data key has sealed may be opened in ten years: a retired one is kept for ever.
  const kept = { ...shared, overlapSeconds: null, makers: dataKeyMakers };
  const dataRing = createRing({ ...kept, store: dataKeyStore(connection), name: 'data-keys' });
  const photoRing = createRing({ ...kept, store: photoKeyStore(connection), name: 'photo-keys' });
  const dataKeys = await loadDataKeys(dataRing);
  const photoKeys = await loadDataKeys(photoRing);
  const ring = createRing({
    ...shared,
    store: keyRingStore(connection),
    name: 'key-ring',
    overlapSeconds: keyOverlapSeconds,
    makers: keyRingMakers,
  });
  const agreementRing = createRing({
    ...shared,
    store: agreementKeyStore(connection),
    name: 'agreement-keys',
    overlapSeconds: null,
    makers: agreementKeyMakers(token),
  });
  const peerRing = createRing({
    ...shared,
    store: peerKeyStore(connection),
    name: 'peer-keys',
    // Others hold a signed key set for a day.
    overlapSeconds: Math.max(keyOverlapSeconds, 2 * 86_400),
    makers: peerKeyMakers,
  });
  const federationRing = createRing({
    ...shared,
    store: federationKeyStore(connection),
    name: 'federation-keys',
    // Statements hold for a day, and a superior takes a while to pin the next key.
    overlapSeconds: Math.max(keyOverlapSeconds, 2 * 86_400),
    makers: federationKeyMakers,
  });
  // Before the next lines make the provider's ring: what that holds by now may have signed credentials.
  const credentialRing = createCredentialRing({
    ...shared,
    store: credentialKeyStore(connection),
    provider: ring,
  });
  const credentialKeys = await openCredentialKeys(credentialRing);
  const pairwiseSecret = (await ring.read()).permanentSecret;
  return {
    outboxes: ringOutboxes(connection),
    cipher: createFieldCipher(dataKeys),
    photoCipher: createBytesCipher(photoKeys, 'photo'),
    blindIndex: createBlindIndex(dataKeys.indexSecret),
    keyRing: createKeyRing(ring, clock),
    credentialKeys,
    sealer,
    agreementKeys: createAgreementKeys(agreementRing, clock, token),
    peerKeys: createPeerKeys(peerRing, clock),
    federationKeys: createFederationKeys(federationRing),
    rings: createRings(connection, {
      provider: () => ring,
      credential: () => credentialRing,
      peer: () => peerRing,
      federation: () => federationRing,
      agreement: () => agreementRing,
      authority: authorityKeys.ringOf,
      data: () => dataRing,
      photo: () => photoRing,
    }),
    pairwise: (sector, accountId) => pairwiseSubject(pairwiseSecret, sector, accountId),
    rotateDataKey: () => dataKeys.rotate(),
    rotatePhotoKey: () => photoKeys.rotate(),
    refreshDataKeys: async () => {
      await Promise.all([dataKeys.refresh(), photoKeys.refresh()]);
    },
  };
};

const openSealer = ({ connection, masterKey, clock, nationalSeals, tokenKeys }: CryptoDeps) => {
  // Also where the policy asks for no national seals: old ones must still be verified.
  const national = openNationalSuite();
  const storeOf = authorityKeyStores(connection);
  const authorityKeys = createAuthorityKeys({
    storeOf,
    masterKey,
    clock,
    national,
    token: tokenKeys?.token ?? null,
    makesInToken: tokenKeys?.ofAuthorities ?? false,
  });
  return { authorityKeys, sealer: createSealer({ keys: authorityKeys, national, nationalSeals }) };
};
