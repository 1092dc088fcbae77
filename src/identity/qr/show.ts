import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import { nameOfPlace, type PlaceName } from '../../terms/place.ts';
import type { SignedIn } from '../account.ts';
import { browserKindOf } from '../device/browser-kind.ts';
import { assuranceOf } from '../evidence.ts';
import type { Work } from '../ports.ts';
import { checkActive, reachedBy } from '../rules.ts';
import { writeEvent } from '../write-event.ts';
import { newRequest, type QrOutcome, type QrState, stateOf } from './lifecycle.ts';
import { countShown } from './limits.ts';
import { findShown, forgetShown, keepRequest, readOutcome, readRequest, takeOutcome } from './records.ts';

/** What is shown in the browser that wants to sign in. */
export interface ShownQr {
  /** Stands in the address the code carries; who has it can approve or refuse, and never sign in by it. */
  handle: string;
  matchNumber: string;
  expiresAt: Date;
}

/** What the browser that wants to sign in says of itself. */
export interface QrAsked {
  /** The sign-in under way in that browser. */
  binding: string;
  site: { zh: string; en: string };
  userAgent: string;
  /** The network address, masked. */
  network: string;
  /** Where that is; null when not known. */
  place?: PlaceName | null;
  /** The network address, hidden, for the limit. */
  address: string;
}

/**
 * Shows the code a sign-in waits with, or a new one; a reload does not lose what the phone approved. Throws
 * qr-limit-reached {waitMinutes}.
 */
export async function showQr(work: Work, asked: QrAsked): Promise<ShownQr> {
  const { binding, site, network, place = null } = asked;
  const present = await presentQr(work, binding);
  if (present !== null) return present;
  await countShown(work, asked.address);

  const handle = newId();
  const about = {
    site,
    browser: browserKindOf(asked.userAgent),
    network,
    place: place && nameOfPlace(place),
  };
  const request = newRequest(about, work.clock.now());
  await keepRequest(work, { binding, handle, request });

  return { handle, matchNumber: request.matchNumber, expiresAt: new Date(request.expiresAt) };
}

/** Finds the code a sign-in shows; null when it shows none, or that was refused or is over. */
const presentQr = async (work: Work, binding: string): Promise<ShownQr | null> => {
  const handle = await findShown(work, binding);
  const found = handle === null ? null : await readRequest(work, handle);
  if (handle === null || found === null) return null;
  const { request } = found;
  const state = stateOf(request, await readOutcome(work, handle), work.clock.now());
  if (state !== 'waiting' && state !== 'approved') return null;
  return { handle, matchNumber: request.matchNumber, expiresAt: new Date(request.expiresAt) };
};

/** Tells how the code of a sign-in stands, and changes nothing. */
export async function qrState(work: Work, binding: string): Promise<QrState> {
  const handle = await findShown(work, binding);
  if (handle === null) return 'expired';
  // In this order: a request that ends between the two reads must not hide the outcome it had.
  const found = await readRequest(work, handle);
  const outcome = await readOutcome(work, handle);
  return stateOf(found?.request ?? null, outcome, work.clock.now());
}

/** What a look at the phone's answer found. */
export type QrLook = { state: 'approved'; signedIn: SignedIn } | { state: Exclude<QrState, 'approved'> };

/**
 * Takes the phone's answer, once: only the sign-in that shows the code can, and it goes by what stands of the account now.
 * Throws account-not-active.
 */
export async function finishQr(work: Work, binding: string): Promise<QrLook> {
  const state = await qrState(work, binding);
  if (state === 'waiting') return { state };
  const handle = await findShown(work, binding);
  const outcome = handle === null ? null : await takeOutcome(work, handle);
  await forgetShown(work, binding);
  if (outcome?.state !== 'approved') return { state: outcome?.state ?? 'expired' };
  return { state: 'approved', signedIn: await signIn(work, outcome) };
}

const signIn = async (
  work: Work,
  { accountId, amr }: Extract<QrOutcome, { state: 'approved' }>,
): Promise<SignedIn> => {
  const account = await work.store.accountById(accountId);
  if (account === null) throw new AppError('account-not-active');
  checkActive(account);
  const now = work.clock.now();
  const event = newEvent(work.clock, 'account.signed-in', accountId, { method: 'qr' });
  await writeEvent(work, account, event, { lastSignInAt: now });
  return { accountId, amr, assurance: reachedBy(amr, assuranceOf(account, now)) };
};
