import { randomInt } from 'node:crypto';
import type { PlaceName } from '../../terms/place.ts';
import type { BrowserKind } from '../device/browser-kind.ts';

/** How long a code can be scanned, and how long its outcome waits for the browser that shows it. */
export const qrTtlSeconds = 60;

/** A sign-in by code (扫码登录) as the browser that shows the code asked for it. It names nobody. */
export interface QrRequest {
  site: { zh: string; en: string };
  browser: BrowserKind;
  /** The network address, masked. */
  network: string;
  /** Where that is; null when not known. */
  place: PlaceName | null;
  /** Two digits that stand beside the code and nowhere in it. */
  matchNumber: string;
  askedAt: string;
  expiresAt: string;
}

/** What the phone's answer came to; approved: whose sign-in it is, and by which methods. */
export type QrOutcome =
  | { state: 'approved'; accountId: string; amr: string[] }
  | { state: 'number-wrong' | 'denied' };

/** How a code stands for the browser that shows it. */
export type QrState = 'waiting' | 'expired' | QrOutcome['state'];

/** Makes a request; its number is never below 10, so that nobody wonders whether to type a nought. */
export const newRequest = (
  about: Pick<QrRequest, 'site' | 'browser' | 'network' | 'place'>,
  now: Date,
): QrRequest => ({
  ...about,
  matchNumber: String(randomInt(10, 100)),
  askedAt: now.toISOString(),
  expiresAt: new Date(now.getTime() + qrTtlSeconds * 1000).toISOString(),
});

/** Tells whether a request can still be answered. */
export const isOpen = (
  { expiresAt }: Pick<QrRequest, 'expiresAt'>,
  markedAt: Date | null,
  now: Date,
): boolean => markedAt === null && now < new Date(expiresAt);

/** Reads a typed number, full-width digits and spaces too; null when it is no two digits, and so no guess. */
export const readNumber = (typed: string): string | null =>
  /^\d\d$/.exec(typed.normalize('NFKC').replace(/\s/g, ''))?.[0] ?? null;

/** Computes how a code stands: an outcome counts for longer than the request it answers. */
export const stateOf = (request: QrRequest | null, outcome: QrOutcome | null, now: Date): QrState => {
  if (outcome !== null) return outcome.state;
  return request !== null && now < new Date(request.expiresAt) ? 'waiting' : 'expired';
};
