/**
 * Whom we trust. Owns the regions that agreements can be made with and the comparison of their keys, agreements as signed
 * documents with the chain of events of each party, what an agreement is at an instant, and the gate that every request
 * across regions goes through on both sides. Owns no keys (crypto), no server (an edge takes messages in; link/ sends
 * them and proves who said them), no accounts and no certificates. The form of a document is RFC 8785, its signatures are
 * RFC 7515 in general JSON, thumbprints RFC 7638 [M]; agreements, events and limits are a design of this project [D].
 * An agreement becomes active by itself, as soon as both sides have acknowledged the same signatures and its first day has
 * come; there is no act for it. Of frameworks the documents and their rules are here, their distribution is not.
 * Questions about certificates between two regions stand beside this, under verification/.
 * Control leaves by a value, or by an AppError with a code; what happened rides in the record's outbox.
 */
import type { KeySet } from '../crypto/index.ts';
import type { OutboxSource } from '../storage/outbox.ts';
import type { Standing } from './admission/admit.ts';
import {
  type ActOfTwo,
  confirmSuspension,
  type ReasonedAct,
  rejectProposal,
  resumeAgreement,
  suspendAgreement,
  terminateAgreement,
  withdrawProposal,
} from './agreement/act.ts';
import type { AgreementPlace } from './agreement/append.ts';
import { putOff } from './agreement/delivery.ts';
import type { AgreementContent } from './agreement/document.ts';
import {
  type AgreementDraft,
  type Drafted,
  draftAgreement,
  redraftAgreement,
} from './agreement/draft-agreement.ts';
import { findEffective, findStanding, findVersions, listAgreements } from './agreement/find-agreement.ts';
import type { Agreement } from './agreement/lifecycle.ts';
import {
  type AgreementFile,
  type AgreementPage,
  type AgreementQuery,
  listUnconfirmed,
  pageAgreements,
  readAgreement,
  type Unconfirmed,
} from './agreement/read-agreement.ts';
import { type Envelope, envelopeOf, receiveEnvelope } from './agreement/receive.ts';
import { type AgreementRecord, recordId } from './agreement/record.ts';
import { rotateAgreementKey } from './agreement/rotate-key.ts';
import { countersignAgreement, proposeAgreement, type Signing } from './agreement/sign-agreement.ts';
import {
  type AgreementStatus,
  type Heeded,
  hearStatus,
  listDue,
  listStatuses,
  listUndelivered,
  statusOf,
} from './agreement/status.ts';
import { openAgreementStore } from './agreement/store.ts';
import type { PeerRecord } from './peer/peer.ts';
import { addPeer, blockPeer, comparePeer, findKeySet, type NewPeer, receiveKeySet } from './peer/peers.ts';
import { openPeerStore } from './peer/store.ts';
import type { RecognitionDeps, Work } from './ports.ts';

