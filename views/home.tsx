import type { VNode } from 'preact';
import { Layout, type PageContext } from './layout.tsx';
import { ActionLink } from './parts/button.tsx';
import { plainName } from './parts/name.ts';
import { fill, textOf } from './text/index.ts';

export interface HomePageProps {
  context: PageContext;
  links: { href: string; label: string }[];
}

/** Renders the front page: what this service is and where to go from here. */
export const HomePage = ({ context, links }: HomePageProps): VNode => {
  const words = textOf(context.language).home;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p class="lead">{fill(words.lead, { region: plainName(context.regionName) })}</p>
      <p>{words.start}</p>
      {links.length > 0 && (
        <nav aria-label={words.links}>
          <ul class="plain">
            {links.map((link) => (
              <li key={link.href}>
                <ActionLink href={link.href} kind="secondary">
                  {link.label}
                </ActionLink>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </Layout>
  );
};
