import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  SettingsService,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/error.ts';
import type { EphemeralStore } from '../storage/ephemeral/port.ts';
import type { PasskeyRecord } from './account.ts';
import { provenOrigin } from './passkey-attestation.ts';
import { asksAttestation, type PasskeyPolicy, standingOf } from './passkey-policy.ts';
import { counterMovedOn } from './rules.ts';

/** Whom a passkey is made for: what the device keeps of them and shows. */
export interface PasskeyOwner {
  id: string;
  name: string;
  displayName: string;
}

/** A passkey that a registration made, as its owner's store keeps it. */
export type MadePasskey = { credentialId: string } & Pick<
  PasskeyRecord,
  'publicKey' | 'counter' | 'transports' | 'deviceType' | 'backedUp' | 'aaguid' | 'origin'
>;

/** An answer whose signature holds; the counter is for whoever keeps the passkey to judge. */
export interface PasskeyUse {
  counter: number;
  backedUp: boolean;
}

/**
 * The two ceremonies of WebAuthn, for whoever keeps passkeys: citizens here, officers elsewhere. `challengeName` says
 * whose and which ceremony it is; a challenge is kept under it, lasts `challengeTtlSeconds` and serves one try. User
 * verification is always required. What throws, throws passkey-challenge-expired or passkey-refused; a registration also
 * passkey-model-refused.
 */
export interface PasskeyCeremonies {
  beginRegistration(input: {
    challengeName: string;
    owner: PasskeyOwner;
    present: readonly { credentialId: string; transports: string[] }[];
    /** A key that is plugged in or held near, and not this device itself. */
    isSecurityKey?: boolean;
  }): Promise<PublicKeyCredentialCreationOptionsJSON>;
  finishRegistration(input: { challengeName: string; response: unknown }): Promise<MadePasskey>;
  beginSignIn(input: { challengeName: string }): Promise<PublicKeyCredentialRequestOptionsJSON>;
  /** `find` answers who has the passkey named; null refuses it. */
  finishSignIn<T extends { publicKey: Buffer }>(input: {
    challengeName: string;
    response: unknown;
    find(credentialId: string): Promise<T | null>;
  }): Promise<PasskeyUse & { credentialId: string; found: T }>;
  /** Tells whether a counter moved on, or is not kept at all; one that does not betrays a copy. */
  counterMovedOn(stored: number, received: number): boolean;
}

export interface CeremonyDeps {
  ephemeral: EphemeralStore;
  /** Who the passkeys are for: the host of the issuer, and the origins they may be used at. */
  relyingParty: { id: string; name: string; origins: string[] };
  /** Which makers' authenticators are taken for what; without it none is asked whose it is. */
  makers?: { policy: PasskeyPolicy; clock: Clock };
}

// The library would ask the makers it knows over the network, and refuse a passkey whose maker it does not.
for (const identifier of ['android-key', 'android-safetynet', 'apple'] as const)
  SettingsService.setRootCertificates({ identifier, certificates: [] });

const challengeTtlSeconds = 300;
const challengeKey = (challengeName: string): string => `challenge:${challengeName}`;

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