export {
  admit,
  admitByAny,
  type CertificateAdmission,
  type CertificateRequest,
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
export type { CertificateRule, Rules, SignInRule } from './agreement/rules.ts';
export type { AgreementStatus, Heeded } from './agreement/status.ts';
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
export { envelopeShape, placeShape, type RegionDescription, statusesShape } from './link/shapes.ts';
export type { LinkRecord } from './link/store.ts';
export type { PeerRecord } from './peer/peer.ts';
export type { RecognitionDeps } from './ports.ts';
export type { CodeFinding } from './verification/check-code.ts';
export type { FindingResult, ReceiptedFinding } from './verification/finding.ts';
export { createKnown, createShelf } from './verification/known.ts';
export { ownMembers, questionShape, verificationKinds } from './verification/message.ts';
export type { RegionQuestion } from './verification/plan.ts';
export type { Library as RegionLibrary } from './verification/ports.ts';
export type { Receipt } from './verification/store.ts';
export { createVerifications, type Verifications } from './verification/verifications.ts';

/** An envelope on its way: what is in it, and the servers it goes to. */
export interface Delivery extends AgreementPlace {
  to: string[];
  envelope: Envelope;
}

/** What can be done with agreements here; each act leaves an envelope for the peer among the undelivered. */
export interface Agreements {
  draftAgreement(draft: AgreementDraft): Promise<Drafted>;
  redraftAgreement(draft: AgreementPlace & { content: AgreementContent; actor: string }): Promise<Drafted>;
  proposeAgreement(signing: Signing): Promise<void>;
  countersignAgreement(signing: Signing): Promise<void>;
  withdrawProposal(act: ReasonedAct): Promise<void>;
  rejectProposal(act: ReasonedAct): Promise<void>;
  suspend(act: ReasonedAct & { secondOfficer: string | null }): Promise<void>;
  confirmSuspension(act: AgreementPlace & { actor: string }): Promise<void>;
  resume(act: ActOfTwo): Promise<void>;
  terminate(act: Parameters<typeof terminateAgreement>[1]): Promise<void>;
  rotateAgreementKey(actor: string): Promise<void>;
  /** Reads every version of an agreement, the newest first. */
  findVersions(agreementId: string): Promise<Agreement[]>;
  /** Reads the agreements with a region. */
  listAgreements(regionCode: string): Promise<Agreement[]>;
  /** Lists agreements for officers, each by its newest version, page by page. */
  pageAgreements(query: AgreementQuery): Promise<AgreementPage>;
  /** Reads one version for officers, with its history. Throws agreement-missing. */
  readAgreement(place: AgreementPlace): Promise<AgreementFile>;
  /** Lists what one officer here suspended alone and no second has confirmed yet. */
  listUnconfirmed(): Promise<Unconfirmed[]>;
  findStanding(agreementId: string): Promise<Standing | null>;
  findEffective(regionCode: string): Promise<Standing[]>;
}

/** What an edge exchanges with peers, once it has proved who speaks. */
export interface Exchange {
  /** Takes a proposal, a countersignature or events; answers how this side sees the version now. */
  receive(from: string, envelope: Envelope): Promise<AgreementStatus>;
  /** Takes an answer or a heartbeat; tells whether to send the peer an envelope, or to ask it for one. */
  hear(from: string, said: { status: AgreementStatus; saidAt: Date }): Promise<Heeded>;
  /** Lists what goes into a heartbeat to a peer. */
  listStatuses(entityId: string): Promise<AgreementStatus[]>;
  listUndelivered(limit?: number): Promise<Delivery[]>;
  /** Lists what waits for one peer and is not put off. */
  listDue(entityId: string, limit: number): Promise<Delivery[]>;
  /** Puts off what waits of a version, since its peer refused it for the reason given. */
  putOff(place: AgreementPlace, lastFault: string): Promise<void>;
  /** Packs a version for a peer of it that asks; null when there is none, or it is not theirs to see. */
  envelopeFor(entityId: string, place: AgreementPlace): Promise<Envelope | null>;
}

/** What can be done about the regions themselves. */
export interface Peers {
  addPeer(peer: NewPeer): Promise<void>;
  comparePeer(given: { entityId: string; thumbprint: string; actor: string }): Promise<PeerRecord['state']>;
  blockPeer(given: { entityId: string; actor: string }): Promise<void>;
  receiveKeySet(entityId: string, token: string): Promise<KeySet>;
  findKeySet(entityId: string): Promise<KeySet | null>;
  findPeer(entityId: string): Promise<PeerRecord | null>;
  listPeers(): Promise<PeerRecord[]>;
}

/** What can be asked of the domain. */
export interface Recognition extends Agreements, Exchange, Peers {
  /** What happened to agreements and peers, for the audit relay. */
  outboxes: readonly OutboxSource[];
  /** Resolves when the indexes stand. */
  ready(): Promise<void>;
}

/** Opens the domain on its stores. */
export function createRecognition({ connection, ...deps }: RecognitionDeps): Recognition {
  const work: Work = {
    ...deps,
    agreements: openAgreementStore(connection),
    peers: openPeerStore(connection),
  };
  const { agreements, peers } = work;
  return {
    outboxes: [agreements.outbox, peers.outbox],
    ready: async () => {
      await Promise.all([agreements.ready(), peers.ready()]);
    },
    ...agreementsOf(work),
    ...exchangeOf(work),
    addPeer: (peer) => addPeer(work, peer),
    comparePeer: (given) => comparePeer(work, given),
    blockPeer: (given) => blockPeer(work, given),
    receiveKeySet: (entityId, token) => receiveKeySet(work, entityId, token),
    findKeySet: (entityId) => findKeySet(work, entityId),
    findPeer: (entityId) => peers.byId(entityId),
    listPeers: () => peers.list(),
  };
}

/** The records are the domain's own: who acts learns how it went by reading the agreement. */
const silent = async (done: Promise<AgreementRecord>): Promise<void> => {
  await done;
};

const agreementsOf = (work: Work): Agreements => ({
  draftAgreement: (draft) => draftAgreement(work, draft),
  redraftAgreement: (draft) => redraftAgreement(work, draft),
  proposeAgreement: (signing) => silent(proposeAgreement(work, signing)),
  countersignAgreement: (signing) => silent(countersignAgreement(work, signing)),
  withdrawProposal: (act) => silent(withdrawProposal(work, act)),
  rejectProposal: (act) => silent(rejectProposal(work, act)),
  suspend: (act) => silent(suspendAgreement(work, act)),
  confirmSuspension: (act) => silent(confirmSuspension(work, act)),
  resume: (act) => silent(resumeAgreement(work, act)),
  terminate: (act) => silent(terminateAgreement(work, act)),
  rotateAgreementKey: (actor) => rotateAgreementKey(work, actor),
  findVersions: (agreementId) => findVersions(work, agreementId),
  listAgreements: (regionCode) => listAgreements(work, regionCode),
  pageAgreements: (query) => pageAgreements(work, query),
  readAgreement: (place) => readAgreement(work, place),
  listUnconfirmed: () => listUnconfirmed(work),
  findStanding: (agreementId) => findStanding(work, agreementId),
  findEffective: (regionCode) => findEffective(work, regionCode),
});

const exchangeOf = (work: Work): Exchange => ({
  receive: async (from, envelope) => statusOf(await receiveEnvelope(work, from, envelope)),
  hear: (from, said) => hearStatus(work, from, said),
  listStatuses: (entityId) => listStatuses(work, entityId),
  async listUndelivered(limit) {
    const found = await listUndelivered(work, limit);
    return found.map(({ record, to }) => deliveryOf(work, record, to));
  },
  async listDue(entityId, limit) {
    const found = await listDue(work, entityId, limit);
    return found.map((record) => deliveryOf(work, record, [entityId]));
  },
  putOff: (place, lastFault) => putOff(work, place, lastFault),
  async envelopeFor(entityId, { agreementId, agreementVersion }) {
    const record = await work.agreements.byId(recordId(agreementId, agreementVersion));
    const isTheirs = record?.chains.some(({ party }) => party === entityId) ?? false;
    return record === null || !isTheirs || record.signatures.length === 0 ? null : envelopeOf(work, record);
  },
});

const deliveryOf = (work: Work, record: AgreementRecord, to: string[]): Delivery => ({
  agreementId: record.agreementId,
  agreementVersion: record.agreementVersion,
  to,
  envelope: envelopeOf(work, record),
});
