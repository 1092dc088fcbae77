import { addressHider } from './address-hider.ts';
import { type Clock, epochSeconds } from './base/clock.ts';
import type { House, HouseDeps } from './house.ts';
import { type AccountProfile, countsUntil, type Identity, isKnown, type Mandates } from './identity/index.ts';
import {
  createAdapter,
  createDeviceLimits,
  createOutboundFetch,
  type Disclosure,
  isSiteOfMiniProgram,
  type Person,
  type ProviderDeps,
  type RegionSignIn,
} from './oidc/index.ts';
import { type CitizenNumberFacts, describeCitizenNumber } from './terms/citizen-number.ts';
import { createWalletIssuer } from './wallet-issuer.ts';

/** Gathers what the provider needs of the house. */
export const providerPorts = (
  { config, masterKey, clock }: HouseDeps,
  house: House,
  regions: RegionSignIn,
): Omit<ProviderDeps, 'pages' | 'report' | 'sessions' | 'signOutNotices' | 'counterPings' | 'doctor'> => ({
  regions,
  settings: { ...config, behindProxy: config.trustedProxies > 0 },
  loadKeys: async () => {
    const [{ version, jwks, cookieSecrets }, { published }] = await Promise.all([
      house.crypto.keyRing.load(),
      house.crypto.credentialKeys.load(),
    ]);
    // A retired key ends by the clock, without a new version.
    const edition = [version, ...[...jwks.keys, ...published.keys].map(({ kid }) => kid)].join(' ');
    return {
      edition,
      jwks,
      publishedBeside: published.keys,
      cookieSecrets,
      dpopNonceSecret: masterKey.derive('dpop-nonce'),
      walletNonceSecret: masterKey.derive('wallet-nonce'),
    };
  },
  adapter: (model) =>
    createAdapter(model, {
      ephemeral: house.storage.ephemeral,
      clock,
      findClient: house.sites.findClient,
      mayBeUsed: async (payload) =>
        (await regions.guests.mayBeUsed(payload)) && (await house.acting.mayBeUsed(payload)),
    }),
  isRecovering: async (accountId) => (await house.identity.pendingRecovery(accountId)) !== null,
  people: async (accountId) =>
    (await dependantOf(house.mandates, accountId)) ?? personOf(house.identity, accountId, clock),
  acting: house.acting,
  isMiniProgramClient: async (clientId) => {
    const site = await house.sites.find(clientId);
    return site !== null && isSiteOfMiniProgram(site, house.miniPrograms.appId);
  },
  consent: house.consent,
  wallet: createWalletIssuer(house),
  recordDisclosure: (disclosure) => recordDisclosure(house, disclosure),
  pairwise: house.crypto.pairwise,
  counterPeople: {
    takeMatchCode: house.identity.takeMatchCode,
    askAtCounter: house.identity.askAtCounter,
    // A number that nobody has costs the same reads as any other: the time an answer takes is not to tell.
    findByNumber: async (number) => {
      const accountId = await house.identity.findAccountIdByNumber(number);
      return (await personOf(house.identity, accountId ?? 'nobody', clock))?.accountId ?? null;
    },
    hideNumber: (number) => house.crypto.pairwise('counter', number),
  },
  deviceLimits: createDeviceLimits({
    ephemeral: house.storage.ephemeral,
    clock,
    hideAddress: addressHider(masterKey),
  }),
  conduct: house.onboarding.watch,
  siteHealth: house.siteHealth,
  outboundFetch: createOutboundFetch(config.privateSiteHosts),
  nowSeconds: () => epochSeconds(clock),
});

/** Whom a mandate is for who has no account: papers of an authority said who it is, nobody's telephone stands with it. */
const dependantOf = async ({ findDependant }: Mandates, dependantId: string): Promise<Person | null> => {
  const found = await findDependant(dependantId);
  if (found === null) return null;
  const { number, name } = found;
  const { birthDate = null, sex = null } = describeCitizenNumber(number);
  const known = { accountId: dependantId, name, number, birthdate: birthDate, gender: sex, phone: null };
  return { ...known, assurance: 2, verification: null };
};

/** Whose row it is: who has no account is named by number, and sees it later by an account of their own. */
const personOfRow = async (house: Pick<House, 'mandates' | 'directory'>, accountId: string) => {
  const found = await house.mandates.findDependant(accountId);
  if (found === null) return { accountId };
  return { holderIndex: house.directory.holderIndexOf({ type: '111', code: found.number }) };
};

/** A site reads a person's claims: one row of the ledger, before they go out. */
const recordDisclosure = async (
  house: Pick<House, 'sites' | 'consent' | 'mandates' | 'directory'>,
  { accountId, clientId, claims, grantId }: Disclosure,
): Promise<void> => {
  const { sites, consent } = house;
  const [site, person] = await Promise.all([sites.find(clientId), personOfRow(house, accountId)]);
  await consent.recordAccess({
    person,
    reader: { kind: 'site', id: clientId, name: site?.name ?? { zh: clientId, en: clientId } },
    what: { fields: claims },
    cause: { purpose: site?.purpose ?? '登录' },
    basis: { kind: 'consent', authorisationId: grantId },
    outcome: { kind: 'granted' },
    channel: 'sign-in',
  });
};

const personOf = async (identity: Identity, accountId: string, clock: Clock): Promise<Person | null> => {
  const profile = await identity.findAccount(accountId);
  if (profile === null || profile.status !== 'active') return null;
  // Of a guest there is what the home region released, and nothing else.
  const { linked = {} } = profile;
  const { number = linked.id_number ?? null, name = linked.name ?? null } = profile;
  const about: Partial<CitizenNumberFacts> = number === null ? {} : describeCitizenNumber(number);
  return {
    accountId,
    name,
    number,
    birthdate: about.birthDate ?? linked.birthdate ?? null,
    gender: about.sex ?? null,
    phone: profile.phone ?? linked.phone_number ?? null,
    assurance: profile.assurance,
    verification: verificationOf(profile, clock.now()),
  };
};

/** By what a person is known here: the level, and the checks that still count; the telephone says nothing of who it is. */
const verificationOf = (profile: AccountProfile, now: Date): Person['verification'] => {
  if (!isKnown(profile) || profile.assurance < 2) return null;
  const checks = profile.evidence.filter((one) => one.method !== 'phone' && countsUntil(one) > now);
  return { level: profile.assurance, checks: checks.map(({ method, at }) => ({ method, at })) };
};
