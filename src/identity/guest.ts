import { newEvent } from '../base/event.ts';
import { newId } from '../base/id.ts';
import type { AssuranceLevel } from '../terms/assurance.ts';
import type { AccountRecord, LinkedClaims } from './account.ts';
import { fieldContext } from './find-account.ts';
import type { Work } from './ports.ts';

/** A sign-in that another region vouches for, already admitted under an agreement. */
export interface LinkedSignIn {
  /** The issuer of the home region, and the subject by which it knows the person here: together, and nothing else, the link. */
  issuer: string;
  subject: string;
  /** What the home region released; it takes the place of what it released before. */
  claims: LinkedClaims;
  agreementId: string;
  amr: readonly string[];
  assurance: AssuranceLevel;
}

const form = /^linked_[\w-]{22}$/;

/** Tells whether an account is a guest's: of a person whom another region vouches for, and who can sign in by it only. */
export const isLinkedAccount = (accountId: string): boolean => form.test(accountId);

/** Writes what the home region released, sealed, and by which agreement. */
export const linkOf = (
  { cipher, clock }: Work,
  accountId: string,
  { issuer, agreementId, claims }: LinkedSignIn,
): NonNullable<AccountRecord['linked']> => ({
  issuer,
  agreementId,
  claims: cipher.seal(JSON.stringify(claims), fieldContext(accountId, 'linked')),
  at: clock.now(),
});

/** Finds or makes the guest of an issuer and subject; of two that make it at once one does, and both get it. */
export async function guestOf(work: Work, input: LinkedSignIn): Promise<AccountRecord> {
  const link = JSON.stringify([input.issuer, input.subject]);
  // Unique, and no index of a number has a colon.
  const numberIndex = `linked:${work.blindIndex.of('linked-identity', link)}`;
  const found = await work.store.accountByNumber(numberIndex);
  if (found !== null) return found;
  const accountId = `linked_${newId()}`;
  const now = work.clock.now();
  const record: AccountRecord = {
    _id: accountId,
    numberIndex,
    linked: linkOf(work, accountId, input),
    status: 'active',
    // What another region knows of the person raises nothing here: it counts for the sign-in it vouches for.
    assurance: 1,
    region: work.region,
    version: 1,
    outbox: [newEvent(work.clock, 'account.linked', accountId, { agreementId: input.agreementId })],
    createdAt: now,
    updatedAt: now,
  };
  try {
    await work.store.insertAccount(record);
    return record;
  } catch (error) {
    const made = await work.store.accountByNumber(numberIndex);
    if (made === null) throw error;
    return made;
  }
}
