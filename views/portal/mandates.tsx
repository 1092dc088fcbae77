import type { VNode } from 'preact';
import type { MandateView } from '../../src/identity/index.ts';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink } from '../parts/button.tsx';
import { languageMark } from '../parts/name.ts';
import { Notice } from '../parts/notice.tsx';
import { fill, type Text, textOf } from '../text/index.ts';

export type MandateNews = keyof Text['mandates']['news'];

export interface MandatesPageProps {
  context: PageContext;
  mandates: readonly MandateView[];
  organisations: readonly { name: string; href: string }[];
  news: MandateNews | null;
}

/** Says in one line who acts for whom. */
export const actsOf = (text: Text, mandate: MandateView): string => {
  const words = text.mandates;
  return fill(words.acts, {
    agent: mandate.isAgent ? words.you : mandate.agentName,
    role: words.roles[mandate.role],
    principal: mandate.isPrincipal ? words.you : mandate.principalName,
  });
};

/** Renders mandates as a list, each with the way to it. */
export const MandateList = ({
  context,
  mandates,
}: {
  context: PageContext;
  mandates: readonly MandateView[];
}): VNode => {
  const text = textOf(context.language);
  return (
    <ul class="items">
      {mandates.map((mandate) => (
        <li key={mandate.mandateId} lang={languageMark(context.language, actsOf(text, mandate))}>
          <a class="target" href={`/my/mandates/${mandate.mandateId}`}>
            {actsOf(text, mandate)}
          </a>
          <span class="hint">{text.mandates.states[mandate.state]}</span>
        </li>
      ))}
    </ul>
  );
};

/** Renders for whom a person may act, who may act for them, and the organisations they manage. */
export const MandatesPage = ({ context, mandates, organisations, news }: MandatesPageProps): VNode => {
  const words = textOf(context.language).mandates;
  const lists: [string, readonly MandateView[]][] = [
    [words.received, mandates.filter(({ isAgent }) => isAgent)],
    [words.given, mandates.filter(({ isPrincipal }) => isPrincipal)],
    [words.beside, mandates.filter(({ isAgent, isPrincipal }) => !isAgent && !isPrincipal)],
  ];
  return (
    <Layout context={context} title={words.title}>
      {news !== null && (
        <Notice>
          <p>{words.news[news]}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p class="lead">{mandates.length === 0 ? words.none : words.lead}</p>
      {lists.map(
        ([title, list]) =>
          list.length > 0 && (
            <section key={title}>
              <h2>{title}</h2>
              <MandateList context={context} mandates={list} />
            </section>
          ),
      )}
      {organisations.length > 0 && <h2>{words.managed}</h2>}
      <div class="stack">
        {organisations.map(({ name, href }) => (
          <ActionLink key={href} href={href} kind="secondary">
            {fill(words.open, { name })}
          </ActionLink>
        ))}
        <ActionLink href="/my/mandates/claim" kind="secondary">
          {words.claim}
        </ActionLink>
        <ActionLink href="/my/mandates/family" kind="secondary">
          {words.family}
        </ActionLink>
        <ActionLink href="/my">{words.home}</ActionLink>
      </div>
    </Layout>
  );
};
