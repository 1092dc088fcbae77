import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { Button } from '../parts/button.tsx';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { momentOf } from '../parts/moment.ts';
import { fill, type Text, textOf } from '../text/index.ts';
import { Fact, WaysOn } from './parts.tsx';
import { fieldName, type ShownStep, valueName } from './proposal.tsx';
import type { ProposalRow } from './proposals.tsx';
import { wordOf } from './words.ts';

/** One proposal of the past with all that was said and done. */
export interface PastProposal extends ProposalRow {
  reason: string;
  difference: readonly { field: string; before: string | null; after: string | null }[];
  steps: readonly ShownStep[];
}

export interface ProposalHistoryPageProps {
  context: PageContext;
  query: { subject: string; to: string };
  errors: FieldError[];
  /** Null while nothing was asked for. */
  replay: {
    standing: readonly { kind: string; field: string; value: string | null; since: Date }[];
    proposals: readonly PastProposal[];
    isCut: boolean;
  } | null;
}

const Past = ({ proposal, context }: { proposal: PastProposal; context: PageContext }): VNode => {
  const text = textOf(context.language);
  const words = text.console.proposals;
  const { kind, difference, steps, reason } = proposal;
  return (
    <li>
      <strong>{wordOf(words.kinds, kind)}</strong>
      <span class="state">{words.states[proposal.state]}</span>
      {proposal.emergency && <span class="state">{text.proposalHistory.emergency}</span>}
      {difference.map(({ field, before, after }) => (
        <span key={field}>
          {fieldName(text, kind, field)}: {valueName(text, kind, field, before)} →{' '}
          {valueName(text, kind, field, after)}
        </span>
      ))}
      <span class="hint">{fill(text.proposalHistory.reason, { reason })}</span>
      {steps.map(({ act, at, who, note }) => (
        <span class="hint" key={`${act}${at.getTime()}`}>
          {momentOf(context.language, at)} ·{' '}
          {fill(words.step, { act: words.acts[act], who: who ?? words.system })}
          {note !== null && ` · ${note}`}
        </span>
      ))}
      <a class="target" href={proposal.href}>
        {fill(words.open, { kind: wordOf(words.kinds, kind) })}
      </a>
    </li>
  );
};

const Found = ({
  replay,
  context,
  text,
}: Pick<ProposalHistoryPageProps, 'context'> & {
  replay: NonNullable<ProposalHistoryPageProps['replay']>;
  text: Text;
}): VNode => {
  const words = text.proposalHistory;
  if (replay.proposals.length === 0) return <p>{words.none}</p>;
  return (
    <>
      <section aria-labelledby="standing">
        <h2 id="standing">{words.standing}</h2>
        {replay.standing.length === 0 && <p>{words.nothing}</p>}
        <dl>
          {replay.standing.map(({ kind, field, value, since }) => (
            <Fact
              key={field}
              name={fieldName(text, kind, field)}
              value={fill(words.since, {
                value: valueName(text, kind, field, value),
                date: momentOf(context.language, since),
              })}
            />
          ))}
        </dl>
      </section>
      <section aria-labelledby="course">
        <h2 id="course">{words.course}</h2>
        <ol class="items">
          {replay.proposals.map((proposal) => (
            <Past key={proposal.href} proposal={proposal} context={context} />
          ))}
        </ol>
        {replay.isCut && <p class="hint">{words.cut}</p>}
      </section>
    </>
  );
};

/** Renders what was decided about a thing until a day, and what it had come to. */
export const ProposalHistoryPage = ({ context, query, errors, replay }: ProposalHistoryPageProps): VNode => {
  const text = textOf(context.language);
  const words = text.proposalHistory;
  const errorOf = (name: string) => errors.find(({ field }) => field === name)?.text;
  return (
    <Layout context={context} title={words.title} wrong={errors.length > 0}>
      <ErrorSummary text={text} errors={errors} />
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <form method="get" action="/console/proposals/history">
        {(['subject', 'to'] as const).map((name) => (
          <Field
            key={name}
            text={text}
            name={name}
            label={words[name]}
            hint={words.hints[name]}
            value={query[name]}
            error={errorOf(name)}
            autocomplete="off"
            maxLength={128}
          />
        ))}
        <Button>{words.search}</Button>
      </form>
      {replay !== null && <Found replay={replay} context={context} text={text} />}
      <WaysOn context={context} back={{ href: '/console/proposals', label: text.console.proposals.back }} />
    </Layout>
  );
};
