import type { Provider } from 'oidc-provider';
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/id.ts';
import type { SiteHealth } from '../site-health/site-health.ts';
import type { NoticeState, SignOutNotice } from './records.ts';
import type { SessionStore } from './store.ts';

/** What the types of the library leave out of a client. */
export interface LogoutClient {
  clientId: string;
  backchannelLogoutUri?: string;
  backchannelLogout(accountId: string, sid: string | undefined): Promise<void>;
}

/** Sees to it that sites hear of a sign-out, whoever is down meanwhile. */
export interface SignOutNotices {
  /** Makes a provider write each notice down before it is sent, and what came of it. */
  attach(provider: Provider): void;
  /** Sends what is due again; returns how many notices there were. */
  sendDue(provider: Provider): Promise<number>;
}

/** Longer than all the tries of one call take. */
const callSeconds = 60;
const firstWaitSeconds = 15;
const longestWaitSeconds = 4 * 3600;
const longestFailingSeconds = 72 * 3600;

type Deps = { store: SessionStore; clock: Clock; answered: SiteHealth['answered'] };

/** Opens the notices. One whose process dies between the call and writing down its answer is sent again. */
export function createSignOutNotices(deps: Deps): SignOutNotices {
  return {
    attach(provider) {
      const { prototype } = provider.Client as unknown as { prototype: LogoutClient };
      const send = prototype.backchannelLogout;
      prototype.backchannelLogout = async function sendKept(accountId, sid = newId()) {
        const notice = await begin(deps, { accountId, clientId: this.clientId, sid });
        if (notice !== null) await tryOnce(deps, notice, () => send.call(this, accountId, sid));
      };
    },
    async sendDue(provider) {
      const due = await deps.store.due(deps.clock.now());
      await Promise.all(due.map((notice) => sendAgain(deps, provider, notice)));
      return due.length;
    },
  };
}

/** Writes a notice down, or takes the one that waits; null when somebody else is at it, or it is settled. */
const begin = async (
  { store, clock }: Deps,
  { accountId, clientId, sid }: { accountId: string; clientId: string; sid: string },
): Promise<SignOutNotice | null> => {
  const madeAt = clock.now();
  const nextTryAt = new Date(madeAt.getTime() + callSeconds * 1000);
  const made: SignOutNotice = {
    _id: sid,
    accountId,
    clientId,
    state: 'waiting',
    tries: 0,
    madeAt,
    nextTryAt,
    settledAt: null,
  };
  if (await store.insertNotice(made)) return made;
  const waiting = await store.notice(sid);
  return waiting !== null && (await store.claim(waiting, nextTryAt)) ? waiting : null;
};

/** Sends a notice and writes down what came of it; a failure is the caller's to report. */
const tryOnce = async (
  { store, clock, answered }: Deps,
  notice: SignOutNotice,
  send: () => Promise<void>,
): Promise<void> => {
  const begunAt = clock.now();
  const told = (isTaken: boolean): void => answered(notice.clientId, { call: 'signOut', begunAt, isTaken });
  try {
    await send();
    told(true);
    await store.settle(notice._id, { state: 'reached', settledAt: clock.now() });
  } catch (error) {
    told(false);
    await store.settle(notice._id, afterFailure(notice, statusOf(error), clock.now()));
    throw error;
  }
};

const sendAgain = async (deps: Deps, provider: Provider, notice: SignOutNotice): Promise<void> => {
  const { _id: sid, accountId, clientId } = notice;
  const client = (await provider.Client.find(clientId)) as LogoutClient | undefined;
  if (client?.backchannelLogoutUri === undefined)
    return deps.store.settle(sid, { state: 'given-up', settledAt: deps.clock.now() });
  // Heard where the notice is settled: nobody waits for this call.
  await client.backchannelLogout(accountId, sid).catch(() => undefined);
};

/**
 * Decides what follows a failure. A site that answers that it will not have the notice is not asked again; one that is
 * down, slow or overloaded is, 15 s, 60 s … four hours later, for three days.
 */
const afterFailure = (
  { tries, madeAt }: SignOutNotice,
  status: number | null,
  now: Date,
): Partial<SignOutNotice> => {
  const end = (state: NoticeState) => ({ state, settledAt: now });
  if (status !== null && status < 500 && status !== 408 && status !== 429) return end('refused');
  if (now.getTime() - madeAt.getTime() >= longestFailingSeconds * 1000) return end('given-up');
  const wait = Math.min(firstWaitSeconds * 4 ** tries, longestWaitSeconds);
  return { nextTryAt: new Date(now.getTime() + wait * 1000) };
};

/** Reads what the library hangs on its error: the answer there was. */
const statusOf = (error: unknown): number | null => {
  const { response } = error as { response?: { status?: unknown } };
  return typeof response?.status === 'number' ? response.status : null;
};
