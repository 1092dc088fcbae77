import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { z } from 'zod';
import { AppError } from '../base/error.ts';
import { newEvent } from '../base/event.ts';
import { maskName, maskNumber } from '../base/mask.ts';
import type { PasskeyRecord } from './account.ts';
import { openProfile } from './find-account.ts';
import { challengeTtlSeconds } from './passkey-sign-in.ts';
import { nameOfPasskey } from './passkeys.ts';
import type { Work } from './ports.ts';
import { checkActive } from './rules.ts';

const challengeKey = (accountId: string, binding: string): string =>
  `challenge:passkey:${accountId}:${binding}`;

const registrationShape = z.looseObject({
  id: z.string().min(1).max(1400),
  rawId: z.string(),
  type: z.literal('public-key'),
  response: z.looseObject({
    clientDataJSON: z.string(),
    attestationObject: z.string(),
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
  clientExtensionResults: z.looseObject({}).default({}),
});

/** Begins to add a passkey. The device shows the masked name and number, which is all it keeps of the person. */
export async function beginPasskeyRegistration(
  work: Work,
  { accountId, binding }: { accountId: string; binding: string },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const [account, present] = await Promise.all([
    work.store.accountById(accountId),
    work.store.passkeysOf(accountId),
  ]);
  if (account === null) throw new AppError('account-not-active');
  checkActive(account);
  const { name, number } = openProfile(work, account);

  const options = await generateRegistrationOptions({
    rpID: work.relyingParty.id,
    rpName: work.relyingParty.name,
    userID: Uint8Array.from(Buffer.from(accountId)),
    userName: `${maskName(name)} ${maskNumber(number)}`,
    userDisplayName: maskName(name),
    timeout: challengeTtlSeconds * 1000,
    attestationType: 'none',
    excludeCredentials: present.map(({ _id, transports }) => ({ id: _id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  const key = challengeKey(accountId, binding);
  await work.ephemeral.put(key, options.challenge, { ttlSeconds: challengeTtlSeconds });
  return options;
}

/** Finishes adding a passkey. Throws passkey-challenge-expired, passkey-refused, passkey-duplicate. */
export async function finishPasskeyRegistration(
  work: Work,
  input: { accountId: string; binding: string; response: unknown; name: string },
): Promise<{ credentialId: string }> {
  const { accountId } = input;
  const challenge = await work.ephemeral.take(challengeKey(accountId, input.binding));
  if (challenge === null) throw new AppError('passkey-challenge-expired');
  const shape = registrationShape.safeParse(input.response);
  if (!shape.success) throw new AppError('passkey-refused');

  const { credential, credentialDeviceType, credentialBackedUp, aaguid } = await verify(
    work,
    shape.data,
    challenge,
  );
  const record: PasskeyRecord = {
    _id: credential.id,
    accountId,
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: shape.data.response.transports ?? [],
    deviceType: credentialDeviceType,
    backedUp: credentialBackedUp,
    aaguid,
    name: nameOfPasskey(input.name),
    createdAt: work.clock.now(),
    version: 1,
    outbox: [newEvent(work.clock, 'passkey.registered', accountId, { deviceType: credentialDeviceType })],
  };

  await work.store.insertPasskey(record);

  return { credentialId: record._id };
}

const verify = async (
  work: Work,
  response: z.output<typeof registrationShape>,
  expectedChallenge: string,
) => {
  try {
    const result = await verifyRegistrationResponse({
      response: response as Parameters<typeof verifyRegistrationResponse>[0]['response'],
      expectedChallenge,
      expectedOrigin: work.relyingParty.origins,
      expectedRPID: work.relyingParty.id,
      requireUserVerification: true,
    });
    if (!result.verified) throw new AppError('passkey-refused');
    return result.registrationInfo;
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('passkey-refused', {}, { cause });
  }
};
