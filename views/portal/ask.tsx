import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';

export interface AskPageProps {
  context: PageContext;
  csrf: string;
  title: string;
  /** What it means. */
  text: string;
  action: string;
  values?: Record<string, string>;
  confirm: string;
  cancel: string;
  backHref: string;
}

/** Renders a question before what cannot be undone. */
export const AskPage = (props: AskPageProps): VNode => {
  const { context, csrf, title, text, action, values = {}, confirm, cancel, backHref } = props;
  return (
    <Layout context={context} title={title}>
      <h1>{title}</h1>
      <p>{text}</p>
      <form method="post" action={action}>
        <Hidden values={{ csrf, ...values }} />
        <Button kind="danger">{confirm}</Button>
      </form>
      <ActionLink href={backHref}>{cancel}</ActionLink>
    </Layout>
  );
};
