/**
 * Who you are. Owns accounts, passwords, passkeys, codes by telephone and app, the evidence by which a person is known and
 * the level that follows, and decides whether a sign-in holds and how surely; ID number, name and telephone are sealed
 * field by field and found by blind index. Other authorities' systems are asked through `authority/`. It does not own sessions, tokens or consent
 * (oidc, consent), nor pages. Read for it: WebAuthn Level 2 as @simplewebauthn implements it, RFC 8176 method names.
 * Control leaves by a value, or by an AppError with a code; what happened rides in the record's outbox.
 */

import type { OutboxSource } from '../storage/outbox.ts';
import type { TryOrigin } from './abuse/origin.ts';
import { offerPuzzle, type Puzzle } from './abuse/puzzle.ts';
import { openTryStore } from './abuse/store.ts';
import type { AccountProfile, SignedIn } from './account.ts';
import type { Authorities } from './authority/authorities.ts';
import { changePassword } from './change-password.ts';
import { askClosing, closeAccount, stopClosing } from './closing/close-account.ts';
import { type CounterSignIn, createCounterSignIn } from './counter/counter-sign-in.ts';
import { createAccount, type NewAccount } from './create-account.ts';
import { createDevices, type Devices } from './device/devices.ts';
import { openDeviceStore } from './device/store.ts';
import { assuranceOf } from './evidence.ts';
import { findAccount, findAccountIdByNumber } from './find-account.ts';
import type { LinkedSignIn } from './guest.ts';
import { type GuestSignedIn, signInLinked } from './linked-sign-in.ts';
import { beginPasskeyRegistration, finishPasskeyRegistration } from './passkey-registration.ts';
import { beginPasskeySignIn, finishPasskeySignIn } from './passkey-sign-in.ts';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from './passkey-types.ts';
import {
  listPasskeys,
  type OwnPasskey,
  type PasskeySummary,
  removePasskey,
  renamePasskey,
} from './passkeys.ts';
import { awaitedPhone } from './phone/code.ts';
import { usualSmsLimits } from './phone/limits.ts';
import { beginPhoneSignIn, finishPhoneSignIn, type PhoneAnswer } from './phone/phone-sign-in.ts';
import { createPhoneChanges, type PhoneChanges } from './phone-change/phone-changes.ts';
import type { IdentityDeps, SignInLimits, Work } from './ports.ts';
import { createQrSignIn, type QrSignIn } from './qr/qr-sign-in.ts';
import { type CounterCheck, checkAtCounter } from './raise/check-at-counter.ts';
import { beginFaceCheck, finishFaceCheck } from './raise/check-face.ts';
import { matchPerson } from './raise/match-person.ts';
import { usualDelays } from './recovery/lifecycle.ts';
import { createRecoveries, type Recoveries } from './recovery/recoveries.ts';
import { openRecoveryStore } from './recovery/store.ts';
import { linkRegion, listRegionLinks, type RegionLink, unlinkRegion } from './region-links.ts';
import { reachedBy } from './rules.ts';
import {
  awaitedTotp,
  beginTotp,
  finishTotp,
  removeTotp,
  renewRecoveryCodes,
  type TotpSetUp,
} from './second-factor/set-up.ts';
import { finishSecondFactor, type SecondFactorTry } from './second-factor/sign-in.ts';
import { type PasswordTry, signInWithPassword } from './sign-in-with-password.ts';
import { openIdentityStore } from './store.ts';

export type { TryOrigin } from './abuse/origin.ts';
export type { Puzzle } from './abuse/puzzle.ts';
export {
  type AccountProfile,
  type AccountStatus,
  isKnown,
  type KnownPerson,
  type SignedIn,
} from './account.ts';
export { createAuthorities } from './authority/authorities.ts';
export { type CounterRequest, counterRequestTtlSeconds } from './counter/request.ts';
export type { NewAccount } from './create-account.ts';
export { browserKindOf, channelOfKind, nameOfKind } from './device/browser-kind.ts';
export type { DeviceSummary } from './device/device.ts';
export { countsUntil } from './evidence.ts';
export { isLinkedAccount, type LinkedSignIn } from './guest.ts';
export type { MandateView } from './mandate/list-mandates.ts';
export { createMandates, type Mandates } from './mandate/mandates.ts';
export type { MandateEvidence } from './mandate/ports.ts';
export { covers, mandateDays } from './mandate/rules.ts';
export type { StandingMandate } from './mandate/standing.ts';
export { createMiniPrograms, type MiniPrograms } from './mini-program/mini-programs.ts';
export { createMiniProgramPlatform } from './mini-program/platform.ts';
export { createNetIds, type NetIdAnswer, type NetIds } from './net-id/net-ids.ts';
export { createPasskeyCeremonies, type PasskeyCeremonies } from './passkey-ceremony.ts';
export { type PasskeyPolicy, PasskeyPolicyError, parsePasskeyPolicy } from './passkey-policy.ts';
export type { PasskeySummary } from './passkeys.ts';
export type { IdentityDeps, PersonNotice, SignInLimits } from './ports.ts';
export type { Underway } from './recovery/go-on.ts';
export type { AskedRecovery } from './recovery/open.ts';
export type { OpenRecovery, RecoveryWay } from './recovery/recovery.ts';
export type { RegionLink } from './region-links.ts';
export type { TotpSetUp } from './second-factor/set-up.ts';
export { createTestPerson, type TestPerson } from './test-person.ts';
export { isTestPerson } from './test-person-id.ts';

