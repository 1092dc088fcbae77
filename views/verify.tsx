import type { VNode } from 'preact';
import { Layout, type PageContext } from './layout.tsx';
import { ActionLink, Button } from './parts/button.tsx';
import { ErrorSummary } from './parts/error-summary.tsx';
import { Field } from './parts/field.tsx';
import { type ShownVerdict, VerdictNotice } from './parts/verdict.tsx';
import { textOf } from './text/index.ts';

export interface VerifyPageProps {
  context: PageContext;
  identifier: string;
  verdict: ShownVerdict | null;
  error?: string;
}

/** Renders the public page that tells whether a certificate is genuine, by its identifier. */
export const VerifyPage = ({ context, identifier, verdict, error }: VerifyPageProps): VNode => {
  const text = textOf(context.language);
  const words = text.verify;
  return (
    <Layout context={context} title={words.title} wrong={error !== undefined}>
      {error !== undefined && <ErrorSummary text={text} errors={[{ field: 'identifier', text: error }]} />}
      <h1>{words.title}</h1>
      {verdict !== null && <VerdictNotice words={words} verdict={verdict} />}
      <p>{words.lead}</p>
      <form method="post" action="/verify">
        <Field
          text={text}
          name="identifier"
          label={words.identifier}
          hint={words.identifierHint}
          error={error}
          value={identifier}
          autocomplete="off"
          maxLength={128}
          code
        />
        <Button>{words.ask}</Button>
      </form>
      <p class="hint">{words.scope}</p>
      <ActionLink href="/">{text.error.home}</ActionLink>
    </Layout>
  );
};
