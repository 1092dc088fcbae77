import type { AgreementPlace } from './agreement/append.ts';
import { putOff } from './agreement/delivery.ts';
import { type Envelope, envelopeOf, receiveEnvelope } from './agreement/receive.ts';
import { type AgreementRecord, recordId } from './agreement/record.ts';
import {
  type AgreementStatus,
  type Heeded,
  hearStatus,
  listDue,
  listStatuses,
  listStatusesOf,
  listUndelivered,
  statusOf,
} from './agreement/status.ts';
import type { Work } from './ports.ts';

/** An envelope on its way: what is in it, and the servers it goes to. */
export interface Delivery extends AgreementPlace {
  to: string[];
  envelope: Envelope;
}

/** What an edge exchanges with peers, once it has proved who speaks. */
export interface Exchange {
  /** Takes a proposal, a countersignature or events; answers how this side sees the version now. */
  receive(from: string, envelope: Envelope): Promise<AgreementStatus>;
  /** Takes an answer or a heartbeat; tells whether to send the peer an envelope, or to ask it for one. */
  hear(from: string, said: { status: AgreementStatus; saidAt: Date }): Promise<Heeded>;
  /** Lists what goes into a heartbeat to a peer. */
  listStatuses(entityId: string): Promise<AgreementStatus[]>;
  /** Lists of a heartbeat's versions how this side sees them. */
  listStatusesOf(entityId: string, places: readonly AgreementPlace[]): Promise<AgreementStatus[]>;
  listUndelivered(limit?: number): Promise<Delivery[]>;
  /** Lists the regions that something waits for and is not put off. */
  listDueRegions(): Promise<string[]>;
  /** Lists what waits for one peer and is not put off. */
  listDue(entityId: string, limit: number): Promise<Delivery[]>;
  /** Puts off what waits of a version, since its peer refused it for the reason given. */
  putOff(place: AgreementPlace, lastFault: string): Promise<void>;
  /** Packs a version for a peer of it that asks; null when there is none, or it is not theirs to see. */
  envelopeFor(entityId: string, place: AgreementPlace): Promise<Envelope | null>;
}

/** Binds what an edge exchanges with peers to the stores. */
export const exchangeOf = (work: Work): Exchange => ({
  receive: async (from, envelope) => statusOf(await receiveEnvelope(work, from, envelope)),
  hear: (from, said) => hearStatus(work, from, said),
  listStatuses: (entityId) => listStatuses(work, entityId),
  listStatusesOf: (entityId, places) => listStatusesOf(work, entityId, places),
  listDueRegions: () => work.agreements.dueRegions(work.clock.now()),
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