/** What can be asked of the domain. `binding` ties a challenge to one interaction. */
export interface Identity extends Devices, QrSignIn, Recoveries, CounterSignIn, PhoneChanges {
  /** What happened to accounts and passkeys, for the audit relay. */
  outboxes: readonly OutboxSource[];
  /** Resolves when the indexes stand. */
  ready(): Promise<void>;
  createAccount(input: NewAccount): Promise<{ accountId: string }>;
  findAccount(accountId: string): Promise<AccountProfile | null>;
  findAccountIdByNumber(number: string): Promise<string | null>;
  signInWithPassword(input: PasswordTry): Promise<SignedIn>;
  /** The puzzle that the next try by password from there, or at this number, has to solve; null when none. */
  offerPuzzle(input: TryOrigin & { binding: string; number: string }): Promise<Puzzle | null>;
  finishSecondFactor(input: SecondFactorTry): Promise<SignedIn>;
  changePassword(input: { accountId: string; present: string; chosen: string }): Promise<void>;
  beginTotp(input: { accountId: string }): Promise<TotpSetUp>;
  awaitedTotp(input: { accountId: string }): Promise<TotpSetUp>;
  finishTotp(input: { accountId: string; code: string }): Promise<{ recoveryCodes: string[] }>;
  removeTotp(input: { accountId: string }): Promise<void>;
  renewRecoveryCodes(input: { accountId: string }): Promise<{ recoveryCodes: string[] }>;
  signInLinked(input: LinkedSignIn): Promise<GuestSignedIn>;
  linkRegion(input: {
    accountId: string;
    assurance: SignedIn['assurance'];
    signIn: LinkedSignIn;
  }): Promise<void>;
  listRegionLinks(accountId: string): Promise<RegionLink[]>;
  unlinkRegion(input: { accountId: string; guestId: string }): Promise<void>;
  /** Which ways there are here to register and to be known better. */
  readonly offers: { readonly [K in keyof Authorities]: boolean };
  beginPhoneSignIn(input: TryOrigin & { binding: string; phone: string; solution?: string }): Promise<void>;
  finishPhoneSignIn(input: PhoneAnswer): Promise<SignedIn>;
  /** The telephone a code was sent to under a binding; null when none is waited for. */
  awaitedPhone(binding: string): Promise<string | null>;
  matchPerson(input: { accountId: string; name: string; number: string; address: string }): Promise<void>;
  beginFaceCheck(input: {
    accountId: string;
    returnTo: string;
    address: string;
  }): Promise<{ address: string }>;
  finishFaceCheck(input: { accountId: string }): Promise<void>;
  checkAtCounter(input: CounterCheck): Promise<void>;
  /** How surely a sign-in by these methods holds now; null when there is no such account. */
  assuranceReached(accountId: string, amr: readonly string[]): Promise<SignedIn['assurance'] | null>;
  beginPasskeySignIn(input: { binding: string }): Promise<PublicKeyCredentialRequestOptionsJSON>;
  finishPasskeySignIn(input: { binding: string; response: unknown; address: string }): Promise<SignedIn>;
  beginPasskeyRegistration(input: {
    accountId: string;
    binding: string;
    isSecurityKey?: boolean;
  }): Promise<PublicKeyCredentialCreationOptionsJSON>;
  finishPasskeyRegistration(input: {
    accountId: string;
    binding: string;
    response: unknown;
    name: string;
  }): Promise<{ credentialId: string }>;
  askClosing(input: { accountId: string; days: number }): Promise<{ dueAt: Date }>;
  stopClosing(accountId: string): Promise<boolean>;
  /** Accounts whose time to be closed has come. */
  listDueClosings(): Promise<string[]>;
  closeAccount(accountId: string): Promise<boolean>;
  listPasskeys(accountId: string): Promise<PasskeySummary[]>;
  renamePasskey(input: OwnPasskey & { name: string }): Promise<void>;
  removePasskey(input: OwnPasskey): Promise<void>;
}

const defaultLimits: SignInLimits = {
  triesPerAccount: 5,
  triesPerAddress: 100,
  triesPerNetwork: 1000,
  windowSeconds: 900,
  firstWaitSeconds: 30,
  longestWaitSeconds: 900,
  puzzleAfterAccount: 3,
  puzzleAfterAddress: 20,
  puzzleAfterNetwork: 100,
  puzzleAfterSite: 2000,
  puzzleBits: 14,
  puzzleWaitSeconds: 60,
  sprayAccounts: 20,
};

