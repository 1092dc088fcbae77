import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { safeHref } from '../parts/href.ts';
import { Notice } from '../parts/notice.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import { AbortForm } from './abort-form.tsx';

export interface SignInPageProps {
  context: PageContext;
  /** Takes `csrf` and `response` (JSON of the assertion; empty when scripts did not run). */
  action: string;
  passwordHref: string;
  /** The page of all ways, where large type has this page ask for the passkey alone. */
  waysHref?: string;
  /** The page for a code by telephone; absent where that is not offered. */
  phoneHref?: string;
  qrHref: string;
  /** The choice of another region; absent where no agreement covers the site. */
  otherRegionHref?: string;
  /** The way to the net-ID service; absent where it is not offered. */
  netIdHref?: string;
  /** WebAuthn request options, as JSON. */
  options: object;
  csrf: string;
  abortAction: string;
  error?: string;
}

const Failed = ({
  text,
  helpLine,
  passwordHref,
}: {
  text: Text;
  helpLine: string;
  passwordHref: string;
}): VNode => (
  <Notice kind="error" id="passkey-failed" title={text.signIn.failedTitle} hidden>
    <p>{text.signIn.failedText}</p>
    <ul>
      <li>{text.signIn.failedRetry}</li>
      <li>
        <a class="target" href={safeHref(passwordHref) ?? '#passkey-button'}>
          {text.signIn.failedOther}
        </a>
      </li>
      <li>{fill(text.signIn.failedCounter, { helpLine })}</li>
    </ul>
  </Notice>
);

/** Renders the other ways to sign in, or, in large type, the way to them. */
const OtherWays = (props: SignInPageProps): VNode => {
  const { context, waysHref, passwordHref, phoneHref, qrHref, otherRegionHref, netIdHref } = props;
  const text = textOf(context.language);
  if (waysHref !== undefined)
    return (
      <ActionLink href={waysHref} kind="secondary">
        {text.qr.otherWay}
      </ActionLink>
    );
  return (
    <>
      <ActionLink href={passwordHref} kind="secondary">
        {text.signIn.usePassword}
      </ActionLink>
      <ActionLink href={phoneHref} kind="secondary">
        {text.registration.signInLink}
      </ActionLink>
      <ActionLink href={qrHref} kind="secondary">
        {text.qr.link}
      </ActionLink>
      <ActionLink href={otherRegionHref} kind="secondary">
        {text.otherRegion.link}
      </ActionLink>
      <ActionLink href={netIdHref} kind="secondary">
        {text.netId.link}
      </ActionLink>
      <ActionLink href="/recover">{text.recovery.link}</ActionLink>
    </>
  );
};

/** Renders the first page of a sign-in: the passkey, with the password and the way back beside it. */
export const SignInPage = (props: SignInPageProps): VNode => {
  const { context, action, passwordHref, options, csrf, abortAction, error } = props;
  const text = textOf(context.language);
  return (
    <Layout context={context} title={text.signIn.title} wrong={Boolean(error)} siteAbove passkeys>
      {error && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{text.signIn.title}</h1>
      <p class="lead">{text.signIn.lead}</p>
      <noscript>
        <Notice>
          <p>{text.signIn.noScript}</p>
        </Notice>
      </noscript>
      <Failed text={text} helpLine={context.helpLine} passwordHref={passwordHref} />
      <form id="passkey-form" method="post" action={action} data-options={JSON.stringify(options)}>
        <Hidden values={{ csrf, response: '' }} />
        <Button id="passkey-button">{text.signIn.button}</Button>
      </form>
      <p class="hint">{text.signIn.privacy}</p>
      <div class="others">
        <OtherWays {...props} />
        <AbortForm context={context} action={abortAction} csrf={csrf} />
      </div>
    </Layout>
  );
};
