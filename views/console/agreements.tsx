import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { momentOf } from '../parts/moment.ts';
import { SelectField } from '../parts/select-field.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import { WaysOn } from './parts.tsx';

export type StateName = keyof Text['recognition']['states'];

/** How it stands with the other side's word. */
export interface Health {
  state: 'fresh' | 'stale' | 'never' | 'behind' | 'own';
  heardAt: Date | null;
  ageSeconds: number;
}

/** An agreement as a list shows it, by its newest version. */
export interface AgreementRow {
  href: string;
  /** The other side. */
  name: string;
  region: string;
  version: number;
  state: StateName;
  health: Health;
}

/** An agreement in the list, with what is to be looked after. */
export interface ListedAgreement extends AgreementRow {
  /** Whether the other side has said that it holds all that was written here. */
  isDelivered: boolean;
  /** An emergency suspension that waits for a second officer here. */
  unconfirmed: { confirmBy: Date; isOverdue: boolean } | null;
}

export interface AgreementsPageProps {
  context: PageContext;
  query: { state: string; region: string };
  agreements: readonly ListedAgreement[];
  mayDraft: boolean;
  nextHref: string | null;
}

/** Says how it stands with the other side's word. */
export const healthText = (context: PageContext, { state, heardAt, ageSeconds }: Health): string =>
  fill(textOf(context.language).recognition.health[state], {
    seconds: String(ageSeconds),
    date: heardAt === null ? '' : momentOf(context.language, heardAt),
  });

const Filter = ({ query, text }: { query: AgreementsPageProps['query']; text: Text }): VNode => {
  const words = text.recognition;
  return (
    <form method="get" action="/console/agreements">
      <SelectField
        text={text}
        name="state"
        label={words.state}
        none={words.anyState}
        options={Object.entries(words.states).map(([value, label]) => ({ value, label }))}
        value={query.state}
      />
      <Field
        text={text}
        name="region"
        label={words.region}
        hint={words.regionHint}
        value={query.region}
        autocomplete="off"
        maxLength={6}
      />
      <Button kind="secondary">{words.filter}</Button>
    </form>
  );
};

/** Renders the agreements with other regions: how each stands, and when the other side was last heard. */
export const AgreementsPage = (props: AgreementsPageProps): VNode => {
  const { context, query, agreements, mayDraft, nextHref } = props;
  const text = textOf(context.language);
  const words = text.recognition;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      {mayDraft && <ActionLink href="/console/agreements/draft">{words.draftNew}</ActionLink>}
      <Filter query={query} text={text} />
      {agreements.length === 0 && <p class="apart">{words.none}</p>}
      {agreements.length > 0 && (
        <ul class="items apart">
          {agreements.map(({ href, name, region, version, state, health, isDelivered, unconfirmed }) => (
            <li key={href}>
              <strong>
                {name} {region}
              </strong>
              <span
                class={
                  state === 'active' && ['fresh', 'own'].includes(health.state) ? 'state' : 'state ended'
                }
              >
                {words.states[state]}
              </span>
              <span class="hint">
                {fill(words.version, { version: String(version) })} · {healthText(context, health)}
              </span>
              {!isDelivered && <span class="state">{words.health.undelivered}</span>}
              {unconfirmed !== null && (
                <span class={unconfirmed.isOverdue ? 'state ended' : 'state'}>
                  {fill(unconfirmed.isOverdue ? words.one.overdue : words.one.unconfirmed, {
                    date: momentOf(context.language, unconfirmed.confirmBy),
                  })}
                </span>
              )}
              <a class="target" href={href}>
                {fill(words.open, { name })}
              </a>
            </li>
          ))}
        </ul>
      )}
      <WaysOn context={context} nextHref={nextHref} />
    </Layout>
  );
};
