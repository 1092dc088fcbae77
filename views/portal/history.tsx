import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { momentOf } from '../parts/moment.ts';
import { fill, type Text, textOf } from '../text/index.ts';
import { ListEnd } from './list-end.tsx';

/** A sign-in as the page shows it; a refused one reached no site and no level. */
export interface ShownSignIn {
  at: Date;
  method: keyof Text['my']['history']['methods'] | 'continued';
  reached: { site: string; level: 1 | 2 | 3 | 4 } | null;
  /** Where from; absent where the region knows no places. */
  place?: string;
}

export interface HistoryPageProps {
  context: PageContext;
  signIns: readonly ShownSignIn[];
  keptDays: number;
  nextHref: string | null;
}

const Item = ({ signIn, context }: { signIn: ShownSignIn; context: PageContext }): VNode => {
  const { my, places, portal } = textOf(context.language);
  const words = my.history;
  const { at, method, reached, place } = signIn;
  const how = method === 'continued' ? words.continued : words.methods[method];
  return (
    <li>
      <strong>{reached === null ? words.refused : reached.site}</strong>
      <span>{momentOf(context.language, at)}</span>
      <span class="hint">
        {reached === null ? how : fill(words.line, { method: how, level: portal.levels[reached.level] })}
      </span>
      {place !== undefined && <span class="hint">{fill(places.at, { place })}</span>}
    </li>
  );
};

/** Renders the sign-ins of a person, and the tries that were refused. */
export const HistoryPage = ({ context, signIns, keptDays, nextHref }: HistoryPageProps): VNode => {
  const { my, places } = textOf(context.language);
  const words = my.history;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p>{fill(words.lead, { days: String(keptDays) })}</p>
      {signIns.some(({ place }) => place !== undefined) && <p class="hint">{places.hint}</p>}
      {signIns.length === 0 && <p>{words.none}</p>}
      <ul class="items">
        {signIns.map((signIn, place) => (
          <Item key={`${signIn.at.getTime()} ${place}`} signIn={signIn} context={context} />
        ))}
      </ul>
      <ListEnd context={context} nextHref={nextHref} />
    </Layout>
  );
};
