import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { Notice } from '../parts/notice.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import type { ObjectionRow } from './objections.tsx';
import { Fact, WaysOn } from './parts.tsx';

type Words = Text['regionObjections'];

/** One act in a case, with what was written. */
export type ObjectionStep = { isOurs: boolean; at: Date; text: string } & (
  | { act: 'answered'; finding: keyof Words['findings'] }
  | { act: 'closed'; outcome: keyof Words['outcomes'] }
);

export interface ObjectionPageProps extends ObjectionRow {
  context: PageContext;
  reference: string;
  openedAt: Date;
  text: string;
  steps: readonly ObjectionStep[];
  isDelivered: boolean;
  isOfCitizen: boolean;
  agreementHref: string;
  ways: readonly ('answer' | 'close')[];
}

const stepText = (words: Words, step: ObjectionStep): string => {
  const who = step.isOurs ? words.one.us : words.one.them;
  return step.act === 'answered'
    ? fill(words.one.answered, { who, finding: words.findings[step.finding] })
    : fill(words.one.closed, { who, outcome: words.outcomes[step.outcome] });
};

const History = ({ props, words }: { props: ObjectionPageProps; words: Words }): VNode => {
  const { context, side, openedAt, steps } = props;
  const who = side === 'opener' ? words.one.us : words.one.them;
  const opened = { title: fill(words.one.opened, { who }), at: openedAt, text: null };
  const shown = steps.map((step) => ({ title: stepText(words, step), at: step.at, text: step.text }));
  return (
    <section aria-labelledby="history">
      <h2 id="history">{words.one.history}</h2>
      <ol class="items">
        {[opened, ...shown].map(({ title, at, text }, i) => (
          <li key={i}>
            <strong>{title}</strong>
            <span>{momentOf(context.language, at)}</span>
            {text !== null && <span>{text}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
};

/** Renders one case between two regions: what it is about, how it went, and what this officer can do. */
export const ObjectionPage = (props: ObjectionPageProps): VNode => {
  const { context, href, subject, state, dueOn } = props;
  const words = textOf(context.language).regionObjections;
  // A sign-in is named by its minute, as RFC 3339 writes it.
  const reference = subject === 'sign-in' ? props.reference.slice(0, 16).replace('T', ' ') : props.reference;
  const title = fill(words.one.title, { subject: words.subjects[subject] });
  return (
    <Layout context={context} title={title}>
      {state === 'overdue' && (
        <Notice kind="error">
          <p>{fill(words.one.overdue, { date: dueOn })}</p>
        </Notice>
      )}
      <h1>{title}</h1>
      <dl>
        <Fact name={words.state} value={words.states[state]} />
        <Fact name={words.one.from} value={words.sides[props.side]} />
        <Fact name={words.one.region} value={props.name} />
        <Fact name={words.references[subject]} value={reference} code />
        <Fact name={words.one.ground} value={words.grounds[props.ground]} />
        <Fact name={words.one.dueOn} value={fill(words.one.dueOnValue, { date: dueOn })} />
        <Fact name={words.one.number} value={props.number} code />
      </dl>
      {!props.isDelivered && <p class="state">{words.one.undelivered}</p>}
      {props.isOfCitizen && <p class="hint">{words.one.citizen}</p>}
      <h2>{words.one.text}</h2>
      <p>{props.text}</p>
      <History props={props} words={words} />
      <div class="stack">
        {props.ways.map((way) => (
          <ActionLink key={way} href={`${href}/${way}`} kind="secondary">
            {words.one[way]}
          </ActionLink>
        ))}
        <ActionLink href={props.agreementHref}>{words.toAgreement}</ActionLink>
      </div>
      <WaysOn context={context} back={{ href: '/console/objections', label: words.back }} />
    </Layout>
  );
};
