import type { VNode } from 'preact';
import { Layout, type PageContext, siteNameOf } from './layout.tsx';
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
  /** The site the person came from, when it is known; otherwise the way on is the front page. */
  siteHref?: string;
}

const headingOf = (text: Text, status: number): string => {
  if (status === 404) return text.error.titleMissing;
  if (status === 410) return text.error.titleExpired;
  if (status === 429 || status === 503) return text.error.titleWait;
  return status >= 500 ? text.error.titleBroken : text.error.titleOther;
};

const WayOn = ({
  context,
  text,
  status,
  siteHref,
}: {
  context: PageContext;
  text: Text;
  status: number;
  siteHref: string | undefined;
}): VNode => {
  if (siteHref === undefined)
    return (
      <ActionLink href="/" kind="secondary">
        {text.error.home}
      </ActionLink>
    );
  const words = status === 410 ? text.error.restart : text.layout.back;
  return (
    <ActionLink href={siteHref} kind="secondary">
      {fill(words, { site: siteNameOf(context) })}
    </ActionLink>
  );
};

/** Renders a refusal: what happened, what to do next, and what to read out to the help line. */
export const ErrorPage = (props: ErrorPageProps): VNode => {
  const { context, status, code, traceCode, siteHref } = props;
  const text = textOf(context.language);
  const title = headingOf(text, status);
  return (
    <Layout context={context} title={title} siteAbove>
      <h1>{title}</h1>
      <p class="lead">{props.text}</p>
      <WayOn context={context} text={text} status={status} siteHref={siteHref} />
      <p class="hint">{fill(text.error.help, { helpLine: context.helpLine })}</p>
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
