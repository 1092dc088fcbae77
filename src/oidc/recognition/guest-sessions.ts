import { createHash } from 'node:crypto';
import type { AdapterPayload, KoaContextWithOIDC, Provider } from 'oidc-provider';
import { isLinkedAccount } from '../../identity/index.ts';
import { admit } from '../../recognition/index.ts';
import type { RecognitionClaim } from '../claims.ts';
import { endSession } from '../session/end-session.ts';
import type { OtherRegionDeps } from './ports.ts';
import type { Standings } from './standings.ts';

/** What a sign-in by another region rests on: kept beside the session, one for each site the person let know at home. */
export interface GuestVisit {
  homeRegion: string;
  agreementId: string;
  agreementVersion: number;
  agreementDigest: string;
  purpose: string;
  /** The context class reached at home, and what it counts for here. */
  homeLevel: string;
  level: string;
  home: { issuer: string; sid: string | null };
}

/** Sessions, and the tokens made in them, that another region vouches for. */
export interface GuestSessions {
  /** Keeps what the sign-in of this request rests on, once the provider has named its session. */
  keepVisit(ctx: Partial<KoaContextWithOIDC>): Promise<void>;
  /** Finds what a session rests on at a site; null when it is no guest's, or not for that site. */
  find(sessionUid: string, clientId: string): Promise<GuestVisit | null>;
  /** Tells whether what the provider stored may still be used: a guest's only while the agreement stands. */
  mayBeUsed(payload: AdapterPayload): Promise<boolean>;
  /** Ends the sessions that rest on a session at home, and tells their sites. */
  endByHome(provider: Provider, issuer: string, sid: string): Promise<void>;
}

type GuestDeps = Pick<OtherRegionDeps, 'self' | 'ephemeral' | 'clock' | 'sessionTtlSeconds'> & {
  standings: Standings;
};

/** Tells a site what a guest's token rests on; nothing of anyone else's. */
export async function recognitionOf(
  guests: Pick<GuestSessions, 'find'>,
  accountId: string,
  clientId: string | undefined,
  token: object | undefined,
): Promise<{ recognition?: RecognitionClaim }> {
  const { sessionUid } = (token ?? {}) as { sessionUid?: string };
  if (!isLinkedAccount(accountId) || clientId === undefined || sessionUid === undefined) return {};
  const visit = await guests.find(sessionUid, clientId);
  if (visit === null) return {};
  const { homeRegion, homeLevel, level, agreementId, agreementVersion } = visit;
  return {
    recognition: {
      home_region: homeRegion,
      home_acr: homeLevel,
      acr: level,
      agreement: agreementId,
      agreement_version: agreementVersion,
    },
  };
}

/** A home session is one browser's, so it seldom has two sessions here; of more the last are ended. */
const mostSessionsOfHome = 10;

const visitKey = (sessionUid: string, clientId: string): string =>
  `guest:visit:${sessionUid}:${digestOf(clientId)}`;
const sessionKey = (sessionUid: string): string => `guest:session:${sessionUid}`;
const homeKey = (issuer: string, sid: string): string =>
  `guest:home:${digestOf(JSON.stringify([issuer, sid]))}`;
const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Opens the sessions of guests on the ephemeral store. */
export function createGuestSessions(deps: GuestDeps): GuestSessions {
  const { ephemeral, sessionTtlSeconds: ttlSeconds } = deps;
  const read = async <T>(key: string): Promise<T | null> => {
    const entry = await ephemeral.get(key);
    return entry === null ? null : (JSON.parse(entry.value) as T);
  };
  const write = (key: string, value: unknown): Promise<void> =>
    ephemeral.put(key, JSON.stringify(value), { ttlSeconds });
  const sessionsOfHome = async (key: string): Promise<string[]> => (await read<string[]>(key)) ?? [];
  return {
    async keepVisit({ oidc }: Partial<KoaContextWithOIDC>) {
      const visit = oidc?.result?.['guest'] as GuestVisit | undefined;
      const { client, session } = oidc ?? {};
      if (visit === undefined || client === undefined || session?.uid === undefined) return;
      await write(visitKey(session.uid, client.clientId), visit);
      await write(sessionKey(session.uid), visit);
      const { issuer, sid } = visit.home;
      if (sid === null) return;
      const key = homeKey(issuer, sid);
      const others = (await sessionsOfHome(key)).filter((uid) => uid !== session.uid);
      await write(key, [session.uid, ...others].slice(0, mostSessionsOfHome));
    },
    find: (sessionUid, clientId) => read<GuestVisit>(visitKey(sessionUid, clientId)),
    async mayBeUsed({ accountId, uid, sessionUid, clientId }) {
      if (accountId === undefined || !isLinkedAccount(accountId)) return true;
      const visit = await read<GuestVisit>(
        sessionUid !== undefined && clientId !== undefined
          ? visitKey(sessionUid, clientId)
          : sessionKey(uid ?? sessionUid ?? ''),
      );
      return visit !== null && stands(deps, visit);
    },
    async endByHome(provider, issuer, sid) {
      const key = homeKey(issuer, sid);
      for (const uid of await sessionsOfHome(key)) await endSession(provider, uid);
      await ephemeral.delete(key);
    },
  };
}

/** Judges by the version that the person signed in under: a new one wants a new sign-in. */
const stands = async ({ self, clock, standings }: GuestDeps, visit: GuestVisit): Promise<boolean> => {
  const standing = await standings.standing(visit.agreementId);
  if (standing === null) return false;
  const { agreementDigest, purpose, homeRegion: from, homeLevel: level } = visit;
  const asked = { kind: 'sign-in', agreementDigest, from, to: self.regionCode, purpose } as const;
  const rest = { claims: [], level, wantedLevel: null, path: [self.regionCode], isBrokered: false };
  return admit(standing, { ...asked, ...rest }, clock.now()).admitted;
};
