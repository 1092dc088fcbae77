import type { Work } from '../ports.ts';

/** What the change of a telephone is given from outside. */
export interface PhoneChangeSettings {
  /** How long a change by passkey waits, so that the owner can stop what is not theirs. */
  delaySeconds: number;
  /** The address of the page that stops it; it goes out in the message to the old telephone. */
  address: string;
}

/** What its use cases work with. */
export interface PhoneChangeWork extends Work, PhoneChangeSettings {}

/** Whose telephone changes, and the visit that its codes and challenge are bound to. */
export interface PhoneChangeVisit {
  accountId: string;
  binding: string;
}

/** A change that waits, as its owner sees it. */
export interface PendingPhoneChange {
  phone: string;
  askedAt: Date;
  dueAt: Date;
}
