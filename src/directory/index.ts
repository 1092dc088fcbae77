/**
 * What is certified. Owns the catalogue of certificate types and the certificates that authorities issue, change,
 * suspend and end: sealed by the authority, their content encrypted field by field and found by blind index. It does not
 * own who may ask (consent, recognition), the officers who act (staff), nor pages and wire formats (http). Photos are
 * kept beside it, under photo/; a certificate knows one by identifier and digest.
 * Standards: GB/T 36901 to 36906 were not read; identifiers, holder code types and the elements of a certificate follow
 * systems that implement them. The seal's document, the lifecycle table and the synthetic type codes are our design.
 * Control leaves by a value, or by an AppError with a code; what happened rides in the record's outbox.
 */

import type { SealVerdict } from '../crypto/ports.ts';
import type { OutboxSource } from '../storage/outbox.ts';
import type { Verdict } from '../terms/verdict.ts';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import type { Certificate, CertificateSummary } from './certificate.ts';
import type { NewCertificate } from './certificate-request.ts';
import { type CertificateChange, changeCertificate } from './change-certificate.ts';
import { type CertificateDescription, describeCertificate, isHeldBy } from './describe-certificate.ts';
import {
  type CertificateEnding,
  type CertificateLifting,
  type CertificateSuspension,
  endCertificate,
  liftSuspension,
  suspendCertificate,
} from './end-certificate.ts';
import { findCertificate, verifySeal } from './find-certificate.ts';
import { type IssuedCertificate, issueCertificate } from './issue-certificate.ts';
import {
  type CertificatePage,
  indexOfGivenHolder,
  type ListQuery,
  listCertificatesOfHolder,
} from './list-certificates.ts';
import type { DirectoryDeps, Work } from './ports.ts';
import { openDirectoryStore } from './store.ts';
import { type VerificationQuestion, verifyCertificate } from './verify-certificate.ts';

export type { Catalogue } from './catalogue.ts';
export { catalogueSeed } from './catalogue-seed.ts';
export type { Certificate, CertificateSummary } from './certificate.ts';
export type { GivenParts, NewCertificate } from './certificate-request.ts';
export type { CertificateType, FieldDefinition } from './certificate-type.ts';
export type { CertificateChange } from './change-certificate.ts';
export { type Copies, type Copy, type CopyForm, createCopies } from './copy/copies.ts';
export { type Credentials, createCredentials } from './credential/credentials.ts';
export type { CertificateEnding, CertificateLifting, CertificateSuspension } from './end-certificate.ts';
export type { ImportCounts } from './importing/counts.ts';
export { type ImportProgress, type ImportResult, importFile } from './importing/import-file.ts';
export type { ImportDeps, ImportRequest } from './importing/ports.ts';
export type { IssuedCertificate } from './issue-certificate.ts';
export type { EndingGround } from './lifecycle.ts';
export type { CertificatePage, ListQuery } from './list-certificates.ts';
export { createPhotos, type Photos } from './photo/photos.ts';
export type { DirectoryDeps } from './ports.ts';
export { createPresentations, type Presentations } from './presentation/presentations.ts';
export { shownFields } from './presentation/shown.ts';
export type { CertificateClaims, VerificationQuestion } from './verify-certificate.ts';

/** What can be asked of the domain. */
export interface Directory {
  /** Resolves when the indexes stand. */
  ready(): Promise<void>;
  /** Where the audit relay finds what happened. */
  readonly outboxes: readonly OutboxSource[];
  catalogue: Catalogue;
  issueCertificate(input: NewCertificate): Promise<IssuedCertificate>;
  changeCertificate(input: CertificateChange): Promise<IssuedCertificate>;
  endCertificate(input: CertificateEnding): Promise<CertificateSummary>;
  suspendCertificate(input: CertificateSuspension): Promise<CertificateSummary>;
  liftSuspension(input: CertificateLifting): Promise<CertificateSummary>;
  findCertificate(identifier: string): Promise<Certificate | null>;
  listCertificatesOfHolder(
    holder: { type: string; code: string },
    query: ListQuery,
  ): Promise<CertificatePage>;
  /** Returns the keyed digest that a holder goes by: to tell whether two are one, and to keep without a number. */
  holderIndexOf(holder: { type: string; code: string }): string;
  /** What is known of a certificate without opening it; null when there is none. */
  describe(identifier: string): Promise<CertificateDescription | null>;
  isHeldBy(identifier: string, holder: { type: string; code: string }): Promise<boolean>;
  verifySeal(identifier: string): Promise<SealVerdict>;
  verifyCertificate(question: VerificationQuestion): Promise<Verdict>;
}

/** Opens the domain on its stores. */
export function createDirectory({ connection, ...deps }: DirectoryDeps): Directory {
  const store = openDirectoryStore(connection);
  const work: Work = { ...deps, store };
  return {
    ready: store.ready,
    outboxes: store.outboxes,
    catalogue: createCatalogue(work),
    issueCertificate: (input) => issueCertificate(work, input),
    changeCertificate: (input) => changeCertificate(work, input),
    endCertificate: (input) => endCertificate(work, input),
    suspendCertificate: (input) => suspendCertificate(work, input),
    liftSuspension: (input) => liftSuspension(work, input),
    findCertificate: (identifier) => findCertificate(work, identifier),
    listCertificatesOfHolder: (holder, query) => listCertificatesOfHolder(work, holder, query),
    holderIndexOf: (holder) => indexOfGivenHolder(work, holder),
    describe: (identifier) => describeCertificate(work, identifier),
    isHeldBy: (identifier, holder) => isHeldBy(work, identifier, holder),
    verifySeal: (identifier) => verifySeal(work, identifier),
    verifyCertificate: (question) => verifyCertificate(work, question),
  };
}
