import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { textOf } from '../text/index.ts';
import { AbortForm } from './abort-form.tsx';

export interface MiniProgramPageProps {
  context: PageContext;
  /** Takes `csrf`. */
  action: string;
  csrf: string;
  abortAction: string;
  /** The masked name; empty when nobody knows it. */
  person: string;
  otherHref: string;
}

/** Renders the one button by which who came from a mini-program that they let in signs in. */
export const MiniProgramPage = (props: MiniProgramPageProps): VNode => {
  const { context, action, csrf, abortAction, person, otherHref } = props;
  const words = textOf(context.language).miniProgram.signIn;
  return (
    <Layout context={context} title={words.title} siteAbove>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <dl>
        <div>
          <dt>{words.person}</dt>
          <dd>{person === '' ? words.unnamed : person}</dd>
        </div>
      </dl>
      <form method="post" action={action}>
        <Hidden values={{ csrf }} />
        <Button>{words.button}</Button>
      </form>
      <p class="hint">{words.level}</p>
      <ActionLink href={otherHref} kind="secondary">
        {words.other}
      </ActionLink>
      <AbortForm context={context} action={abortAction} csrf={csrf} />
    </Layout>
  );
};
