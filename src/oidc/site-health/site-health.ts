/**
 * How sites fare (接入运行状况). Owns what is counted of each site, by the day of Beijing: its requests and why they were
 * refused, how long it took for what the instance sends it, and its quota (配额): how many requests it may make a minute,
 * by itself at the provider's endpoints and by its machines at `/api`. It does not own the causes (doctor), who decides
 * about a quota (two officers do, by a proposal the wiring hands in) nor the sending. Counts are kept in memory for a
 * moment and written together, so a process that is killed loses some; quotas are counted in the ephemeral store, exactly.
 * All of it is our design. Control leaves by a value.
 */
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Clock } from '../../base/clock.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { shanghaiDateOf } from '../../terms/calendar-date.ts';
import type { Cause } from '../doctor/causes.ts';
import type { Site, SiteStore } from '../sites.ts';
import {
  type Call,
  type Counts,
  figuresOf,
  isAiling,
  type SiteFigures,
  slowMilliseconds,
  sumOfCounts,
  worseFirst,
} from './figures.ts';
import { openSiteCountsStore, type SiteCountsRecord } from './store.ts';
import { createTally } from './tally.ts';

/** Where a quota is counted: at the provider's endpoints or at the department interface. */
export type Door = 'oauth' | 'api';

/** What a site was sent, when the sending began, and whether it was taken. */
export interface CallEnded {
  call: Call;
  begunAt: Date;
  isTaken: boolean;
}

export interface SiteHealth {
  ready(): Promise<void>;
  /** Hears of each request in which a site speaks for itself. */
  attach(provider: Provider): void;
  /** Hears why a request was refused. */
  refused(clientId: string, cause: Cause): void;
  /** Hears how a site took what it was sent. */
  answered(clientId: string, ended: CallEnded): void;
  /** Counts a request against the quota of a site; returns how long it is to wait, or null when it may go on. */
  admit(clientId: string, door: Door): Promise<number | null>;
  /** Tells how many requests a minute a site may make. */
  quotaOf(site: Pick<Site, 'requestsPerMinute'>): number;
  /** Reads how a site fares today and in the last seven days. */
  read(clientId: string): Promise<{ today: SiteFigures; week: SiteFigures }>;
  /** Lists the sites with something to look at today, the worst first. */
  listAiling(): Promise<(SiteFigures & { clientId: string })[]>;
  /** Writes what was counted since. */
  flush(): Promise<void>;
}

export interface SiteHealthDeps {
  connection: RecordConnection;
  ephemeral: EphemeralStore;
  clock: Clock;
  sites: Pick<SiteStore, 'find'>;
  /** The quota of a site that has none of its own. */
  usualRequestsPerMinute: number;
}

const keptDays = 30;
const weekDays = 7;
const dayMilliseconds = 86_400_000;
const mostShown = 50;

/** The endpoints where a site speaks for itself, and no browser for it. */
const ownRoutes = new Set([
  'backchannel_authentication',
  'device_authorization',
  'introspection',
  'pushed_authorization_request',
  'revocation',
  'token',
]);

/** That somebody has still to answer is no refusal. */
const waiting = new Set<unknown>(['authorization_pending', 'slow_down']);

const isRefusal = (ctx: Partial<KoaContextWithOIDC>): boolean =>
  Number(ctx.status) >= 400 && !waiting.has((ctx.body as { error?: unknown } | undefined)?.error);

/** Opens the counts on their store. */
export function createSiteHealth({ connection, ...deps }: SiteHealthDeps): SiteHealth {
  const { clock, ephemeral, sites } = deps;
  const store = openSiteCountsStore(connection);
  const dayBefore = (days: number) =>
    shanghaiDateOf(new Date(clock.now().getTime() - days * dayMilliseconds));
  const { add, flush: flushTally } = createTally(() => dayBefore(0));
  let sweptOn = dayBefore(0);
  const quotaOf: SiteHealth['quotaOf'] = ({ requestsPerMinute = deps.usualRequestsPerMinute }) =>
    requestsPerMinute;
  const flush = async (): Promise<void> => {
    const today = dayBefore(0);
    if (sweptOn !== today) await store.deleteBefore(dayBefore(keptDays));
    sweptOn = today;
    await flushTally(store.add);
  };
  return {
    ready: store.ready,
    flush,
    quotaOf,
    attach: (provider) =>
      listen(provider, (clientId, isRefused) =>
        add(clientId, { requests: 1, ...(isRefused && { refused: 1 }) }),
      ),
    refused: (clientId, cause) => add(clientId, { [`cause:${cause}`]: 1 }),
    answered: (clientId, ended) => add(clientId, countsOf(ended, clock.now())),
    async admit(clientId, door) {
      const site = await sites.find(clientId);
      const { count, resetSeconds } = await ephemeral.count(`quota:${door}:${clientId}`, 60);
      const isOver = count > quotaOf(site ?? {});
      add(clientId, { ...(door === 'api' && { apiCalls: 1 }), ...(isOver && { overQuota: 1 }) });
      return isOver ? resetSeconds : null;
    },
    async read(clientId) {
      await flush();
      const today = dayBefore(0);
      const days = await store.since(clientId, dayBefore(weekDays - 1));
      return { today: figuresIn(days.filter(({ day }) => day === today)), week: figuresIn(days) };
    },
    async listAiling() {
      await flush();
      const found = await store.ofDay(dayBefore(0));
      return found
        .map(({ clientId, counts }) => ({ clientId, ...figuresOf(counts) }))
        .filter(isAiling)
        .sort(worseFirst)
        .slice(0, mostShown);
    },
  };
}

const figuresIn = (days: readonly SiteCountsRecord[]): SiteFigures =>
  figuresOf(sumOfCounts(days.map(({ counts }) => counts)));

const listen = (provider: Provider, heard: (clientId: string, isRefused: boolean) => void): void => {
  provider.use(async (ctx: Partial<KoaContextWithOIDC>, next: () => Promise<void>) => {
    await next();
    const clientId = ctx.oidc?.client?.clientId;
    if (clientId !== undefined && ownRoutes.has(ctx.oidc?.route ?? '')) heard(clientId, isRefusal(ctx));
  });
};

const countsOf = ({ call, begunAt, isTaken }: CallEnded, now: Date): Counts => {
  if (!isTaken) return { [`answer:${call}:failed`]: 1 };
  const milliseconds = Math.max(0, now.getTime() - begunAt.getTime());
  return {
    [`answer:${call}:taken`]: 1,
    [`answer:${call}:milliseconds`]: milliseconds,
    ...(milliseconds >= slowMilliseconds && { [`answer:${call}:slow`]: 1 }),
  };
};
