import type { ServerResponse } from 'node:http';
import type { Clock } from '../../base/clock.ts';
import type { Endpoint, Fault } from './faults.ts';

/** One answer of an endpoint. */
export interface Happening {
  at: string;
  endpoint: Endpoint;
  /** Null when the connection ended without an answer. */
  status: number | null;
  fault?: Fault;
  clientId?: string;
}

/** What was asked of the simulator since it began or was reset. */
export interface Figures {
  seconds: number;
  requests: number;
  requestsPerSecond: number;
  /** Answers of status 500 and more, and connections that broke, which nobody ordered. */
  errors: number;
  ordered: number;
}

export interface Journal {
  /** Counts a request, whose end it awaits. */
  watch(response: ServerResponse, endpoint: Endpoint | null): void;
  /** Notes what about an answer was ordered, and by whom it was asked for. */
  note(response: ServerResponse, about: { fault?: Fault; clientId?: string }): void;
  figures(): Figures;
  /** The last answers of the endpoints, the newest first. */
  happened(): readonly Happening[];
  reset(): void;
}

const mostHappenings = 100;
const badStatus = 500;

/** Makes an empty journal. It holds nothing of people. */
export function createJournal(clock: Clock): Journal {
  let begun = clock.now().getTime();
  let counts = { requests: 0, errors: 0, ordered: 0 };
  let latest: Happening[] = [];
  const notes = new WeakMap<ServerResponse, Pick<Happening, 'fault' | 'clientId'>>();
  const close = (response: ServerResponse, endpoint: Endpoint | null): void => {
    const about = notes.get(response) ?? {};
    const status = response.writableFinished ? response.statusCode : null;
    counts.requests += 1;
    if (about.fault !== undefined) counts.ordered += 1;
    else if (status === null || status >= badStatus) counts.errors += 1;
    if (endpoint === null) return;
    latest.push({ at: clock.now().toISOString(), endpoint, status, ...about });
    if (latest.length > mostHappenings) latest.shift();
  };
  return {
    watch: (response, endpoint) => void response.once('close', () => close(response, endpoint)),
    note: (response, about) => void notes.set(response, { ...notes.get(response), ...about }),
    figures() {
      const seconds = (clock.now().getTime() - begun) / 1000;
      const rate = seconds > 0 ? counts.requests / seconds : 0;
      return { seconds, requestsPerSecond: Math.round(rate * 10) / 10, ...counts };
    },
    happened: () => latest.toReversed(),
    reset() {
      begun = clock.now().getTime();
      counts = { requests: 0, errors: 0, ordered: 0 };
      latest = [];
    },
  };
}
