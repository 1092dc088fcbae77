import type { DomainEvent } from '../../base/event.ts';
import type { EndingReason } from './rules.ts';

/**
 * An organisation (法人或其他组织) that people act for here: a space that is entered from a person's account and has no
 * sign-in of its own. Its name is public, as the register of enterprises is.
 */
export interface OrganisationRecord {
  _id: string;
  /** Unique: a keyed digest of the unified social credit code, which stands beside it sealed. */
  creditCodeIndex: string;
  creditCode: Buffer;
  name: string;
  version: number;
  outbox: DomainEvent[];
  createdAt: Date;
}

/**
 * A person without an account whom others act for (无账号的被代办人): a child above all. Nobody signs in as one; who opens an
 * account later is found by the number.
 */
export interface DependantRecord {
  _id: string;
  /** Unique: a keyed digest of the citizen number, which stands beside it sealed. */
  numberIndex: string;
  number: Buffer;
  name: Buffer;
  version: number;
  outbox: DomainEvent[];
  createdAt: Date;
}

/** What an agent is to an organisation: legal representative (法定代表人), administrator (管理员), operator (经办人). */
export type OrganisationRole = 'representative' | 'administrator' | 'operator';
/** What an agent is to the person acted for. */
export type FamilyRole = 'parent' | 'child';
export type MandateRole = OrganisationRole | FamilyRole;

/** What is written; that time has run out is computed (lifecycle.ts). */
export type MandateStatus = 'drafted' | 'offered' | 'active' | 'refused' | 'revoked';

/** What officers saw at a counter: the digest of the papers, and who drafted it. */
export interface Attestation {
  /** SHA-256 of the papers as they were scanned, hex. */
  evidenceDigest: string;
  officer: string;
}

/** A mandate (代办委托): somebody, the agent, may act for an organisation or for another person, the principal. */
export interface MandateRecord {
  _id: string;
  kind: 'organisation' | 'family';
  /** An organisation, an account, or a person without one. */
  principalId: string;
  /** An account. */
  agentId: string;
  role: MandateRole;
  /** Codes of the service items it is for; empty: all of them. */
  items: string[];
  status: MandateStatus;
  offeredBy: string;
  /** Who has to answer the offer; null where a certificate proves the mandate, or officers do. */
  answererId: string | null;
  answerBy: Date | null;
  expiresAt: Date | null;
  /** The certificate that proves it: it stands no longer than that one is in force. */
  provenBy: string | null;
  /** Of what officers recorded at a counter: drafted by one, it stands once another agreed. */
  attested?: Attestation | null;
  /** Set where it was ended against its agent: certificates then prove it no more. */
  endedFor?: EndingReason | null;
  offeredAt: Date;
  version: number;
  outbox: DomainEvent[];
}

/** Binds a sealed credit code to its record. */
export const creditCodeContext = (organisationId: string): string =>
  `organisations.creditCode:${organisationId}`;
