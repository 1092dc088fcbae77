import type { Identity } from './identity/index.ts';
import type { Proposal, StaffDeps } from './staff/index.ts';

/**
 * What is done about proposals to let a person back in: the request begins to wait when a second officer agrees, under the
 * proposal's own name, so that it is made once. Its subject is the account. The account is not opened by it: the person
 * needs the slip, and the telephone's code or the longest wait.
 */
export const recoveryHandlers = (identity: Pick<Identity, 'openAtCounter'>): StaffDeps['handlers'] => ({
  'account.recover': {
    proposeAct: 'recovery.propose',
    approveAct: 'recovery.approve',
    apply: ({ proposalId, subject, proposer, history }: Proposal) => {
      const approval = history.at(-1)?.officerId;
      const officers = [proposer, ...(approval === undefined ? [] : [approval])];
      return identity.openAtCounter({ recoveryId: proposalId, accountId: subject, officers });
    },
  },
});
