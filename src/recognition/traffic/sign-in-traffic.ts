/**
 * How many sign-ins went between regions (跨地区登录量). Owns a count for each agreement, day, side and cause; it owns no
 * sign-in and knows nobody who signed in: what comes in is the name of a cause. Days are those of Beijing. A design of
 * this project. Control leaves by a value.
 */
import type { Clock } from '../../base/clock.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { type CalendarDate, shanghaiDateOf } from '../../terms/calendar-date.ts';
import { openDayCountStore } from './store.ts';

/** Where the sign-in was: at a site here of people from there, or at home here for a site there. */
export type SignInSide = 'host' | 'home';

/** What came of one sign-in under an agreement: `admitted`, or the code of a refusal. */
export interface SignInOutcome {
  agreementId: string;
  side: SignInSide;
  cause: string;
}

/** What came of sign-ins on a day, how often. */
export interface SignInDayCount extends Omit<SignInOutcome, 'agreementId'> {
  day: CalendarDate;
  count: number;
}

/** What can be asked of the counts. */
export interface SignInTraffic {
  /** Resolves when the indexes stand. */
  ready(): Promise<void>;
  count(outcome: SignInOutcome): Promise<void>;
  /** Lists the counts of the last so many days, the newest first. */
  listDays(agreementId: string, days: number): Promise<SignInDayCount[]>;
}

const dayMilliseconds = 86_400_000;

/** Opens the counts on their store. */
export function createSignInTraffic({
  connection,
  clock,
}: {
  connection: RecordConnection;
  clock: Clock;
}): SignInTraffic {
  const store = openDayCountStore(connection);
  return {
    ready: store.ready,
    async count({ agreementId, side, cause }) {
      const day = shanghaiDateOf(clock.now());
      const _id = [agreementId, day, side, cause].join(' ');
      await store.increment({ _id, agreementId, day, side, cause });
    },
    async listDays(agreementId, days) {
      const from = new Date(clock.now().getTime() - (days - 1) * dayMilliseconds);
      const found = await store.since(agreementId, shanghaiDateOf(from));
      return found.map(({ day, side, cause, count }) => ({ day, side, cause, count }));
    },
  };
}
