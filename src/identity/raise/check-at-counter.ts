import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { parsePersonName } from '../../terms/person-name.ts';
import { type AccountRecord, isKnown, type KnownPerson } from '../account.ts';
import { withEvidence } from '../evidence.ts';
import { openProfile } from '../find-account.ts';
import type { Work } from '../ports.ts';
import { writeEvent } from '../write-event.ts';
import { countCheck } from './limits.ts';

/** What an officer saw who had person and document at the counter (窗口). */
export interface CounterCheck {
  accountId: string;
  officerId: string;
  /** The name as the document has it, typed by the officer, who is shown it masked only. */
  name: string;
}

/**
 * Raises a known person to the third level by an officer's word: the document is genuine, its face is the one at the
 * counter, its name is the account's. Of that a digest is kept, the officer and the time, and the person is told. It opens
 * nothing: who signs in still needs an authenticator. Throws name-invalid, match-limit-reached, counter-check-person-unknown,
 * counter-check-name-differs.
 */
export async function checkAtCounter(work: Work, input: CounterCheck): Promise<void> {
  const { accountId, officerId } = input;
  const typed = parsePersonName(input.name);
  await countCheck(work, 'counter', { accountId, address: officerId });
  const account = await work.store.accountById(accountId);
  const person = knownOf(work, account);
  if (account === null || person === null) throw new AppError('counter-check-person-unknown');

  if (typed !== person.name) {
    await writeEvent(
      work,
      account,
      newEvent(work.clock, 'account.counter-refused', officerId, { accountId }),
    );
    throw new AppError('counter-check-name-differs');
  }
  const at = work.clock.now();
  const digest = work.blindIndex.of('evidence', `counter:${person.number}:${person.name}:${officerId}`);
  const evidence = withEvidence(account.evidence, { method: 'counter', at, digest, officer: officerId });
  const event = newEvent(work.clock, 'account.raised', officerId, { method: 'counter', accountId });

  await writeEvent(work, account, event, { evidence });

  await work.tellPerson?.({ accountId, kind: 'checked-at-counter', values: {} });
}

/** Opens an active account of a person who is known here; a guest is for the home region to raise. */
const knownOf = (work: Work, account: AccountRecord | null): KnownPerson | null => {
  if (account?.status !== 'active' || account.linked !== undefined) return null;
  const profile = openProfile(work, account);
  return isKnown(profile) ? profile : null;
};
