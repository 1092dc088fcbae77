import type { Context } from 'koa';
import { ProposalPage, type ProposalPageProps } from '../../../views/console/proposal.tsx';
import { ProposalsPage } from '../../../views/console/proposals.tsx';
import { AppError } from '../../base/error.ts';
import type { Answer, Proposal } from '../../staff/index.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import type { ConsoleDeps } from './deps.ts';
import { type ConsolePage, freshProof } from './guard.ts';
import { afterOf, parameter } from './page.ts';
import { showProposalHistory } from './proposal-history.tsx';
import { listPath, namesOf, pathOf, rowOf, stepsOf } from './proposal-rows.ts';
import type { Section } from './section.ts';
import type { Visit } from './visit.ts';

/** What a proposal is about, in a word, and where it can be looked at. */
type Subject = { label: string; href: string | null };

const officerSubject = async (deps: ConsoleDeps, { subject }: Proposal): Promise<Subject> => {
  const officer = await deps.staff.findOfficer(subject);
  return { label: officer?.name ?? subject, href: `/console/officers/${subject}` };
};

const agreementSubject = async (_deps: ConsoleDeps, { subject }: Proposal): Promise<Subject> => ({
  label: subject,
  href: `/console/agreements/${subject.replace(':', '/')}`,
});

const mappingSubject = async (_deps: ConsoleDeps, { subject }: Proposal): Promise<Subject> => ({
  label: subject,
  href: `/console/mappings/${subject.replace(':', '/')}`,
});

const siteSubject = async (_deps: ConsoleDeps, { subject }: Proposal): Promise<Subject> => ({
  label: subject,
  href: `/console/sites/${subject.split('@')[0]}`,
});

const typeSubject = async (_deps: ConsoleDeps, { subject }: Proposal): Promise<Subject> => ({
  label: subject,
  href: `/console/types/${subject}`,
});

const accountSubject = async (_deps: ConsoleDeps, { subject }: Proposal): Promise<Subject> => ({
  label: subject,
  href: `/console/recoveries/${subject}`,
});

const mandateSubject = async (_deps: ConsoleDeps, { subject }: Proposal): Promise<Subject> => ({
  label: subject,
  href: `/console/mandates/${subject}`,
});

/** How the subjects of each kind are named; of any other the identifier is shown. */
const subjectOf: Record<string, (deps: ConsoleDeps, proposal: Proposal) => Promise<Subject>> = {
  'officer.invite': officerSubject,
  'officer.disable': officerSubject,
  'officer.roles': officerSubject,
  'officer.passkey': officerSubject,
  'officer.account': officerSubject,
  'agreement.suspend': agreementSubject,
  'agreement.resume': agreementSubject,
  'agreement.terminate': agreementSubject,
  'type.version': typeSubject,
  'site.release': siteSubject,
  'site.quota': siteSubject,
  'mapping.publish': mappingSubject,
  'account.recover': accountSubject,
  'mandate.record': mandateSubject,
  'mandate.end': mandateSubject,
};

/** Lists the proposals that an officer may see. */
const showProposals: ConsolePage = async (ctx, deps, { officerId }) => {
  const { proposals, next } = await deps.staff.listProposals({ officerId, ...afterOf(ctx) });
  showPage(ctx, deps, (context) => (
    <ProposalsPage
      context={context}
      proposals={proposals.map(rowOf)}
      nextHref={next === null ? null : `${listPath}?after=${next}`}
    />
  ));
};

const wayOf = (
  deps: ConsoleDeps,
  visit: Visit,
  { state, proposer }: Proposal,
  isAwaited: boolean,
): ProposalPageProps['way'] => {
  const isOwn = proposer === visit.officerId;
  if (state !== 'open' || !(isOwn || isAwaited)) return 'none';
  if (!freshProof(deps, visit)) return 'prove';
  return isOwn ? 'withdraw' : 'answer';
};

const draw = async (ctx: Context, deps: ConsoleDeps, visit: Visit, refusal?: AppError): Promise<void> => {
  const { officerId } = visit;
  const proposal = await deps.staff.findProposal({ officerId, proposalId: parameter(ctx, 'id') });
  const [names, waiting, subject] = await Promise.all([
    namesOf(deps, [proposal]),
    deps.staff.listWaiting({ officerId }),
    subjectOf[proposal.kind]?.(deps, proposal) ?? { label: proposal.subject, href: null },
  ]);
  const isAwaited = waiting.some(({ proposalId }) => proposalId === proposal.proposalId);
  const { kind, state, emergency, proposedAt, expiresAt, reason, settled, difference } = proposal;
  ctx.status = refusal?.status ?? 200;
  showPage(ctx, deps, (context) => (
    <ProposalPage
      {...{ context, kind, state, emergency, proposedAt, expiresAt, reason, settled, difference, subject }}
      path={pathOf(proposal.proposalId)}
      csrf={visit.csrf}
      region={proposal.regionCode}
      steps={stepsOf(proposal, names)}
      historyHref={`${listPath}/history?${new URLSearchParams({ subject: proposal.subject })}`}
      way={wayOf(deps, visit, proposal, isAwaited)}
      note={field(ctx, 'note')}
      {...(refusal && { error: refusal.text(context.language) })}
    />
  ));
};

const answers: readonly Answer[] = ['approve', 'refuse', 'withdraw'];

/** Takes an officer's answer; what is refused is said on the page, with the remark as typed. */
const answerProposal: ConsolePage = async (ctx, deps, visit) => {
  const answer = answers.find((known) => known === field(ctx, 'answer'));
  if (answer === undefined) throw new AppError('body-malformed');
  const { officerId, provenAt } = visit;
  const proposalId = parameter(ctx, 'id');
  const note = field(ctx, 'note').trim();
  try {
    await deps.staff.answerProposal({ officerId, proposalId, answer, provenAt, note });
  } catch (error) {
    const isShown = error instanceof AppError && [400, 409].includes(error.status);
    if (!isShown) throw error;
    return draw(ctx, deps, visit, error);
  }
  seeOther(ctx, pathOf(proposalId));
};

/** The part of the console where one officer decides what another proposed. */
export const proposalsSection: Section = {
  name: 'proposals',
  path: '/proposals',
  permission: { act: null, within: 'own' },
  routes: [
    { method: 'get', path: '/proposals', page: showProposals },
    { method: 'get', path: '/proposals/history', page: showProposalHistory },
    { method: 'get', path: '/proposals/:id', page: (ctx, deps, visit) => draw(ctx, deps, visit) },
    {
      method: 'post',
      path: '/proposals/:id',
      page: answerProposal,
      permission: { act: null, within: 'own', fresh: true },
    },
  ],
};
