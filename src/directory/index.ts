/**
 * What is certified. Owns the catalogue of certificate types and the certificates that authorities issue, change,
 * suspend and end: sealed by the authority, their content encrypted field by field and found by blind index. It does not
 * own who may ask (consent, recognition), the officers who act (staff), nor pages and wire formats (http). Photos are
 * kept beside it, under photo/; a certificate knows one by identifier and digest.
 * Standards: GB/T 36901 to 36906 were not read; identifiers, holder code types and the elements of a certificate follow
 * systems that implement them. The seal's document, the lifecycle table and the synthetic type codes are our design.
 * Control leaves by a value, or by an AppError with a code; what happened rides in the record's outbox.
 */

import type { DirectoryKey } from '../crypto/directory-key.ts';
import type { SealVerdict } from '../crypto/ports.ts';
import type { OutboxSource } from '../storage/outbox.ts';
import type { CertificateIdentifier } from '../terms/certificate-identifier.ts';
import type { Verdict } from '../terms/verdict.ts';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import type { Certificate, CertificateSummary } from './certificate.ts';
import type { NewCertificate } from './certificate-request.ts';
import { type CertificateChange, changeCertificate } from './change-certificate.ts';
import type { CertificateClaims, ClaimMatches } from './claims.ts';
import { type CertificateCounts, type CountQuery, countCertificates } from './count-certificates.ts';
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
import { identifyDocument, type SealedDocument, sealedDocumentOf } from './sealed-document.ts';
import { openDirectoryStore } from './store.ts';
import { openLibrary } from './tier/library.ts';
import type { Library } from './tier/ports.ts';
import { compareClaims, type VerificationQuestion, verifyCertificate } from './verify-certificate.ts';

export type { Catalogue } from './catalogue.ts';
export { catalogueSeed } from './catalogue-seed.ts';
export type { Certificate, CertificateSummary } from './certificate.ts';
export type { GivenParts, NewCertificate } from './certificate-request.ts';
export type { CertificateType, FieldDefinition } from './certificate-type.ts';
export type { CertificateChange } from './change-certificate.ts';
export type { CertificateClaims, ClaimMatches } from './claims.ts';
export { type Copies, type Copy, type CopyForm, createCopies } from './copy/copies.ts';
export { findCopyFont } from './copy/find-font.ts';
export type { CertificateCounts, CountQuery } from './count-certificates.ts';
export {
  type Credentials,
  createCredentials,
  credentialTypeOf,
  type OfflineCode,
} from './credential/credentials.ts';
export type { CertificateDescription } from './describe-certificate.ts';
export type { CertificateEnding, CertificateLifting, CertificateSuspension } from './end-certificate.ts';
export { judgeFields } from './face-fields.ts';
export { createFiles, type FileFinding, type Files, mostFileKb } from './file/files.ts';
export type { ImportCounts } from './importing/counts.ts';
export { type ImportProgress, type ImportResult, importFile } from './importing/import-file.ts';
export type { ImportDeps, ImportRequest } from './importing/ports.ts';
export type { IssuedCertificate } from './issue-certificate.ts';
export { type EndingGround, endingGrounds } from './lifecycle.ts';
export type { CertificatePage, ListQuery } from './list-certificates.ts';
export type { OfflineVerdict } from './offline/check-offline.ts';
export { createKiosk, type Kiosk, longestKnowledgeSeconds } from './offline/kiosk.ts';
export { openKioskFolder } from './offline/kiosk-folder.ts';
export type { Refreshed } from './offline/refresh-knowledge.ts';
export {
  type CheckReport,
  type CropBox,
  createPhotos,
  cropMoves,
  type Photos,
  photoLimits,
  reportOf,
} from './photo/photos.ts';
export type { DirectoryDeps } from './ports.ts';
export { createPresentations, type Presentations } from './presentation/presentations.ts';
export { shownFields } from './presentation/shown.ts';
export type { SealedDocument } from './sealed-document.ts';
export type { Child, NewChild } from './tier/children.ts';
export type { LinkState, Pushed, Reconciled } from './tier/link.ts';
export type { ChangeFeed, ChildSideDeps, Library, ParentDirectory } from './tier/ports.ts';
export { type ChildSide, createChildSide, createParentSide, type ParentSide } from './tier/tier.ts';
export type { VerificationQuestion } from './verify-certificate.ts';

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
  /** The certificates as the region above is told of them. */
  libraryFor(directoryKey: DirectoryKey): Library;
  verifySeal(identifier: string): Promise<SealVerdict>;
  verifyCertificate(question: VerificationQuestion): Promise<Verdict>;
  /** Which claims hold, one by one, for whoever may read what is claimed. */
  compareClaims(question: { identifier: string; claims: CertificateClaims }): Promise<ClaimMatches | null>;
  /** Returns a certificate as it was sealed, to be kept as a file; null when there is none. */
  sealedDocumentOf(identifier: string): Promise<SealedDocument | null>;
  /** Tells which certificate a sealed document is; null when it is not, to the byte, one of those kept. */
  identifyDocument(given: unknown): Promise<CertificateIdentifier | null>;
  /** Counts an authority's certificates, so that it can compare with its own books. */
  countCertificates(query: CountQuery): Promise<CertificateCounts>;
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
    libraryFor: (directoryKey) => openLibrary({ ...work, directoryKey }),
    verifySeal: (identifier) => verifySeal(work, identifier),
    verifyCertificate: (question) => verifyCertificate(work, question),
    compareClaims: (question) => compareClaims(work, question),
    sealedDocumentOf: (identifier) => sealedDocumentOf(work, identifier),
    identifyDocument: (given) => identifyDocument(work, given),
    countCertificates: (query) => countCertificates(work, query),
  };
}
