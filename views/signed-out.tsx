import type { VNode } from 'preact';
import { Layout, type PageContext } from './layout.tsx';
import { ActionLink } from './parts/button.tsx';
import { textOf } from './text/index.ts';

export interface SignedOutPageProps {
  context: PageContext;
  backHref?: string;
}

/** Renders the end of a session. */
export const SignedOutPage = ({ context, backHref }: SignedOutPageProps): VNode => {
  const words = textOf(context.language).signOut;
  return (
    <Layout context={context} title={words.doneTitle}>
      <h1>{words.doneTitle}</h1>
      <p>{words.doneText}</p>
      <ActionLink href={backHref} kind="secondary">
        {words.doneBack}
      </ActionLink>
    </Layout>
  );
};
