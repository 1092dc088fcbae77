/**
 * A person's sessions (会话) as the person sees them. Owns what is kept of each for its person, the limits by level, the
 * sign-ins that went through, the notices of a sign-out and their receipts (退出回执). It does not own the session itself
 * (the library's, in the ephemeral store: gone is gone) nor refused tries (identity's, in the audit). A session that
 * nobody used for its level's time asks for proof at the next request of a site; one that is over its level's time is gone.
 * Limits, waits and receipts are our design [D]. Control leaves by a value, and by calls to the sites.
 */
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Clock } from '../../base/clock.ts';
import { cookieNameOf } from '../../base/cookie-name.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import { maskAddress } from '../../base/mask.ts';
import { browserKindOf, channelOfKind, nameOfKind } from '../../identity/index.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import { acrOf } from '../../terms/assurance.ts';
import type { NetworkPlaces } from '../../terms/network-places.ts';
import { nameOfPlace } from '../../terms/place.ts';
import { ownClientId } from '../own-site.ts';
import { idleSecondsOf, type SessionLimits } from './limits.ts';
import type { SessionSite } from './records.ts';
import type { SessionStore } from './store.ts';

type Session = InstanceType<Provider['Session']>;
type Named = Pick<Session, 'uid' | 'acr'>;

/** Follows the provider's sessions, request by request. */
export interface SessionKeeper {
  /** Keeps what a request came to: a sign-in at a site, or the end of a session. */
  keep(ctx: Partial<KoaContextWithOIDC>): Promise<void>;
  /** Tells whether nobody used a session for its level's time. */
  isIdle(session: Named): Promise<boolean>;
  /** Counts a session as used now. */
  touch(session: Named): Promise<void>;
}

export interface KeeperDeps {
  store: SessionStore;
  ephemeral: EphemeralStore;
  clock: Clock;
  limits: SessionLimits;
  /** How long grants and the longest session last. */
  sessionTtlSeconds: number;
  issuer: string;
  /** Where networks are; null where the region has no table of it. */
  places: NetworkPlaces | null;
}

/** A use is written down again only after so long. */
const touchSeconds = 30;
const receiptTtlSeconds = 86_400;

/** The cookie by which a browser finds the receipts of its last sign-out. */
export const receiptCookie = (issuer: string) => ({
  name: cookieNameOf(issuer, 'yihao_signed_out'),
  options: {
    httpOnly: true,
    sameSite: 'lax',
    secure: issuer.startsWith('https:'),
    path: '/',
    signed: false,
    overwrite: true,
  } as const,
});
export const receiptKey = (handle: string): string => `oidc:signed-out:${handle}`;
const awakeKey = (uid: string): string => `oidc:awake:${uid}`;

/** Where a person's sign-in comes to its end, at a site or for a kiosk. */
const signInRoutes = new Set(['authorization', 'resume', 'code_verification', 'device_resume']);

/** Makes the keeper of sessions. */
export function createSessionKeeper(deps: KeeperDeps): SessionKeeper {
  const { ephemeral, clock, limits } = deps;
  const wake = async ({ uid, acr }: Named): Promise<void> => {
    const ttlSeconds = idleSecondsOf(limits, acr);
    await ephemeral.put(awakeKey(uid), String(clock.now().getTime()), { ttlSeconds });
  };
  return {
    isIdle: async ({ uid }) => (await ephemeral.get(awakeKey(uid))) === null,
    async touch(session) {
      const entry = await ephemeral.get(awakeKey(session.uid));
      const age = clock.now().getTime() - Number(entry?.value ?? 0);
      if (age > touchSeconds * 1000) await wake(session);
    },
    async keep(ctx) {
      const { oidc } = ctx;
      const session = oidc?.session;
      if (oidc === undefined || session?.accountId === undefined) return;
      if (oidc.route === 'end_session_confirm') return keepEnd(deps, ctx, session);
      if (!signInRoutes.has(oidc.route)) return;
      const isProven = oidc.result?.login !== undefined;
      const { AuthorizationCode, DeviceCode } = oidc.entities;
      const isAdmitted = AuthorizationCode !== undefined || DeviceCode?.accountId !== undefined;
      if (!isProven && !isAdmitted) return;
      await wake(session);
      if (isAdmitted) await keepEntry(deps, ctx, session, isProven);
    },
  };
}

/** The sites within a session, without our own pages. */
export const sitesOf = ({ authorizations = {} }: Pick<Session, 'authorizations'>): SessionSite[] =>
  Object.entries(authorizations).flatMap(([clientId, { sid, grantId }]) =>
    clientId === ownClientId || sid === undefined || grantId === undefined
      ? []
      : [{ clientId, sid, grantId }],
  );

const keepEntry = async (
  { store, clock, sessionTtlSeconds, places }: KeeperDeps,
  { oidc, req, ip = '' }: Partial<KoaContextWithOIDC>,
  session: Session,
  isProven: boolean,
): Promise<void> => {
  const { uid, accountId, acr = acrOf(1), amr = [] } = session;
  if (accountId === undefined || oidc?.client === undefined) return;
  const at = clock.now();
  const { clientId } = oidc.client;
  const kind = browserKindOf(req?.headers['user-agent'] ?? '');
  const found = places?.find(ip) ?? null;
  const place = found && nameOfPlace(found);
  const detail = {
    acr,
    channel: channelOfKind(kind),
    ...(place?.region && { region: place.region }),
  };
  await store.keepSession({
    _id: uid,
    accountId,
    startedAt: at,
    usedAt: at,
    expiresAt: new Date(at.getTime() + sessionTtlSeconds * 1000),
    acr,
    browser: nameOfKind(kind),
    network: maskAddress(ip),
    place,
    sites: sitesOf(session),
    endedAt: null,
    outbox: [newEvent(clock, 'session.started', accountId, detail)],
  });
  await store.insertEntry({ _id: newId(), accountId, clientId, at, acr, amr, isProven, place });
};

/** Keeps that a session ended at its person's word, and gives the browser the way to the receipts. */
const keepEnd = async (
  { store, ephemeral, clock, issuer }: KeeperDeps,
  { cookies }: Partial<KoaContextWithOIDC>,
  session: Session,
): Promise<void> => {
  const { uid, accountId = '', destroyed } = session as Session & { destroyed?: boolean };
  if (destroyed !== true) return;
  await store.endSession(uid, newEvent(clock, 'session.ended', accountId, { by: 'sign-out' }));
  const handle = await keepReceipts(ephemeral, sitesOf(session));
  const { name, options } = receiptCookie(issuer);
  cookies?.set(name, handle, options);
};

/** Keeps which sites a sign-out was told to, and returns the handle by which a browser finds out how that went. */
export const keepReceipts = async (
  ephemeral: EphemeralStore,
  sites: readonly SessionSite[],
): Promise<string> => {
  const handle = newId();
  const told = JSON.stringify(sites.map(({ clientId, sid }) => ({ clientId, sid })));
  await ephemeral.put(receiptKey(handle), told, { ttlSeconds: receiptTtlSeconds });
  return handle;
};
