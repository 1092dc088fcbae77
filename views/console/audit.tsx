import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { Button } from '../parts/button.tsx';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { momentOf } from '../parts/moment.ts';
import { fill, type Text, textOf } from '../text/index.ts';
import { WaysOn } from './parts.tsx';

/** One entry of the audit chain as the search shows it. */
export interface ShownEntry {
  sequence: number;
  type: string;
  at: Date;
  actor: string;
  source: string;
  recordId: string;
  /** The facts of the event, `name=value`. */
  facts: readonly string[];
}

/** What was searched for, as typed. */
export interface AuditQuery {
  actor: string;
  record: string;
  type: string;
  from: string;
  to: string;
}

export interface AuditPageProps {
  context: PageContext;
  query: AuditQuery;
  entries: readonly ShownEntry[];
  errors: FieldError[];
  nextHref: string | null;
}

const Entry = ({
  entry,
  language,
  words,
}: {
  entry: ShownEntry;
  language: PageContext['language'];
  words: Text['console']['audit'];
}): VNode => (
  <li>
    <strong class="code">{entry.type}</strong>
    <span>{momentOf(language, entry.at)}</span>
    <span class="hint code">
      {fill(words.sequence, { sequence: String(entry.sequence) })} · {fill(words.by, { actor: entry.actor })}{' '}
      · {fill(words.of, { source: entry.source, record: entry.recordId })}
      {entry.facts.map((fact) => ` · ${fact}`)}
    </span>
  </li>
);

/** Renders the search of the audit chain and what it found. */
export const AuditPage = ({ context, query, entries, errors, nextHref }: AuditPageProps): VNode => {
  const text = textOf(context.language);
  const words = text.console.audit;
  const errorOf = (name: string) => errors.find(({ field }) => field === name)?.text;
  return (
    <Layout context={context} title={words.title} wrong={errors.length > 0}>
      <ErrorSummary text={text} errors={errors} />
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <form method="get" action="/console/audit">
        {(['actor', 'record', 'type', 'from', 'to'] as const).map((name) => (
          <Field
            key={name}
            text={text}
            name={name}
            label={words[name]}
            hint={
              { actor: '', record: '', type: words.typeHint, from: words.dayHint, to: words.dayHint }[name]
            }
            value={query[name]}
            error={errorOf(name)}
            autocomplete="off"
            maxLength={128}
          />
        ))}
        <Button>{words.search}</Button>
      </form>
      <section class="apart" aria-labelledby="found">
        <h2 id="found">{words.results}</h2>
        {entries.length === 0 ? (
          <p>{words.none}</p>
        ) : (
          <ol class="items">
            {entries.map((entry) => (
              <Entry key={entry.sequence} entry={entry} language={context.language} words={words} />
            ))}
          </ol>
        )}
      </section>
      <WaysOn context={context} nextHref={nextHref} />
    </Layout>
  );
};
