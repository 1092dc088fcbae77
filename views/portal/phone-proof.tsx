import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { PasskeyNotices } from '../parts/passkey-notices.tsx';
import { fill, textOf } from '../text/index.ts';

export interface PhoneProofPageProps {
  context: PageContext;
  csrf: string;
  maskedNew: string;
  /** By the old telephone's code: which one it is, masked. */
  maskedOld: string | null;
  /** By passkey: WebAuthn request options, as JSON. */
  options: object | null;
  typed: { oldCode: string; newCode: string };
  error?: { field: 'oldCode' | 'newCode' | null; text: string };
}

const CodeField = ({
  props,
  name,
  label,
}: {
  props: PhoneProofPageProps;
  name: 'oldCode' | 'newCode';
  label: string;
}): VNode => (
  <Field
    text={textOf(props.context.language)}
    name={name}
    label={label}
    value={props.typed[name]}
    error={props.error?.field === name ? props.error.text : undefined}
    autocomplete="one-time-code"
    maxLength={12}
    digits
  />
);

/** Renders the form for the codes, or for a code and a passkey; takes `csrf`, `way`, `newCode`, `oldCode` or `response`. */
export const PhoneProofPage = (props: PhoneProofPageProps): VNode => {
  const { context, csrf, maskedNew, maskedOld, options, error } = props;
  const text = textOf(context.language);
  const words = text.phoneChange.proof;
  const isByPasskey = options !== null;
  const field = error?.field;
  const hidden = isByPasskey ? { csrf, way: 'passkey', response: '' } : { csrf, way: 'old-phone' };
  return (
    <Layout context={context} title={words.title} wrong={error !== undefined} passkeys={isByPasskey}>
      <ErrorSummary text={text} errors={error && field ? [{ field, text: error.text }] : []} />
      {error?.field === null && (
        <Notice kind="error">
          <p>{error.text}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p class="lead">{isByPasskey ? words.passkeyLead : words.lead}</p>
      {isByPasskey && (
        <PasskeyNotices noScript={words.noScript} title={text.signIn.failedTitle} failed={words.failed} />
      )}
      <form
        method="post"
        action="/my/phone/confirm"
        {...(isByPasskey ? { id: 'passkey-form', 'data-options': JSON.stringify(options) } : {})}
      >
        <Hidden values={hidden} />
        {maskedOld !== null && (
          <CodeField props={props} name="oldCode" label={fill(words.oldCode, { phone: maskedOld })} />
        )}
        <CodeField props={props} name="newCode" label={fill(words.newCode, { phone: maskedNew })} />
        <Button>{isByPasskey ? words.passkeyButton : words.button}</Button>
      </form>
      <ActionLink href="/my/phone/change">{words.again}</ActionLink>
    </Layout>
  );
};
