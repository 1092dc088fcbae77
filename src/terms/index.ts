/**
 * The words of the field as types with parse, format and check; one standard a file, imported one by one. It owns what
 * a value may look like and nothing of what is done with it; a refusal leaves as an AppError with a code.
 */
export type { AssuranceLevel } from './assurance.ts';
export type { CalendarDate } from './calendar-date.ts';
export type { CertificateIdentifier, CertificateTypeCode } from './certificate-identifier.ts';
export type { CertificateState, CertificateStatus } from './certificate-status.ts';
export type { CitizenNumber } from './citizen-number.ts';
export type { CreditCode } from './credit-code.ts';
export type { Holder, HolderType } from './holder.ts';
export type { Region } from './region-history.ts';
export type { TrustLevel } from './trust-level.ts';
export type { UseCause } from './use-cause.ts';
export type { Verdict } from './verdict.ts';
