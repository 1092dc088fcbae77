import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import { Ways } from '../parts/ways.tsx';
import { fill, textOf } from '../text/index.ts';
import { RecoveryHelp } from './form.tsx';

/** Renders the ways back into an account; a way that is not offered here is not shown. */
export const RecoveryWaysPage = ({
  context,
  offersFace,
}: {
  context: PageContext;
  offersFace: boolean;
}): VNode => {
  const words = textOf(context.language).recovery;
  const { ways } = words;
  const shown = [
    { href: '/recover/codes', label: ways.codes, hint: ways.codesHint },
    ...(offersFace ? [{ href: '/recover/face', label: ways.face, hint: ways.faceHint }] : []),
    { href: '/recover/counter', label: ways.counter, hint: ways.counterHint },
    { href: '/recover/continue', label: ways.goOn, hint: ways.goOnHint },
  ];
  return (
    <Layout context={context} title={ways.title}>
      <h1>{ways.title}</h1>
      <p class="lead">{ways.lead}</p>
      <Ways label={ways.title} ways={shown} />
      <div class="others">
        <p class="hint">{fill(words.help, { helpLine: context.helpLine })}</p>
        <ActionLink href="/">{words.home}</ActionLink>
      </div>
    </Layout>
  );
};

/** Renders what happens at a counter, and the way on with its slip. */
export const RecoveryCounterPage = ({ context }: { context: PageContext }): VNode => {
  const words = textOf(context.language).recovery.counter;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <ol>
        {words.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p>{words.without}</p>
      <p>{words.caution}</p>
      <ActionLink href="/recover/continue" kind="secondary">
        {words.goOn}
      </ActionLink>
      <RecoveryHelp context={context} backHref="/recover" />
    </Layout>
  );
};

export interface RecoveryFacePageProps {
  context: PageContext;
  csrf: string;
  /** The authority's page, once a check was begun. */
  href: string | null;
  error?: string;
}

/** Renders what a face check is before one begins, and then the way to it. */
export const RecoveryFacePage = ({ context, csrf, href, error }: RecoveryFacePageProps): VNode => {
  const words = textOf(context.language).recovery.check;
  const title = href === null ? words.title : words.readyTitle;
  return (
    <Layout context={context} title={title} wrong={error !== undefined}>
      {error !== undefined && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{title}</h1>
      <p class="lead">{href === null ? words.lead : words.ready}</p>
      {href === null ? (
        <form method="post" action="/recover/check">
          <Hidden values={{ csrf }} />
          <Button>{words.begin}</Button>
        </form>
      ) : (
        <ActionLink href={href} kind="primary">
          {words.open}
        </ActionLink>
      )}
      <RecoveryHelp context={context} backHref="/recover" />
    </Layout>
  );
};
