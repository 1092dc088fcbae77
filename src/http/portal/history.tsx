import { HistoryPage, type ShownSignIn } from '../../../views/portal/history.tsx';
import { historyDays } from '../../oidc/index.ts';
import type { PlaceName } from '../../terms/place.ts';
import { showPage } from '../page.ts';
import { shownPlace } from '../shown-place.ts';
import type { PortalDeps } from './deps.ts';
import { siteNames } from './site-names.ts';
import type { PortalPage } from './visit.ts';

const onPage = 20;
const dayMilliseconds = 86_400_000;

/** A sign-in, or a try that was refused: those reached nothing. */
export interface SignIn {
  at: Date;
  method: ShownSignIn['method'];
  reached: { clientId: string; level: 1 | 2 | 3 | 4 } | null;
  /** Where from; null when not known. */
  place: PlaceName | null;
}

const methodOf = (amr: readonly string[]): Exclude<ShownSignIn['method'], 'continued'> => {
  if (amr.includes('fed')) return 'fed';
  if (amr.includes('swk') || amr.includes('hwk')) return 'passkey';
  if (amr.includes('otp')) return 'otp';
  if (amr.includes('netid')) return 'netid';
  return amr.includes('pwd') ? 'pwd' : amr.includes('sms') ? 'sms' : 'other';
};

/** Finds the sign-ins of an account before an instant, newest first; those of one instant are never parted. */
export async function signInsBefore(
  { sessions, audit, places, nowSeconds }: Pick<PortalDeps, 'sessions' | 'audit' | 'places' | 'nowSeconds'>,
  accountId: string,
  to: Date,
  limit: number,
): Promise<{ rows: SignIn[]; next: Date | null }> {
  const from = new Date(nowSeconds() * 1000 - historyDays * dayMilliseconds);
  const refusals = { actor: accountId, type: 'account.sign-in-refused', from, to, limit: limit + 1 };
  const [entered, { entries }] = await Promise.all([
    sessions.history(accountId, to, limit + 1),
    audit.searchEntries(refusals),
  ]);
  const all: SignIn[] = [
    ...entered.map(({ at, amr, isProven, clientId, level, place }) => ({
      at,
      method: isProven ? methodOf(amr) : ('continued' as const),
      reached: { clientId, level },
      place,
    })),
    ...entries.map(({ event }) => ({
      at: event.at,
      method: methodOf([String(event.detail['method'] ?? '')]),
      reached: null,
      place: places?.named(String(event.detail['region'] ?? '')) ?? null,
    })),
  ].sort((one, other) => other.at.getTime() - one.at.getTime());
  const last = all[limit - 1]?.at.getTime() ?? 0;
  const rows = all.filter(({ at }) => at.getTime() >= last);
  return { rows, next: all.length > rows.length ? new Date(last) : null };
}

const placeOf = (before: unknown, nowSeconds: number): Date => {
  const at =
    typeof before === 'string' && /^\d{1,14}$/.test(before) ? Number(before) : Number.POSITIVE_INFINITY;
  return new Date(Math.min(at, (nowSeconds + 1) * 1000));
};

/** Lists when and how the person signed in where, and what was refused. */
export const showHistory: PortalPage = async (ctx, deps, visit) => {
  const to = placeOf(ctx.query['before'], deps.nowSeconds());
  const { rows, next } = await signInsBefore(deps, visit.accountId, to, onPage);
  const nameOf = await siteNames(
    deps,
    rows.flatMap(({ reached }) => reached?.clientId ?? []),
  );
  showPage(ctx, deps, (context) => (
    <HistoryPage
      context={context}
      keptDays={historyDays}
      signIns={rows.map(({ at, method, reached, place }) => ({
        at,
        method,
        reached: reached && { site: nameOf(reached.clientId, context.language), level: reached.level },
        ...shownPlace(deps.places, place, context.language),
      }))}
      nextHref={next === null ? null : `/my/history?before=${next.getTime()}`}
    />
  ));
};
