/** The domains on their stores, wired without a server: what a command needs that serves nobody. */
import type { Config } from '../config/index.ts';
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
  createPhotos,
  createPresentations,
  type Directory,
  type Photos,
  type Presentations,
} from './directory/index.ts';
import { type Log, statusListPath } from './http/index.ts';
import { createIdentity, type Identity } from './identity/index.ts';
import { createSiteStore, ownSiteOf, type SiteStore } from './oidc/index.ts';
import { openAudit } from './open-audit.ts';
import { openStorage, type Storage } from './storage/index.ts';

/** The domains, open and ready, without a server. */
export interface House {
  storage: Storage;
  crypto: Crypto;
  identity: Identity;
  directory: Directory;
  photos: Photos;
  credentials: Credentials;
  presentations: Presentations;
  copies: Copies;
  consent: Consent;
  audit: Audit;
  sites: SiteStore;
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
  const identity = createIdentity({
    connection,
    ephemeral,
    cipher,
    blindIndex,
    clock,
    relyingParty: { id: new URL(config.issuer).hostname, name: '一号', origins: [config.issuer] },
    region: config.region.code,
  });
  const directory = createDirectory({ connection, cipher, blindIndex, sealer, clock });
  const referenceKey = masterKey.derive('photo-reference');
  const photos = createPhotos({ connection, ephemeral, photoCipher, clock, referenceKey });
  const credentials = createCredentials({
    connection,
    directory,
    clock,
    issuer: config.issuer,
    statusListUri: (listId) => `${config.issuer}${statusListPath(listId)}`,
    credentialKeys: async () => {
      const { signing, jwks } = await crypto.keyRing.load();
      return { signing, published: jwks };
    },
  });
  const presentations = createPresentations({ directory, ephemeral });
  const { issuer } = config;
  const copies = createCopies({ connection, cipher, directory, photos, clock, issuer });
  const consent = createConsent({ connection, cipher, clock });
  const outboxes = [crypto, identity, sites, directory, photos, credentials, copies, consent].flatMap(
    (domain) => domain.outboxes,
  );
  const audit = openAudit({ config, clock, log, connection, sealer, outboxes });
  await Promise.all(
    [audit, sites, identity, directory, photos, credentials, copies, consent].map((domain) => domain.ready()),
  );
  return {
    storage,
    crypto,
    identity,
    directory,
    photos,
    credentials,
    presentations,
    copies,
    consent,
    audit,
    sites,
    close: () => storage.close(),
  };
}
