import { createHash } from 'node:crypto';
import { errors, type KoaContextWithOIDC, type Provider } from 'oidc-provider';
import type { Clock } from '../../base/clock.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import { shanghaiDateOf } from '../../terms/calendar-date.ts';
import { isSandbox } from './sandbox.ts';
import type { OnboardingStore } from './store.ts';

/** Whether a site sent a value that shall differ each time: not, the same as before, or a new one. */
export type Freshness = 'absent' | 'repeated' | 'fresh';

/** What a site did at its last sign-ins: what was there and what was not, and no value of it. */
export interface Conduct {
  authorized?: { at: string; challenged: boolean; state: Freshness; nonce: Freshness; signed?: boolean };
  pushed?: { at: string; signed?: boolean };
  redeemed?: { at: string; dpop: boolean };
  /** The code of the provider's last refusal since the last sign-in. */
  refused?: { at: string; error: string };
}

type Kind = keyof Conduct;

export interface ConductDeps {
  ephemeral: EphemeralStore;
  store: OnboardingStore;
  clock: Clock;
}

const kinds = ['authorized', 'pushed', 'redeemed', 'refused'] as const satisfies readonly Kind[];
const ttlSeconds = 30 * 86_400;

const keyOf = (clientId: string, what: string): string => `site-conduct:${clientId}:${what}`.slice(0, 500);

const digestOf = (value: string): string => createHash('sha256').update(value).digest('base64url');

/** Hears what sites do at the provider: a count by day for each, and for sandboxes what their requests had. */
export interface ConductWatch {
  attach(provider: Provider): void;
  /** Notes which of its keys a site signed in with (client assertion). */
  noteKey(clientId: string, keyId: unknown): Promise<void>;
  read(clientId: string): Promise<Conduct>;
  /** Tells when a site last used a key; null when not within 30 days. */
  keyUsedAt(clientId: string, keyId: string): Promise<Date | null>;
}

/** Opens the watch. What is noted expires after 30 days. */
export function createConductWatch(deps: ConductDeps): ConductWatch {
  const { ephemeral, clock } = deps;
  return {
    attach: (provider) => listen(provider, (ctx, happened) => note(deps, ctx, happened)),
    noteKey: async (clientId, keyId) => {
      if (typeof keyId !== 'string' || keyId === '') return;
      const key = keyOf(clientId, `key:${digestOf(keyId)}`);
      await ephemeral.put(key, clock.now().toISOString(), { ttlSeconds });
    },
    async read(clientId) {
      const found = await Promise.all(kinds.map((kind) => ephemeral.get(keyOf(clientId, kind))));
      return Object.fromEntries(
        found.flatMap((entry, place) => (entry === null ? [] : [[kinds[place], JSON.parse(entry.value)]])),
      ) as Conduct;
    },
    async keyUsedAt(clientId, keyId) {
      const entry = await ephemeral.get(keyOf(clientId, `key:${digestOf(keyId)}`));
      return entry === null ? null : new Date(entry.value);
    },
  };
}

/** Notes what happened: a count for every site, and what a sandbox's request had. */
const note = async (deps: ConductDeps, ctx: KoaContextWithOIDC, happened: Happened): Promise<void> => {
  const clientId = ctx.oidc.client?.clientId;
  if (clientId === undefined) return;
  const outcome = outcomeOf(happened);
  if (outcome !== null) await countDay(deps, clientId, outcome);
  if (!isSandbox(clientId)) return;
  const { what } = happened;
  const at = deps.clock.now().toISOString();
  const seen = { at, ...(await seenIn(deps, ctx, { clientId, happened })) };
  await deps.ephemeral.put(keyOf(clientId, what), JSON.stringify(seen), { ttlSeconds });
  if (what === 'authorized') await deps.ephemeral.delete(keyOf(clientId, 'refused'));
};

const countDay = async ({ store, clock }: ConductDeps, clientId: string, outcome: string): Promise<void> => {
  const day = shanghaiDateOf(clock.now());
  await store.countDay({ _id: [clientId, day, outcome].join(' '), clientId, day, outcome });
};

const seenIn = async (
  deps: ConductDeps,
  ctx: KoaContextWithOIDC,
  { clientId, happened }: { clientId: string; happened: Happened },
): Promise<object> => {
  if (happened.what === 'refused') return { error: happened.error };
  if (happened.what === 'redeemed') return { dpop: ctx.get('DPoP') !== '' };
  if (happened.what === 'pushed') return { signed: ctx.oidc.body?.['request'] !== undefined };
  const { state, nonce, code_challenge: challenge, response_mode: mode } = ctx.oidc.params ?? {};
  return {
    challenged: challenge !== undefined,
    state: await freshnessOf(deps, keyOf(clientId, 'state'), state),
    nonce: await freshnessOf(deps, keyOf(clientId, 'nonce'), nonce),
    // Whether the answer was asked for as a signed one.
    signed: String(mode).endsWith('jwt'),
  };
};

const freshnessOf = async ({ ephemeral }: ConductDeps, name: string, value: unknown): Promise<Freshness> => {
  if (typeof value !== 'string' || value === '') return 'absent';
  const isNew = await ephemeral.add(`${name}:${digestOf(value)}`, '', { ttlSeconds });
  return isNew ? 'fresh' : 'repeated';
};

type Happened = { what: 'authorized' | 'pushed' | 'redeemed' } | { what: 'refused'; error: string };

/** A sign-in that came about, one that its person turned down, and one that went wrong are counted apart. */
const outcomeOf = (happened: Happened): string | null => {
  if (happened.what === 'authorized') return 'signedIn';
  if (happened.what !== 'refused') return null;
  return happened.error === 'access_denied' ? 'turnedDown' : 'failed';
};

/** The library renames a wrong address in a pushed request to invalid_request; its kind stays. */
const codeOf = (cause: Error): string =>
  cause instanceof errors.InvalidRedirectUri ? 'invalid_redirect_uri' : cause.message;

/** Takes down what the library reports, and notes it once the request is answered in full: nobody has an event awaited. */
const listen = (
  provider: Provider,
  seen: (ctx: KoaContextWithOIDC, happened: Happened) => Promise<void>,
): void => {
  const reported = new WeakMap<object, () => Promise<void>>();
  const report = (ctx: KoaContextWithOIDC, happened: Happened): void => {
    reported.set(ctx, () => seen(ctx, happened));
  };
  const refuse = (ctx: KoaContextWithOIDC, cause: Error): void =>
    report(ctx, { what: 'refused', error: codeOf(cause) });
  provider.on('authorization.success', (ctx) => report(ctx, { what: 'authorized' }));
  provider.on('pushed_authorization_request.success', (ctx) => report(ctx, { what: 'pushed' }));
  provider.on('grant.success', (ctx) => report(ctx, { what: 'redeemed' }));
  provider.on('authorization.error', refuse);
  provider.on('pushed_authorization_request.error', refuse);
  provider.on('grant.error', refuse);
  provider.use(async (ctx, next) => {
    await next();
    await reported.get(ctx)?.();
  });
};
