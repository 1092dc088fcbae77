import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { PasskeyNotices } from '../parts/passkey-notices.tsx';
import { fill, textOf } from '../text/index.ts';
import { roleNames } from './words.ts';

export interface JoinPageProps {
  context: PageContext;
  /** Takes `csrf`, `name` and `response` (JSON of the registration). */
  action: string;
  csrf: string;
  /** WebAuthn creation options, as JSON. */
  options: object;
  roles: readonly string[];
  region: string;
  /** The name typed so far; null when two officers know it already. */
  name: string | null;
  error?: string;
}

/** Renders what an invited officer is going to be, and the passkey by which they join. */
export const JoinPage = (props: JoinPageProps): VNode => {
  const { context, action, csrf, options, roles, region, name, error } = props;
  const text = textOf(context.language);
  const words = text.console.join;
  return (
    <Layout context={context} title={words.title} wrong={Boolean(error)} passkeys>
      {error && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p class="lead">{fill(words.lead, { roles: roleNames(text, roles), region })}</p>
      <PasskeyNotices noScript={words.noScript} title={words.failedTitle} failed={words.failedText} />
      <form id="passkey-register" method="post" action={action} data-options={JSON.stringify(options)}>
        <Hidden values={{ csrf, response: '' }} />
        {name !== null && (
          <Field
            text={text}
            name="name"
            label={words.name}
            hint={words.nameHint}
            value={name}
            autocomplete="name"
            maxLength={50}
          />
        )}
        <div class="stack">
          <Button>{words.button}</Button>
          <ActionLink href="/">{words.leave}</ActionLink>
        </div>
      </form>
    </Layout>
  );
};
