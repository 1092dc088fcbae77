import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { Notice } from '../parts/notice.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import {
  type Clause,
  type ClauseChange,
  ClauseChanges,
  Clauses,
  type Fingerprint,
  FingerprintLines,
} from './agreement-clauses.tsx';
import { type AgreementRow, healthText, type StateName } from './agreements.tsx';
import { type MemberRow, Members } from './framework.tsx';
import { Fact, WaysOn } from './parts.tsx';

export type ActName = keyof Text['recognition']['acts'];
type EventName = keyof Text['recognition']['events'];

export interface AgreementPageProps extends AgreementRow {
  context: PageContext;
  number: string;
  digest: Fingerprint;
  signedBy: readonly string[];
  /** An emergency suspension that waits for a second officer here. */
  unconfirmed: { confirmBy: Date; isOverdue: boolean } | null;
  isDelivered: boolean;
  versions: readonly { version: number; state: StateName }[];
  clauses: readonly Clause[];
  steps: readonly { who: string; act: EventName; at: Date; reason: string | null }[];
  /** Of a framework, who has joined it; null for any other agreement. */
  members: readonly MemberRow[] | null;
  /** What this officer can do now. */
  ways: readonly ('sign' | 'edit' | 'nextVersion' | 'accede' | ActName)[];
}

const wordsOfWay = (
  { recognition: { one, acts }, frameworks }: Text,
  way: AgreementPageProps['ways'][number],
): string => {
  if (way === 'accede') return frameworks.accede;
  return way === 'sign' || way === 'edit' || way === 'nextVersion' ? one[way] : acts[way].title;
};

const hrefOfWay = (href: string, way: AgreementPageProps['ways'][number]): string =>
  way === 'edit' || way === 'nextVersion' ? `${href}/draft` : `${href}/${way}`;

const History = ({ props, text }: { props: AgreementPageProps; text: Text }): VNode => {
  const { one: words, events } = text.recognition;
  return (
    <section aria-labelledby="history">
      <h2 id="history">{words.history}</h2>
      {props.steps.length === 0 && <p>{words.noHistory}</p>}
      {props.steps.length > 0 && (
        <ol class="items">
          {props.steps.map(({ who, act, at, reason }, i) => (
            <li key={i}>
              <strong>{fill(words.step, { who, act: events[act] })}</strong>
              <span>{momentOf(props.context.language, at)}</span>
              {reason !== null && <span class="hint">{fill(words.reason, { reason })}</span>}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
};

const Versions = ({ props, text }: { props: AgreementPageProps; text: Text }): VNode => {
  const { one: words, states } = text.recognition;
  const base = props.href.replace(/\/\d+$/, '');
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">{words.versions}</h2>
      <ul class="plain">
        {props.versions.map(({ version, state }) => (
          <li key={version}>
            <a class="target" href={`${base}/${version}`}>
              {fill(words.openVersion, { version: String(version), state: states[state] })}
            </a>
          </li>
        ))}
        {props.version > 1 && (
          <li>
            <a class="target" href={`${props.href}/compare`}>
              {fill(words.compare, { version: String(props.version - 1) })}
            </a>
          </li>
        )}
      </ul>
    </section>
  );
};

const Alarm = ({ props, text }: { props: AgreementPageProps; text: Text }): VNode | null => {
  if (props.unconfirmed === null) return null;
  const { confirmBy, isOverdue } = props.unconfirmed;
  const words = text.recognition.one;
  return (
    <Notice kind="error">
      <p>
        {fill(isOverdue ? words.overdue : words.unconfirmed, {
          date: momentOf(props.context.language, confirmBy),
        })}
      </p>
    </Notice>
  );
};

/** Renders one version of an agreement: how it stands, what it says, how it went, and what this officer can do. */
export const AgreementPage = (props: AgreementPageProps): VNode => {
  const { context, name, region, href } = props;
  const text = textOf(context.language);
  const words = text.recognition;
  const title = fill(words.one.title, { name });
  return (
    <Layout context={context} title={title}>
      <Alarm props={props} text={text} />
      <h1>{title}</h1>
      <dl>
        <Fact name={words.state} value={words.states[props.state]} />
        <Fact name={words.region} value={region} code />
        <Fact
          name={words.number}
          value={`${props.number} · ${fill(words.version, { version: String(props.version) })}`}
          code
        />
        <Fact name={words.one.signedBy} value={props.signedBy.join(' · ') || words.nobody} />
        <Fact name={words.health.title} value={healthText(context, props.health)} />
      </dl>
      {!props.isDelivered && <p class="state">{words.health.undelivered}</p>}
      <h2>{words.one.digest}</h2>
      <p class="hint">{words.one.digestHint}</p>
      <FingerprintLines fingerprint={props.digest} text={text} />
      <div class="stack">
        {props.ways.map((way) => (
          <ActionLink key={way} href={hrefOfWay(href, way)} kind="secondary">
            {wordsOfWay(text, way)}
          </ActionLink>
        ))}
      </div>
      {props.members !== null && <Members members={props.members} text={text} />}
      <section class="apart" aria-labelledby="text">
        <h2 id="text">{words.one.text}</h2>
        <Clauses clauses={props.clauses} />
      </section>
      <History props={props} text={text} />
      <Versions props={props} text={text} />
      <ActionLink href={`${href}/traffic`}>{words.one.traffic}</ActionLink>
      <ActionLink href={`/console/objections?agreement=${props.number}`}>
        {text.regionObjections.ofAgreement}
      </ActionLink>
      <WaysOn context={context} back={{ href: '/console/agreements', label: words.back }} />
    </Layout>
  );
};

export interface ComparePageProps {
  context: PageContext;
  /** The page of the later version. */
  href: string;
  before: number;
  after: number;
  changes: readonly ClauseChange[];
}

/** Renders what differs between two versions, clause by clause. */
export const ComparePage = ({ context, href, before, after, changes }: ComparePageProps): VNode => {
  const words = textOf(context.language).recognition;
  const title = fill(words.compare.title, { before: String(before), after: String(after) });
  return (
    <Layout context={context} title={title}>
      <h1>{title}</h1>
      <h2>{words.one.text}</h2>
      <ClauseChanges changes={changes} words={words.compare} />
      <WaysOn context={context} back={{ href, label: words.backToOne }} />
    </Layout>
  );
};
