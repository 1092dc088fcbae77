import { AppError } from '../base/error.ts';
import { type DomainEvent, newEvent } from '../base/event.ts';
import type { AccountRecord, PasskeyRecord, SignedIn } from './account.ts';
import { assuranceOf } from './evidence.ts';
import type { PasskeyUse } from './passkey-ceremony.ts';
import { standingOf } from './passkey-policy.ts';
import type { PublicKeyCredentialRequestOptionsJSON } from './passkey-types.ts';
import type { Work } from './ports.ts';
import { checkActive, counterMovedOn, methodsOfPasskey, reachedByPasskey } from './rules.ts';

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
 * passkey-refused, passkey-model-refused, account-not-active.
 */
export async function finishPasskeySignIn(
  work: Work,
  input: { binding: string; response: unknown; address: string },
): Promise<SignedIn> {
  const { accountId, amr, account } = await usePasskey(work, {
    challengeName: challengeName(input.binding),
    response: input.response,
    event: (id) => newEvent(work.clock, 'account.signed-in', id, { method: 'passkey' }),
  });
  const known = assuranceOf(account, work.clock.now());
  return { accountId, amr, assurance: reachedByPasskey(amr, known, work.hardwareKeys ?? 'none') };
}

/**
 * Judges an answer to a challenge and writes the use; `only`: whose passkey it must be. Throws what finishPasskeySignIn
 * throws.
 */
export async function usePasskey(
  work: Work,
  input: {
    challengeName: string;
    response: unknown;
    only?: string;
    event(accountId: string): DomainEvent;
  },
): Promise<{ accountId: string; amr: string[]; account: AccountRecord }> {
  const { only } = input;
  const { found, ...use } = await work.ceremonies.finishSignIn({
    challengeName: input.challengeName,
    response: input.response,
    async find(credentialId) {
      const passkey = await work.store.passkeyById(credentialId);
      if (passkey === null || (only !== undefined && passkey.accountId !== only)) return null;
      const account = await work.store.accountById(passkey.accountId);
      return account && { passkey, account, publicKey: passkey.publicKey };
    },
  });
  const { passkey, account } = found;
  checkActive(account);
  const standing = standingOf(work.passkeyPolicy, passkey);
  const amr = methodsOfPasskey(passkey, standing, work.hardwareKeys ?? 'none');

  await writeUse(work, passkey, use, input.event(account._id));

  return { accountId: account._id, amr, account };
}

/** Writes a use; when someone else wrote meanwhile the counter is judged again by what stands then. */
const writeUse = async (
  work: Work,
  passkey: PasskeyRecord,
  { counter, backedUp }: PasskeyUse,
  event: DomainEvent,
): Promise<void> => {
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
