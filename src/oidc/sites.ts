import type { AdapterPayload } from 'oidc-provider';
import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/error.ts';
import { newEvent } from '../base/event.ts';
import { electronicCertificateType } from '../consent/index.ts';
import type { RecordConnection } from '../storage/index.ts';
import type { OutboxSource } from '../storage/outbox.ts';
import { isCreditCode } from '../terms/credit-code.ts';
import { actingScope } from './acting/request.ts';
import { machineScopes, scopes } from './claims.ts';
import { endpointMember, faultsOfKiosk, isCounter, isKiosk } from './device/registration.ts';
import { faultsOfNative, isNativeApp, sectorMetadata } from './native.ts';
import { isSandbox } from './onboarding/sandbox.ts';
import {
  faultsOfProfile,
  firstProfileOf,
  metadataOfProfile,
  needsReason,
  type SiteProfile,
} from './profiles.ts';
import { rememberSites } from './site-memory.ts';
import { openSiteRecords, type SiteRecord } from './store.ts';
import { preAuthorizedCodeGrant } from './wallet-issuance.ts';

/** A government site that may send people here: who it is, and its OpenID client metadata. */
export type Site = Pick<
  SiteRecord,
  | 'name'
  | 'department'
  | 'authorityCode'
  | 'purpose'
  | 'purposeCode'
  | 'homeUrl'
  | 'enabled'
  | 'legalBasis'
  | 'metadata'
  | 'profile'
  | 'unsafeLesserProfileReason'
  | 'developers'
  | 'release'
  | 'requestsPerMinute'
> & { clientId: string };

export interface SiteStore {
  /** What happened to the sites, for the audit relay. */
  outboxes: readonly OutboxSource[];
  ready(): Promise<void>;
  find(clientId: string): Promise<Site | null>;
  /** The provider's view of a site; null when there is none or it is switched off. */
  findClient(clientId: string): Promise<AdapterPayload | null>;
  list(): Promise<Site[]>;
  /** Lists sites by identifier, from after the one given. */
  page(after: string, limit: number): Promise<Site[]>;
  /** Lists the sandboxes of a developer. */
  listOfDeveloper(accountId: string): Promise<Site[]>;
  /** Registers a site, or changes it when it is there; idempotent. Throws an Error that names what is wrong. */
  save(site: Site, actor: string): Promise<void>;
  /**
   * Changes who the developers of a site are and returns them; where there is no such site it does nothing. Throws what `next`
   * throws, and storage-unavailable.
   */
  changeDevelopers(
    clientId: string,
    what: { accountId: string; actor: string; type: string },
    next: (present: readonly string[]) => string[],
  ): Promise<string[]>;
}

const listOf = ({ metadata }: Site, member: string): unknown[] => {
  const list = metadata[member];
  return Array.isArray(list) ? list : [];
};

/** Tells whether a registration calls the department interface. */
const callsInterface = (site: Site): boolean => listOf(site, 'grant_types').includes('client_credentials');

/** Tells whether it is a machine's and does nothing else: it signs nobody in. */
const isMachine = (site: Site): boolean => callsInterface(site) && listOf(site, 'grant_types').length === 1;

/** Tells whether it is a wallet's: it collects what holders offer it, and does nothing else. */
export const isWallet = (site: Site): boolean => {
  const grants = listOf(site, 'grant_types');
  return grants.length === 1 && grants[0] === preAuthorizedCodeGrant;
};

/** Tells whether it signs people in by the authorization code, and so stands on the ladder of profiles. */
const isOnLadder = (site: Site): boolean => !isMachine(site) && !isWallet(site) && !isKiosk(site);

/** Names the rung a site stands on, of one from before the ladder by what it does; null for what is not on it. */
export function rungOf(site: Site): SiteProfile | null {
  if (!isOnLadder(site)) return null;
  return (
    site.profile ?? (site.metadata['require_pushed_authorization_requests'] === true ? 'hardened' : 'basic')
  );
}

