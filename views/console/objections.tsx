import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { SelectField } from '../parts/select-field.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import { WaysOn } from './parts.tsx';

/** A case between two regions as a list shows it. */
export interface ObjectionRow {
  href: string;
  number: string;
  /** The other region. */
  name: string;
  side: keyof Text['regionObjections']['sides'];
  subject: keyof Text['regionObjections']['subjects'];
  ground: keyof Text['regionObjections']['grounds'];
  state: keyof Text['regionObjections']['states'];
  dueOn: string;
}

export interface ObjectionsPageProps {
  context: PageContext;
  query: { state: string; agreement: string };
  objections: readonly ObjectionRow[];
  /** Where one is opened under the agreement that is looked at; null where this officer cannot. */
  openHref: string | null;
  passOnHref: string | null;
  nextHref: string | null;
}

/** Renders the cases between this region and others, the overdue first. */
export const ObjectionsPage = (props: ObjectionsPageProps): VNode => {
  const { context, query, objections, openHref, passOnHref, nextHref } = props;
  const text = textOf(context.language);
  const words = text.regionObjections;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      {openHref !== null && <ActionLink href={openHref}>{words.openCase}</ActionLink>}
      {passOnHref !== null && <ActionLink href={passOnHref}>{words.passOn}</ActionLink>}
      <form method="get" action="/console/objections">
        {query.agreement !== '' && <Hidden values={{ agreement: query.agreement }} />}
        <SelectField
          text={text}
          name="state"
          label={words.state}
          none={words.anyState}
          options={Object.entries(words.states).map(([value, label]) => ({ value, label }))}
          value={query.state}
        />
        <Button kind="secondary">{words.filter}</Button>
      </form>
      {objections.length === 0 && <p class="apart">{words.none}</p>}
      {objections.length > 0 && (
        <ul class="items apart">
          {objections.map(({ href, number, name, side, subject, ground, state, dueOn }) => (
            <li key={href}>
              <strong>
                {name} · {words.subjects[subject]}
              </strong>
              <span class={state === 'overdue' ? 'state ended' : 'state'}>{words.states[state]}</span>
              <span class="hint">
                {words.sides[side]} · {words.grounds[ground]} · {words.one.dueOn} {dueOn}
              </span>
              <a class="target" href={href}>
                {fill(words.show, { number })}
              </a>
            </li>
          ))}
        </ul>
      )}
      <WaysOn context={context} nextHref={nextHref} />
    </Layout>
  );
};

export interface CitizensPageProps {
  context: PageContext;
  objections: readonly { href: string; who: string; at: Date; reason: string; isPassedOn: boolean }[];
  nextHref: string | null;
}

/** Renders what citizens object to in the uses by other regions, without what they wrote. */
export const CitizensPage = ({ context, objections, nextHref }: CitizensPageProps): VNode => {
  const text = textOf(context.language);
  const { citizens: words, back } = text.regionObjections;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      {objections.length === 0 && <p>{words.none}</p>}
      {objections.length > 0 && (
        <ul class="items">
          {objections.map(({ href, who, at, reason, isPassedOn }) => (
            <li key={href}>
              <strong>{reason}</strong>
              <span class="hint">{fill(words.use, { who, date: momentOf(context.language, at) })}</span>
              {isPassedOn ? (
                <span class="state">{words.passed}</span>
              ) : (
                <a class="target" href={href}>
                  {words.choose}
                </a>
              )}
            </li>
          ))}
        </ul>
      )}
      <WaysOn context={context} nextHref={nextHref} back={{ href: '/console/objections', label: back }} />
    </Layout>
  );
};
