import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { fill, textOf } from '../text/index.ts';
import { AbortForm } from './abort-form.tsx';

export interface SecondFactorPageProps {
  context: PageContext;
  /** Takes `csrf` and `code`. */
  action: string;
  csrf: string;
  signInHref: string;
  abortAction: string;
  error?: string;
}

/** Renders the form for the code of an app, or a recovery code, after a first factor that was right. */
export const SecondFactorPage = (props: SecondFactorPageProps): VNode => {
  const { context, action, csrf, signInHref, abortAction, error } = props;
  const text = textOf(context.language);
  const words = text.authenticators.second;
  return (
    <Layout context={context} title={words.title} wrong={error !== undefined} siteAbove>
      <ErrorSummary text={text} errors={error === undefined ? [] : [{ field: 'code', text: error }]} />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <form method="post" action={action}>
        <Hidden values={{ csrf }} />
        <Field
          text={text}
          name="code"
          label={words.code}
          hint={words.codeHint}
          error={error}
          autocomplete="one-time-code"
          maxLength={20}
          code
        />
        <Button>{words.button}</Button>
      </form>
      <p class="hint">{fill(words.lost, { helpLine: context.helpLine })}</p>
      <div class="others">
        <ActionLink href={signInHref} kind="secondary">
          {words.otherWay}
        </ActionLink>
        <ActionLink href="/recover">{text.recovery.link}</ActionLink>
        <AbortForm context={context} action={abortAction} csrf={csrf} />
      </div>
    </Layout>
  );
};
