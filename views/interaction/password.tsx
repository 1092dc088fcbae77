import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { Puzzle, type ShownPuzzle } from '../parts/puzzle.tsx';
import { fill, textOf } from '../text/index.ts';
import { AbortForm } from './abort-form.tsx';

export interface PasswordError {
  field: 'number' | 'password';
  text: string;
}

export interface PasswordPageProps {
  context: PageContext;
  /** Takes `csrf`, `number` and `password`. */
  action: string;
  signInHref: string;
  csrf: string;
  abortAction: string;
  values: { number?: string };
  errors: PasswordError[];
  /** WebAuthn request options as JSON and where their answer goes: a passkey offered by the browser's autofill. */
  options?: object;
  passkeyAction?: string;
  /** Stands in the form while something speaks against the try: it then takes `solution` too. */
  puzzle?: ShownPuzzle | null;
}

const PasswordForm = ({ context, action, csrf, values, errors, puzzle }: PasswordPageProps): VNode => {
  const text = textOf(context.language);
  const words = text.password;
  const errorAt = (field: PasswordError['field']) => errors.find((error) => error.field === field)?.text;
  return (
    <form method="post" action={action}>
      <Hidden values={{ csrf }} />
      <Field
        text={text}
        name="number"
        label={words.number}
        hint={words.numberHint}
        error={errorAt('number')}
        value={values.number}
        autocomplete="username webauthn"
        code
      />
      <Field
        text={text}
        name="password"
        type="password"
        label={words.password}
        error={errorAt('password')}
        autocomplete="current-password"
      />
      {puzzle && <Puzzle puzzle={puzzle} text={text} />}
      <Button>{words.button}</Button>
    </form>
  );
};

/** Carries a passkey that the browser offers while the number is being typed; it shows nothing. */
const AutofillForm = ({ csrf, options, passkeyAction }: PasswordPageProps): VNode | null =>
  options && passkeyAction ? (
    <form
      id="passkey-form"
      method="post"
      action={passkeyAction}
      data-autofill-options={JSON.stringify(options)}
    >
      <Hidden values={{ csrf, response: '' }} />
    </form>
  ) : null;

/** Renders number and password; a password typed before is never shown again. */
export const PasswordPage = (props: PasswordPageProps): VNode => {
  const { context, signInHref, csrf, abortAction, errors, puzzle } = props;
  const text = textOf(context.language);
  const words = text.password;
  return (
    <Layout
      context={context}
      title={words.title}
      wrong={errors.length > 0}
      siteAbove
      passkeys
      puzzling={Boolean(puzzle)}
    >
      <ErrorSummary text={text} errors={errors} />
      <h1>{words.title}</h1>
      <PasswordForm {...props} />
      <p class="hint">{fill(words.forgotten, { helpLine: context.helpLine })}</p>
      <div class="others">
        <ActionLink href={signInHref} kind="secondary">
          {context.size === 'large' ? text.qr.otherWay : words.usePasskey}
        </ActionLink>
        <ActionLink href="/recover">{text.recovery.link}</ActionLink>
        <AbortForm context={context} action={abortAction} csrf={csrf} />
      </div>
      <AutofillForm {...props} />
    </Layout>
  );
};
