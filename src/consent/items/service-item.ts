import type { DomainEvent } from '../../base/event.ts';
import type { AssuranceLevel } from '../../terms/assurance.ts';
import type { CertificateTypeCode } from '../../terms/certificate-identifier.ts';
import type { CreditCode } from '../../terms/credit-code.ts';
import type { TrustLevel } from '../../terms/trust-level.ts';
import type { BilingualName } from '../text.ts';

/** A certificate that an item needs, and of it these fields. */
export interface Need {
  typeCode: CertificateTypeCode;
  /** Names of the certificate's fields. */
  fields: string[];
  /** The lowest trust level that serves. */
  minimumTrust: TrustLevel;
  /** Whether the item can be done without it. */
  required: boolean;
}

/** Whether the person is asked, or the law lets the department read. Duty by law is never shown as consent. */
export type ItemBasis = { kind: 'consent' } | { kind: 'law'; law: string; article: string };

/** A service item (事项): what a department does for people, and which certificates it needs for it. */
export interface ServiceItem {
  /** Its code in the region's list, 1 to 64 of 0-9 A-Z a-z and hyphen. */
  code: string;
  name: BilingualName;
  department: { code: CreditCode; name: BilingualName };
  needs: Need[];
  basis: ItemBasis;
  /** How surely the person must be known to allow a use; any level will do when left out. */
  minimumAssurance?: AssuranceLevel;
  /** The longest a use authorisation for it may last. */
  longestUseSeconds: number;
  enabled: boolean;
  /** Counts the changes; the first is 1. */
  version: number;
}

/** An item as it is kept. */
export interface ServiceItemRecord extends Omit<ServiceItem, 'code'> {
  _id: string;
  outbox: DomainEvent[];
  updatedAt: Date;
}

/** Shows an item. */
export const viewServiceItem = ({
  _id,
  outbox: _,
  updatedAt: __,
  ...item
}: ServiceItemRecord): ServiceItem => ({
  code: _id,
  ...item,
});