/** Sets a site on its rung: the one it names, or keeps, or when it is new the default; its reason only where one is needed. */
const onItsRung = (site: Site, former: SiteRecord | null): Site => {
  if (!isOnLadder(site)) return site;
  const { profile: named, unsafeLesserProfileReason: reason, ...rest } = site;
  const kept = named === undefined ? former : null;
  const profile = named ?? (former === null ? firstProfileOf(site) : former.profile);
  const stated = reason ?? kept?.unsafeLesserProfileReason;
  return {
    ...rest,
    ...(profile === undefined ? {} : { profile }),
    ...(profile !== undefined && stated !== undefined && needsReason(site, profile)
      ? { unsafeLesserProfileReason: stated }
      : {}),
  };
};

/** Says what is wrong with a site's wish to ask for certificates as it signs people in. */
const faultsOfDetails = (site: Site, scope: readonly string[]): string[] => {
  const types = listOf(site, 'authorization_details_types');
  if (types.length === 0) return [];
  if (types.some((type) => type !== electronicCertificateType))
    return [`metadata.authorization_details_types: only ${electronicCertificateType} is offered`];
  return callsInterface(site) && !isMachine(site) && scope.includes('certificate.query')
    ? []
    : [
        'metadata.authorization_details_types: asks for the grant client_credentials and the scope certificate.query too',
      ];
};

const [leastQuota, mostQuota] = [10, 1_000_000];

/** Tells whether a site may be given so many requests a minute. */
export const isQuota = (perMinute: number): boolean =>
  Number.isInteger(perMinute) && perMinute >= leastQuota && perMinute <= mostQuota;

/** Says what is wrong with a site's registration, in words; an empty list is a good site. */
export function faultsOfSite(site: Site): string[] {
  const faults: string[] = [];
  const { metadata } = site;
  const scope = String(metadata['scope'] ?? '')
    .split(' ')
    .filter(Boolean);
  const machine = isMachine(site);
  const signsIn = !machine && !isWallet(site);
  const offered = [...(signsIn ? scopes : []), ...(callsInterface(site) ? machineScopes : [])];
  const redirects = listOf(site, 'redirect_uris');
  if (!/^[\w.-]{1,64}$/.test(site.clientId)) faults.push('clientId: letters, digits, dot, dash, at most 64');
  if (signsIn && !isKiosk(site) && redirects.length === 0)
    faults.push('metadata.redirect_uris: name at least one');
  if (signsIn && !scope.includes('openid')) faults.push('metadata.scope: must have openid');
  for (const name of scope)
    if (!offered.includes(name)) faults.push(`metadata.scope: ${name} is not offered`);
  if (callsInterface(site) && !isCreditCode(site.authorityCode ?? ''))
    faults.push('authorityCode: the unified social credit code of the department');
  if (
    scope.includes(actingScope) &&
    metadata['backchannel_logout_uri'] !== undefined &&
    metadata['backchannel_logout_session_required'] !== true
  )
    faults.push(
      'metadata.backchannel_logout_session_required: acting asks for true, a sign-out names the agent',
    );
  if (scope.includes('id_number') && !site.legalBasis['id_number'])
    faults.push('legalBasis.id_number: name the law that lets this site have ID numbers');
  if (!/^[\w.-]{1,64}$/.test(site.purposeCode ?? 'none'))
    faults.push('purposeCode: letters, digits, dot, dash, at most 64');
  if (!isQuota(site.requestsPerMinute ?? leastQuota))
    faults.push(`requestsPerMinute: a whole number, ${leastQuota} to ${mostQuota}`);
  if (!URL.canParse(site.homeUrl)) faults.push('homeUrl: an http or https address');
  if (isSandbox(site.clientId) && callsInterface(site))
    faults.push('clientId: a sandbox signs test people in, and calls no department interface');
  if (!isOnLadder(site) && site.profile !== undefined)
    faults.push('profile: only what signs people in by the authorization code has one');
  return [
    ...faults,
    ...faultsOfKiosk(site),
    ...faultsOfNative(site),
    ...faultsOfDetails(site, scope),
    ...faultsOfProfile(site),
  ];
}

