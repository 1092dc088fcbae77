import type { DomainEvent } from '../../base/event.ts';
import type { CertificateIdentifier, CertificateTypeCode } from '../../terms/certificate-identifier.ts';
import type { Need, ServiceItem } from '../items/service-item.ts';
import type { Person } from '../person.ts';
import type { BilingualName } from '../text.ts';
import { type AuthorisationState, type StoredState, stateAt } from './lifecycle.ts';

/** Who asks: a site or a department, by the identifier it is checked by later. */
export interface Requester {
  kind: 'site' | 'department';
  id: string;
  name: BilingualName;
}

/** What is asked for or allowed of one type: these fields, of one certificate where it is named, else of any of the type. */
export interface Cover {
  typeCode: CertificateTypeCode;
  certificateIdentifier?: CertificateIdentifier;
  fields: string[];
}

/** The item as it was when asked: a later change of it widens nothing. */
export type ItemAsAsked = Pick<
  ServiceItem,
  'code' | 'name' | 'version' | 'department' | 'longestUseSeconds' | 'minimumAssurance'
> & {
  /** Absent where it was asked before this was kept: then no trust level is held against it. */
  needs?: Pick<Need, 'typeCode' | 'minimumTrust'>[];
};

/** A use authorisation (用证授权): one person lets one requester use certificates for one item for a time. */
export interface AuthorisationRecord extends Person {
  _id: string;
  /** The requester's own key of the request, under the requester's identifier: a repeat finds the first. */
  requestKey?: string;
  item: ItemAsAsked;
  requester: Requester;
  asked: Cover[];
  /** What the person allowed; empty until approved. */
  allowed: Cover[];
  purpose: string;
  requestedBy: 'authorize' | 'counter';
  /** How long the requester would use it for. */
  useSeconds: number;
  /** The code on the counter's screen, which the person types to show that both mean the same request. */
  matchCode?: string;
  wrongCodes: number;
  state: StoredState;
  requestedAt: Date;
  answerBy: Date;
  answeredAt?: Date;
  usableUntil?: Date;
  withdrawnAt?: Date;
  version: number;
  outbox: DomainEvent[];
}

/** An authorisation as its person and its requester see it; the match code is on the counter's screen only. */
export interface Authorisation
  extends Pick<
    AuthorisationRecord,
    'item' | 'requester' | 'asked' | 'allowed' | 'purpose' | 'requestedBy' | 'useSeconds' | 'requestedAt'
  > {
  authorisationId: string;
  state: AuthorisationState;
  answerBy: Date;
  needsMatchCode: boolean;
  answeredAt: Date | null;
  usableUntil: Date | null;
  withdrawnAt: Date | null;
}

/** Shows an authorisation as it is at an instant. */
export function viewAuthorisation(record: AuthorisationRecord, now: Date): Authorisation {
  const { item, requester, asked, allowed, purpose, requestedBy, useSeconds, requestedAt, answerBy } = record;
  return {
    authorisationId: record._id,
    state: stateAt(record, now),
    item,
    requester,
    asked,
    allowed,
    purpose,
    requestedBy,
    useSeconds,
    requestedAt,
    answerBy,
    needsMatchCode: record.matchCode !== undefined,
    answeredAt: record.answeredAt ?? null,
    usableUntil: record.usableUntil ?? null,
    withdrawnAt: record.withdrawnAt ?? null,
  };
}
