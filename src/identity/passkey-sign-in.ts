import { AppError } from '../base/error.ts';
import { newEvent } from '../base/event.ts';
import type { PasskeyRecord, SignedIn } from './account.ts';
import { assuranceOf } from './evidence.ts';
import type { PasskeyUse } from './passkey-ceremony.ts';
import type { PublicKeyCredentialRequestOptionsJSON } from './passkey-types.ts';
import type { Work } from './ports.ts';
import { checkActive, counterMovedOn, methodsOfPasskey, reachedBy } from './rules.ts';

const mostAttempts = 5;
const challengeName = (binding: string): string => `sign-in:${binding}`;

/** Begins a sign-in by passkey: a fresh challenge, kept under the binding; the one before it is void. */
export const beginPasskeySignIn = (
  work: Work,
  { binding }: { binding: string },
): Promise<PublicKeyCredentialRequestOptionsJSON> =>
  work.ceremonies.beginSignIn({ challengeName: challengeName(binding) });

/**
 * Finishes a sign-in by passkey; the challenge serves one try, whatever comes of it. Throws passkey-challenge-expired,
 * passkey-refused, account-not-active.
 */
export async function finishPasskeySignIn(
  work: Work,
  input: { binding: string; response: unknown; address: string },
): Promise<SignedIn> {
  const { found, ...use } = await work.ceremonies.finishSignIn({
    challengeName: challengeName(input.binding),
    response: input.response,
    async find(credentialId) {
      const passkey = await work.store.passkeyById(credentialId);
      const account = passkey === null ? null : await work.store.accountById(passkey.accountId);
      return passkey === null || account === null ? null : { passkey, account, publicKey: passkey.publicKey };
    },
  });
  const { passkey, account } = found;
  checkActive(account);

  await writeUse(work, passkey, use);

  const amr = methodsOfPasskey(passkey);
  return {
    accountId: account._id,
    amr,
    assurance: reachedBy(amr, assuranceOf(account, work.clock.now())),
  };
}

/** Writes a use; when someone else wrote meanwhile the counter is judged again by what stands then. */
const writeUse = async (
  work: Work,
  passkey: PasskeyRecord,
  { counter, backedUp }: PasskeyUse,
): Promise<void> => {
  const event = newEvent(work.clock, 'account.signed-in', passkey.accountId, { method: 'passkey' });
  let read: PasskeyRecord | null = passkey;
  for (let attempt = 0; attempt < mostAttempts && read !== null; attempt += 1) {
    if (!counterMovedOn(read.counter, counter)) {
      await work.store.swapPasskey(
        read,
        {},
        newEvent(work.clock, 'passkey.clone-suspected', passkey.accountId),
      );
      throw new AppError('passkey-refused');
    }
    const changes = { counter, backedUp, lastUsedAt: work.clock.now() };
    if (await work.store.swapPasskey(read, changes, event)) return;
    read = await work.store.passkeyById(passkey._id);
  }
  throw new AppError('passkey-refused');
};
