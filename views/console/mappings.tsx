import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { fill, type Text, textOf } from '../text/index.ts';
import {
  type Clause,
  type ClauseChange,
  ClauseChanges,
  Clauses,
  type Fingerprint,
  FingerprintLines,
} from './agreement-clauses.tsx';
import { Fact, WaysOn } from './parts.tsx';

/** One version as a list shows it. */
export interface MappingRow {
  href: string;
  name: string;
  version: number;
  /** The region that publishes it. */
  publisher: string;
  /** Null while it is a draft. */
  publishedAt: Date | null;
}

export interface MappingsPageProps {
  context: PageContext;
  mappings: readonly MappingRow[];
  mayDraft: boolean;
  nextHref: string | null;
}

const stateText = (context: PageContext, { publishedAt }: Pick<MappingRow, 'publishedAt'>): string => {
  const words = textOf(context.language).mappings;
  return publishedAt === null
    ? words.draft
    : fill(words.published, { date: momentOf(context.language, publishedAt) });
};

/** Renders the versions of all mappings that are here. */
export const MappingsPage = ({ context, mappings, mayDraft, nextHref }: MappingsPageProps): VNode => {
  const words = textOf(context.language).mappings;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      {mayDraft && <ActionLink href="/console/mappings/draft">{words.draftNew}</ActionLink>}
      {mappings.length === 0 && <p class="apart">{words.none}</p>}
      {mappings.length > 0 && (
        <ul class="items apart">
          {mappings.map((row) => (
            <li key={row.href}>
              <span class={row.publishedAt === null ? 'state ended' : 'state'}>
                {stateText(context, row)}
              </span>
              <span class="hint">
                {words.publisher} {row.publisher}
              </span>
              <a class="target" href={row.href}>
                {fill(words.open, { name: row.name, version: String(row.version) })}
              </a>
            </li>
          ))}
        </ul>
      )}
      <WaysOn context={context} nextHref={nextHref} />
    </Layout>
  );
};

/** An agreement that refers to an earlier version, and what would change in it. */
export interface ShownTouched {
  href: string;
  /** The other side. */
  name: string;
  agreement: number;
  versions: readonly number[];
  changes: readonly ClauseChange[];
  /** Where its next version is drafted with this one; null for who may not, or where there is a next one already. */
  redraftHref: string | null;
}

export interface MappingPageProps extends MappingRow {
  context: PageContext;
  number: string;
  digest: Fingerprint;
  clauses: readonly Clause[];
  /** What differs from the version before; null for the first. */
  changes: readonly ClauseChange[] | null;
  touched: readonly ShownTouched[];
  versions: readonly { href: string; version: number; publishedAt: Date | null }[];
  /** What this officer can do now; each is a page below this one. */
  ways: readonly ('edit' | 'next' | 'publish')[];
}

const TouchedList = ({ touched, text }: { touched: readonly ShownTouched[]; text: Text }): VNode => {
  const { mappings: words, recognition } = text;
  return (
    <section class="apart" aria-labelledby="touched">
      <h2 id="touched">{words.touched}</h2>
      <p>{touched.length === 0 ? words.touchedNone : words.touchedLead}</p>
      {touched.map(({ href, name, agreement, versions, changes, redraftHref }) => (
        <section key={href}>
          <p>
            <strong>
              {fill(words.touchedOne, {
                name,
                agreement: String(agreement),
                versions: versions.join(' '),
              })}
            </strong>
          </p>
          {changes.length === 0 ? (
            <p>{words.touchedSame}</p>
          ) : (
            <ClauseChanges changes={changes} words={recognition.compare} />
          )}
          <div class="stack">
            {redraftHref !== null && (
              <ActionLink href={redraftHref} kind="secondary">
                {words.redraft}
              </ActionLink>
            )}
            <ActionLink href={href}>{fill(words.openAgreement, { name })}</ActionLink>
          </div>
        </section>
      ))}
    </section>
  );
};

const Versions = ({ props, text }: { props: MappingPageProps; text: Text }): VNode => (
  <section aria-labelledby="versions">
    <h2 id="versions">{text.mappings.versions}</h2>
    <ul class="plain">
      {props.versions.map((one) => (
        <li key={one.href}>
          <a class="target" href={one.href}>
            {fill(text.mappings.version, { version: String(one.version) })} · {stateText(props.context, one)}
          </a>
        </li>
      ))}
    </ul>
  </section>
);

/** Renders one version: what it says, what differs, which agreements it touches, and what this officer can do. */
export const MappingPage = (props: MappingPageProps): VNode => {
  const { context, name, href, clauses, changes } = props;
  const text = textOf(context.language);
  const words = text.mappings;
  return (
    <Layout context={context} title={name}>
      <h1>{name}</h1>
      <dl>
        <Fact name={words.state} value={stateText(context, props)} />
        <Fact name={words.publisher} value={props.publisher} code />
        <Fact
          name={words.number}
          value={`${props.number} · ${fill(words.version, { version: String(props.version) })}`}
          code
        />
      </dl>
      <h2>{words.digest}</h2>
      <p class="hint">{words.digestHint}</p>
      <FingerprintLines fingerprint={props.digest} text={text} />
      <div class="stack">
        {props.ways.map((way) => (
          <ActionLink key={way} href={`${href}/${way === 'publish' ? 'publish' : 'draft'}`} kind="secondary">
            {words[way]}
          </ActionLink>
        ))}
      </div>
      <section class="apart" aria-labelledby="content">
        <h2 id="content">{words.content}</h2>
        {clauses.length === 0 ? <p>{words.empty}</p> : <Clauses clauses={clauses} />}
      </section>
      <section class="apart" aria-labelledby="differs">
        <h2 id="differs">{words.differs}</h2>
        {changes === null ? (
          <p>{words.first}</p>
        ) : (
          <ClauseChanges changes={changes} words={text.recognition.compare} />
        )}
      </section>
      <TouchedList touched={props.touched} text={text} />
      <Versions props={props} text={text} />
      <WaysOn context={context} back={{ href: '/console/mappings', label: words.back }} />
    </Layout>
  );
};
