import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { fill, textOf } from '../text/index.ts';

export interface StopRecoveryPageProps {
  context: PageContext;
  state: 'open' | 'stopped' | 'gone';
  /** Takes `csrf`. */
  action: string;
  csrf: string;
}

/** Renders what the link in a message leads to: one press stops a recovery; the address alone does not. */
export const StopRecoveryPage = ({ context, state, action, csrf }: StopRecoveryPageProps): VNode => {
  const { stop: words, home } = textOf(context.language).recovery;
  const [title, sentence] = {
    open: [words.title, words.lead],
    stopped: [words.doneTitle, words.done],
    gone: [words.goneTitle, fill(words.gone, { helpLine: context.helpLine })],
  }[state] as [string, string];
  return (
    <Layout context={context} title={title}>
      <h1>{title}</h1>
      <p class="lead">{sentence}</p>
      {state === 'open' && (
        <form method="post" action={action}>
          <Hidden values={{ csrf }} />
          <Button kind="danger">{words.confirm}</Button>
        </form>
      )}
      <ActionLink href="/">{home}</ActionLink>
    </Layout>
  );
};
