import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { PasskeyNotices } from '../parts/passkey-notices.tsx';
import { textOf } from '../text/index.ts';
import { RecoveryHelp } from './form.tsx';

export interface RecoveryPasskeyPageProps {
  context: PageContext;
  csrf: string;
  /** WebAuthn creation options, as JSON. */
  options: object;
  error?: string;
}

const PasskeyForm = ({ context, csrf, options }: RecoveryPasskeyPageProps): VNode => {
  const text = textOf(context.language);
  const words = text.recovery.passkey;
  return (
    <form
      id="passkey-register"
      method="post"
      action="/recover/passkey"
      data-options={JSON.stringify(options)}
    >
      <Hidden values={{ csrf, response: '' }} />
      <fieldset>
        <legend>{words.others}</legend>
        <label class="choice">
          <input type="radio" name="others" value="remove" checked />
          <span>{words.remove}</span>
        </label>
        <label class="choice">
          <input type="radio" name="others" value="keep" />
          <span>{words.keep}</span>
        </label>
      </fieldset>
      <Field
        text={text}
        name="device"
        label={text.offer.device}
        hint={text.offer.deviceHint}
        value={text.offer.devicePreset}
        autocomplete="off"
        maxLength={40}
      />
      <p class="hint">{words.ends}</p>
      <Button>{words.add}</Button>
    </form>
  );
};

/** Renders the form for the new passkey; its script shows the prepared message. */
export const RecoveryPasskeyPage = (props: RecoveryPasskeyPageProps): VNode => {
  const { context, error } = props;
  const text = textOf(context.language);
  const words = text.recovery.passkey;
  return (
    <Layout context={context} title={words.title} wrong={error !== undefined} passkeys>
      {error !== undefined && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <p>{text.offer.privacy}</p>
      <PasskeyNotices noScript={words.noScript} title={words.failedTitle} failed={words.failed} />
      <PasskeyForm {...props} />
      <RecoveryHelp context={context} backHref="/recover/status" />
    </Layout>
  );
};

/** Renders that it is done, and the new recovery codes, this once. */
export const RecoveryDonePage = ({
  context,
  codes,
}: {
  context: PageContext;
  codes: readonly string[];
}): VNode => {
  const words = textOf(context.language).recovery.done;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <h2>{words.codesTitle}</h2>
      <p>{words.codes}</p>
      <ul class="items">
        {codes.map((code) => (
          <li key={code} class="code">
            {code}
          </li>
        ))}
      </ul>
      <ActionLink href="/my" kind="secondary">
        {words.signIn}
      </ActionLink>
    </Layout>
  );
};
