import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { fill, textOf } from '../text/index.ts';

export interface ClosingPageProps {
  context: PageContext;
  csrf: string;
  days: number;
  /** When the account will be closed, once that was asked for. */
  dueAt: Date | null;
}

const List = ({ id, title, items }: { id: string; title: string; items: readonly string[] }): VNode => (
  <section aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    <ul>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  </section>
);

/** Renders the button that stops a closing. */
export const StopClosing = ({ context, csrf }: { context: PageContext; csrf: string }): VNode => (
  <form method="post" action="/my/closing/stop">
    <Hidden values={{ csrf }} />
    <Button>{textOf(context.language).my.closing.stop}</Button>
  </form>
);

/** Renders what closing an account means, and the way to ask for it or to stop it. */
export const ClosingPage = ({ context, csrf, days, dueAt }: ClosingPageProps): VNode => {
  const words = textOf(context.language).my.closing;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p>
        {dueAt === null
          ? fill(words.lead, { days: String(days) })
          : fill(words.due, { date: momentOf(context.language, dueAt) })}
      </p>
      <List id="goes" title={words.goes} items={words.goesItems} />
      <List id="stays" title={words.stays} items={words.staysItems} />
      {dueAt === null ? (
        <form method="post" action="/my/closing">
          <Hidden values={{ csrf }} />
          <Button kind="danger">{words.confirm}</Button>
        </form>
      ) : (
        <StopClosing context={context} csrf={csrf} />
      )}
      <ActionLink href="/my">{words.cancel}</ActionLink>
    </Layout>
  );
};
