import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { momentOf } from '../parts/moment.ts';
import { fill, textOf } from '../text/index.ts';

export interface TotpPageProps {
  context: PageContext;
  csrf: string;
  /** Null when no app is set up. */
  since: Date | null;
  recoveryCodesLeft: number;
}

const Post = ({
  to,
  csrf,
  danger,
  words,
}: {
  to: string;
  csrf: string;
  danger?: true;
  words: string;
}): VNode => (
  <form method="post" action={`/my/totp/${to}`}>
    <Hidden values={{ csrf }} />
    <Button kind={danger ? 'danger' : 'secondary'}>{words}</Button>
  </form>
);

/** Renders whether an app is set up, and what can be done about it; what each act ends stands above its button. */
export const TotpPage = ({ context, csrf, since, recoveryCodesLeft }: TotpPageProps): VNode => {
  const words = textOf(context.language).authenticators.totp;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      {since === null ? (
        <>
          <p>{words.none}</p>
          <Post to="begin" csrf={csrf} words={words.begin} />
        </>
      ) : (
        <>
          <p>{fill(words.since, { date: momentOf(context.language, since) })}</p>
          <p>{fill(words.left, { count: String(recoveryCodesLeft) })}</p>
          <h2>{words.renewTitle}</h2>
          <p>{words.renewText}</p>
          <Post to="codes" csrf={csrf} words={words.renew} />
          <h2>{words.removeTitle}</h2>
          <p>{words.removeText}</p>
          <Post to="remove" csrf={csrf} danger words={words.remove} />
        </>
      )}
      <ActionLink href="/my/passkeys">{words.cancel}</ActionLink>
    </Layout>
  );
};

export interface TotpSetUpPageProps {
  context: PageContext;
  csrf: string;
  /** Of the address an app takes in, as the address of an image. */
  qrImage: string;
  secret: string;
  error?: string;
}

/** Renders what an app needs, and the form for its first code. */
export const TotpSetUpPage = ({ context, csrf, qrImage, secret, error }: TotpSetUpPageProps): VNode => {
  const text = textOf(context.language);
  const words = text.authenticators.totp;
  return (
    <Layout context={context} title={words.setUpTitle} wrong={error !== undefined}>
      <ErrorSummary text={text} errors={error === undefined ? [] : [{ field: 'code', text: error }]} />
      <h1>{words.setUpTitle}</h1>
      <p>{words.scan}</p>
      <p class="qr">
        <img src={qrImage} alt={words.qrAlt} width={264} height={264} />
      </p>
      <p>
        {words.typeIt} <span class="code">{secret.match(/.{1,4}/g)?.join(' ') ?? ''}</span>
      </p>
      <p class="hint">{words.secretAdvice}</p>
      <form method="post" action="/my/totp/finish">
        <Hidden values={{ csrf }} />
        <Field
          text={text}
          name="code"
          label={words.code}
          error={error}
          autocomplete="one-time-code"
          maxLength={12}
          code
        />
        <Button>{words.finish}</Button>
      </form>
      <ActionLink href="/my/passkeys">{words.cancel}</ActionLink>
    </Layout>
  );
};

/** Renders the recovery codes, this once. */
export const RecoveryCodesPage = ({
  context,
  codes,
}: {
  context: PageContext;
  codes: readonly string[];
}): VNode => {
  const words = textOf(context.language).authenticators.totp;
  return (
    <Layout context={context} title={words.codesTitle}>
      <h1>{words.codesTitle}</h1>
      <p class="lead">{words.codes}</p>
      <ul class="items">
        {codes.map((code) => (
          <li key={code} class="code">
            {code}
          </li>
        ))}
      </ul>
      <ActionLink href="/my/totp" kind="secondary">
        {words.done}
      </ActionLink>
    </Layout>
  );
};
