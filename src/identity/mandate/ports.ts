import type { Clock } from '../../base/clock.ts';
import type { BlindIndex, FieldCipher } from '../../crypto/index.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import type { RecordConnection } from '../../storage/index.ts';
import type { CreditCode } from '../../terms/credit-code.ts';
import type { AccountProfile } from '../account.ts';
import type { MandateStore } from './store.ts';

/** What certificates prove of mandates. Whoever implements it records each read before it answers. */
export interface MandateEvidence {
  /** Finds the business licence in force that names a person as legal representative; null when none does. */
  findRepresentation(asked: {
    accountId: string;
    number: string;
    creditCode: CreditCode;
  }): Promise<{ provenBy: string; organisationName: string } | null>;
  /**
   * Finds a certificate of birth in force that names a parent and a child, or a household register that has the child as
   * the parent's; null when none does. A child without an account has no identifier.
   */
  findParentage(asked: {
    parent: { accountId: string; number: string };
    child: { accountId: string | null; number: string };
  }): Promise<{ provenBy: string; childName: string | null } | null>;
  /** Tells whether an organisation has a business licence in force. */
  isLicensed(creditCode: CreditCode): Promise<boolean>;
  isInForce(certificateIdentifier: string): Promise<boolean>;
}

/** What is told to a person; the name is an organisation's. */
export interface MandateNotice {
  accountId: string;
  kind: 'mandate-given' | 'mandate-ended';
  values: { name: string };
}

/** What mandates are given from outside. */
export interface MandateDeps {
  connection: RecordConnection;
  ephemeral: EphemeralStore;
  cipher: FieldCipher;
  blindIndex: BlindIndex;
  clock: Clock;
  people: {
    findAccount(accountId: string): Promise<AccountProfile | null>;
    findAccountIdByNumber(number: string): Promise<string | null>;
  };
  evidence: MandateEvidence;
  tellPerson(notice: MandateNotice): Promise<void>;
}

/** What a use case works with. */
export interface MandateWork extends Omit<MandateDeps, 'connection'> {
  store: MandateStore;
}
