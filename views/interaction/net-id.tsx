import type { VNode } from 'preact';
import { Layout, type PageContext, siteNameOf } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { fill, textOf } from '../text/index.ts';
import { AbortForm } from './abort-form.tsx';

export interface NetIdPageProps {
  context: PageContext;
  /** Takes `csrf`. */
  action: string;
  csrf: string;
  abortAction: string;
  signInHref: string;
}

/** Renders the way to the net-ID service, and that nobody has to take it. */
export const NetIdPage = (props: NetIdPageProps): VNode => {
  const { context, action, csrf, abortAction, signInHref } = props;
  const words = textOf(context.language).netId.signIn;
  return (
    <Layout context={context} title={words.title} siteAbove>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <p>{words.voluntary}</p>
      <form method="post" action={action}>
        <Hidden values={{ csrf }} />
        <Button>{words.button}</Button>
      </form>
      <p class="hint">{words.privacy}</p>
      <div class="others">
        <ActionLink href={signInHref} kind="secondary">
          {words.other}
        </ActionLink>
        <AbortForm context={context} action={abortAction} csrf={csrf} />
      </div>
    </Layout>
  );
};

export interface NetIdDonePageProps {
  context: PageContext;
  continueHref: string;
}

/** Renders the moment after the sign-in at the service; the browser goes on by itself. */
export const NetIdDonePage = ({ context, continueHref }: NetIdDonePageProps): VNode => {
  const words = textOf(context.language).netId.done;
  return (
    <Layout context={context} title={words.title} siteAbove>
      <h1>{words.title}</h1>
      <p class="lead">{fill(words.text, { site: siteNameOf(context) })}</p>
      <ActionLink href={continueHref} kind="secondary">
        {words.goOn}
      </ActionLink>
    </Layout>
  );
};
