import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { momentOf } from '../parts/moment.ts';
import { Notice } from '../parts/notice.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import { WaysOn } from './parts.tsx';

/** A fact of an event, and where all is found that tells of what it names. */
export interface ShownFact {
  text: string;
  href: string | null;
}

/** One entry of the audit chain as the search shows it. */
export interface ShownEntry {
  sequence: number;
  type: string;
  at: Date;
  actor: string;
  source: string;
  recordId: string;
  facts: readonly ShownFact[];
}

/** What was searched for, as typed. */
export interface AuditQuery {
  actor: string;
  record: string;
  mention: string;
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
  csrf: string;
  /** When the newest entries were signed that stand in files and are not found here; null when all are. */
  archivedUntil: Date | null;
}

const searchHref = (search: Record<string, string>): string =>
  `/console/audit?${new URLSearchParams(search)}`;

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
      {[
        fill(words.sequence, { sequence: String(entry.sequence) }),
        ...entry.facts.flatMap(({ text, href }) => (href === null ? [text] : [])),
      ].join(' · ')}
    </span>
    <span class="stack code">
      <a class="target" href={searchHref({ actor: entry.actor })}>
        {fill(words.by, { actor: entry.actor })}
      </a>
      <a class="target" href={searchHref({ record: entry.recordId })}>
        {fill(words.of, { source: entry.source, record: entry.recordId })}
      </a>
      {entry.facts.flatMap(({ text, href }) =>
        href === null
          ? []
          : [
              <a key={text} class="target" href={href}>
                {text}
              </a>,
            ],
      )}
    </span>
  </li>
);

/** Renders the search of the audit chain and what it found. */
export const AuditPage = (props: AuditPageProps): VNode => {
  const { context, query, entries, errors, nextHref, archivedUntil } = props;
  const text = textOf(context.language);
  const words = text.console.audit;
  const hints = {
    actor: '',
    record: '',
    mention: words.mentionHint,
    type: words.typeHint,
    from: words.dayHint,
    to: words.dayHint,
  };
  const errorOf = (name: string) => errors.find(({ field }) => field === name)?.text;
  return (
    <Layout context={context} title={words.title} wrong={errors.length > 0}>
      <ErrorSummary text={text} errors={errors} />
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      {archivedUntil !== null && (
        <Notice>{fill(words.archived, { date: momentOf(context.language, archivedUntil) })}</Notice>
      )}
      <form method="get" action="/console/audit">
        {(['actor', 'record', 'mention', 'type', 'from', 'to'] as const).map((name) => (
          <Field
            key={name}
            text={text}
            name={name}
            label={words[name]}
            hint={hints[name]}
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
        {entries.length > 0 && (
          <form class="apart" method="post" action="/console/audit/extract">
            <Hidden values={{ csrf: props.csrf, ...query }} />
            <p class="hint">{words.extractHint}</p>
            <Button kind="secondary">{words.extract}</Button>
          </form>
        )}
      </section>
      <WaysOn context={context} nextHref={nextHref} />
    </Layout>
  );
};
