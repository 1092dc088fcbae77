import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { fill, textOf } from '../text/index.ts';
import type { ShownPasskey } from './passkeys.tsx';

export interface PasskeyPageProps {
  context: PageContext;
  csrf: string;
  passkey: Pick<ShownPasskey, 'credentialId' | 'name'>;
  error?: string;
}

/** Renders one passkey: a new name, or the end of it after what that means was said. */
export const PasskeyPage = ({ context, csrf, passkey, error }: PasskeyPageProps): VNode => {
  const text = textOf(context.language);
  const words = text.portal.passkey;
  const { name } = passkey;
  const path = `/my/passkeys/${encodeURIComponent(passkey.credentialId)}`;
  const title = fill(words.title, { name });
  return (
    <Layout context={context} title={title} wrong={Boolean(error)}>
      {error && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{title}</h1>
      <form method="post" action={`${path}/rename`}>
        <Hidden values={{ csrf }} />
        <Field
          text={text}
          name="device"
          label={words.rename}
          value={name}
          autocomplete="off"
          maxLength={40}
        />
        <Button kind="secondary">{words.save}</Button>
      </form>
      <form class="apart" method="post" action={`${path}/remove`}>
        <Hidden values={{ csrf }} />
        <h2>{words.removeTitle}</h2>
        <p>{words.removeText}</p>
        <Button kind="danger">{fill(words.remove, { name })}</Button>
      </form>
      <ActionLink href="/my/passkeys">{words.cancel}</ActionLink>
    </Layout>
  );
};
