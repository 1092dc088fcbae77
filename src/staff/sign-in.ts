import { AppError } from '../base/error.ts';
import { newEvent } from '../base/event.ts';
import { checkAccount } from './account.ts';
import { changeOfficer } from './change-officer.ts';
import { type Officer, viewOfficer } from './officer.ts';
import type { Work } from './ports.ts';

const challengeName = (binding: string): string => `staff-sign-in:${binding}`;

/** Begins a sign-in, or a fresh proof, by passkey; the challenge before it under this binding is void. */
export const beginSignIn = (work: Work, { binding }: { binding: string }): Promise<object> =>
  work.ceremonies.beginSignIn({ challengeName: challengeName(binding) });

/**
 * Finishes it; with `officerId` it is a proof, and another officer's passkey is refused. Throws
 * passkey-challenge-expired, passkey-refused, officer-not-active, officer-account-stopped.
 */
export async function finishSignIn(
  work: Work,
  input: { binding: string; response: unknown; officerId?: string },
): Promise<Officer> {
  const { credentialId, found, counter, backedUp } = await work.ceremonies.finishSignIn({
    challengeName: challengeName(input.binding),
    response: input.response,
    async find(id) {
      const officer = await work.store.byCredential(id);
      const passkey = officer?.passkeys.find((one) => one.credentialId === id);
      const isMeant = input.officerId === undefined || input.officerId === officer?._id;
      if (officer === null || passkey === undefined || !isMeant) return null;
      return { officerId: officer._id, accountId: officer.accountId, publicKey: passkey.publicKey };
    },
  });

  await checkAccount(work, found);
  let cloned = false;
  const officer = await changeOfficer(work, found.officerId, (read) => {
    if (read.state !== 'active') throw new AppError('officer-not-active');
    const stored = read.passkeys.find((one) => one.credentialId === credentialId);
    if (stored === undefined) throw new AppError('passkey-refused');
    cloned = !work.ceremonies.counterMovedOn(stored.counter, counter);
    if (cloned) return { changes: {}, event: newEvent(work.clock, 'officer.clone-suspected', read._id) };
    const type = input.officerId === undefined ? 'officer.signed-in' : 'officer.proved';
    const event = newEvent(work.clock, type, read._id, { method: 'passkey' });
    const used = { ...stored, counter, backedUp, lastUsedAt: event.at };
    return {
      changes: { passkeys: read.passkeys.map((one) => (one === stored ? used : one)) },
      event,
    };
  });
  if (cloned) throw new AppError('passkey-refused');
  return viewOfficer(work.cipher, officer);
}
