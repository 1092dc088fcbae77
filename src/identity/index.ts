/**
 * Who you are. Owns accounts, passwords and passkeys, and decides whether a sign-in holds and how surely; ID number,
 * name and telephone are sealed field by field and found by blind index. It does not own sessions, tokens or consent
 * (oidc, consent), nor pages. Read for it: WebAuthn Level 2 as @simplewebauthn implements it, RFC 8176 method names.
 * Control leaves by a value, or by an AppError with a code; what happened rides in the record's outbox.
 */

import type { OutboxSource } from '../storage/outbox.ts';
import type { AccountProfile, SignedIn } from './account.ts';
import { createAccount, type NewAccount } from './create-account.ts';
import { findAccount, findAccountIdByNumber } from './find-account.ts';
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
import type { IdentityDeps, SignInLimits, Work } from './ports.ts';
import { signInWithPassword } from './sign-in-with-password.ts';
import { openIdentityStore } from './store.ts';

export type { AccountProfile, AccountStatus, SignedIn } from './account.ts';
export type { NewAccount } from './create-account.ts';
export type { PasskeySummary } from './passkeys.ts';
export type { IdentityDeps, SignInLimits } from './ports.ts';

/** What can be asked of the domain. `binding` ties a challenge to one interaction. */
export interface Identity {
  /** What happened to accounts and passkeys, for the audit relay. */
  outboxes: readonly OutboxSource[];
  /** Resolves when the indexes stand. */
  ready(): Promise<void>;
  createAccount(input: NewAccount): Promise<{ accountId: string }>;
  findAccount(accountId: string): Promise<AccountProfile | null>;
  findAccountIdByNumber(number: string): Promise<string | null>;
  signInWithPassword(input: { number: string; password: string; address: string }): Promise<SignedIn>;
  beginPasskeySignIn(input: { binding: string }): Promise<PublicKeyCredentialRequestOptionsJSON>;
  finishPasskeySignIn(input: { binding: string; response: unknown; address: string }): Promise<SignedIn>;
  beginPasskeyRegistration(input: {
    accountId: string;
    binding: string;
  }): Promise<PublicKeyCredentialCreationOptionsJSON>;
  finishPasskeyRegistration(input: {
    accountId: string;
    binding: string;
    response: unknown;
    name: string;
  }): Promise<{ credentialId: string }>;
  listPasskeys(accountId: string): Promise<PasskeySummary[]>;
  renamePasskey(input: OwnPasskey & { name: string }): Promise<void>;
  removePasskey(input: OwnPasskey): Promise<void>;
}

const defaultLimits: SignInLimits = { triesPerAccount: 5, triesPerAddress: 100, windowSeconds: 900 };

/** Opens the domain on its stores. */
export function createIdentity({ connection, limits, ...deps }: IdentityDeps): Identity {
  const store = openIdentityStore(connection);
  const work: Work = { ...deps, store, limits: { ...defaultLimits, ...limits } };
  return {
    outboxes: store.outboxes,
    ready: store.ready,
    createAccount: (input) => createAccount(work, input),
    findAccount: (accountId) => findAccount(work, accountId),
    findAccountIdByNumber: (number) => findAccountIdByNumber(work, number),
    signInWithPassword: (input) => signInWithPassword(work, input),
    beginPasskeySignIn: (input) => beginPasskeySignIn(work, input),
    finishPasskeySignIn: (input) => finishPasskeySignIn(work, input),
    beginPasskeyRegistration: (input) => beginPasskeyRegistration(work, input),
    finishPasskeyRegistration: (input) => finishPasskeyRegistration(work, input),
    listPasskeys: (accountId) => listPasskeys(work, accountId),
    renamePasskey: (input) => renamePasskey(work, input),
    removePasskey: (input) => removePasskey(work, input),
  };
}
