/**
 * What you allowed, and who read what. Owns the access ledger (用证记录), service items (事项), use authorisations
 * (用证授权), objections, ratings and notices (通知). It does not own certificates, accounts or sign-in consent (directory, identity,
 * oidc), nor who may decide an objection (staff); a certificate holder without an account is named by a blind index
 * that the caller computes. Rows are written once and kept `retentionDays` at least; nothing deletes them yet, and a
 * purge to come has `keepUntil` of each row to go by. Whether a consent named in a row stands is asked of
 * checkAuthorisation before, not by the ledger. RFC 9396 is known here from memory; terms and limits are our design.
 * Control leaves by a value, or by an AppError with a code; what happened rides in the record's outbox.
 */

import type { OutboxSource } from '../storage/outbox.ts';
import {
  type Approval,
  approveAuthorisation,
  type OwnAuthorisation,
  refuseAuthorisation,
  withdrawAuthorisation,
} from './authorisation/answer-authorisation.ts';
import type { Authorisation } from './authorisation/authorisation.ts';
import {
  type AuthorisationCheck,
  type AuthorisationQuestion,
  checkAuthorisation,
  findAuthorisation,
  listAuthorisations,
  pollAuthorisation,
} from './authorisation/check-authorisation.ts';
import { type AuthorisationGrant, grantAuthorisation } from './authorisation/grant-authorisation.ts';
import { type InForce, type InForceQuery, listInForce } from './authorisation/list-in-force.ts';
import {
  type AuthorisationRequest,
  type RequestedAuthorisation,
  requestAuthorisation,
} from './authorisation/request-authorisation.ts';
import { openAuthorisationStore } from './authorisation/store.ts';
import { findServiceItem, listServiceItems, type ServiceItemQuery } from './items/find-service-item.ts';
import { type ServiceItemChange, saveServiceItem } from './items/save-service-item.ts';
import type { ServiceItem } from './items/service-item.ts';
import { openItemStore } from './items/store.ts';
import type { AccessRow } from './ledger/access-row.ts';
import {
  type AccessQuery,
  countAccesses,
  findAccess,
  listAccesses,
  type ReaderCount,
} from './ledger/list-accesses.ts';
import type { NewAccess } from './ledger/read-access.ts';
import { recordAccess, withAccess } from './ledger/record-access.ts';
import { openLedgerStore } from './ledger/store.ts';
import type { NewNotice, Notice } from './notice/notice.ts';
import { addNotice, listNotices, readNotices } from './notice/notices.ts';
import { openNoticeStore } from './notice/store.ts';
import type { Page, PageRequest, Span } from './page.ts';
import type { Person } from './person.ts';
import type { ConsentDeps, Work } from './ports.ts';
import {
  decideObjection,
  listObjectionsByState,
  type ObjectionDecision,
  type OfficersObjection,
  reviewObjection,
  withdrawObjection,
} from './response/decide-objection.ts';
import {
  listObjectedUses,
  type ObjectedUse,
  type ObjectionReading,
  readObjectedUse,
} from './response/objected-use.ts';
import type { Objection } from './response/objection.ts';
import type { ObjectionState } from './response/objection-lifecycle.ts';
import { listObjections, type NewObjection, openObjection } from './response/open-objection.ts';
import {
  countRatings,
  findRating,
  type NewRating,
  type RatingCounts,
  rateAccess,
} from './response/rate-access.ts';
import type { Rating } from './response/rating.ts';
import { openResponseStore } from './response/store.ts';

