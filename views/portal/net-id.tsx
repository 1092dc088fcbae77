import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { Notice } from '../parts/notice.tsx';
import { textOf } from '../text/index.ts';

export interface MyNetIdPageProps {
  context: PageContext;
  csrf: string;
  /** Leads to the service; takes `csrf`. */
  action: string;
  binding: { boundAt: Date; lastUsedAt: Date | null } | null;
  unbindHref: string;
  backHref: string;
  /** Whether there is a net-ID service here. */
  isOffered: boolean;
  news?: 'bound' | 'unbound';
  error?: string;
}

const Bound = ({ props }: { props: MyNetIdPageProps }): VNode | null => {
  const { context, binding, unbindHref } = props;
  const { language } = context;
  const words = textOf(language).netId.mine;
  if (binding === null) return <p>{words.none}</p>;
  const { boundAt, lastUsedAt } = binding;
  return (
    <>
      <p>
        {words.bound} {momentOf(language, boundAt)} · {words.used}{' '}
        {lastUsedAt === null ? words.never : momentOf(language, lastUsedAt)}
      </p>
      <ActionLink href={unbindHref} kind="secondary">
        {words.unbind}
      </ActionLink>
    </>
  );
};

const Bind = ({ props }: { props: MyNetIdPageProps }): VNode => {
  const { context, csrf, action, binding } = props;
  const words = textOf(context.language).netId.mine;
  return (
    <>
      <h2>{binding === null ? words.ask : words.again}</h2>
      <p>{words.askText}</p>
      <p>{words.check}</p>
      <form method="post" action={action}>
        <Hidden values={{ csrf }} />
        <Button kind={binding === null ? 'primary' : 'secondary'}>
          {binding === null ? words.bind : words.again}
        </Button>
      </form>
    </>
  );
};

/** Renders the net-ID of an account, and the question before one is bound. */
export const MyNetIdPage = (props: MyNetIdPageProps): VNode => {
  const { context, backHref, isOffered, news, error } = props;
  const words = textOf(context.language).netId.mine;
  return (
    <Layout context={context} title={words.title} wrong={Boolean(error)}>
      {error && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      {news && (
        <Notice>
          <p>{words.news[news]}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p class="lead">{isOffered ? words.lead : words.closed}</p>
      <Bound props={props} />
      {isOffered && <Bind props={props} />}
      <ActionLink href={backHref}>{words.back}</ActionLink>
    </Layout>
  );
};
