import { AppError } from '../base/error.ts';
import { newEvent } from '../base/event.ts';
import { maskName, maskNumber, maskPhone } from '../base/mask.ts';
import { type AccountRecord, isKnown, type PasskeyRecord } from './account.ts';
import { openProfile } from './find-account.ts';
import type { PasskeyOwner } from './passkey-ceremony.ts';
import { modelNameOf } from './passkey-policy.ts';
import type { PublicKeyCredentialCreationOptionsJSON } from './passkey-types.ts';
import { nameOfPasskey } from './passkeys.ts';
import type { Work } from './ports.ts';
import { checkActive } from './rules.ts';

const challengeName = (accountId: string, binding: string): string => `passkey:${accountId}:${binding}`;

/**
 * Begins to add a passkey. The device shows the masked name and number (of a person not known yet, the telephone),
 * which is all it keeps of the person. `isSecurityKey`: a USB key or the like. Throws account-not-active, guest-account.
 */
export async function beginPasskeyRegistration(
  work: Work,
  {
    accountId,
    binding,
    isSecurityKey = false,
  }: { accountId: string; binding: string; isSecurityKey?: boolean },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const [account, present] = await Promise.all([
    work.store.accountById(accountId),
    work.store.passkeysOf(accountId),
  ]);
  if (account === null) throw new AppError('account-not-active');
  checkActive(account);
  // A guest with a passkey here would outlive the agreement.
  if (account.linked !== undefined) throw new AppError('guest-account');

  return work.ceremonies.beginRegistration({
    challengeName: challengeName(accountId, binding),
    owner: ownerOf(work, account),
    present: present.map(({ _id, transports }) => ({ credentialId: _id, transports })),
    isSecurityKey,
  });
}

/** Names whom a passkey is for: masked, as the device keeps it and shows it. */
export function ownerOf(work: Work, account: AccountRecord): PasskeyOwner {
  const profile = openProfile(work, account);
  const displayName = isKnown(profile) ? maskName(profile.name) : maskPhone(profile.phone ?? '');
  return {
    id: account._id,
    name: isKnown(profile) ? `${displayName} ${maskNumber(profile.number)}` : displayName,
    displayName,
  };
}

/** Finishes adding a passkey. Throws passkey-challenge-expired, passkey-refused, passkey-model-refused, passkey-duplicate. */
export async function finishPasskeyRegistration(
  work: Work,
  input: { accountId: string; binding: string; response: unknown; name: string },
): Promise<{ credentialId: string }> {
  const { accountId, binding, response } = input;
  const { credentialId, ...made } = await work.ceremonies.finishRegistration({
    challengeName: challengeName(accountId, binding),
    response,
  });
  const { deviceType } = made;
  const record: PasskeyRecord = {
    _id: credentialId,
    accountId,
    ...made,
    name: nameOfPasskey(input.name, modelNameOf(work.passkeyPolicy, made.aaguid)),
    createdAt: work.clock.now(),
    version: 1,
    outbox: [newEvent(work.clock, 'passkey.registered', accountId, { deviceType })],
  };

  await work.store.insertPasskey(record);

  return { credentialId };
}