export type { Authorisation, Cover, Requester } from './authorisation/authorisation.ts';
export {
  type CertificateDetail,
  coversOfDetail,
  electronicCertificateType,
  formatAuthorizationDetails,
  formatGrantedDetails,
  type GrantedDetailWire,
  parseAuthorizationDetails,
} from './authorisation/authorization-details.ts';
export type {
  AuthorisationCheck,
  AuthorisationQuestion,
  CheckRefusal,
} from './authorisation/check-authorisation.ts';
export type { AuthorisationGrant } from './authorisation/grant-authorisation.ts';
export type { AuthorisationState } from './authorisation/lifecycle.ts';
export type { AuthorisationRequest } from './authorisation/request-authorisation.ts';
export type { ServiceItemChange, ServiceItemDraft } from './items/save-service-item.ts';
export type { ItemBasis, Need, ServiceItem } from './items/service-item.ts';
export type { AccessOutcome, AccessRow, Basis, Channel, Reader, StatedPurpose } from './ledger/access-row.ts';
export type { AccessQuery, ReaderCount } from './ledger/list-accesses.ts';
export type { NewAccess } from './ledger/read-access.ts';
export type { NewNotice, Notice, NoticeKind } from './notice/notice.ts';
export { noticeKinds } from './notice/notice.ts';
export type { Page, PageRequest, Span } from './page.ts';
export type { Person } from './person.ts';
export type { ConsentDeps } from './ports.ts';
export type { ObjectedUse, ObjectionReading } from './response/objected-use.ts';
export { type Objection, type ObjectionReason, objectionReasons } from './response/objection.ts';
export type { ObjectionState } from './response/objection-lifecycle.ts';
export type { NewRating, RatingCounts } from './response/rate-access.ts';
export type { Rating, Stars } from './response/rating.ts';

/** What can be asked of the access ledger. */
export interface AccessLedger {
  recordAccess(input: NewAccess): Promise<{ accessId: string }>;
  /** Records the read and only then reads: no row, no data. */
  withAccess<T>(input: Omit<NewAccess, 'outcome'>, read: (accessId: string) => Promise<T>): Promise<T>;
  listAccesses(person: Person, query?: AccessQuery): Promise<Page<AccessRow>>;
  findAccess(person: Person, accessId: string): Promise<AccessRow>;
  countAccesses(person: Person, span?: Span): Promise<ReaderCount[]>;
}

/** What can be asked of service items. */
export interface ServiceItems {
  saveServiceItem(change: ServiceItemChange): Promise<{ version: number }>;
  findServiceItem(code: string): Promise<ServiceItem | null>;
  listServiceItems(query?: ServiceItemQuery): Promise<Page<ServiceItem>>;
}

/** What can be asked of use authorisations; only the person answers. */
export interface UseAuthorisations {
  requestAuthorisation(request: AuthorisationRequest): Promise<RequestedAuthorisation>;
  /** Keeps what a person allows on the page that asks. */
  grantAuthorisation(grant: AuthorisationGrant): Promise<Authorisation>;
  approveAuthorisation(approval: Approval): Promise<Authorisation>;
  refuseAuthorisation(own: OwnAuthorisation): Promise<Authorisation>;
  withdrawAuthorisation(own: OwnAuthorisation): Promise<Authorisation>;
  checkAuthorisation(question: AuthorisationQuestion): Promise<AuthorisationCheck>;
  findAuthorisation(own: OwnAuthorisation): Promise<Authorisation>;
  pollAuthorisation(asked: { authorisationId: string; requesterId: string }): Promise<Authorisation | null>;
  listAuthorisations(person: Person, request?: PageRequest): Promise<Page<Authorisation>>;
  /** Tells who may use a certificate now, for what. */
  listInForce(query: InForceQuery): Promise<InForce[]>;
}

/** What a citizen says to a use, and what is answered. */
export interface Responses {
  openObjection(input: NewObjection): Promise<{ objectionId: string }>;
  reviewObjection(given: OfficersObjection): Promise<Objection>;
  decideObjection(given: ObjectionDecision): Promise<Objection>;
  withdrawObjection(own: { person: Person; objectionId: string }): Promise<Objection>;
  listObjections(person: Person, request?: PageRequest): Promise<Page<Objection>>;
  listObjectionsByState(state: ObjectionState, request?: PageRequest): Promise<Page<Objection>>;
  /** Lists uses that citizens object to, without what they wrote. */
  listObjectedUses(state: ObjectionState, request?: PageRequest): Promise<Page<ObjectedUse>>;
  /** Opens one objection for an officer, once the citizen's ledger has the read. */
  readObjectedUse(reading: ObjectionReading): Promise<{ objection: Objection; use: AccessRow }>;
  rateAccess(input: NewRating): Promise<Rating>;
  findRating(person: Person, accessId: string): Promise<Rating | null>;
  countRatings(readerId: string): Promise<RatingCounts>;
}

