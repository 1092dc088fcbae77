import type { DomainEvent } from '../../base/event.ts';
import type { MadePasskey } from '../passkey-ceremony.ts';

/** The ways back into an account: a recovery code, a second factor with a face check, officers at a counter. */
export type RecoveryWay = 'codes' | 'face' | 'counter';

/** What is done once a recovery is completed; it stands in the record first, so that a crash loses none of it. */
export interface Completion {
  /** The public key is base64url here. */
  passkey: Omit<MadePasskey, 'publicKey'> & { publicKey: string; name: string };
  keepsOthers: boolean;
  /** Keyed digests of the recovery codes the person was shown. */
  recovery: string[];
}

/** A recovery (找回) as kept, in collection `recoveries`. Ready is not written: it is a matter of the clock. */
export interface RecoveryRecord {
  _id: string;
  accountId: string;
  /** The account while open, its own identifier once over: being unique it lets one be open for an account. */
  openSlot: string;
  way: RecoveryWay;
  state: 'waiting' | 'done' | 'stopped' | 'expired';
  askedAt: Date;
  /** From when it can be completed by who holds the account's telephone, and by who does not. */
  readyAt: Date;
  readyAloneAt: Date;
  expiresAt: Date;
  /** Keyed digest of the code one goes on by; null until an officer makes the slip. */
  codeDigest: string | null;
  /** Keyed digest of what the link in the message holds. */
  stopDigest: string | null;
  /** Whether its owner was told that it was asked for. */
  told: boolean;
  /** At a counter: who proposed and who approved. */
  officers: string[];
  completion: Completion | null;
  /** Whether what a completion asks for is done. */
  settled: boolean;
  version: number;
  outbox: DomainEvent[];
}

/** A recovery that is under way, as its owner and the one who asked see it. */
export type OpenRecovery = Pick<
  RecoveryRecord,
  'accountId' | 'way' | 'askedAt' | 'readyAt' | 'readyAloneAt' | 'expiresAt' | 'officers'
> & { recoveryId: string };

/** Tells what may be seen of a recovery. */
export const viewRecovery = (record: RecoveryRecord): OpenRecovery => {
  const { _id, accountId, way, askedAt, readyAt, readyAloneAt, expiresAt, officers } = record;
  return { recoveryId: _id, accountId, way, askedAt, readyAt, readyAloneAt, expiresAt, officers };
};
