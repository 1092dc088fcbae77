/**
 * The way back into an account whose passkeys are all lost (找回). Owns the request: who may make one, how long it waits,
 * who is told, how it is stopped, and what follows when it is completed. It owns neither the face check nor the
 * telephone's codes (authority, phone), nor the decision of two officers (staff), nor sessions, which it is handed the
 * end of. Until it is completed whatever opened the account still does. The ways, waits and words are our design [D].
 * Control leaves by a value or an AppError with a code; what happened rides in the record's outbox.
 */
import type { OutboxSource } from '../../storage/outbox.ts';
import type { PublicKeyCredentialCreationOptionsJSON } from '../passkey-types.ts';
import { beginRecovery, proveRecovery, type RecoveryBeginning, type RecoveryProof } from './ask.ts';
import { beginRecoveryPasskey, completeRecovery, type RecoveryAnswer, settleRecovery } from './complete.ts';
import { makeRecoverySlip, openAtCounter } from './counter.ts';
import { beginRecoveryFace, faceAccountOf, finishRecoveryFace } from './face.ts';
import {
  proveRecoveryPhone,
  recoveryUnderway,
  resumeRecovery,
  sendRecoveryCode,
  type Underway,
} from './go-on.ts';
import type { AskedRecovery } from './open.ts';
import type { RecoveryWork } from './ports.ts';
import type { OpenRecovery } from './recovery.ts';
import { isStopLink, pendingRecovery, stopRecovery, stopRecoveryByLink } from './stop.ts';
import { sweepRecoveries } from './sweep.ts';

/** What can be asked about recoveries. `binding` names the browser of one who can sign in no more. */
export interface Recoveries {
  beginRecovery(input: RecoveryBeginning): Promise<void>;
  proveRecovery(input: RecoveryProof): Promise<AskedRecovery | null>;
  faceAccountOf(binding: string): Promise<string>;
  beginRecoveryFace(input: {
    binding: string;
    returnTo: string;
    address: string;
  }): Promise<{ address: string }>;
  finishRecoveryFace(input: { binding: string }): Promise<AskedRecovery>;
  resumeRecovery(input: { binding: string; number: string; code: string; address: string }): Promise<void>;
  recoveryUnderway(binding: string): Promise<Underway>;
  sendRecoveryCode(input: { binding: string; address: string }): Promise<void>;
  proveRecoveryPhone(input: { binding: string; code: string; address: string }): Promise<void>;
  beginRecoveryPasskey(binding: string): Promise<PublicKeyCredentialCreationOptionsJSON>;
  completeRecovery(input: RecoveryAnswer): Promise<{ recoveryId: string; recoveryCodes: string[] }>;
  settleRecovery(recoveryId: string, endSessions: (accountId: string) => Promise<unknown>): Promise<void>;
  pendingRecovery(accountId: string): Promise<OpenRecovery | null>;
  stopRecovery(accountId: string): Promise<boolean>;
  isStopLink(token: string): Promise<boolean>;
  stopRecoveryByLink(token: string): Promise<void>;
  openAtCounter(input: { recoveryId: string; accountId: string; officers: string[] }): Promise<void>;
  makeRecoverySlip(input: {
    recoveryId: string;
    officerId: string;
  }): Promise<{ code: string; readyAt: Date; readyAloneAt: Date; expiresAt: Date }>;
  /** Tells what was not told, ends what is over, and settles what a crash left; returns how many. */
  sweepRecoveries(endSessions: (accountId: string) => Promise<unknown>): Promise<number>;
}

/** Opens the recoveries on their store. */
export function createRecoveries(
  work: RecoveryWork,
): Recoveries & { outboxes: readonly OutboxSource[]; ready(): Promise<void> } {
  return {
    outboxes: work.recoveries.outboxes,
    ready: work.recoveries.ready,
    beginRecovery: (input) => beginRecovery(work, input),
    proveRecovery: (input) => proveRecovery(work, input),
    faceAccountOf: (binding) => faceAccountOf(work, binding),
    beginRecoveryFace: (input) => beginRecoveryFace(work, input),
    finishRecoveryFace: (input) => finishRecoveryFace(work, input),
    resumeRecovery: (input) => resumeRecovery(work, input),
    recoveryUnderway: (binding) => recoveryUnderway(work, binding),
    sendRecoveryCode: (input) => sendRecoveryCode(work, input),
    proveRecoveryPhone: (input) => proveRecoveryPhone(work, input),
    beginRecoveryPasskey: (binding) => beginRecoveryPasskey(work, binding),
    completeRecovery: (input) => completeRecovery(work, input),
    settleRecovery: (recoveryId, endSessions) => settleRecovery(work, recoveryId, endSessions),
    pendingRecovery: (accountId) => pendingRecovery(work, accountId),
    stopRecovery: (accountId) => stopRecovery(work, accountId),
    isStopLink: (token) => isStopLink(work, token),
    stopRecoveryByLink: (token) => stopRecoveryByLink(work, token),
    openAtCounter: (input) => openAtCounter(work, input),
    makeRecoverySlip: (input) => makeRecoverySlip(work, input),
    sweepRecoveries: (endSessions) => sweepRecoveries(work, endSessions),
  };
}