/** The part of an assertion that is read before it is verified; its shape is the browser's, so it is checked. */
const assertionShape = z.looseObject({
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

/** Makes the ceremonies of one relying party. */
export function createPasskeyCeremonies(deps: CeremonyDeps): PasskeyCeremonies {
  return {
    beginRegistration: (input) => beginRegistration(deps, input),
    finishRegistration: (input) => finishRegistration(deps, input),
    beginSignIn: (input) => beginSignIn(deps, input),
    finishSignIn: (input) => finishSignIn(deps, input),
    counterMovedOn,
  };
}

const beginRegistration = async (
  { ephemeral, relyingParty, makers }: CeremonyDeps,
  { challengeName, owner, present, isSecurityKey }: Parameters<PasskeyCeremonies['beginRegistration']>[0],
): Promise<PublicKeyCredentialCreationOptionsJSON> => {
  const options = await generateRegistrationOptions({
    rpID: relyingParty.id,
    rpName: relyingParty.name,
    userID: Uint8Array.from(Buffer.from(owner.id)),
    userName: owner.name,
    userDisplayName: owner.displayName,
    timeout: challengeTtlSeconds * 1000,
    attestationType: asksAttestation(makers?.policy) ? 'direct' : 'none',
    excludeCredentials: present.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    ...(isSecurityKey && { preferredAuthenticatorType: 'securityKey' as const }),
  });
  const ttlSeconds = challengeTtlSeconds;
  await ephemeral.put(challengeKey(challengeName), options.challenge, { ttlSeconds });
  return options;
};

const finishRegistration = async (
  { ephemeral, relyingParty, makers }: CeremonyDeps,
  { challengeName, response }: { challengeName: string; response: unknown },
): Promise<MadePasskey> => {
  const expectedChallenge = await takeChallenge(ephemeral, challengeName);
  const shape = registrationShape.safeParse(response);
  if (!shape.success) throw new AppError('passkey-refused');
  const { credential, attestationObject, ...info } = await refusing(async () => {
    const result = await verifyRegistrationResponse({
      response: shape.data as Parameters<typeof verifyRegistrationResponse>[0]['response'],
      expectedChallenge,
      expectedOrigin: relyingParty.origins,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
    });
    if (!result.verified) throw new AppError('passkey-refused');
    return result.registrationInfo;
  });
  const { aaguid, credentialDeviceType: deviceType, credentialBackedUp: backedUp } = info;
  const origin = await refusing(async () =>
    makers === undefined
      ? null
      : provenOrigin(attestationObject, makers.policy.models.get(aaguid), makers.clock.now()),
  );
  if (standingOf(makers?.policy, { aaguid, deviceType, origin }) === 'refused')
    throw new AppError('passkey-model-refused');
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: shape.data.response.transports ?? [],
    deviceType,
    backedUp,
    aaguid,
    origin,
  };
};

const beginSignIn = async (
  { ephemeral, relyingParty }: CeremonyDeps,
  { challengeName }: { challengeName: string },
): Promise<PublicKeyCredentialRequestOptionsJSON> => {
  const options = await generateAuthenticationOptions({
    rpID: relyingParty.id,
    userVerification: 'required',
    timeout: challengeTtlSeconds * 1000,
  });
  const ttlSeconds = challengeTtlSeconds;
  await ephemeral.put(challengeKey(challengeName), options.challenge, { ttlSeconds });
  return options;
};

const finishSignIn = async <T extends { publicKey: Buffer }>(
  { ephemeral, relyingParty }: CeremonyDeps,
  input: { challengeName: string; response: unknown; find(credentialId: string): Promise<T | null> },
): Promise<PasskeyUse & { credentialId: string; found: T }> => {
  const expectedChallenge = await takeChallenge(ephemeral, input.challengeName);
  const shape = assertionShape.safeParse(input.response);
  if (!shape.success) throw new AppError('passkey-refused');
  const credentialId = shape.data.id;
  const found = await input.find(credentialId);
  if (found === null) throw new AppError('passkey-refused');
  const { newCounter, credentialBackedUp } = await refusing(async () => {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: shape.data as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
      expectedChallenge,
      expectedOrigin: relyingParty.origins,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      // The counter is its keeper's to judge: a copy must be told from a broken answer, and the write is a compare-and-swap.
      credential: { id: credentialId, publicKey: Uint8Array.from(found.publicKey), counter: 0 },
    });
    if (!verified) throw new AppError('passkey-refused');
    return authenticationInfo;
  });
  return { credentialId, found, counter: newCounter, backedUp: credentialBackedUp };
};

const takeChallenge = async (ephemeral: EphemeralStore, challengeName: string): Promise<string> => {
  const challenge = await ephemeral.take(challengeKey(challengeName));
  if (challenge === null) throw new AppError('passkey-challenge-expired');
  return challenge;
};

const refusing = async <T>(verify: () => Promise<T>): Promise<T> => {
  try {
    return await verify();
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('passkey-refused', {}, { cause });
  }
};
