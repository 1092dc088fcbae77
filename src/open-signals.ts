import type { Config } from '../config/index.ts';
import type { Audit } from './audit/index.ts';
import type { Clock } from './base/clock.ts';
import type { AccessRow, Consent } from './consent/index.ts';
import { type Crypto, signEventToken } from './crypto/index.ts';
import type { Directory } from './directory/index.ts';
import type { Log } from './http/index.ts';
import { isNativeApp, type SessionStore, type Site, type SiteHealth, type SiteStore } from './oidc/index.ts';
import { type Recognition, stateOf } from './recognition/index.ts';
import {
  createPost,
  createSignals,
  isForAuthorityOnly,
  type News,
  type Right,
  type Signals,
} from './signals/index.ts';
import type { RecordConnection } from './storage/index.ts';
import { describeCertificateIdentifier, parseCertificateIdentifier } from './terms/certificate-identifier.ts';

export interface SignalsWiring {
  config: Pick<Config, 'issuer' | 'region' | 'privateSiteHosts'>;
  clock: Clock;
  log: Log;
  connection: RecordConnection;
  crypto: Pick<Crypto, 'keyRing' | 'pairwise'>;
  /** Asked when something is read: the chain has the outbox of the signals among its sources. */
  audit(): Pick<Audit, 'entriesFrom' | 'lastSequence'>;
  sites: SiteStore;
  sessionStore: Pick<SessionStore, 'session'>;
  directory: Directory;
  consent: Consent;
  recognition: Pick<Recognition, 'findStanding'>;
  siteHealth: Pick<SiteHealth, 'answered'>;
}

/** Opens the signals with the right to hear of each. */
export function openSignals(wiring: SignalsWiring): Signals {
  const { config, clock, log, connection, crypto, audit, sites } = wiring;
  return createSignals({
    connection,
    clock,
    log,
    issuer: config.issuer,
    chain: {
      lastSequence: () => audit().lastSequence(),
      entriesFrom: (sequence, limit) => audit().entriesFrom(sequence, limit),
    },
    sign: async (claims) => signEventToken((await crypto.keyRing.load()).signing, claims),
    post: createPost({ privateHosts: config.privateSiteHosts }),
    answered: (clientId, ended) => wiring.siteHealth.answered(clientId, { call: 'signal', ...ended }),
    isClient: async (clientId) => (await sites.find(clientId)) !== null,
    subjectOf: async (clientId, accountId) => {
      const site = await sites.find(clientId);
      const sector = site === null ? null : sectorOf(site);
      return sector === null ? null : crypto.pairwise(sector, accountId);
    },
    rightsTo: (news, clientIds) => rightsTo(wiring, news, clientIds),
  });
}

/** The sector a site's subjects are of, as the provider computes it (OpenID Connect Core 8.1); null for a machine. */
const sectorOf = (site: Site): string | null => {
  if (isNativeApp(site)) return site.clientId;
  const { sector_identifier_uri: uri, redirect_uris: redirects } = site.metadata;
  const address = uri ?? (Array.isArray(redirects) ? redirects[0] : undefined);
  return typeof address === 'string' && URL.canParse(address) ? new URL(address).host : null;
};

type Rights = Map<string, Right>;

/**
 * Finds who may hear of what. Of a certificate: the systems of the authority that issued it, and whoever has a use
 * authorisation in force that covers it, from its holder; one who read it once, or reads by law, asks again when there is
 * cause. Of an account: the sites that read the person's data at a sign-in in the last 180 days, which the ledger shows; of
 * one that asks for no data it shows nothing; of a higher level or another telephone only those registered to read it. Of a
 * session's end: the sites that were in it, as with the notice they get of the sign-out. Whoever is not the authority, nor was
 * in the session, gets a row in the ledger of each person. Of an
 * agreement between regions: the sites whose purpose it covers, as it is about nobody.
 */
const rightsTo = async (
  wiring: Omit<SignalsWiring, 'log' | 'connection' | 'crypto' | 'siteHealth' | 'audit'>,
  news: News,
  clientIds: readonly string[],
): Promise<Rights> => {
  const found = await Promise.all(clientIds.map((clientId) => wiring.sites.find(clientId)));
  const sites = found.filter((site) => site?.enabled === true) as Site[];
  const { about } = news;
  if (about.kind === 'session') return await sessionRights(wiring, about.sessionId, sites);
  if (about.kind === 'account') {
    const scope = scopeFor[news.eventType];
    const readers = sites.filter((site) => scope === undefined || scopesOf(site).includes(scope));
    return await accountRights(wiring, about.accountId, readers);
  }
  if (about.kind === 'agreement') return await agreementRights(wiring, news, about.agreementId, sites);
  return await certificateRights(wiring, news, about.identifier, sites);
};

