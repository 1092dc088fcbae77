/**
 * Whom we trust. Owns the regions that agreements can be made with and the comparison of their keys, agreements as signed
 * documents with the chain of events of each party, what an agreement is at an instant, and the gate that every request
 * across regions goes through on both sides. Owns no keys (crypto), no server (an edge takes messages in; link/ sends
 * them and proves who said them), no accounts and no certificates. The form of a document is RFC 8785, its signatures are
 * RFC 7515 in general JSON, thumbprints RFC 7638 [M]; agreements, events and limits are a design of this project [D].
 * An agreement becomes active by itself, as soon as both sides have acknowledged the same signatures and its first day has
 * come; there is no act for it. What many regions agree by a framework stands under framework/.
 * The rules of the region above, which may only be tightened here, stand beside this, under rules-above/.
 * Mappings that agreements refer to stand beside this, under mapping/. Questions about certificates between two regions stand beside this, under verification/.
 * Control leaves by a value, or by an AppError with a code; what happened rides in the record's outbox.
 */
import type { KeySet } from '../crypto/index.ts';
import type { OutboxSource } from '../storage/outbox.ts';
import { openAgreementStore } from './agreement/store.ts';
import { type Agreements, agreementsOf } from './agreements.ts';
import { type Exchange, exchangeOf } from './exchange.ts';
import { openListStore } from './framework/store.ts';
import { type Frameworks, frameworksOf } from './frameworks.ts';
import { type Mappings, mappingsOf } from './mapping/mappings.ts';
import { openMappingStore } from './mapping/store.ts';
import type { PeerRecord } from './peer/peer.ts';
import { addPeer, blockPeer, comparePeer, findKeySet, type NewPeer, receiveKeySet } from './peer/peers.ts';
import { openPeerStore } from './peer/store.ts';
import type { RecognitionDeps, Work } from './ports.ts';

export {
  admit,
  admitByAny,
  type CertificateAdmission,
  type CertificateRequest,
  isStandingOf,
  type SignInAdmission,
  type SignInRequest,
  type Standing,
} from './admission/admit.ts';
export { type Refusal, type RefusalCode, refusalStatus } from './admission/refusals.ts';
export type { AgreementPlace } from './agreement/append.ts';
export {
  type AgreementContent,
  type AgreementDocument,
  faultsOfContent,
  type Party,
} from './agreement/document.ts';
export type { Drafted } from './agreement/draft-agreement.ts';
export { rulesUnder } from './agreement/framework.ts';
export {
  type Agreement,
  type AgreementAct,
  type AgreementState,
  isConfirmationOverdue,
  isFresh,
  mayAct,
  staleAfterSeconds,
  stateOf,
} from './agreement/lifecycle.ts';
export type {
  AgreementFile,
  AgreementQuery,
  AgreementStep,
  Unconfirmed,
} from './agreement/read-agreement.ts';
export type { Envelope } from './agreement/receive.ts';
export type {
  CertificateRule,
  Reservation,
  Rules,
  SignInRule,
  WrittenCertificateRule,
  WrittenRules,
  WrittenSignInRule,
  WrittenTerms,
} from './agreement/rules.ts';
export type { AgreementStatus, Heeded } from './agreement/status.ts';
export type { Folder } from './framework/folder.ts';
export type { Member, MemberList } from './framework/member-list.ts';
export { folderShape, memberListKinds } from './framework/message.ts';
export type { FrameworkView } from './frameworks.ts';
export { createPeerCall, type PeerCall } from './link/call.ts';
export { type Finding, regionPath } from './link/check.ts';
export { keySetPath } from './link/keys.ts';
export { createPeerLink, type PeerLink } from './link/link.ts';
export {
  type MessageKind,
  messageKinds,
  type PeerAnswer,
  type PeerQuestion,
  type PeerReply,
} from './link/message.ts';
export {
  envelopeShape,
  mappingPlaceShape,
  placeShape,
  type RegionDescription,
  statusesShape,
} from './link/shapes.ts';
export type { LinkRecord } from './link/store.ts';
export { differenceOf, linesOf, type MappingChange } from './mapping/difference.ts';
export { faultsOfMapping, type MappingContent, type MappingDocument } from './mapping/document.ts';
export { type Mapping, type MappingPlace, mappingRecordId } from './mapping/record.ts';
export { isMapped, type Mapped, type MappingReference } from './mapping/reference.ts';
export { resolveRules } from './mapping/rules.ts';
export type { Touched } from './mapping/touched.ts';
export { caseFindings, caseOutcomes, mayMove } from './objection/lifecycle.ts';
export { type CaseMessage, caseShape, objectionKind } from './objection/message.ts';
export {
  type CaseGround,
  type CaseSubject,
  caseGrounds,
  caseSubjects,
  type RegionObjection,
} from './objection/objection.ts';
export { createObjections, type ObjectionQuery, type Objections } from './objection/objections.ts';
export type { NewCase } from './objection/open-objection.ts';
export { isVouchedOnly, type PeerRecord } from './peer/peer.ts';
export type { RecognitionDeps } from './ports.ts';
export type { Settings as RuleSettings } from './rules-above/rule.ts';
export { createRulesAbove, type RulesAbove } from './rules-above/rules-above.ts';
export {
  createSignInTraffic,
  type SignInDayCount,
  type SignInSide,
  type SignInTraffic,
} from './traffic/sign-in-traffic.ts';
export type { CodeFinding } from './verification/check-code.ts';
export type { PresentedFinding } from './verification/check-presented.ts';
export type { FindingResult, ReceiptedFinding } from './verification/finding.ts';
export { createKnown, createShelf } from './verification/known.ts';
export { ownMembers, questionShape, verificationKinds } from './verification/message.ts';
export type { RegionQuestion } from './verification/plan.ts';
export type { Library as RegionLibrary } from './verification/ports.ts';
export type { Receipt } from './verification/store.ts';
export { createVerifications, type Verifications } from './verification/verifications.ts';

