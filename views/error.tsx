import type { VNode } from 'preact';
import { Layout, type PageContext } from './layout.tsx';
import { ActionLink } from './parts/button.tsx';
import { fill, type Text, textOf } from './text/index.ts';

export interface ErrorPageProps {
  context: PageContext;
  /** HTTP status; it chooses the heading. */
  status: number;
  /** The sentence of the error catalogue, in the page's language. */
  text: string;
  code: string;
  traceCode: string;
  backHref?: string;
  backLabel?: string;
}

const headingOf = (text: Text, status: number): string => {
  if (status === 404) return text.error.titleMissing;
  if (status === 410) return text.error.titleExpired;
  if (status === 429 || status === 503) return text.error.titleWait;
  return status >= 500 ? text.error.titleBroken : text.error.titleOther;
};

/** Renders a refusal: what happened, what to do next, and what to read out to the help line. */
export const ErrorPage = (props: ErrorPageProps): VNode => {
  const { context, status, code, traceCode, backHref, backLabel } = props;
  const text = textOf(context.language);
  const title = headingOf(text, status);
  return (
    <Layout context={context} title={title} signingIn="linked">
      <h1>{title}</h1>
      <p class="lead">{props.text}</p>
      <ActionLink href={backHref} kind="secondary">
        {backLabel ?? text.error.back}
      </ActionLink>
      <p>{fill(text.error.help, { helpLine: context.helpLine })}</p>
      <dl>
        <div>
          <dt>{text.error.trace}</dt>
          <dd class="code">{traceCode}</dd>
        </div>
        <div>
          <dt>{text.error.code}</dt>
          <dd class="code">{code}</dd>
        </div>
      </dl>
    </Layout>
  );
};