const usualRecovery = { delays: usualDelays, stopAddress: (token: string) => `/recover/stop/${token}` };
const noAuthorities: Authorities = { smsGateway: null, population: null, faceCheck: null };

/** Opens the domain on its stores. */
export function createIdentity(given: IdentityDeps): Identity {
  const { connection, limits, smsLimits, recovery = usualRecovery, phoneChange, ...deps } = given;
  const store = openIdentityStore(connection);
  const tries = openTryStore(connection);
  const work: Work = {
    authorities: noAuthorities,
    ...deps,
    store,
    tries,
    limits: { ...defaultLimits, ...limits },
    smsLimits: { ...usualSmsLimits, ...smsLimits },
  };
  const { smsGateway, population, faceCheck } = work.authorities;
  const devices = createDevices(work, openDeviceStore(connection));
  const recoveries = createRecoveries({ ...work, ...recovery, recoveries: openRecoveryStore(connection) });
  return {
    ...devices,
    ...recoveries,
    ...createQrSignIn(work),
    ...createCounterSignIn(work),
    ...createPhoneChanges(work, phoneChange),
    ...raising(work),
    ...authenticators(work),
    offers: {
      smsGateway: smsGateway !== null,
      population: population !== null,
      faceCheck: faceCheck !== null,
    },
    outboxes: [...store.outboxes, ...tries.outboxes, ...devices.outboxes, ...recoveries.outboxes],
    ready: async () => {
      await Promise.all([store.ready(), tries.ready(), devices.ready(), recoveries.ready()]);
    },
    createAccount: (input) => createAccount(work, input),
    findAccount: (accountId) => findAccount(work, accountId),
    findAccountIdByNumber: (number) => findAccountIdByNumber(work, number),
    signInWithPassword: (input) => signInWithPassword(work, input),
    offerPuzzle: (input) => offerPuzzle(work, input),
    signInLinked: (input) => signInLinked(work, input),
    linkRegion: (input) => linkRegion(work, input),
    listRegionLinks: (accountId) => listRegionLinks(work, accountId),
    unlinkRegion: (input) => unlinkRegion(work, input),
    beginPasskeySignIn: (input) => beginPasskeySignIn(work, input),
    finishPasskeySignIn: (input) => finishPasskeySignIn(work, input),
    beginPasskeyRegistration: (input) => beginPasskeyRegistration(work, input),
    finishPasskeyRegistration: (input) => finishPasskeyRegistration(work, input),
    ...closing(work),
    listPasskeys: (accountId) => listPasskeys(work, accountId),
    renamePasskey: (input) => renamePasskey(work, input),
    removePasskey: (input) => removePasskey(work, input),
  };
}

type Raising = Pick<
  Identity,
  | 'beginPhoneSignIn'
  | 'finishPhoneSignIn'
  | 'awaitedPhone'
  | 'matchPerson'
  | 'beginFaceCheck'
  | 'finishFaceCheck'
  | 'checkAtCounter'
  | 'assuranceReached'
>;

const raising = (work: Work): Raising => ({
  beginPhoneSignIn: (input) => beginPhoneSignIn(work, input),
  finishPhoneSignIn: (input) => finishPhoneSignIn(work, input),
  awaitedPhone: (binding) => awaitedPhone(work, binding),
  matchPerson: (input) => matchPerson(work, input),
  beginFaceCheck: (input) => beginFaceCheck(work, input),
  finishFaceCheck: (input) => finishFaceCheck(work, input),
  checkAtCounter: (input) => checkAtCounter(work, input),
  assuranceReached: async (accountId, amr) => {
    const account = await work.store.accountById(accountId);
    return account && reachedBy(amr, assuranceOf(account, work.clock.now()));
  },
});

type Authenticators = Pick<
  Identity,
  | 'finishSecondFactor'
  | 'changePassword'
  | 'beginTotp'
  | 'awaitedTotp'
  | 'finishTotp'
  | 'removeTotp'
  | 'renewRecoveryCodes'
>;

const authenticators = (work: Work): Authenticators => ({
  finishSecondFactor: (input) => finishSecondFactor(work, input),
  changePassword: (input) => changePassword(work, input),
  beginTotp: (input) => beginTotp(work, input),
  awaitedTotp: (input) => awaitedTotp(work, input),
  finishTotp: (input) => finishTotp(work, input),
  removeTotp: (input) => removeTotp(work, input),
  renewRecoveryCodes: (input) => renewRecoveryCodes(work, input),
});

type Closing = Pick<Identity, 'askClosing' | 'stopClosing' | 'listDueClosings' | 'closeAccount'>;

const closingsAtOnce = 100;

const closing = (work: Work): Closing => ({
  askClosing: (input) => askClosing(work, input),
  stopClosing: (accountId) => stopClosing(work, accountId),
  listDueClosings: () => work.store.dueClosings(work.clock.now(), closingsAtOnce),
  closeAccount: (accountId) => closeAccount(work, accountId),
});
