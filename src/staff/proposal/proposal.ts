import type { DomainEvent } from '../../base/event.ts';
import type { RegionCode } from '../../terms/region-code.ts';
import type { FieldCipher } from '../ports.ts';
import type { ProposalAct, ProposalState } from './lifecycle.ts';

/** One line of what would change; it names things and holds no personal data. */
export interface Difference {
  field: string;
  before: string | null;
  after: string | null;
}

/** One step, so that the whole can be read again as it went. */
export interface ProposalStep {
  act: 'propose' | ProposalAct;
  at: Date;
  /** `system` for what the clock did. */
  officerId: string;
  /** What was said to it, sealed. */
  note: Buffer | null;
}

/** A proposal (待审事项) as kept, in collection `proposals`: one officer wants it, another decides it. */
export interface ProposalRecord {
  _id: string;
  kind: string;
  /** What it is about, as its domain names it. */
  subject: string;
  regionCode: RegionCode;
  /** Kind and subject while open, its own identifier once closed: being unique it lets one be open about a thing. */
  openSlot: string;
  difference: Difference[];
  proposer: string;
  proposedAt: Date;
  expiresAt: Date;
  /** It was acted on at once, and is to be confirmed. */
  emergency: boolean;
  state: ProposalState;
  /** Whether its handler has done what the state asks for. */
  settled: boolean;
  history: ProposalStep[];
  version: number;
  outbox: DomainEvent[];
}

/** A proposal as officers see it, opened. */
export type Proposal = Omit<ProposalRecord, '_id' | 'openSlot' | 'history' | 'version' | 'outbox'> & {
  proposalId: string;
  reason: string;
  history: (Omit<ProposalStep, 'note'> & { note: string | null })[];
};

/** Binds a sealed note to its proposal and step. */
export const noteContext = (proposalId: string, act: ProposalStep['act']): string =>
  `proposals.note.${act}:${proposalId}`;

/** Opens a record. */
export function viewProposal(cipher: FieldCipher, record: ProposalRecord): Proposal {
  const { _id, openSlot, version, outbox, ...rest } = record;
  const history = record.history.map((step) => ({
    ...step,
    note: step.note === null ? null : cipher.open(step.note, noteContext(_id, step.act)),
  }));
  return { ...rest, proposalId: _id, reason: history[0]?.note ?? '', history };
}
