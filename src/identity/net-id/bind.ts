import { createHash } from 'node:crypto';
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import type { AssuranceLevel } from '../../terms/assurance.ts';
import { type AccountRecord, isKnown } from '../account.ts';
import { withEvidence } from '../evidence.ts';
import { openProfile } from '../find-account.ts';
import { isLinkedAccount } from '../guest.ts';
import { checkActive } from '../rules.ts';
import { writeEvent } from '../write-event.ts';
import type { NetIdAnswer, NetIdRecord, Unbinder } from './binding.ts';
import type { NetIdWork } from './ports.ts';

/** The least level at which a person may let a net-ID in. */
const leastLevel: AssuranceLevel = 2;
const mostAttempts = 3;

/** Names whose net-ID it is without saying so. */
export const subjectIndexOf = (
  { blindIndex }: Pick<NetIdWork, 'blindIndex'>,
  { issuer, subject }: NetIdAnswer,
): string => blindIndex.of('net-id', `${issuer} ${subject}`);

/**
 * Binds a net-ID to the account of who is signed in; one that is bound to it stays, and counts as checked anew. Throws
 * guest-account, net-id-level, net-id-taken, net-id-present, net-id-other-person, account-not-active, storage-unavailable.
 */
export async function bindNetId(
  work: NetIdWork,
  { accountId, assurance, answer }: { accountId: string; assurance: AssuranceLevel; answer: NetIdAnswer },
): Promise<void> {
  if (isLinkedAccount(accountId)) throw new AppError('guest-account');
  if (assurance < leastLevel) throw new AppError('net-id-level');
  const subjectIndex = subjectIndexOf(work, answer);
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const [account, former, present] = await Promise.all([
      work.store.accountById(accountId),
      work.bindings.bySubject(subjectIndex),
      work.bindings.ofAccount(accountId),
    ]);
    if (account === null) throw new AppError('account-not-active');
    checkActive(account);
    const isSame = isSamePerson(work, account, answer);
    const refusal = refusalOf({ accountId, former, present, isSame });
    if (refusal !== null) {
      const event = newEvent(work.clock, 'account.net-id-refused', accountId, { reason: refusal });
      await writeEvent(work, account, event);
      throw new AppError(refusal);
    }
    const isBound = present !== null;
    if (!isBound && !(await write(work, { accountId, subjectIndex, former }))) continue;
    if (isSame) await raise(work, account, { subjectIndex, acr: answer.acr });
    if (!isBound) await work.tellPerson({ accountId, kind: 'authenticator-added', values: {} });
    return;
  }
  throw new AppError('storage-unavailable');
}

interface Found {
  accountId: string;
  former: NetIdRecord | null;
  present: NetIdRecord | null;
  isSame: boolean | null;
}

const refusalOf = ({ accountId, former, present, isSame }: Found) => {
  if (isSame === false) return 'net-id-other-person';
  if (former !== null && former.removedAt === null && former.accountId !== accountId) return 'net-id-taken';
  return present !== null && present._id !== former?._id ? 'net-id-present' : null;
};

/**
 * Tells whether the platform means the person of the account; null when either does not say. Without it a stranger who got
 * in could raise the account by a net-ID of their own. The claim and its digest are our design [D].
 */
const isSamePerson = (
  work: NetIdWork,
  account: AccountRecord,
  { personDigest }: NetIdAnswer,
): boolean | null => {
  const profile = openProfile(work, account);
  if (personDigest === null || !isKnown(profile)) return null;
  const { salt, digest } = personDigest;
  const text = `${salt}\n${profile.number}\n${profile.name}`;
  return createHash('sha256').update(text).digest('base64url') === digest;
};

const write = (
  { bindings, clock }: NetIdWork,
  {
    accountId,
    subjectIndex,
    former,
  }: { accountId: string; subjectIndex: string; former: NetIdRecord | null },
): Promise<boolean> => {
  const event = newEvent(clock, 'net-id.bound', accountId);
  const fields = { accountId, slot: accountId, boundAt: event.at, lastUsedAt: null, removedAt: null };
  if (former !== null) return bindings.swap(former, fields, event);
  return bindings.insert({ _id: newId(), subjectIndex, ...fields, version: 1, outbox: [event] });
};

/** Counts the platform's check of the person for the third level, where its class is one the region takes for that. */
const raise = async (
  work: NetIdWork,
  account: AccountRecord,
  { subjectIndex, acr }: { subjectIndex: string; acr: string | null },
): Promise<void> => {
  if (acr === null || !work.strongAcr.includes(acr)) return;
  const digest = work.blindIndex.of('evidence', `net-id:${account._id}:${subjectIndex}`);
  const event = newEvent(work.clock, 'account.raised', account._id, { method: 'net-id' });
  const evidence = withEvidence(account.evidence, { method: 'net-id', at: event.at, digest });
  await writeEvent(work, account, event, { evidence });
};

/** Unbinds the net-ID of an account; returns whether there was one. Throws storage-unavailable. */
export async function unbindNetId(
  work: NetIdWork,
  { accountId, by }: { accountId: string; by: Unbinder },
): Promise<boolean> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const binding = await work.bindings.ofAccount(accountId);
    if (binding === null) return false;
    const event = newEvent(work.clock, 'net-id.unbound', accountId, { by });
    // A sign-in at this moment moved its version on.
    if (!(await work.bindings.swap(binding, { slot: binding._id, removedAt: event.at }, event))) continue;
    await work.tellPerson({ accountId, kind: 'authenticator-removed', values: {} });
    return true;
  }
  throw new AppError('storage-unavailable');
}
