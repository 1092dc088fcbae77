import type { VNode } from 'preact';
import { Layout, type PageContext, siteNameOf } from './layout.tsx';
import { ActionLink } from './parts/button.tsx';
import { fill, textOf } from './text/index.ts';

export interface SignedOutPageProps {
  context: PageContext;
  backHref?: string;
}

/** Renders the end of a session. */
export const SignedOutPage = ({ context, backHref }: SignedOutPageProps): VNode => {
  const text = textOf(context.language);
  const words = text.signOut;
  return (
    <Layout context={context} title={words.doneTitle}>
      <h1>{words.doneTitle}</h1>
      <p>{words.doneText}</p>
      <ActionLink href="/signed-out" kind="secondary">
        {text.my.sessions.receipts}
      </ActionLink>
      <ActionLink href={backHref} kind="secondary">
        {fill(text.layout.back, { site: siteNameOf(context) })}
      </ActionLink>
    </Layout>
  );
};
