import { newEvent } from '../../base/event.ts';
import { fieldContext } from '../find-account.ts';
import { usePasskey } from '../passkey-sign-in.ts';
import type { PublicKeyCredentialRequestOptionsJSON } from '../passkey-types.ts';
import { checkCode, useCode } from '../phone/code.ts';
import { codeBinding } from './begin.ts';
import type { PhoneChangeVisit, PhoneChangeWork } from './ports.ts';
import { changeAccount, checkChangeable, readChangeable } from './rules.ts';
import { tellAsked } from './tell.ts';

const challengeName = ({ accountId, binding }: PhoneChangeVisit): string =>
  `phone-change:${accountId}:${binding}`;

/** Where a change that waits is sealed. */
export const pendingContext = (accountId: string): string => fieldContext(accountId, 'phone-change');

/** Begins the proof by passkey: a fresh challenge; the one before it is void. */
export const beginPhoneChangePasskey = (
  work: PhoneChangeWork,
  visit: PhoneChangeVisit,
): Promise<PublicKeyCredentialRequestOptionsJSON> =>
  work.ceremonies.beginSignIn({ challengeName: challengeName(visit) });

/**
 * Asks for a change without the old telephone, by the new one's code and a passkey of the account; it is made when the
 * wait is over. Throws sms-code-wrong, sms-code-expired, passkey-challenge-expired, passkey-refused, account-not-active,
 * person-not-known, phone-change-open.
 */
export async function askPhoneChange(
  work: PhoneChangeWork,
  input: PhoneChangeVisit & { newCode: string; response: unknown },
): Promise<void> {
  const { accountId } = input;
  const binding = codeBinding('new', input);
  const phone = await checkCode(work, { binding, code: input.newCode });
  await usePasskey(work, {
    challengeName: challengeName(input),
    response: input.response,
    only: accountId,
    event: (id) => newEvent(work.clock, 'passkey.used', id, { act: 'phone-change' }),
  });
  await useCode(work, binding);

  // Told first: a crash then leaves an owner who was told of nothing, and never one who was not told of something.
  await tellAsked(work, await readChangeable(work, accountId));

  const askedAt = work.clock.now();
  const dueAt = new Date(askedAt.getTime() + work.delaySeconds * 1000);
  const sealed = work.cipher.seal(phone, pendingContext(accountId));
  await changeAccount(work, accountId, (account) => {
    checkChangeable(account);
    return {
      changes: { phoneChange: { phone: sealed, askedAt, dueAt } },
      event: newEvent(work.clock, 'account.phone-change-asked', accountId),
    };
  });
}
