import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { PasskeyNotices } from '../parts/passkey-notices.tsx';
import { textOf } from '../text/index.ts';

export interface AddPasskeyPageProps {
  context: PageContext;
  csrf: string;
  /** WebAuthn creation options, as JSON. */
  options: object;
  /** It is a USB key or the like, and not this device. */
  isSecurityKey?: boolean;
  error?: string;
}

/** Renders the form that adds this device; its script shows the prepared messages. */
export const AddPasskeyPage = (props: AddPasskeyPageProps): VNode => {
  const { context, csrf, options, isSecurityKey = false, error } = props;
  const text = textOf(context.language);
  const { addPasskey, addSecurityKey } = text.portal;
  const words = isSecurityKey ? { ...addPasskey, ...addSecurityKey } : addPasskey;
  return (
    <Layout context={context} title={words.title} wrong={Boolean(error)} passkeys>
      {error && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <p>{text.offer.privacy}</p>
      <PasskeyNotices
        noScript={words.noScript}
        title={text.offer.failedTitle}
        failed={text.signIn.failedText}
      />
      <Notice kind="error" id="passkey-duplicate" title={text.offer.duplicateTitle} hidden>
        <p>{text.offer.duplicateTitle}</p>
      </Notice>
      <form
        id="passkey-register"
        method="post"
        action="/my/passkeys/add"
        data-options={JSON.stringify(options)}
      >
        <Hidden values={{ csrf, response: '', ...(isSecurityKey && { key: 'usb' }) }} />
        <Field
          text={text}
          name="device"
          label={text.offer.device}
          hint={text.offer.deviceHint}
          value={isSecurityKey ? addSecurityKey.preset : text.offer.devicePreset}
          autocomplete="off"
          maxLength={40}
        />
        <div class="stack">
          <Button>{isSecurityKey ? addSecurityKey.add : text.offer.add}</Button>
          <ActionLink href="/my/passkeys">{words.cancel}</ActionLink>
        </div>
      </form>
    </Layout>
  );
};
