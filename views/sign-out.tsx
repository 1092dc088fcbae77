import type { VNode } from 'preact';
import { Layout, type PageContext } from './layout.tsx';
import { Button, Hidden } from './parts/button.tsx';
import { textOf } from './text/index.ts';

export interface SignOutPageProps {
  context: PageContext;
  action: string;
  xsrf: string;
}

/** Renders the question before signing out; field names are those the provider's end-session endpoint reads. */
export const SignOutPage = ({ context, action, xsrf }: SignOutPageProps): VNode => {
  const words = textOf(context.language).signOut;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p>{words.text}</p>
      <p>{words.shared}</p>
      <form id="op.logoutForm" method="post" action={action}>
        <Hidden values={{ xsrf }} />
        <div class="pair">
          <Button name="logout" value="yes">
            {words.yes}
          </Button>
          <Button kind="secondary">{words.no}</Button>
        </div>
      </form>
    </Layout>
  );
};
