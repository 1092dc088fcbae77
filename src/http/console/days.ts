import { AppError } from '../../base/error.ts';
import { parseCalendarDate } from '../../terms/calendar-date.ts';

const dayMilliseconds = 86_400_000;

/** Reads a day as people here count it; null when it is none. */
const dayOf = (text: string): Date | null => {
  try {
    return new Date(`${parseCalendarDate(text)}T00:00:00+08:00`);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
};

/** Reads the days from and to as typed, both within; the names of those that are none come beside. */
export const daysOf = ({
  from,
  to,
}: {
  from: string;
  to: string;
}): { range: { from?: Date; to?: Date }; wrong: ('from' | 'to')[] } => {
  const [first, last] = [from === '' ? null : dayOf(from), to === '' ? null : dayOf(to)];
  return {
    range: {
      ...(first === null ? {} : { from: first }),
      ...(last === null ? {} : { to: new Date(last.getTime() + dayMilliseconds) }),
    },
    wrong: [
      ...(from !== '' && first === null ? (['from'] as const) : []),
      ...(to !== '' && last === null ? (['to'] as const) : []),
    ],
  };
};
