import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import { PasskeyNotices } from '../parts/passkey-notices.tsx';
import { textOf } from '../text/index.ts';

export interface PasskeyGatePageProps {
  context: PageContext;
  /** Whether an officer comes in, or proves once more who they are. */
  purpose: 'signIn' | 'prove';
  /** Takes `csrf`, `to` and `response` (JSON of the assertion). */
  action: string;
  csrf: string;
  /** Where the officer goes on to. */
  to: string;
  /** WebAuthn request options, as JSON. */
  options: object;
  error?: string;
}

/** Renders the passkey that an officer signs in or confirms an act with; there is no other way. */
export const PasskeyGatePage = (props: PasskeyGatePageProps): VNode => {
  const { context, purpose, action, csrf, to, options, error } = props;
  const text = textOf(context.language);
  const words = text.console[purpose];
  return (
    <Layout context={context} title={words.title} wrong={Boolean(error)} passkeys>
      {error && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <PasskeyNotices
        noScript={text.console.signIn.noScript}
        title={words.failedTitle}
        failed={words.failedText}
      />
      <form id="passkey-form" method="post" action={action} data-options={JSON.stringify(options)}>
        <Hidden values={{ csrf, to, response: '' }} />
        <Button id="passkey-button">{words.button}</Button>
      </form>
      <div class="others">
        <ActionLink href={purpose === 'prove' ? '/console' : '/'}>{words.other}</ActionLink>
      </div>
    </Layout>
  );
};
