import { type Cause, causes } from '../doctor/causes.ts';

/** What an instance sends to a site: notices of a sign-out, pings to a counter, signals (事件推送). */
export const calls = ['signOut', 'ping', 'signal'] as const;
export type Call = (typeof calls)[number];

/** How a site took the calls of one kind. */
export interface Answers {
  call: Call;
  taken: number;
  /** Of those taken: how many it was slow to take. */
  slow: number;
  failed: number;
  /** The mean of those taken; null when none was. */
  meanMilliseconds: number | null;
}

/** How a site fares in some days. */
export interface SiteFigures {
  /** Requests at the endpoints where it speaks for itself. */
  requests: number;
  /** Of those: how many were refused. */
  refused: number;
  apiCalls: number;
  /** How many calls and requests were turned away for the quota. */
  overQuota: number;
  /** Why requests were refused, at these endpoints and at sign-in, the most frequent first. */
  causes: { cause: Cause; count: number }[];
  answers: Answers[];
}

/** A name under which something is counted. */
export type CountName =
  | 'requests'
  | 'refused'
  | 'apiCalls'
  | 'overQuota'
  | `cause:${Cause}`
  | `answer:${Call}:${'taken' | 'slow' | 'failed' | 'milliseconds'}`;

export type Counts = Readonly<Partial<Record<CountName, number>>>;

/** How long a site may take before it is called slow. */
export const slowMilliseconds = 2000;

/** Adds counts up by name. */
export const sumOfCounts = (all: readonly Counts[]): Counts => {
  const sums: Partial<Record<CountName, number>> = {};
  for (const counts of all)
    for (const [name, count] of Object.entries(counts) as [CountName, number][])
      sums[name] = (sums[name] ?? 0) + count;
  return sums;
};

/** Reads the figures of a site from its counts. */
export function figuresOf(counts: Counts): SiteFigures {
  const numberOf = (name: CountName): number => counts[name] ?? 0;
  const answersTo = (call: Call): Answers => {
    const taken = numberOf(`answer:${call}:taken`);
    return {
      call,
      taken,
      slow: numberOf(`answer:${call}:slow`),
      failed: numberOf(`answer:${call}:failed`),
      meanMilliseconds: taken === 0 ? null : Math.round(numberOf(`answer:${call}:milliseconds`) / taken),
    };
  };
  return {
    requests: numberOf('requests'),
    refused: numberOf('refused'),
    apiCalls: numberOf('apiCalls'),
    overQuota: numberOf('overQuota'),
    causes: causes
      .map((cause) => ({ cause, count: numberOf(`cause:${cause}`) }))
      .filter(({ count }) => count > 0)
      .sort((one, other) => other.count - one.count),
    answers: calls.map(answersTo).filter(({ taken, failed }) => taken + failed > 0),
  };
}

const shareRefused = ({ requests, refused }: SiteFigures): number => refused / Math.max(1, requests);

/** One request in five refused, of ten at least: fewer are somebody's first steps. */
const isRefusedOften = (figures: SiteFigures): boolean =>
  figures.requests >= 10 && shareRefused(figures) >= 0.2;

const troublesOf = ({ answers, overQuota }: SiteFigures): number =>
  overQuota + answers.reduce((sum, { slow, failed }) => sum + slow + failed, 0);

/** Tells whether there is something to look at: calls that failed or were slow, many refusals, a quota used up. */
export const isAiling = (figures: SiteFigures): boolean => troublesOf(figures) > 0 || isRefusedOften(figures);

/** Orders sites, the one with most to look at first. */
export const worseFirst = (one: SiteFigures, other: SiteFigures): number =>
  troublesOf(other) - troublesOf(one) || shareRefused(other) - shareRefused(one);
