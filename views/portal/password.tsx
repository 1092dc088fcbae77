import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { textOf } from '../text/index.ts';

export interface PasswordChangePageProps {
  context: PageContext;
  csrf: string;
  hasPassword: boolean;
  /** The person is known by number, which a password goes with. */
  isKnown: boolean;
  error?: { field: 'present' | 'chosen'; text: string };
}

const Form = ({ context, csrf, hasPassword, error }: PasswordChangePageProps): VNode => {
  const text = textOf(context.language);
  const words = text.authenticators.password;
  const errorAt = (field: string) => (error?.field === field ? error.text : undefined);
  return (
    <form method="post" action="/my/password">
      <Hidden values={{ csrf }} />
      {hasPassword && (
        <Field
          text={text}
          name="present"
          type="password"
          label={words.present}
          error={errorAt('present')}
          autocomplete="current-password"
        />
      )}
      <Field
        text={text}
        name="chosen"
        type="password"
        label={words.chosen}
        hint={words.chosenHint}
        error={errorAt('chosen')}
        autocomplete="new-password"
      />
      <Button>{words.save}</Button>
    </form>
  );
};

/** Renders the form for another password, or the first. */
export const PasswordChangePage = (props: PasswordChangePageProps): VNode => {
  const { context, hasPassword, isKnown, error } = props;
  const text = textOf(context.language);
  const words = text.authenticators.password;
  const title = hasPassword ? words.titleChange : words.titleFirst;
  return (
    <Layout context={context} title={title} wrong={error !== undefined}>
      <ErrorSummary text={text} errors={error === undefined ? [] : [error]} />
      <h1>{title}</h1>
      <p>{isKnown ? words.lead : words.unknown}</p>
      {isKnown ? (
        <Form {...props} />
      ) : (
        <ActionLink href="/my/level" kind="secondary">
          {words.level}
        </ActionLink>
      )}
      <ActionLink href="/my/passkeys">{words.cancel}</ActionLink>
    </Layout>
  );
};

/** Renders that the password is saved, and what that changes. */
export const PasswordSavedPage = ({ context }: { context: PageContext }): VNode => {
  const words = textOf(context.language).authenticators;
  return (
    <Layout context={context} title={words.password.savedTitle}>
      <h1>{words.password.savedTitle}</h1>
      <p class="lead">{words.password.saved}</p>
      <ActionLink href="/my/passkeys">{words.totp.cancel}</ActionLink>
    </Layout>
  );
};
