import { AppError } from '../../base/error.ts';
import type { OfficerRecord } from '../officer.ts';
import type { Work } from '../ports.ts';
import { hasAct, mayAct, regionRange } from '../rules.ts';
import { handlerOf } from './handler.ts';
import { stateNow } from './lifecycle.ts';
import { type Proposal, type ProposalRecord, viewProposal } from './proposal.ts';
import type { ProposalPlace } from './store.ts';

/** A page of proposals, newest first. */
export interface ProposalPage {
  proposals: Proposal[];
  /** Hand it in as `after` for the page that follows; null on the last. */
  next: string | null;
}

const onPage = 20;
const mostWaiting = 200;

/** The kinds an officer may see: those they may propose or approve. */
export const kindsOf = (work: Work, officer: OfficerRecord): string[] =>
  Object.entries(work.handlers)
    .filter(([, { proposeAct, approveAct }]) => hasAct(officer, proposeAct) || hasAct(officer, approveAct))
    .map(([kind]) => kind);

const view = (work: Work, record: ProposalRecord): Proposal => ({
  ...viewProposal(work.cipher, record),
  state: stateNow(record, work.clock.now()),
});

/** Finds one proposal for an officer. Throws proposal-missing, officer-not-allowed. */
export async function findProposal(
  work: Work,
  { officerId, proposalId }: { officerId: string; proposalId: string },
): Promise<Proposal> {
  const [actor, read] = await Promise.all([work.store.byId(officerId), work.proposals.byId(proposalId)]);
  if (read === null) throw new AppError('proposal-missing');
  const { proposeAct, approveAct } = handlerOf(work, read.kind);
  const maySee =
    actor !== null && [proposeAct, approveAct].some((act) => mayAct(actor, act, read.regionCode));
  if (!maySee) throw new AppError('officer-not-allowed');
  return view(work, read);
}

/** Lists the proposals of an officer's region and below, open and closed. Throws officer-not-allowed, officer-list-invalid. */
export async function listProposals(
  work: Work,
  { officerId, after }: { officerId: string; after?: string },
): Promise<ProposalPage> {
  const place = after === undefined ? null : readPlace(after);
  const actor = await work.store.byId(officerId);
  if (actor === null) throw new AppError('officer-not-allowed');
  const found = await work.proposals.list(
    { kind: { $in: kindsOf(work, actor) }, regionCode: regionRange(actor.regionCode) },
    place,
    onPage + 1,
  );
  const rows = found.slice(0, onPage);
  const last = rows.at(-1);
  const next = found.length > onPage && last !== undefined ? placeOf(last) : null;
  return { proposals: rows.map((record) => view(work, record)), next };
}

/** Lists what waits for an officer's answer, newest first, 200 at most. Throws officer-not-allowed. */
export async function listWaiting(work: Work, { officerId }: { officerId: string }): Promise<Proposal[]> {
  const actor = await work.store.byId(officerId);
  if (actor === null) throw new AppError('officer-not-allowed');
  const kinds = kindsOf(work, actor).filter((kind) => hasAct(actor, handlerOf(work, kind).approveAct));
  const range = { kind: { $in: kinds }, regionCode: regionRange(actor.regionCode), state: 'open' };
  const found = await work.proposals.list(range, null, mostWaiting);
  return found.map((record) => view(work, record)).filter((one) => isAwaited(one, officerId));
}

const isAwaited = ({ state, proposer, subject }: Proposal, officerId: string): boolean =>
  state === 'open' && proposer !== officerId && subject !== officerId;

const placeOf = ({ proposedAt, _id }: ProposalRecord): string =>
  `${proposedAt.getTime().toString(36)}.${_id}`;

const readPlace = (after: string): ProposalPlace => {
  const [, time, proposalId] = /^([0-9a-z]{1,9})\.([\w-]{1,64})$/.exec(after) ?? [];
  if (time === undefined || proposalId === undefined) throw new AppError('officer-list-invalid');
  return { proposedAt: new Date(Number.parseInt(time, 36)), proposalId };
};
