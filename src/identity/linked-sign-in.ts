import { newEvent } from '../base/event.ts';
import { newId } from '../base/id.ts';
import type { AssuranceLevel } from '../terms/assurance.ts';
import type { AccountRecord, LinkedClaims, SignedIn } from './account.ts';
import { fieldContext } from './find-account.ts';
import type { Work } from './ports.ts';
import { checkActive } from './rules.ts';
import { writeEvent } from './write-event.ts';

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

/**
 * Signs in a person of another region: to the guest account of that issuer and subject, which is made the first time.
 * It is never merged with an account of the same name, number or telephone. Throws account-not-active.
 */
export async function signInLinked(work: Work, input: LinkedSignIn): Promise<SignedIn> {
  const link = JSON.stringify([input.issuer, input.subject]);
  // Unique, and no index of a number has a colon.
  const numberIndex = `linked:${work.blindIndex.of('linked-identity', link)}`;
  const account = await guestOf(work, input, numberIndex);
  checkActive(account);

  const { agreementId, amr, assurance } = input;
  const event = newEvent(work.clock, 'account.signed-in', account._id, { method: 'fed', agreementId });
  const changes = { linked: linkOf(work, account._id, input), lastSignInAt: work.clock.now() };
  await writeEvent(work, account, event, changes);

  return { accountId: account._id, amr: [...new Set([...amr, 'fed'])], assurance };
}

/** Opens what the home region released of a guest; absent of anyone else. */
export const openLinked = (
  { cipher }: Pick<Work, 'cipher'>,
  { _id, linked }: AccountRecord,
): { linked?: LinkedClaims } =>
  linked === undefined
    ? {}
    : { linked: JSON.parse(cipher.open(linked.claims, fieldContext(_id, 'linked'))) as LinkedClaims };

const linkOf = (
  { cipher, clock }: Work,
  accountId: string,
  { issuer, agreementId, claims }: LinkedSignIn,
): NonNullable<AccountRecord['linked']> => ({
  issuer,
  agreementId,
  claims: cipher.seal(JSON.stringify(claims), fieldContext(accountId, 'linked')),
  at: clock.now(),
});

/** Finds or makes the guest; of two that make it at once one does, and both get it. */
const guestOf = async (work: Work, input: LinkedSignIn, numberIndex: string): Promise<AccountRecord> => {
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
};
