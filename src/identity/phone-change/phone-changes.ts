/**
 * The change of an account's telephone (更换手机号码). Owns what proof it takes: the new telephone's code always, and with it
 * either the old telephone's code, or a passkey and a wait in which the owner is told and can stop it. The new telephone
 * alone changes nothing. Only a person known by number has one to change: until then the telephone is the account. It does
 * not own the account's record nor the pages. Ways and wait are our design [D]. Control leaves by a value, or by an
 * AppError with a code.
 */
import type { PublicKeyCredentialRequestOptionsJSON } from '../passkey-types.ts';
import type { Work } from '../ports.ts';
import { askPhoneChange, beginPhoneChangePasskey } from './ask.ts';
import { awaitedNewPhone, beginPhoneChange, type PhoneChangeBeginning } from './begin.ts';
import { finishPhoneChange } from './finish.ts';
import type { PendingPhoneChange, PhoneChangeSettings, PhoneChangeVisit } from './ports.ts';
import { pendingPhoneChange, stopPhoneChange, sweepPhoneChanges } from './settle.ts';

/** What can be asked about changes of telephone. */
export interface PhoneChanges {
  beginPhoneChange(input: PhoneChangeBeginning): Promise<void>;
  /** The telephone that waits for its code; null when none does. */
  awaitedNewPhone(visit: PhoneChangeVisit): Promise<string | null>;
  finishPhoneChange(input: PhoneChangeVisit & { oldCode: string; newCode: string }): Promise<void>;
  beginPhoneChangePasskey(visit: PhoneChangeVisit): Promise<PublicKeyCredentialRequestOptionsJSON>;
  askPhoneChange(input: PhoneChangeVisit & { newCode: string; response: unknown }): Promise<void>;
  pendingPhoneChange(accountId: string): Promise<PendingPhoneChange | null>;
  stopPhoneChange(accountId: string): Promise<boolean>;
  /** Makes the changes whose wait is over; returns how many. */
  sweepPhoneChanges(): Promise<number>;
}

/** The wait there is when none is set: our design. */
const usualSettings: PhoneChangeSettings = { delaySeconds: 86_400, address: '/my/phone' };

/** Opens the changes of telephone. */
export function createPhoneChanges(identityWork: Work, settings = usualSettings): PhoneChanges {
  const work = { ...identityWork, ...settings };
  return {
    beginPhoneChange: (input) => beginPhoneChange(work, input),
    awaitedNewPhone: (visit) => awaitedNewPhone(work, visit),
    finishPhoneChange: (input) => finishPhoneChange(work, input),
    beginPhoneChangePasskey: (visit) => beginPhoneChangePasskey(work, visit),
    askPhoneChange: (input) => askPhoneChange(work, input),
    pendingPhoneChange: (accountId) => pendingPhoneChange(work, accountId),
    stopPhoneChange: (accountId) => stopPhoneChange(work, accountId),
    sweepPhoneChanges: () => sweepPhoneChanges(work),
  };
}
