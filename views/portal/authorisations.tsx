import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { momentOf } from '../parts/moment.ts';
import { type Text, textOf } from '../text/index.ts';
import { ListEnd } from './list-end.tsx';

/** A use authorisation as the list shows it. */
export interface ShownAuthorisation {
  href: string;
  requester: string;
  item: string;
  state: keyof Text['portal']['authorisations']['states'];
  requestedAt: Date;
}

export interface AuthorisationsPageProps {
  context: PageContext;
  pending: readonly ShownAuthorisation[];
  standing: readonly ShownAuthorisation[];
  past: readonly ShownAuthorisation[];
  nextHref: string | null;
}

const Group = ({
  id,
  title,
  rows,
  context,
}: {
  id: string;
  title: string;
  rows: readonly ShownAuthorisation[];
  context: PageContext;
}): VNode | null =>
  rows.length === 0 ? null : (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul class="items">
        {rows.map((row) => (
          <li key={row.href}>
            <a class="target" href={row.href}>
              {row.requester}
            </a>
            <span class="state">{textOf(context.language).portal.authorisations.states[row.state]}</span>
            <span class="hint">
              {row.item} · {momentOf(context.language, row.requestedAt)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );

/** Renders who asked to use a person's certificates: what waits for an answer first, then what stands, then the past. */
export const AuthorisationsPage = (props: AuthorisationsPageProps): VNode => {
  const { context, pending, standing, past, nextHref } = props;
  const { portal } = textOf(context.language);
  const words = portal.authorisations;
  const isEmpty = pending.length + standing.length + past.length === 0;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p>{isEmpty && nextHref === null ? words.none : words.lead}</p>
      <Group id="pending" title={words.pending} rows={pending} context={context} />
      <Group id="standing" title={words.standing} rows={standing} context={context} />
      <Group id="past" title={words.past} rows={past} context={context} />
      {past.length === 0 && nextHref !== null && <p class="hint">{words.noPast}</p>}
      <ListEnd context={context} nextHref={nextHref} />
    </Layout>
  );
};
