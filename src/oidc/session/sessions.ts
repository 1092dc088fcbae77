import type { Provider } from 'oidc-provider';
import type { Clock } from '../../base/clock.ts';
import { newEvent } from '../../base/event.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import type { AssuranceLevel } from '../../terms/assurance.ts';
import type { PlaceName } from '../../terms/place.ts';
import { ownClientId } from '../own-site.ts';
import { endGrant, endSession, tellSite } from './end-session.ts';
import { keepReceipts, receiptKey, type SessionKeeper } from './keeper.ts';
import { levelOfAcr } from './limits.ts';
import type { NoticeState, SessionRecord } from './records.ts';
import type { SignOutNotices } from './sign-out-notices.ts';
import type { SessionStore } from './store.ts';

/** A session that lives, as its person sees it. */
export interface OwnSession {
  uid: string;
  startedAt: Date;
  usedAt: Date;
  level: AssuranceLevel;
  browser: string;
  network: string;
  /** Where that is; null when not known. */
  place: PlaceName | null;
  clientIds: string[];
}

/** A site that a person let know something, while that holds. */
export interface AuthorisedSite {
  clientId: string;
  lastAt: Date;
}

/** A sign-in that went through. */
export interface Entry {
  clientId: string;
  at: Date;
  level: AssuranceLevel;
  amr: string[];
  isProven: boolean;
  /** Where from; null when not known. */
  place: PlaceName | null;
}

/** Whether a site heard of a sign-out; `untold` is one that takes no notices. */
export interface Receipt {
  clientId: string;
  state: NoticeState | 'untold';
  at: Date | null;
  nextTryAt: Date | null;
}

/** What a person can see and do about their sessions. */
export interface Sessions {
  list(accountId: string): Promise<OwnSession[]>;
  /** Ends a session of the account; false when there is none such. */
  end(own: { accountId: string; uid: string }): Promise<boolean>;
  /** Ends every session of the account; returns the handle of the receipts. */
  endAll(accountId: string): Promise<string>;
  listSites(accountId: string): Promise<AuthorisedSite[]>;
  /** Takes back what the person agreed to at a site, and signs them out there. */
  withdrawSite(own: { accountId: string; clientId: string }): Promise<void>;
  history(accountId: string, to: Date, limit: number): Promise<Entry[]>;
  receipts(accountId: string): Promise<Receipt[]>;
  /** Finds the receipts a browser was given the way to; null when that is over. */
  receiptsOf(handle: string): Promise<Receipt[] | null>;
  /** Forgets the sign-ins of an account that is closed. */
  forget(accountId: string): Promise<void>;
  /** Sends sign-out notices that are due again, and deletes what is kept no longer; returns how many were due. */
  runOnce(): Promise<number>;
}

export interface SessionsDeps {
  store: SessionStore;
  keeper: SessionKeeper;
  notices: SignOutNotices;
  ephemeral: EphemeralStore;
  clock: Clock;
  provider(): Provider;
}

/** How long sign-ins and receipts are kept. */
export const historyDays = 180;
const dayMilliseconds = 86_400_000;
const sweepMilliseconds = 3_600_000;

/** Opens a person's sessions on the provider in use. */
export function createSessions(deps: SessionsDeps): Sessions {
  const { store, clock } = deps;
  let sweptAt = 0;
  return {
    list: (accountId) => list(deps, accountId),
    end: (own) => end(deps, own),
    async endAll(accountId) {
      const open = (await store.sessionsOf(accountId, clock.now())).filter(({ endedAt }) => endedAt === null);
      for (const { _id: uid } of open) await end(deps, { accountId, uid });
      return keepReceipts(
        deps.ephemeral,
        open.flatMap(({ sites }) => sites),
      );
    },
    listSites: (accountId) => listSites(deps, accountId),
    withdrawSite: (own) => withdrawSite(deps, own),
    history: async (accountId, to, limit) =>
      (await store.entriesOf(accountId, to, limit)).map(
        ({ acr, clientId, at, amr, isProven, place = null }) => ({
          clientId,
          at,
          level: levelOfAcr(acr),
          amr,
          isProven,
          place,
        }),
      ),
    receipts: async (accountId) =>
      (await store.noticesOf(accountId)).map(({ clientId, state, settledAt, madeAt, nextTryAt }) => ({
        clientId,
        state,
        at: settledAt ?? madeAt,
        nextTryAt: state === 'waiting' ? nextTryAt : null,
      })),
    receiptsOf: (handle) => receiptsOf(deps, handle),
    forget: (accountId) => store.deleteEntriesOf(accountId),
    async runOnce() {
      const now = clock.now().getTime();
      if (now - sweptAt >= sweepMilliseconds) {
        sweptAt = now;
        await store.deleteBefore(new Date(now - historyDays * dayMilliseconds));
      }
      return deps.notices.sendDue(deps.provider());
    },
  };
}

