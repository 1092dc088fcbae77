import type { BackchannelAuthenticationRequest, Provider } from 'oidc-provider';
import { AddressRefused } from '../../base/address-guard.ts';
import type { Clock } from '../../base/clock.ts';
import { endpointMember } from '../device/registration.ts';
import type { SiteHealth } from '../site-health/site-health.ts';
import type { SiteStore } from '../sites.ts';
import type { PostPing } from './post-ping.ts';
import type { PingStore } from './store.ts';

/** Sees to it that a counter in ping mode hears that its question was answered, whoever is down meanwhile. */
export interface CounterPings {
  /** Writes down that a counter is to be told, before the answer is; nothing for one that only polls. */
  prepare(request: BackchannelAuthenticationRequest): Promise<void>;
  /** Makes a provider leave its pings to us; the person's page waits for none. */
  attach(provider: Provider): void;
  /** Lets the first tries end, sends what is due again, and returns how many pings that were. */
  sendDue(provider: Provider): Promise<number>;
}

export interface CounterPingsDeps {
  store: PingStore;
  sites: Pick<SiteStore, 'find'>;
  post: PostPing;
  clock: Clock;
  answered: SiteHealth['answered'];
  /** Hears of a counter that will not be told; the reason holds nothing about the person. */
  report(clientId: string, reason: string): void;
}

/** Longer than a call takes. */
const callSeconds = 15;
const firstWaitSeconds = 5;

/**
 * Opens the pings. The library would send one once, and have the person wait for it [M]. One is sent again after 5 s,
 * 10 s, 20 s … until the counter takes it, has asked by itself, or the question is over.
 */
export function createCounterPings(deps: CounterPingsDeps): CounterPings {
  const { store, clock } = deps;
  const underWay = new Set<Promise<void>>();
  const start = (request: BackchannelAuthenticationRequest): void => {
    // What fails here is due again later.
    const first = tryOnce(deps, request, 0).catch((error: unknown) => {
      deps.report(request.clientId ?? '', error instanceof Error ? error.name : 'unknown');
    });
    underWay.add(first);
    void first.then(() => underWay.delete(first));
  };
  return {
    async prepare(request) {
      if (tokenOf(request) === null) return;
      await store.insert({ _id: request.jti, tries: 0, nextTryAt: after(clock, callSeconds) });
    },
    attach(provider) {
      const { prototype } = provider.Client as unknown as {
        prototype: { backchannelPing(request: BackchannelAuthenticationRequest): Promise<void> };
      };
      prototype.backchannelPing = async (request) => start(request);
    },
    async sendDue(provider) {
      await Promise.all(underWay);
      const due = await store.due(clock.now());
      await Promise.all(
        due.map(async (record) => {
          if (!(await store.claim(record, after(clock, callSeconds)))) return;
          const request = await provider.BackchannelAuthenticationRequest.find(record._id);
          if (request?.isValid !== true) return store.remove(record._id);
          // A process that died before it answered: the person cannot answer again.
          if (isAnswered(request)) await tryOnce(deps, request, record.tries + 1);
        }),
      );
      return due.length;
    },
  };
}

const after = (clock: Clock, seconds: number): Date => new Date(clock.now().getTime() + seconds * 1000);

/** The library keeps the token of a counter in ping mode only [M]. */
const tokenOf = ({ params }: BackchannelAuthenticationRequest): string | null => {
  const token = params?.['client_notification_token'];
  return typeof token === 'string' ? token : null;
};

const isAnswered = ({ grantId, error }: BackchannelAuthenticationRequest): boolean =>
  grantId !== undefined || error !== undefined;

/** A counter that answers that it will not have the ping is not told again; one that is down or overloaded is. */
const tryOnce = async (
  { store, sites, post, clock, answered, report }: CounterPingsDeps,
  request: BackchannelAuthenticationRequest,
  tries: number,
): Promise<void> => {
  const { jti, clientId = '' } = request;
  const site = await sites.find(clientId);
  const endpoint = String(site?.metadata[endpointMember]);
  const begunAt = clock.now();
  const outcome = await post(endpoint, { token: tokenOf(request) ?? '', authReqId: jti }).catch(
    (error: unknown) => (error instanceof AddressRefused ? error.name : null),
  );
  const isTaken = outcome === 200 || outcome === 204;
  answered(clientId, { call: 'ping', begunAt, isTaken });
  const mayPass = outcome === null || outcome === 408 || outcome === 429 || Number(outcome) >= 500;
  if (mayPass) return store.postpone(jti, after(clock, firstWaitSeconds * 2 ** tries));
  if (!isTaken) report(clientId, String(outcome));
  await store.remove(jti);
};
