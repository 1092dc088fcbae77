import {
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server';
import { z } from 'zod';
import { AppError } from '../base/error.ts';
import { newEvent } from '../base/event.ts';
import type { PasskeyRecord, SignedIn } from './account.ts';
import type { Work } from './ports.ts';
import { assuranceByPasskey, checkActive, counterMovedOn, methodsOfPasskey } from './rules.ts';

export const challengeTtlSeconds = 300;
const mostAttempts = 5;
const challengeKey = (binding: string): string => `challenge:sign-in:${binding}`;

/** The part of an assertion that is read before it is verified; its shape is the browser's, so it is checked. */
export const assertionShape = z.looseObject({
  id: z.string().min(1).max(1400),
  rawId: z.string(),
  type: z.literal('public-key'),
  response: z.looseObject({
    clientDataJSON: z.string(),
    authenticatorData: z.string(),
    signature: z.string(),
    userHandle: z.string().optional(),
  }),
  clientExtensionResults: z.looseObject({}).default({}),
});

/** Begins a sign-in by passkey: a fresh challenge, kept under the binding; the one before it is void. */
export async function beginPasskeySignIn(
  work: Work,
  { binding }: { binding: string },
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const options = await generateAuthenticationOptions({
    rpID: work.relyingParty.id,
    userVerification: 'required',
    timeout: challengeTtlSeconds * 1000,
  });
  await work.ephemeral.put(challengeKey(binding), options.challenge, { ttlSeconds: challengeTtlSeconds });
  return options;
}

/**
 * Finishes a sign-in by passkey; the challenge serves one try, whatever comes of it. Throws passkey-challenge-expired,
 * passkey-refused, account-not-active.
 */
export async function finishPasskeySignIn(
  work: Work,
  input: { binding: string; response: unknown; address: string },
): Promise<SignedIn> {
  const challenge = await work.ephemeral.take(challengeKey(input.binding));
  if (challenge === null) throw new AppError('passkey-challenge-expired');
  const shape = assertionShape.safeParse(input.response);
  if (!shape.success) throw new AppError('passkey-refused');
  const passkey = await work.store.passkeyById(shape.data.id);
  const account = passkey === null ? null : await work.store.accountById(passkey.accountId);
  if (passkey === null || account === null) throw new AppError('passkey-refused');

  const received = await verifiedCounter(work, passkey, shape.data, challenge);
  checkActive(account);

  await writeUse(work, passkey, received);

  return {
    accountId: account._id,
    amr: methodsOfPasskey(passkey),
    assurance: assuranceByPasskey(account.assurance),
  };
}

/** Writes a use; when someone else wrote meanwhile the counter is judged again by what stands then. */
const writeUse = async (
  work: Work,
  passkey: PasskeyRecord,
  { counter, backedUp }: { counter: number; backedUp: boolean },
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

const verifiedCounter = async (
  work: Work,
  passkey: PasskeyRecord,
  response: z.output<typeof assertionShape>,
  expectedChallenge: string,
): Promise<{ counter: number; backedUp: boolean }> => {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
      expectedChallenge,
      expectedOrigin: work.relyingParty.origins,
      expectedRPID: work.relyingParty.id,
      requireUserVerification: true,
      // The counter is ours to judge: a copy must be told from a broken answer, and the write is a compare-and-swap.
      credential: { id: passkey._id, publicKey: Uint8Array.from(passkey.publicKey), counter: 0 },
    });
    if (!verified) throw new AppError('passkey-refused');
    return { counter: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp };
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('passkey-refused', {}, { cause });
  }
};
