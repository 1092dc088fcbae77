import { ProposalHistoryPage } from '../../../views/console/proposal-history.tsx';
import { textOf } from '../../../views/text/index.ts';
import { showPage } from '../page.ts';
import { daysOf } from './days.ts';
import type { ConsolePage } from './guard.ts';
import { namesOf, rowOf, stepsOf } from './proposal-rows.ts';

/** Shows what was decided about a thing until the end of a day, to whoever may see its proposals. */
export const showProposalHistory: ConsolePage = async (ctx, deps, { officerId }) => {
  const given = (name: string): string => String(ctx.query[name] ?? '').trim();
  const [subject, to] = [given('subject'), given('to')];
  const { range, wrong } = daysOf({ from: '', to });
  const isAsked = subject !== '' && wrong.length === 0;
  const until = range.to ?? new Date(deps.nowSeconds() * 1000);
  const replay = isAsked ? await deps.staff.replayProposals({ officerId, subject, until }) : null;
  const names = await namesOf(deps, replay?.proposals ?? []);
  ctx.status = wrong.length > 0 ? 400 : 200;
  showPage(ctx, deps, (context) => (
    <ProposalHistoryPage
      context={context}
      query={{ subject, to }}
      errors={wrong.map((field) => ({ field, text: textOf(context.language).console.audit.dayWrong }))}
      replay={
        replay && {
          standing: replay.standing,
          isCut: replay.isCut,
          proposals: replay.proposals.map((proposal) => ({
            ...rowOf(proposal),
            reason: proposal.reason,
            difference: proposal.difference,
            steps: stepsOf(proposal, names),
          })),
        }
      }
    />
  ));
};
