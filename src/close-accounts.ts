import type { Person } from './consent/index.ts';
import type { House } from './house.ts';
import { isKnown } from './identity/index.ts';
import type { Sessions } from './oidc/index.ts';

const inBatch = 100;
/** The type of holder code of a citizen number. */
const citizenNumberType = '111';

type Domains = Pick<House, 'identity' | 'netIds' | 'consent' | 'directory'>;

/**
 * Closes the accounts whose time has come. What hangs on an account ends first and the account last, so that a process
 * that dies between is made good by the next; each part may be done again. Returns 0: the next look can wait.
 */
export async function closeDueAccounts(house: Domains, sessions: Sessions): Promise<number> {
  for (const accountId of await house.identity.listDueClosings()) {
    await sessions.endAll(accountId);
    await withdrawAll(house, await personOf(house, accountId));
    for (const { deviceId } of await house.identity.listDevices(accountId))
      await house.identity.forgetDevice({ accountId, deviceId });
    await house.netIds.unbind({ accountId, by: 'closing' });
    await house.consent.deleteNotices(accountId);
    await sessions.forget(accountId);
    await house.identity.closeAccount(accountId);
  }
  return 0;
}

/** Withdraws what stands and refuses what waits: nobody is left to answer. */
const withdrawAll = async ({ consent }: Pick<House, 'consent'>, person: Person): Promise<void> => {
  let after: string | null | undefined;
  while (after !== null) {
    const { rows, next } = await consent.listAuthorisations(person, {
      limit: inBatch,
      ...(after === undefined ? {} : { after }),
    });
    for (const { authorisationId, state } of rows) {
      const own = { person, authorisationId };
      if (state === 'approved') await consent.withdrawAuthorisation(own);
      if (state === 'pending') await consent.refuseAuthorisation(own);
    }
    after = next;
  }
};

/** The person by both names: what was asked of a holder by number hangs on no account. */
const personOf = async ({ identity, directory }: Domains, accountId: string): Promise<Person> => {
  const profile = await identity.findAccount(accountId);
  if (profile === null || !isKnown(profile)) return { accountId };
  return {
    accountId,
    holderIndex: directory.holderIndexOf({ type: citizenNumberType, code: profile.number }),
  };
};
