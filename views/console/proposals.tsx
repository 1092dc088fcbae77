import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { momentOf } from '../parts/moment.ts';
import { fill, type Text, textOf } from '../text/index.ts';
import { WaysOn } from './parts.tsx';
import { wordOf } from './words.ts';

/** A proposal as a list shows it. */
export interface ProposalRow {
  href: string;
  kind: string;
  state: keyof Text['console']['proposals']['states'];
  emergency: boolean;
  proposedAt: Date;
}

export interface ProposalsPageProps {
  context: PageContext;
  proposals: readonly ProposalRow[];
  nextHref: string | null;
}

/** Renders the proposals an officer may see, newest first. */
export const ProposalsPage = ({ context, proposals, nextHref }: ProposalsPageProps): VNode => {
  const words = textOf(context.language).console.proposals;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      {proposals.length === 0 && <p>{words.none}</p>}
      {proposals.length > 0 && (
        <ul class="items">
          {proposals.map(({ href, kind, state, emergency, proposedAt }) => (
            <li key={href}>
              <strong>{wordOf(words.kinds, kind)}</strong>
              <span class="state">{words.states[state]}</span>
              <span class="hint">
                {momentOf(context.language, proposedAt)}
                {emergency && ` · ${words.emergency}`}
              </span>
              <a class="target" href={href}>
                {fill(words.open, { kind: wordOf(words.kinds, kind) })}
              </a>
            </li>
          ))}
        </ul>
      )}
      <WaysOn context={context} nextHref={nextHref} />
    </Layout>
  );
};