/** What can be done about the regions themselves. */
export interface Peers {
  addPeer(peer: NewPeer): Promise<void>;
  comparePeer(given: { entityId: string; thumbprint: string; actor: string }): Promise<PeerRecord['state']>;
  blockPeer(given: { entityId: string; actor: string }): Promise<void>;
  receiveKeySet(entityId: string, token: string): Promise<KeySet>;
  findKeySet(entityId: string): Promise<KeySet | null>;
  findPeer(entityId: string): Promise<PeerRecord | null>;
  listPeers(): Promise<PeerRecord[]>;
  /** Finds the regions whose code or prefix is one of those given. */
  findPeersNamed(codes: readonly string[]): Promise<PeerRecord[]>;
}

/** What can be asked of the domain. */
export interface Recognition extends Agreements, Exchange, Frameworks, Mappings, Peers {
  /** What happened to agreements and peers, for the audit relay. */
  outboxes: readonly OutboxSource[];
  /** Has a listener called after each act that this process wrote, of this region or received. */
  onWritten(listener: () => void): void;
  /** Resolves when the indexes stand. */
  ready(): Promise<void>;
}

/** Opens the domain on its stores. */
export function createRecognition({ connection, ...deps }: RecognitionDeps): Recognition {
  const listeners: (() => void)[] = [];
  const written = (): void => {
    for (const listener of listeners) listener();
  };
  const storeDeps = { clock: deps.clock, written };
  const work: Work = {
    ...deps,
    agreements: openAgreementStore(connection, storeDeps),
    mappings: openMappingStore(connection),
    peers: openPeerStore(connection, storeDeps),
    lists: openListStore(connection, storeDeps),
  };
  const { agreements, mappings, peers, lists } = work;
  return {
    outboxes: [agreements.outbox, mappings.outbox, peers.outbox],
    ready: async () => {
      await Promise.all([agreements.ready(), mappings.ready(), peers.ready(), lists.ready()]);
    },
    ...agreementsOf(work),
    ...exchangeOf(work),
    ...frameworksOf(work),
    ...mappingsOf(work),
    addPeer: (peer) => addPeer(work, peer),
    comparePeer: (given) => comparePeer(work, given),
    blockPeer: (given) => blockPeer(work, given),
    receiveKeySet: (entityId, token) => receiveKeySet(work, entityId, token),
    findKeySet: (entityId) => findKeySet(work, entityId),
    findPeer: (entityId) => peers.byId(entityId),
    listPeers: () => peers.list(),
    findPeersNamed: (codes) => peers.named(codes),
    onWritten: (listener) => {
      listeners.push(listener);
    },
  };
}
