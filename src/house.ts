/** The domains on their stores, wired without a server: what a command needs that serves nobody. */
import type { Config } from '../config/index.ts';
import { agreementHandlers } from './agreement-proposals.ts';
import type { Audit } from './audit/index.ts';
import type { Clock } from './base/clock.ts';
import { type Consent, createConsent } from './consent/index.ts';
import { type Crypto, type MasterKey, openCrypto } from './crypto/index.ts';
import {
  type Copies,
  type Credentials,
  createCopies,
  createCredentials,
  createDirectory,
  createFiles,
  createPhotos,
  createPresentations,
  type Directory,
  type Files,
  type Photos,
  type Presentations,
} from './directory/index.ts';
import { type Log, statusListPath } from './http/index.ts';
import {
  createAuthorities,
  createIdentity,
  createPasskeyCeremonies,
  type Identity,
} from './identity/index.ts';
import { createSiteStore, type Federation, ownSiteOf, type SiteStore } from './oidc/index.ts';
import { openAudit } from './open-audit.ts';
import { openFederation } from './open-federation.ts';
import { openSignals } from './open-signals.ts';
import { openTier, type Tier } from './open-tier.ts';
import { openVerifications } from './open-verifications.ts';
import {
  createPeerCall,
  createPeerLink,
  createRecognition,
  type PeerLink,
  type Recognition,
  type Verifications,
} from './recognition/index.ts';
import type { Signals } from './signals/index.ts';
import { createStaff, type Staff } from './staff/index.ts';
import { openStorage, type Storage } from './storage/index.ts';
import { parseRegionCode } from './terms/region-code.ts';
import { typeHandlers } from './type-proposals.ts';

/** The domains, open and ready, without a server. */
export interface House extends Tier {
  storage: Storage;
  crypto: Crypto;
  identity: Identity;
  directory: Directory;
  photos: Photos;
  credentials: Credentials;
  presentations: Presentations;
  copies: Copies;
  files: Files;
  consent: Consent;
  recognition: Recognition;
  federation: Federation;
  /** The way to other regions. */
  peerLink: PeerLink;
  verifications: Verifications;
  staff: Staff;
  audit: Audit;
  sites: SiteStore;
  signals: Signals;
  close(): Promise<void>;
}

export interface HouseDeps {
  config: Config;
  masterKey: MasterKey;
  clock: Clock;
  log: Log;
}

/** Opens the stores and the domains on them. */
export async function openHouse({ config, masterKey, clock, log }: HouseDeps): Promise<House> {
  const storage = await openStorage(config.storage, clock);
  const { records: connection, ephemeral } = storage;
  const crypto = await openCrypto({
    connection,
    masterKey,
    clock,
    keyOverlapSeconds: config.keyOverlapSeconds,
    nationalSeals: config.nationalSeals,
  });
  const { cipher, blindIndex, sealer, photoCipher } = crypto;
  const sites = createSiteStore(connection, clock, ownSiteOf(config.issuer, config.region.name));
  const ceremonies = createPasskeyCeremonies({
    ephemeral,
    relyingParty: { id: new URL(config.issuer).hostname, name: '一号', origins: [config.issuer] },
  });
  const identity = createIdentity({
    connection,
    ephemeral,
    cipher,
    blindIndex,
    clock,
    ceremonies,
    region: config.region.code,
    authorities: createAuthorities(config.authorities),
    smsLimits: { perDay: config.authorities.smsDailyLimit },
  });
  const referenceKey = masterKey.derive('photo-reference');
  const photos = createPhotos({ connection, ephemeral, photoCipher, clock, referenceKey });
  const directory = createDirectory({
    connection,
    cipher,
    blindIndex,
    sealer,
    clock,
    photos,
    // Credentials are made of certificates, so they open after the directory that tells them.
    onStatusChanged: async (change) => {
      await credentials.refreshStatus(change);
    },
  });
  const credentials = createCredentials({
    connection,
    directory,
    clock,
    issuer: config.issuer,
    statusListUri: (listId) => `${config.issuer}${statusListPath(listId)}`,
    credentialKeys: () => crypto.credentialKeys.load(),
  });
  const presentations = createPresentations({ directory, credentials, ephemeral });
  const { issuer } = config;
  const copies = createCopies({ connection, cipher, directory, photos, clock, issuer });
  const files = createFiles({ directory, copies, credentials, clock });
  const consent = createConsent({ connection, cipher, clock });
  const recognition = createRecognition({
    connection,
    clock,
    self: { entityId: config.issuer, regionCode: config.region.code },
    keys: crypto.agreementKeys,
  });
  const peerLink = createPeerLink({
    connection,
    clock,
    log,
    recognition,
    peerKeys: crypto.peerKeys,
    memory: ephemeral,
    self: config.issuer,
    call: createPeerCall({ privateHosts: config.privateSiteHosts }),
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
  const regionCode = parseRegionCode(config.region.code);
  const handlers = {
    ...agreementHandlers({ recognition, clock, entityId: config.issuer }),
    ...typeHandlers(directory),
  };
  const staff = createStaff({ connection, cipher, clock, ceremonies, regionCode, handlers });
  const tier = await openTier({ config, clock, log, connection, crypto, directory, audit: () => audit });
  const tierSides = [tier.parentSide, ...(tier.childSide === null ? [] : [tier.childSide])];
  const signals = openSignals({
    config,
    clock,
    log,
    connection,
    crypto,
    sites,
    directory,
    consent,
    audit: () => audit,
  });
  const outboxes = [
    crypto,
    identity,
    sites,
    directory,
    photos,
    credentials,
    copies,
    consent,
    staff,
    signals,
    ...tierSides,
    recognition,
    federation.subordinates,
    verifications,
  ].flatMap((domain) => domain.outboxes);
  const audit = openAudit({ config, clock, log, connection, sealer, outboxes });
  await Promise.all(
    [
      audit,
      sites,
      identity,
      directory,
      photos,
      credentials,
      copies,
      consent,
      staff,
      recognition,
      federation.subordinates,
      peerLink,
      verifications,
      ...tierSides,
    ].map((domain) => domain.ready()),
  );
  // It takes its place at the end of the chain, so the chain is ready before.
  await signals.ready();
  return {
    storage,
    crypto,
    identity,
    directory,
    photos,
    credentials,
    presentations,
    copies,
    files,
    consent,
    recognition,
    federation,
    peerLink,
    verifications,
    staff,
    audit,
    sites,
    signals,
    ...tier,
    close: () => storage.close(),
  };
}