/** What a site must be registered to read to hear that it changed. */
const scopeFor: Readonly<Record<string, string>> = {
  'account.raised': 'assurance',
  'account.phone-changed': 'phone',
};

const scopesOf = ({ metadata }: Site): string[] => String(metadata['scope'] ?? '').split(' ');

const sessionRights = async (
  { sessionStore }: Pick<SignalsWiring, 'sessionStore'>,
  sessionId: string,
  sites: readonly Site[],
): Promise<Rights> => {
  const session = await sessionStore.session(sessionId);
  const wereIn = new Set(session?.sites.map(({ clientId }) => clientId));
  const told = sites.filter(({ clientId }) => wereIn.has(clientId));
  return new Map(told.map(({ clientId }) => [clientId, { record: async () => undefined }]));
};

/** Nobody is told that an agreement was resumed while the other side still holds it suspended. */
const agreementRights = async (
  { recognition, config, clock }: Pick<SignalsWiring, 'recognition' | 'config' | 'clock'>,
  { eventType }: News,
  agreementId: string,
  sites: readonly Site[],
): Promise<Rights> => {
  const standing = await recognition.findStanding(agreementId);
  const isActive = standing?.parts.every((part) => stateOf(part, clock.now()) === 'active') ?? false;
  if (eventType === 'agreement.resumed' && !isActive) return new Map();
  const rules = standing?.rules.signIn.filter(({ to }) => to === config.region.code) ?? [];
  const covered = sites.filter(({ purposeCode }) =>
    rules.some(({ purposes }) => purposeCode !== undefined && purposes.includes(purposeCode)),
  );
  return new Map(covered.map(({ clientId }) => [clientId, { record: async () => undefined }]));
};

const certificateRights = async (
  { directory, consent }: Pick<SignalsWiring, 'directory' | 'consent'>,
  { eventType }: News,
  identifier: string,
  sites: readonly Site[],
): Promise<Rights> => {
  const { issuerCode } = describeCertificateIdentifier(parseCertificateIdentifier(identifier));
  const rights: Rights = new Map();
  for (const { clientId, authorityCode } of sites)
    if (authorityCode === issuerCode) rights.set(clientId, { record: async () => undefined });
  const others = sites.filter(({ clientId }) => !rights.has(clientId));
  const described =
    others.length === 0 || isForAuthorityOnly(eventType) ? null : await directory.describe(identifier);
  if (described === null) return rights;

  const { typeCode, holderIndexes } = described;
  const inForce = await consent.listInForce({ typeCode, certificateIdentifier: identifier, holderIndexes });
  for (const { authorisationId, requester, purpose } of inForce) {
    if (!others.some(({ clientId }) => clientId === requester.id)) continue;
    const access = {
      reader: requester,
      what: { certificateIdentifier: identifier, typeCode, fields: ['verdict'] },
      cause: { purpose },
      basis: { kind: 'consent', authorisationId },
      outcome: { kind: 'granted' },
      channel: 'api',
    } as const;
    rights.set(requester.id, {
      record: async () => {
        for (const holderIndex of holderIndexes)
          await consent.recordAccess({ ...access, person: { holderIndex } });
      },
    });
  }
  return rights;
};

const memoryDays = 180;
const dayMilliseconds = 86_400_000;
/** What the ledger calls it when a site is told of a change; such a row keeps no right alive. */
const ownField = 'sign_in_methods';

const isSignIn = ({ channel, outcome, what }: AccessRow): boolean =>
  channel === 'sign-in' && outcome.kind === 'granted' && !what.fields.includes(ownField);

const accountRights = async (
  { consent, clock }: Pick<SignalsWiring, 'consent' | 'clock'>,
  accountId: string,
  sites: readonly Site[],
): Promise<Rights> => {
  const person = { accountId };
  const rights: Rights = new Map();
  const from = new Date(clock.now().getTime() - memoryDays * dayMilliseconds);
  for (const { clientId, name, purpose } of sites) {
    const { rows } = await consent.listAccesses(person, { readerId: clientId, from, limit: 50 });
    const basis = rows.find(isSignIn)?.basis;
    if (basis?.kind !== 'consent') continue;
    const record = async (): Promise<void> => {
      await consent.recordAccess({
        person,
        reader: { kind: 'site', id: clientId, name },
        what: { fields: [ownField] },
        cause: { purpose },
        basis,
        outcome: { kind: 'granted' },
        channel: 'sign-in',
      });
    };
    rights.set(clientId, { record });
  }
  return rights;
};
