import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { fill, textOf } from '../text/index.ts';

export interface DeveloperSitesPageProps {
  context: PageContext;
  csrf: string;
  sites: readonly { href: string; name: string; clientId: string; isInProduction: boolean }[];
}

/** Renders the sites of a developer, and the way to a test person; that form takes `csrf`. */
export const DeveloperSitesPage = ({ context, csrf, sites }: DeveloperSitesPageProps): VNode => {
  const words = textOf(context.language).onboarding;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      {sites.length === 0 && <p>{words.none}</p>}
      {sites.length > 0 && (
        <ul class="items">
          {sites.map(({ href, name, clientId, isInProduction }) => (
            <li key={href}>
              <strong>{name}</strong>
              <span class="state">{isInProduction ? words.site.inProduction : words.site.sandbox}</span>
              <span class="hint code">{clientId}</span>
              <a class="target" href={href}>
                {fill(words.open, { name })}
              </a>
            </li>
          ))}
        </ul>
      )}
      <ActionLink href="/developer/register" kind="secondary">
        {words.register}
      </ActionLink>
      <ActionLink href="/doctor">{textOf(context.language).doctor.title}</ActionLink>
      <section class="apart" aria-labelledby="people">
        <h2 id="people">{words.people.title}</h2>
        <p>{words.people.lead}</p>
        <form method="post" action="/developer/test-people">
          <Hidden values={{ csrf }} />
          <Button kind="secondary">{words.people.make}</Button>
        </form>
      </section>
      <ActionLink href="/my">{words.myPages}</ActionLink>
    </Layout>
  );
};

export interface TestPersonPageProps {
  context: PageContext;
  person: { number: string; name: string; password: string };
}

/** Renders a test person, with the password that is shown here and nowhere again. */
export const TestPersonPage = ({ context, person }: TestPersonPageProps): VNode => {
  const words = textOf(context.language).onboarding;
  const rows: [string, string][] = [
    [words.people.number, person.number],
    [words.people.name, person.name],
    [words.people.password, person.password],
  ];
  return (
    <Layout context={context} title={words.people.madeTitle}>
      <h1>{words.people.madeTitle}</h1>
      <p>{words.people.madeLead}</p>
      <dl>
        {rows.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd class="code">{value}</dd>
          </div>
        ))}
      </dl>
      <ActionLink href="/developer">{words.back}</ActionLink>
    </Layout>
  );
};
