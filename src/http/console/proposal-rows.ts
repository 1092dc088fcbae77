import type { ShownStep } from '../../../views/console/proposal.tsx';
import type { ProposalRow } from '../../../views/console/proposals.tsx';
import type { Proposal } from '../../staff/index.ts';
import type { ConsoleDeps } from './deps.ts';

/** Where the proposals are listed, and each below it. */
export const listPath = '/console/proposals';

/** Names the page of a proposal. */
export const pathOf = (proposalId: string): string => `${listPath}/${proposalId}`;

/** Shows a proposal as one of many. */
export const rowOf = ({ proposalId, kind, state, emergency, proposedAt }: Proposal): ProposalRow => ({
  href: pathOf(proposalId),
  kind,
  state,
  emergency,
  proposedAt,
});

/** Reads the names of all who took a step. */
export async function namesOf(
  { staff }: ConsoleDeps,
  proposals: readonly Proposal[],
): Promise<ReadonlyMap<string, string>> {
  const steps = proposals.flatMap(({ history }) => history);
  const ids = [...new Set(steps.map(({ officerId }) => officerId))];
  const officers = await Promise.all(ids.map((id) => staff.findOfficer(id)));
  return new Map(
    officers.flatMap((one) => (one === null ? [] : [[one.officerId, one.name ?? one.officerId]])),
  );
}

/** Shows the steps of a proposal; the reason it was proposed for stands by itself. */
export const stepsOf = ({ history }: Proposal, names: ReadonlyMap<string, string>): ShownStep[] =>
  history.map(({ act, at, officerId: by, note }) => ({
    act,
    at,
    who: by === 'system' ? null : (names.get(by) ?? by),
    note: act === 'propose' ? null : note,
  }));
