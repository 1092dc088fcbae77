import type { DomainEvent } from '../../base/event.ts';
import type { CertificateIdentifier } from '../../terms/certificate-identifier.ts';
import type { UseCause } from '../../terms/use-cause.ts';
import type { Person } from '../person.ts';
import type { BilingualName } from '../text.ts';

export const readerKinds = ['site', 'department', 'officer', 'system', 'self'] as const;
export type ReaderKind = (typeof readerKinds)[number];

/** Who read: a site, a department, one of its officers, this system by itself, or the person. */
export interface Reader {
  kind: ReaderKind;
  /** Identifier of site, department, officer or account. */
  id: string;
  /** What the citizen reads: of an officer the post, say; of the person themselves it is never kept. */
  name: BilingualName;
}

/** What was read, by names; a value never stands in a row. */
export interface ThingsRead {
  certificateIdentifier?: CertificateIdentifier;
  typeCode?: string;
  /** Names of certificate fields or of claims. */
  fields: string[];
}

/** A purpose in words, where no certificate is used: a site reads the claims of a sign-in. */
export interface StatedPurpose {
  purpose: string;
}

/**
 * On what ground it was read. Duty by law is no consent and is told apart; `self` is the person at their own data and
 * goes with the reader of that kind only.
 */
export type Basis =
  | { kind: 'consent'; authorisationId: string }
  | { kind: 'law'; law: string; article: string }
  | { kind: 'self' };

export type AccessOutcome = { kind: 'granted' } | { kind: 'refused'; code: string };

export const channels = ['sign-in', 'portal', 'api', 'counter', 'kiosk', 'console', 'peer'] as const;
export type Channel = (typeof channels)[number];

/** A row of the access ledger (用证记录): one read of one person's data. Written once, never changed. */
export interface AccessRecord extends Person {
  _id: string;
  reader: Reader;
  what: ThingsRead;
  cause: UseCause | StatedPurpose;
  basis: Basis;
  outcome: AccessOutcome;
  channel: Channel;
  /** When it was read. */
  at: Date;
  /** When the row was written: later than `at` for a read that was reported afterwards. */
  recordedAt: Date;
  /** The day before which no purge may take the row. */
  keepUntil: Date;
  outbox: DomainEvent[];
}

/** A row as its person and its officers see it: without the index that found it. */
export type AccessRow = Pick<
  AccessRecord,
  'reader' | 'what' | 'cause' | 'basis' | 'outcome' | 'channel' | 'at' | 'keepUntil'
> & { accessId: string };

/** Shows a row. */
export const viewAccess = (record: AccessRecord): AccessRow => {
  const { _id, reader, what, cause, basis, outcome, channel, at, keepUntil } = record;
  return { accessId: _id, reader, what, cause, basis, outcome, channel, at, keepUntil };
};
