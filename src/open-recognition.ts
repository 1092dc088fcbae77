import type { Consent } from './consent/index.ts';
import type { Crypto } from './crypto/index.ts';
import type { HouseDeps } from './house.ts';
import type { Federation } from './oidc/index.ts';
import type { DirectoryWing } from './open-directory.ts';
import { openFederation } from './open-federation.ts';
import { openVerifications } from './open-verifications.ts';
import {
  createObjections,
  createPeerCall,
  createPeerLink,
  createRecognition,
  createSignInTraffic,
  type Objections,
  type PeerLink,
  type Recognition,
  type SignInTraffic,
  type Verifications,
} from './recognition/index.ts';
import type { Storage } from './storage/index.ts';

/** Whom we trust, and the ways to them. */
export interface RecognitionWing {
  recognition: Recognition;
  /** The way to other regions. */
  peerLink: PeerLink;
  verifications: Verifications;
  objections: Objections;
  signInTraffic: SignInTraffic;
  federation: Federation;
}

interface Neighbours extends Pick<DirectoryWing, 'directory' | 'credentials'> {
  storage: Storage;
  crypto: Crypto;
  consent: Consent;
}

/** Opens recognition, and what regions ask and tell each other under it. */
export async function openRecognition(
  { config, clock, log }: Pick<HouseDeps, 'config' | 'clock' | 'log'>,
  { storage, crypto, consent, directory, credentials }: Neighbours,
): Promise<RecognitionWing> {
  const { records: connection, ephemeral } = storage;
  const self = config.issuer;
  const recognition = createRecognition({
    connection,
    clock,
    self: { entityId: self, regionCode: config.region.code },
    keys: crypto.agreementKeys,
  });
  const objections = createObjections({
    connection,
    clock,
    cipher: crypto.cipher,
    log,
    self,
    recognition,
    findReceipt: (receiptId) => verifications.findReceipt(receiptId),
  });
  const signInTraffic = createSignInTraffic({ connection, clock });
  const peerLink = createPeerLink({
    connection,
    clock,
    log,
    recognition,
    peerKeys: crypto.peerKeys,
    memory: ephemeral,
    self,
    call: createPeerCall({ privateHosts: config.privateSiteHosts }),
    mail: [objections.mail, recognition.mail],
  });
  const verifications = openVerifications({
    config,
    clock,
    connection,
    ephemeral,
    crypto,
    recognition,
    peerLink,
    directory,
    credentials,
    consent,
  });
  const federation = await openFederation({ config, clock, connection, crypto, recognition });
  return { recognition, peerLink, verifications, objections, signInTraffic, federation };
}
