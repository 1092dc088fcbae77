import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink } from '../parts/button.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import { WaysOn } from './parts.tsx';
import { roleNames } from './words.ts';

/** An officer as other officers see one. */
export interface ShownOfficer {
  href: string;
  name: string | null;
  region: string;
  roles: readonly string[];
  state: keyof Text['console']['officers']['states'];
}

export interface OfficersPageProps {
  context: PageContext;
  officers: readonly ShownOfficer[];
  mayPropose: boolean;
  nextHref: string | null;
}

/** Renders who works here. */
export const OfficersPage = ({ context, officers, mayPropose, nextHref }: OfficersPageProps): VNode => {
  const text = textOf(context.language);
  const { officers: words, noName } = text.console;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p>{officers.length === 0 ? words.none : words.lead}</p>
      {officers.length > 0 && (
        <ul class="items">
          {officers.map(({ href, name, region, roles, state }) => (
            <li key={href}>
              <strong>{name ?? noName}</strong>
              <span class="state">{words.states[state]}</span>
              <span class="hint">
                {region} · {roleNames(text, roles)}
              </span>
              <a class="target" href={href}>
                {fill(words.manage, { name: name ?? noName })}
              </a>
            </li>
          ))}
        </ul>
      )}
      <div class="stack">
        {mayPropose && (
          <ActionLink href="/console/officers/invite" kind="secondary">
            {words.invite}
          </ActionLink>
        )}
        <WaysOn context={context} nextHref={nextHref} />
      </div>
    </Layout>
  );
};