/** The session behind a record, if it still is that person's. */
const liveSession = async ({ provider }: SessionsDeps, { _id, accountId }: SessionRecord) => {
  const session = await provider().Session.findByUid(_id);
  return session?.accountId === accountId ? session : null;
};

const list = async (deps: SessionsDeps, accountId: string): Promise<OwnSession[]> => {
  const records = await deps.store.sessionsOf(accountId, deps.clock.now());
  const open = records.filter(({ endedAt }) => endedAt === null);
  const shown = open.map(async (record) => {
    const { _id: uid, startedAt, usedAt, acr, browser, network, place = null } = record;
    const session = await liveSession(deps, record);
    if (session === null || (await deps.keeper.isIdle(session))) return [];
    const clientIds = Object.keys(session.authorizations ?? {}).filter((id) => id !== ownClientId);
    return [{ uid, startedAt, usedAt, level: levelOfAcr(acr), browser, network, place, clientIds }];
  });
  return (await Promise.all(shown)).flat();
};

const recordOf = async ({ store, clock }: SessionsDeps, accountId: string, uid: string) =>
  (await store.sessionsOf(accountId, clock.now())).find(({ _id }) => _id === uid) ?? null;

const end = async (
  deps: SessionsDeps,
  { accountId, uid }: { accountId: string; uid: string },
): Promise<boolean> => {
  const record = await recordOf(deps, accountId, uid);
  if (record === null) return false;
  const event = newEvent(deps.clock, 'session.ended', accountId, { by: 'own-pages' });
  const isFirst = await deps.store.endSession(uid, event);
  await endSession(deps.provider(), uid);
  // What was agreed to for when the person is away outlives a sign-out, not this.
  for (const { grantId } of record.sites) await endGrant(deps.provider(), grantId);
  return isFirst;
};

const listSites = async (deps: SessionsDeps, accountId: string): Promise<AuthorisedSite[]> => {
  const { Grant } = deps.provider();
  const sites = new Map<string, AuthorisedSite>();
  for (const { sites: within, usedAt: lastAt } of await deps.store.sessionsOf(accountId, deps.clock.now()))
    for (const { clientId, grantId } of within) {
      const isNewer = (sites.get(clientId)?.lastAt ?? new Date(0)) < lastAt;
      if (isNewer && (await Grant.find(grantId)) !== undefined) sites.set(clientId, { clientId, lastAt });
    }
  return [...sites.values()];
};

const withdrawSite = async (
  deps: SessionsDeps,
  { accountId, clientId }: { accountId: string; clientId: string },
): Promise<void> => {
  const { store, clock } = deps;
  const provider = deps.provider();
  for (const record of await store.sessionsOf(accountId, clock.now())) {
    const site = record.sites.find((one) => one.clientId === clientId);
    if (site === undefined) continue;
    await store.dropSite(record._id, clientId, newEvent(clock, 'site.withdrawn', accountId, { clientId }));
    await endGrant(provider, site.grantId);
    const session = await liveSession(deps, record);
    if (session?.authorizations?.[clientId] === undefined) continue;
    delete session.authorizations[clientId];
    await session.persist();
    await tellSite(provider, { accountId, clientId, sid: site.sid });
  }
};

const receiptsOf = async ({ store, ephemeral }: SessionsDeps, handle: string): Promise<Receipt[] | null> => {
  const entry = await ephemeral.get(receiptKey(handle));
  if (entry === null) return null;
  const told = JSON.parse(entry.value) as { clientId: string; sid: string }[];
  const notices = new Map(
    (await store.noticesBySid(told.map(({ sid }) => sid))).map((notice) => [notice._id, notice]),
  );
  return told.map(({ clientId, sid }) => {
    const { state = 'untold', settledAt = null, nextTryAt = null } = notices.get(sid) ?? {};
    return { clientId, state, at: settledAt, nextTryAt: state === 'waiting' ? nextTryAt : null };
  });
};
