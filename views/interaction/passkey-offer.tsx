import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { Button, Hidden } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { PasskeyNotices } from '../parts/passkey-notices.tsx';
import { type Text, textOf } from '../text/index.ts';

export interface PasskeyOfferPageProps {
  context: PageContext;
  /** Takes `csrf`, `device`, and `response` (JSON of the registration; empty without scripts) or `skip=1`. */
  action: string;
  /** WebAuthn creation options, as JSON. */
  options: object;
  csrf: string;
  /** Name to preset for the device. */
  device?: string;
  error?: string;
}

const Messages = ({ words }: { words: Text['offer'] }): VNode => (
  <>
    <PasskeyNotices noScript={words.noScript} title={words.failedTitle} failed={words.failedText} />
    <Notice kind="error" id="passkey-duplicate" title={words.duplicateTitle} hidden>
      <p>{words.duplicateText}</p>
    </Notice>
  </>
);

/** Renders the offer of a passkey after a sign-in by other means; to leave it is as easy as to take it. */
export const PasskeyOfferPage = (props: PasskeyOfferPageProps): VNode => {
  const { context, action, options, csrf, device, error } = props;
  const text = textOf(context.language);
  const words = text.offer;
  return (
    <Layout context={context} title={words.title} wrong={Boolean(error)} siteAbove passkeys>
      {error && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p>{words.what}</p>
      <p>{words.privacy}</p>
      <Messages words={words} />
      <form id="passkey-register" method="post" action={action} data-options={JSON.stringify(options)}>
        <Hidden values={{ csrf, response: '' }} />
        <Field
          text={text}
          name="device"
          label={words.device}
          hint={words.deviceHint}
          value={device ?? words.devicePreset}
          autocomplete="off"
          maxLength={40}
        />
        <p class="hint">{words.shared}</p>
        <div class="pair">
          <Button>{words.add}</Button>
          <Button kind="secondary" name="skip" value="1">
            {words.later}
          </Button>
        </div>
      </form>
    </Layout>
  );
};
