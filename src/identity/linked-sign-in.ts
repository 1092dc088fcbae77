import { newEvent } from '../base/event.ts';
import type { AccountRecord, LinkedClaims, SignedIn } from './account.ts';
import { fieldContext } from './find-account.ts';
import { guestOf, type LinkedSignIn, linkOf } from './guest.ts';
import type { Work } from './ports.ts';
import { linkByNumber } from './region-links.ts';
import { checkActive } from './rules.ts';
import { writeEvent } from './write-event.ts';

/** A guest's sign-in, and the account of this region that it was found to belong to just now; null mostly. */
export interface GuestSignedIn extends SignedIn {
  linkedTo: string | null;
}

/**
 * Signs in a person of another region: to the guest account of that issuer and subject, which is made the first time. It
 * stays that account whatever it is linked to (region-links), and a name or telephone links nothing. Throws
 * account-not-active.
 */
export async function signInLinked(work: Work, input: LinkedSignIn): Promise<GuestSignedIn> {
  const account = await guestOf(work, input);
  checkActive(account);
  const linkedTo = await linkByNumber(work, account, input);

  const { agreementId, amr, assurance } = input;
  const event = newEvent(work.clock, 'account.signed-in', account._id, { method: 'fed', agreementId });
  const changes = { linked: linkOf(work, account._id, input), lastSignInAt: work.clock.now() };
  await writeEvent(work, account, event, changes);

  return { accountId: account._id, amr: [...new Set([...amr, 'fed'])], assurance, linkedTo };
}

/** Opens what the home region released of a guest; absent of anyone else. */
export const openLinked = (
  { cipher }: Pick<Work, 'cipher'>,
  { _id, linked }: AccountRecord,
): { linked?: LinkedClaims } =>
  linked === undefined
    ? {}
    : { linked: JSON.parse(cipher.open(linked.claims, fieldContext(_id, 'linked'))) as LinkedClaims };
