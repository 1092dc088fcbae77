import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { Notice } from '../parts/notice.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import { Fact, Remark, WaysOn } from './parts.tsx';
import type { ProposalRow } from './proposals.tsx';
import { roleNames, siteValueOf, wordOf } from './words.ts';

type Words = Text['console']['proposals'];

/** One step of a proposal; `who` is null for the system itself. */
export interface ShownStep {
  act: keyof Words['acts'];
  at: Date;
  who: string | null;
  note: string | null;
}

export interface ProposalPageProps extends Omit<ProposalRow, 'href'> {
  context: PageContext;
  /** The address of the page; it takes `csrf`, `answer` and `note`. */
  path: string;
  csrf: string;
  /** What it is about, and where that can be looked at. */
  subject: { label: string; href: string | null };
  region: string;
  expiresAt: Date;
  reason: string;
  settled: boolean;
  difference: readonly { field: string; before: string | null; after: string | null }[];
  steps: readonly ShownStep[];
  /** What was decided about the same thing before. */
  historyHref: string;
  /** What this officer can do: answer it, first prove who they are, withdraw it, or nothing. */
  way: 'answer' | 'prove' | 'withdraw' | 'none';
  note: string;
  error?: string;
}

const officerPasskeyWords = ({ officerChanges }: Text): Record<string, string> => ({
  another: officerChanges.another,
  'in-place': officerChanges['in-place'],
});

const endingWords = ({ mandates, counterMandates }: Text): Record<string, string> => ({
  ...mandates.endingByLaw.reasons,
  asked: counterMandates.asked,
});

/** Says a value of a difference in words. */
export const valueName = (text: Text, kind: string, field: string, value: string | null): string => {
  const words = text.console;
  if (value === null) return words.proposals.nothing;
  if (kind === 'site.release') return siteValueOf(text, field, value);
  if (field === 'agreementState') return wordOf(text.recognition.states, value);
  if (field === 'termination') return wordOf(text.recognition.act.terminations, value);
  if (field === 'mandateRole') return wordOf(text.counterMandates.lines, value);
  if (field === 'mandateEnding') return wordOf(endingWords(text), value);
  if (field === 'officerPasskeys') return wordOf(officerPasskeyWords(text), value);
  if (field === 'roles') return roleNames(text, value.split(' '));
  return field === 'state' ? wordOf(words.officers.states, value) : value;
};

/** Names a field of a difference. */
export const fieldName = (
  { console: { proposals }, onboarding }: Text,
  kind: string,
  field: string,
): string => wordOf(kind === 'site.release' ? onboarding.office.names : proposals.fields, field);

const Changes = ({ props, text }: { props: ProposalPageProps; text: Text }): VNode => {
  const words = text.console.proposals;
  const { kind } = props;
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">{words.changes}</h2>
      <dl>
        {props.difference.map(({ field, before, after }) => (
          <div key={field}>
            <dt>{fieldName(text, kind, field)}</dt>
            <dd>
              {before !== null && (
                <>{fill(words.from, { before: valueName(text, kind, field, before) })} · </>
              )}
              {fill(words.to, { after: valueName(text, kind, field, after) })}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
};

const History = ({ props, words }: { props: ProposalPageProps; words: Words }): VNode => (
  <section aria-labelledby="history">
    <h2 id="history">{words.history}</h2>
    <ol class="items">
      {props.steps.map(({ act, at, who, note }) => (
        <li key={`${act}${at.getTime()}`}>
          <strong>{fill(words.step, { act: words.acts[act], who: who ?? words.system })}</strong>
          <span>{momentOf(props.context.language, at)}</span>
          {note !== null && <span class="hint">{note}</span>}
        </li>
      ))}
    </ol>
  </section>
);

const Ways = ({ props, words }: { props: ProposalPageProps; words: Words }): VNode | null => {
  const { way, path, csrf, note } = props;
  if (way === 'none') return null;
  if (way === 'prove')
    return (
      <ActionLink href={`/console/prove?to=${encodeURIComponent(path)}`} kind="secondary">
        {words.prove}
      </ActionLink>
    );
  return (
    <form class="apart" method="post" action={path}>
      <Hidden values={{ csrf }} />
      {way === 'withdraw' ? (
        <>
          <p>{words.own}</p>
          <Button kind="danger" name="answer" value="withdraw">
            {words.withdraw}
          </Button>
        </>
      ) : (
        <>
          <h2>{words.answer}</h2>
          <Remark name="note" label={words.note} hint={words.noteHint} value={note} />
          <div class="pair">
            <Button name="answer" value="approve">
              {words.approve}
            </Button>
            <Button kind="danger" name="answer" value="refuse">
              {words.refuse}
            </Button>
          </div>
        </>
      )}
    </form>
  );
};

/** Renders one proposal: what would change and why, how it went so far, and what this officer can do. */
export const ProposalPage = (props: ProposalPageProps): VNode => {
  const { context, kind, state, subject, emergency, error } = props;
  const text = textOf(context.language);
  const words = text.console.proposals;
  const title = wordOf(words.kinds, kind);
  return (
    <Layout context={context} title={title} wrong={Boolean(error)}>
      {error && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{title}</h1>
      {emergency && state === 'open' && <p class="state ended">{words.emergency}</p>}
      {!props.settled && state !== 'open' && <p class="state">{words.unsettled}</p>}
      <dl>
        <Fact name={words.state} value={words.states[state]} />
        <div>
          <dt>{words.subject}</dt>
          <dd>
            {subject.href === null ? (
              subject.label
            ) : (
              <a class="target" href={subject.href}>
                {subject.label}
              </a>
            )}
          </dd>
        </div>
        <Fact name={words.region} value={props.region} code />
        <Fact name={words.proposedAt} value={momentOf(context.language, props.proposedAt)} />
        <Fact name={words.answerBy} value={momentOf(context.language, props.expiresAt)} />
        <Fact name={words.reason} value={props.reason} />
      </dl>
      <Changes props={props} text={text} />
      <History props={props} words={words} />
      <p>
        <a class="target" href={props.historyHref}>
          {text.proposalHistory.link}
        </a>
      </p>
      <Ways props={props} words={words} />
      <WaysOn context={context} back={{ href: '/console/proposals', label: words.back }} />
    </Layout>
  );
};
