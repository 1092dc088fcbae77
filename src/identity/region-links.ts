import { AppError } from '../base/error.ts';
import { newEvent } from '../base/event.ts';
import type { AssuranceLevel } from '../terms/assurance.ts';
import type { AccountRecord } from './account.ts';
import { assuranceOf } from './evidence.ts';
import { guestOf, isLinkedAccount, type LinkedSignIn } from './guest.ts';
import type { Work } from './ports.ts';
import { checkActive } from './rules.ts';

/** An identity of another region (外地身份) that belongs to an account of this one. */
export interface RegionLink {
  /** The guest's account: what it was let know and allowed stays under this name. */
  guestId: string;
  issuer: string;
  since: Date;
  /** By what it was found to be the same person: both sign-ins, or the number that the home region released. */
  by: 'sign-in' | 'number';
  lastSignInAt: Date | null;
}

/** The least level here at which a person may say that an account of another region is theirs as well. */
const leastLevel: AssuranceLevel = 2;

/**
 * Links a guest to an account of this region, for who is signed in to both: here at level 2 or above, and at home just
 * now. The guest stays the guest in sessions and towards sites, so no site's subject changes and no level rises; its
 * ledger and authorisations are the person's from now on. The same again changes nothing. Officers are no accounts
 * (staff keeps them), so none is ever linked. Throws region-link-level, region-link-taken, account-not-active and
 * storage-unavailable.
 */
export async function linkRegion(
  work: Work,
  { accountId, assurance, signIn }: { accountId: string; assurance: AssuranceLevel; signIn: LinkedSignIn },
): Promise<void> {
  const [account, guest] = await Promise.all([work.store.accountById(accountId), guestOf(work, signIn)]);
  if (account === null) throw new AppError('account-not-active');
  checkActive(account);
  checkActive(guest);
  if (isLinkedAccount(accountId) || assurance < leastLevel) throw new AppError('region-link-level');
  if (guest.ownerId === accountId) return;
  if (await isHeld(work, guest)) throw new AppError('region-link-taken');

  if (!(await own(work, guest, accountId, 'sign-in'))) throw new AppError('storage-unavailable');
}

/** An account that was closed holds nobody's identity. */
const isHeld = async ({ store }: Work, { ownerId }: AccountRecord): Promise<boolean> => {
  const owner = typeof ownerId === 'string' ? await store.accountById(ownerId) : null;
  return owner !== null && owner.status !== 'closed';
};

/**
 * Links a guest to the account of this region that has the number its home region released, with the person's consent
 * there. Never again once the person unlinked it, and never to an account known more surely than this sign-in is: both
 * want a sign-in on either side. A race lost is made up for at the next sign-in. Returns the account it was linked to now.
 */
export async function linkByNumber(
  work: Work,
  guest: AccountRecord,
  signIn: LinkedSignIn,
): Promise<string | null> {
  const number = signIn.claims.id_number;
  if (number === undefined || guest.ownerId !== undefined) return null;
  const account = await work.store.accountByNumber(work.blindIndex.of('citizen-number', number));
  if (account?.status !== 'active' || assuranceOf(account, work.clock.now()) > signIn.assurance) return null;
  return (await own(work, guest, account._id, 'number')) ? account._id : null;
}

/** Lists the identities of other regions that belong to an account. */
export async function listRegionLinks({ store }: Work, accountId: string): Promise<RegionLink[]> {
  return (await store.guestsOf(accountId)).flatMap(
    ({ _id: guestId, linked, ownership, lastSignInAt = null }) =>
      linked && ownership ? [{ guestId, issuer: linked.issuer, ...ownership, lastSignInAt }] : [],
  );
}

/** Takes a guest from its account again; it is not linked by its number any more. Throws region-link-missing, storage-unavailable. */
export async function unlinkRegion(
  work: Work,
  { accountId, guestId }: { accountId: string; guestId: string },
): Promise<void> {
  const guest = await work.store.accountById(guestId);
  if (guest === null || guest.ownerId !== accountId) throw new AppError('region-link-missing');
  const event = newEvent(work.clock, 'account.region-unlinked', accountId, { guest: guestId });
  if (!(await work.store.swapAccount(guest, { ownerId: null }, event)))
    throw new AppError('storage-unavailable');
}

const own = (
  { store, clock }: Work,
  guest: AccountRecord,
  accountId: string,
  by: RegionLink['by'],
): Promise<boolean> => {
  const event = newEvent(clock, 'account.region-linked', accountId, { guest: guest._id, by });
  return store.swapAccount(guest, { ownerId: accountId, ownership: { since: clock.now(), by } }, event);
};
