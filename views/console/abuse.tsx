import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { Button } from '../parts/button.tsx';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { momentOf } from '../parts/moment.ts';
import { SelectField } from '../parts/select-field.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import { WaysOn } from './parts.tsx';

type Words = Text['abuse']['signals'];
export type SignalType = keyof Words['types'];

/** One sign of attack as officers see it: identifiers and a masked network. */
export interface ShownSignal {
  sequence: number;
  type: SignalType;
  at: Date;
  /** The account it is about; null when it is about none, or about a number that nobody has. */
  accountId: string | null;
  by: keyof Words['by'] | null;
  accounts: number | null;
  network: string | null;
  /** From where to where, by region code where there is one; null when it is not about travel. */
  travel: { from: string | null; to: string | null; kilometres: number; minutes: number } | null;
}

/** What was filtered by, as typed. */
export interface SignalQuery {
  type: string;
  from: string;
  to: string;
}

export interface AbusePageProps {
  context: PageContext;
  query: SignalQuery;
  signals: readonly ShownSignal[];
  errors: FieldError[];
  nextHref: string | null;
}

const travelOf = ({ from, to, kilometres, minutes }: NonNullable<ShownSignal['travel']>, words: Words) =>
  fill(words.travel, {
    from: from ?? words.noRegion,
    to: to ?? words.noRegion,
    kilometres: String(kilometres),
    minutes: String(minutes),
  });

const factsOf = ({ accountId, by, accounts, network, travel }: ShownSignal, words: Words): string =>
  [
    by === null ? '' : words.by[by],
    accounts === null ? '' : fill(words.accounts, { accounts: String(accounts) }),
    travel === null ? '' : travelOf(travel, words),
    accountId === null ? '' : fill(words.account, { account: accountId }),
    network === null ? '' : fill(words.network, { network }),
  ]
    .filter((fact) => fact !== '')
    .join(' · ');

const Signal = ({
  signal,
  context,
  words,
}: {
  signal: ShownSignal;
  context: PageContext;
  words: Words;
}): VNode => (
  <li>
    <strong>{words.types[signal.type]}</strong>
    <span>{momentOf(context.language, signal.at)}</span>
    <span class="hint code">{factsOf(signal, words)}</span>
  </li>
);

const Filter = ({ context, query, errors }: AbusePageProps): VNode => {
  const text = textOf(context.language);
  const words = text.abuse.signals;
  const options = Object.entries(words.types).map(([value, label]) => ({ value, label }));
  const errorOf = (name: string) => errors.find(({ field }) => field === name)?.text;
  return (
    <form method="get" action="/console/abuse">
      <SelectField
        text={text}
        name="type"
        label={words.type}
        value={query.type}
        none={words.all}
        options={options}
      />
      {(['from', 'to'] as const).map((name) => (
        <Field
          key={name}
          text={text}
          name={name}
          label={words[name]}
          hint={words.dayHint}
          value={query[name]}
          error={errorOf(name)}
          autocomplete="off"
          maxLength={10}
        />
      ))}
      <Button>{words.search}</Button>
    </form>
  );
};

/** Renders the signs of attack, newest first, and their filter. */
export const AbusePage = (props: AbusePageProps): VNode => {
  const { context, signals, errors, nextHref } = props;
  const text = textOf(context.language);
  const words = text.abuse.signals;
  return (
    <Layout context={context} title={words.title} wrong={errors.length > 0}>
      <ErrorSummary text={text} errors={errors} />
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <p class="hint">{words.limits}</p>
      <Filter {...props} />
      <section class="apart" aria-labelledby="found">
        <h2 id="found">{words.results}</h2>
        {signals.length === 0 ? (
          <p>{words.none}</p>
        ) : (
          <ol class="items">
            {signals.map((signal) => (
              <Signal key={signal.sequence} signal={signal} context={context} words={words} />
            ))}
          </ol>
        )}
      </section>
      <WaysOn context={context} nextHref={nextHref} />
    </Layout>
  );
};