/** Opens the sites on a connection; `own` is the one that is part of the program and no record. */
export function createSiteStore(connection: RecordConnection, clock: Clock, own?: Site): SiteStore {
  const records = openSiteRecords(connection);
  const siteOf = ({ _id, version: _version, outbox: _outbox, ...rest }: SiteRecord): Site => ({
    clientId: _id,
    ...rest,
  });
  const read = async (clientId: string): Promise<Site | null> => {
    if (clientId === own?.clientId) return own;
    const record = await records.find(clientId);
    return record === null ? null : siteOf(record);
  };
  const { find, forget } = rememberSites(read, clock);
  return {
    outboxes: [records.outbox],
    ready: records.ready,
    find,
    async findClient(clientId) {
      const site = await find(clientId);
      return site?.enabled ? clientPayload(site) : null;
    },
    list: async () => (await records.list()).map(siteOf),
    page: async (after, limit) => (await records.page(after, limit)).map(siteOf),
    listOfDeveloper: async (accountId) => (await records.listOfDeveloper(accountId)).map(siteOf),
    async save(given, actor) {
      const former = await records.find(given.clientId);
      const site = onItsRung(given, former);
      const faults = faultsOfSite(site);
      if (site.clientId === own?.clientId) faults.push('clientId: this one is taken by Yihao itself');
      if (faults.length > 0)
        throw new Error(`site ${site.clientId} cannot be registered: ${faults.join('; ')}`);
      const { clientId, ...fields } = site;
      const type = former === null ? 'site.registered' : 'site.changed';
      const version = (former?.version ?? 0) + 1;
      const record = {
        _id: clientId,
        ...fields,
        version,
        outbox: [newEvent(clock, type, actor, { version })],
      };
      if (former === null) await records.insert(record);
      else if (!(await records.swap(former.version, record)))
        throw new Error(`site ${clientId} was changed by someone else meanwhile; look at it and save again`);
      forget(clientId);
    },
    async changeDevelopers(clientId, { accountId, actor, type }, next) {
      for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
        const read = await records.find(clientId);
        if (read === null) return [];
        const developers = next(read.developers ?? []);
        const version = read.version + 1;
        const event = newEvent(clock, type, actor, { accountId, version });
        forget(clientId);
        if (await records.swap(read.version, { ...read, developers, version, outbox: [event] }))
          return developers;
      }
      throw new AppError('storage-unavailable');
    },
  };
}

const mostAttempts = 5;

/** The library takes https only, and calls nothing there: pings go to the address as it is registered. */
const endpointFor = ({ metadata }: Site): AdapterPayload => {
  const endpoint = metadata[endpointMember];
  return typeof endpoint === 'string' ? { [endpointMember]: endpoint.replace(/^http:/, 'https:') } : {};
};

const clientPayload = (site: Site): AdapterPayload => ({
  client_name: site.name.zh,
  client_uri: site.homeUrl,
  // Who is not registered to ask for certificates may not; without the member the library lets everyone.
  authorization_details_types: [],
  ...(isCounter(site) ? { backchannel_token_delivery_mode: 'poll' } : {}),
  ...site.metadata,
  ...endpointFor(site),
  ...(site.profile === undefined ? {} : metadataOfProfile(site.profile)),
  client_id: site.clientId,
  subject_type: 'pairwise',
  ...sectorMetadata(site),
  ...(callsInterface(site) || isWallet(site) || isNativeApp(site) ? { dpop_bound_access_tokens: true } : {}),
  ...(isMachine(site) || isWallet(site) || isKiosk(site)
    ? { response_types: [], redirect_uris: [] }
    : { response_types: ['code'] }),
});
