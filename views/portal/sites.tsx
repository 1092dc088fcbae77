import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { fill, textOf } from '../text/index.ts';

export interface SitesPageProps {
  context: PageContext;
  sites: readonly { name: string; lastAt: Date; withdrawHref: string }[];
}

/** Renders the sites a person agreed to let read something. */
export const SitesPage = ({ context, sites }: SitesPageProps): VNode => {
  const { my, portal } = textOf(context.language);
  const words = my.sites;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p>{sites.length === 0 ? words.none : words.lead}</p>
      {sites.length > 0 && (
        <ul class="items">
          {sites.map(({ name, lastAt, withdrawHref }) => (
            <li key={withdrawHref}>
              <strong>{name}</strong>
              <span class="hint">{fill(words.last, { date: momentOf(context.language, lastAt) })}</span>
              <a class="target" href={withdrawHref}>
                {fill(words.withdraw, { site: name })}
              </a>
            </li>
          ))}
        </ul>
      )}
      <ActionLink href="/my">{portal.backHome}</ActionLink>
    </Layout>
  );
};
