import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { Notice } from '../parts/notice.tsx';
import { fill, textOf } from '../text/index.ts';

export interface MiniProgramsPageProps {
  context: PageContext;
  csrf: string;
  /** Makes a link code; takes `csrf`. */
  action: string;
  bindings: readonly { boundAt: Date; lastUsedAt: Date | null; removeHref: string }[];
  backHref: string;
  /** Whether there is a mini-program here. */
  isOffered: boolean;
  error?: string;
}

/** Renders the WeChat accounts that a person let in, and the way to let one in. */
export const MiniProgramsPage = (props: MiniProgramsPageProps): VNode => {
  const { context, csrf, action, bindings, backHref, isOffered, error } = props;
  const words = textOf(context.language).miniProgram.list;
  return (
    <Layout context={context} title={words.title} wrong={Boolean(error)}>
      {error && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p class="lead">{isOffered ? words.lead : words.closed}</p>
      {bindings.length === 0 && <p>{words.none}</p>}
      <ul class="items">
        {bindings.map(({ boundAt, lastUsedAt, removeHref }) => (
          <li key={removeHref}>
            <strong>{words.item}</strong>
            <span class="hint">
              {words.bound} {momentOf(context.language, boundAt)} ·{' '}
              {lastUsedAt === null ? words.never : `${words.used} ${momentOf(context.language, lastUsedAt)}`}
            </span>
            <a class="target" href={removeHref}>
              {words.remove}
            </a>
          </li>
        ))}
      </ul>
      {isOffered && (
        <form method="post" action={action}>
          <Hidden values={{ csrf }} />
          <Button kind="secondary">{words.make}</Button>
        </form>
      )}
      <ActionLink href={backHref}>{words.back}</ActionLink>
    </Layout>
  );
};

export interface LinkCodePageProps {
  context: PageContext;
  linkCode: string;
  minutes: number;
  listHref: string;
}

/** Renders the eight digits that a person types into the mini-program in their hand. */
export const LinkCodePage = ({ context, linkCode, minutes, listHref }: LinkCodePageProps): VNode => {
  const words = textOf(context.language).miniProgram.code;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <p class="qr">
        <strong class="code">{`${linkCode.slice(0, 4)} ${linkCode.slice(4)}`}</strong>
      </p>
      <p>{fill(words.holds, { minutes: String(minutes) })}</p>
      <Notice>
        <p>{words.warning}</p>
      </Notice>
      <ActionLink href={listHref} kind="secondary">
        {words.done}
      </ActionLink>
    </Layout>
  );
};
