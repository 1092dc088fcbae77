/** The domains on their stores, wired without a server: what a command needs that serves nobody. */
import type { Config } from '../config/index.ts';
import type { Audit } from './audit/index.ts';
import type { Clock } from './base/clock.ts';
import { type Consent, createConsent } from './consent/index.ts';
import { type Crypto, type KeyKeeper, type MasterKey, openCrypto } from './crypto/index.ts';
import type { Log } from './http/index.ts';
import {
  createAuthorities,
  createIdentity,
  type Identity,
  type MiniPrograms,
  type NetIds,
} from './identity/index.ts';
import {
  createSiteStore,
  type Onboarding,
  openSessionStore,
  ownSiteOf,
  type SessionStore,
  type SiteHealth,
  type SiteStore,
} from './oidc/index.ts';
import { openAudit } from './open-audit.ts';
import { type DirectoryWing, openDirectory } from './open-directory.ts';
import { openKeyToken } from './open-key-token.ts';
import { openKeys } from './open-keys.ts';
import { type OpenMandates, openMandates } from './open-mandates.ts';
import { openMiniPrograms } from './open-mini-programs.ts';
import { openNetIds } from './open-net-id.ts';
import { openOnboarding } from './open-onboarding.ts';
import { openPasskeys } from './open-passkeys.ts';
import { openRecognition, type RecognitionWing } from './open-recognition.ts';
import { openRulesAbove } from './open-rules-above.ts';
import { openSignals } from './open-signals.ts';
import { openSiteHealth } from './open-site-health.ts';
import { openStaff } from './open-staff.ts';
import { openTier, type Tier } from './open-tier.ts';
import type { RulesAbove } from './recognition/index.ts';
import type { Signals } from './signals/index.ts';
import type { Staff } from './staff/index.ts';
import type { Storage } from './storage/index.ts';
import { type Migration, migrations } from './storage/migrations/index.ts';
import { openMigratedStorage } from './storage/migrations/migrate.ts';

/** The domains, open and ready, without a server. */
export interface House extends Tier, OpenMandates, DirectoryWing, RecognitionWing {
  storage: Storage;
  crypto: Crypto;
  keys: KeyKeeper;
  identity: Identity;
  miniPrograms: MiniPrograms;
  netIds: NetIds;
  consent: Consent;
  staff: Staff;
  audit: Audit;
  sites: SiteStore;
  onboarding: Onboarding;
  siteHealth: SiteHealth;
  sessionStore: SessionStore;
  signals: Signals;
  rulesAbove: RulesAbove;
  close(): Promise<void>;
}

export interface HouseDeps {
  config: Config;
  masterKey: MasterKey;
  clock: Clock;
  log: Log;
  /** What the storage goes through before it is used; those of this program if none are named. */
  migrations?: readonly Migration[];
}

/** Opens the stores and the domains on them. */
export async function openHouse({ config, masterKey, clock, log, ...deps }: HouseDeps): Promise<House> {
  const storage = await openMigratedStorage(config.storage, clock, deps.migrations ?? migrations);
  const { records: connection, ephemeral } = storage;
  const crypto = await openCrypto({
    connection,
    masterKey,
    clock,
    keyOverlapSeconds: config.keyOverlapSeconds,
    nationalSeals: config.nationalSeals,
    tokenKeys: openKeyToken(config),
  });
  const { cipher, blindIndex, sealer } = crypto;
  const sites = createSiteStore(connection, clock, ownSiteOf(config.issuer, config.region.name));
  const onboarding = openOnboarding({ config, clock, storage, crypto, sites });
  const siteHealth = openSiteHealth({ config, clock, storage, sites });
  const sessionStore = openSessionStore(connection);
  const passkeys = await openPasskeys({ config, clock, storage });
  const identity = createIdentity({
    connection,
    ephemeral,
    cipher,
    blindIndex,
    clock,
    ...passkeys,
    region: config.region.code,
    authorities: createAuthorities(config.authorities),
    limits: config.signInLimits,
    smsLimits: { perDay: config.authorities.smsDailyLimit },
    recovery: {
      delays: config.recoveryDelays,
      stopAddress: (token) => `${config.issuer}/recover/stop/${token}`,
    },
    phoneChange: { delaySeconds: config.phoneChangeSeconds, address: `${config.issuer}/my/phone` },
    tellPerson: (notice) => consent.addNotice(notice),
  });
  const wing = openDirectory({ config, masterKey, clock, storage, crypto });
  const { photos, directory, credentials, copies } = wing;
  const consent = createConsent({ connection, cipher, clock });
  const acts = openMandates({ config, clock, storage, crypto, identity, directory, consent });
  const miniPrograms = openMiniPrograms({ config, clock, storage, crypto, identity, consent });
  const netIds = openNetIds({ config, clock, storage, crypto, consent });
  const neighbours = { storage, crypto, consent, directory, credentials };
  const regions = await openRecognition({ config, clock, log }, neighbours);
  const { recognition, peerLink, verifications, objections, signInTraffic, federation } = regions;
  const rulesAbove = openRulesAbove({ config, clock, connection, crypto, recognition });
  const staff = openStaff({
    config,
    connection,
    cipher,
    clock,
    ceremonies: passkeys.ceremonies,
    recognition,
    directory,
    onboarding,
    sites,
    identity,
    mandates: acts.mandates,
  });
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
    recognition,
    sessionStore,
    siteHealth,
    audit: () => audit,
  });
  const outboxes = [
    crypto,
    identity,
    acts.mandates,
    miniPrograms,
    netIds,
    sites,
    onboarding,
    sessionStore,
    directory,
    photos,
    credentials,
    copies,
    consent,
    staff,
    signals,
    ...tierSides,
    recognition,
    rulesAbove,
    federation.subordinates,
    verifications,
    objections,
  ].flatMap((domain) => domain.outboxes);
  const audit = openAudit({ config, clock, log, connection, sealer, outboxes });
  await Promise.all(
    [
      audit,
      sites,
      onboarding,
      siteHealth,
      sessionStore,
      identity,
      acts.mandates,
      miniPrograms,
      netIds,
      directory,
      photos,
      credentials,
      copies,
      consent,
      staff,
      recognition,
      rulesAbove,
      federation.subordinates,
      peerLink,
      verifications,
      objections,
      signInTraffic,
      ...tierSides,
    ].map((domain) => domain.ready()),
  );
  // It takes its place at the end of the chain, so the chain is ready before.
  await signals.ready();
  return {
    storage,
    crypto,
    keys: openKeys({ config, clock }, crypto),
    identity,
    miniPrograms,
    netIds,
    consent,
    staff,
    audit,
    sites,
    onboarding,
    siteHealth,
    sessionStore,
    signals,
    rulesAbove,
    ...wing,
    ...regions,
    ...acts,
    ...tier,
    close: () => storage.close(),
  };
}
