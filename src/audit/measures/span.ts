import { shanghaiDateOf } from '../../terms/calendar-date.ts';

const hourMilliseconds = 3_600_000;
const offsetMilliseconds = 8 * hourMilliseconds;

/** The bucket that holds everything since the chain began. */
export const allTime = 'all';

/** Names the hour of Beijing that an instant is in: `2026-11-24T13`. */
const hourOf = (at: Date): string => new Date(at.getTime() + offsetMilliseconds).toISOString().slice(0, 13);

/** Lists the buckets that an instant is counted in: its hour, its day in Beijing, and all time. */
export const spansOf = (at: Date): string[] => [hourOf(at), shanghaiDateOf(at), allTime];
