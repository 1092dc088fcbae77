import type { Work } from '../ports.ts';
import type { AgreementPlace } from './append.ts';
import { recordId } from './record.ts';

/** How it went with what waits to be sent, when it was refused; null while nothing was. */
export interface Delay {
  tries: number;
  nextTryAt: Date;
  lastFault: string;
}

const longestSeconds = 60;

/** Tells when to try again: after 1, 2, 4 seconds and so on up to a minute. A design of this project. */
export const retryAfter = (tries: number, now: Date): Date =>
  new Date(now.getTime() + Math.min(longestSeconds, 2 ** (Math.min(tries, 10) - 1)) * 1000);

/** Puts off a version that its peer refused. The next act on it lifts the delay: it may be what was missing. */
export async function putOff(work: Work, place: AgreementPlace, lastFault: string): Promise<void> {
  const record = await work.agreements.byId(recordId(place.agreementId, place.agreementVersion));
  if (record === null) return;
  const tries = (record.delay?.tries ?? 0) + 1;
  await work.agreements.delay(record, { tries, nextTryAt: retryAfter(tries, work.clock.now()), lastFault });
}
