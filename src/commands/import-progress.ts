import type { ImportProgress } from '../directory/index.ts';

/** A progress and when it was so. */
export interface TimedProgress extends ImportProgress {
  at: Date;
}

const rowsOf = ({ counts }: ImportProgress): number => counts.created + counts.alreadyThere + counts.rejected;

/** Writes one line of progress: done, rate and remaining time since this run began, by bytes; rejected. */
export function describeProgress(begun: TimedProgress, now: TimedProgress): string {
  const seconds = (now.at.getTime() - begun.at.getTime()) / 1000;
  const percent = now.sizeBytes === 0 ? 100 : Math.floor((now.next.offset / now.sizeBytes) * 100);
  const bytesDone = now.next.offset - begun.next.offset;
  const isUnderWay = seconds > 0 && bytesDone > 0;
  const rate = isUnderWay ? Math.round((rowsOf(now) - rowsOf(begun)) / seconds) : null;
  const left = isUnderWay ? Math.ceil(((now.sizeBytes - now.next.offset) / bytesDone) * seconds) : null;
  return [
    `${rowsOf(now).toLocaleString('en')} rows (${percent}%)`,
    rate === null ? null : `${rate.toLocaleString('en')}/s`,
    left === null ? null : `${durationOf(left)} left`,
    `${now.counts.rejected.toLocaleString('en')} rejected`,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

const durationOf = (seconds: number): string => {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const twoDigits = (part: number): string => String(part).padStart(2, '0');
  return `${hours}:${twoDigits(minutes)}:${twoDigits(seconds % 60)}`;
};
