import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { fill, type Text, textOf } from '../text/index.ts';

/** One use of a person's data, as the person reads it. */
export interface ShownUse {
  id: string;
  at: Date;
  reader: string;
  /** What was read, in words: a certificate, some of its fields. */
  what: string;
  purpose: string;
  basis: { kind: 'consent' } | { kind: 'law'; law: string } | { kind: 'self' };
  refused: boolean;
}

export interface UsesPageProps {
  context: PageContext;
  uses: readonly ShownUse[];
  nextHref: string | null;
}

const basisText = (words: Text['portal']['uses'], basis: ShownUse['basis']): string => {
  if (basis.kind === 'law') return fill(words.byLaw, { law: basis.law });
  return basis.kind === 'self' ? words.bySelf : words.byConsent;
};

const Use = ({
  use,
  language,
  words,
  open,
}: {
  use: ShownUse;
  language: PageContext['language'];
  words: Text['portal']['uses'];
  open: string;
}): VNode => (
  <li>
    <strong>{use.reader}</strong>
    <span>{momentOf(language, use.at)}</span>
    <span class="hint">
      {use.what} · {use.purpose} · {basisText(words, use.basis)}
      {use.refused && ` · ${words.refused}`}
    </span>
    <a class="target" href={`/my/uses/${use.id}`}>
      {open}
    </a>
  </li>
);

/** Renders who used a person's data, for what, and by what right. */
export const UsesPage = ({ context, uses, nextHref }: UsesPageProps): VNode => {
  const words = textOf(context.language).portal;
  return (
    <Layout context={context} title={words.uses.title}>
      <h1>{words.uses.title}</h1>
      <p>{uses.length === 0 ? words.uses.none : words.uses.lead}</p>
      {uses.length > 0 && (
        <ul class="items">
          {uses.map((use) => (
            <Use
              key={use.id}
              use={use}
              language={context.language}
              words={words.uses}
              open={words.authorisations.use.open}
            />
          ))}
        </ul>
      )}
      <div class="stack">
        {nextHref !== null && (
          <ActionLink href={nextHref} kind="secondary">
            {words.more}
          </ActionLink>
        )}
        <ActionLink href="/my">{words.backHome}</ActionLink>
      </div>
    </Layout>
  );
};