/** What a person is told on their own pages. */
export interface Notices {
  addNotice(notice: NewNotice): Promise<void>;
  listNotices(accountId: string, request?: PageRequest): Promise<Page<Notice>>;
  /** Lists them and counts them as read. */
  readNotices(accountId: string, request?: PageRequest): Promise<Page<Notice>>;
  countUnreadNotices(accountId: string): Promise<number>;
  /** Removes them all, when an account is closed. */
  deleteNotices(accountId: string): Promise<void>;
}

/** What can be asked of the domain. */
export interface Consent extends AccessLedger, ServiceItems, UseAuthorisations, Responses, Notices {
  /** What happened to rows, items, authorisations, objections and ratings, for the audit relay. */
  outboxes: readonly OutboxSource[];
  /** Resolves when the indexes stand. */
  ready(): Promise<void>;
}

const leastRetentionDays = 180;

/** Opens the domain on its stores. Throws RangeError when rows would be kept for less than 180 days. */
export function createConsent(deps: ConsentDeps): Consent {
  const work = workOf(deps);
  const { ledger, items, authorisations, responses, notices } = work;
  return {
    outboxes: [ledger.outbox, items.outbox, authorisations.outbox, ...responses.outboxes],
    ready: async () => {
      await Promise.all([
        ledger.ready(),
        items.ready(),
        authorisations.ready(),
        responses.ready(),
        notices.ready(),
      ]);
    },
    ...ledgerOf(work),
    saveServiceItem: (change) => saveServiceItem(work, change),
    findServiceItem: (code) => findServiceItem(work, code),
    listServiceItems: (query) => listServiceItems(work, query),
    requestAuthorisation: (request) => requestAuthorisation(work, request),
    grantAuthorisation: (grant) => grantAuthorisation(work, grant),
    approveAuthorisation: (approval) => approveAuthorisation(work, approval),
    refuseAuthorisation: (own) => refuseAuthorisation(work, own),
    withdrawAuthorisation: (own) => withdrawAuthorisation(work, own),
    checkAuthorisation: (question) => checkAuthorisation(work, question),
    findAuthorisation: (own) => findAuthorisation(work, own),
    pollAuthorisation: (asked) => pollAuthorisation(work, asked),
    listAuthorisations: (person, request) => listAuthorisations(work, person, request),
    listInForce: (query) => listInForce(work, query),
    ...responsesOf(work),
    ...noticesOf(work),
  };
}

function workOf({
  connection,
  cipher,
  clock,
  retentionDays = 180,
  ratingChangeDays = 30,
}: ConsentDeps): Work {
  if (!(retentionDays >= leastRetentionDays)) throw new RangeError('retentionDays is 180 or more');
  return {
    cipher,
    clock,
    retentionDays,
    ratingChangeDays,
    ledger: openLedgerStore(connection),
    items: openItemStore(connection),
    authorisations: openAuthorisationStore(connection),
    responses: openResponseStore(connection),
    notices: openNoticeStore(connection),
  };
}

const ledgerOf = (work: Work): AccessLedger => ({
  recordAccess: (input) => recordAccess(work, input),
  withAccess: (input, read) => withAccess(work, input, read),
  listAccesses: (person, query) => listAccesses(work, person, query),
  findAccess: (person, accessId) => findAccess(work, person, accessId),
  countAccesses: (person, span) => countAccesses(work, person, span),
});

const responsesOf = (work: Work): Responses => ({
  openObjection: (input) => openObjection(work, input),
  reviewObjection: (given) => reviewObjection(work, given),
  decideObjection: (given) => decideObjection(work, given),
  withdrawObjection: (own) => withdrawObjection(work, own),
  listObjections: (person, request) => listObjections(work, person, request),
  listObjectionsByState: (state, request) => listObjectionsByState(work, state, request),
  listObjectedUses: (state, request) => listObjectedUses(work, state, request),
  readObjectedUse: (reading) => readObjectedUse(work, reading),
  rateAccess: (input) => rateAccess(work, input),
  findRating: (person, accessId) => findRating(work, person, accessId),
  countRatings: (readerId) => countRatings(work, readerId),
});

const noticesOf = (work: Work): Notices => ({
  addNotice: (notice) => addNotice(work, notice),
  listNotices: (accountId, request) => listNotices(work, accountId, request),
  readNotices: (accountId, request) => readNotices(work, accountId, request),
  countUnreadNotices: (accountId) => work.notices.countUnread(accountId),
  deleteNotices: (accountId) => work.notices.deleteOf(accountId),
});
