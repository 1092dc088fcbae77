import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink } from '../parts/button.tsx';
import { fill, textOf } from '../text/index.ts';
import { AbortForm } from './abort-form.tsx';

export interface PasswordPausedPageProps {
  context: PageContext;
  /** What happened, for how long and why: a sentence of the error catalogue, in the page's language. */
  reason: string;
  signInHref: string;
  /** The empty form for the password, for someone else's number. */
  passwordHref: string;
  csrf: string;
  abortAction: string;
}

/** Renders a pause of sign-in by password: no form to try in vain, but the ways that are open. */
export const PasswordPausedPage = (props: PasswordPausedPageProps): VNode => {
  const { context, reason, signInHref, passwordHref, csrf, abortAction } = props;
  const text = textOf(context.language);
  const words = text.paused;
  return (
    <Layout context={context} title={words.title} wrong siteAbove>
      <h1>{words.title}</h1>
      <p class="lead">{reason}</p>
      <p>{fill(words.counter, { helpLine: context.helpLine })}</p>
      <div class="others">
        <ActionLink href={signInHref} kind="secondary">
          {text.password.usePasskey}
        </ActionLink>
        <ActionLink href={passwordHref}>{words.otherNumber}</ActionLink>
        <AbortForm context={context} action={abortAction} csrf={csrf} />
      </div>
    </Layout>
  );
};
