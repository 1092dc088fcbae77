import type { VNode } from 'preact';
import { Layout, type PageContext } from './layout.tsx';
import { ActionLink } from './parts/button.tsx';
import { momentOf } from './parts/moment.ts';
import { fill, type Text, textOf } from './text/index.ts';

/** How one site took the notice of a sign-out. */
export interface ShownReceipt {
  site: string;
  state: keyof Text['my']['receipts']['states'];
  at: Date | null;
  nextTryAt: Date | null;
}

export interface ReceiptsPageProps {
  context: PageContext;
  receipts: readonly ShownReceipt[];
  /** Stands at the end of a session; otherwise within the person's own pages. */
  isSignedOut: boolean;
  backHref: string;
}

const Item = ({ receipt, context }: { receipt: ShownReceipt; context: PageContext }): VNode => {
  const words = textOf(context.language).my.receipts;
  const { site, state, at, nextTryAt } = receipt;
  const date = nextTryAt === null ? '' : momentOf(context.language, nextTryAt);
  return (
    <li>
      <strong>{site}</strong>
      <span class={state === 'reached' ? 'state' : 'state ended'}>{fill(words.states[state], { date })}</span>
      {at !== null && <span class="hint">{momentOf(context.language, at)}</span>}
    </li>
  );
};

/** Renders which sites heard of a sign-out. */
export const ReceiptsPage = ({ context, receipts, isSignedOut, backHref }: ReceiptsPageProps): VNode => {
  const { my, signOut, portal } = textOf(context.language);
  const words = my.receipts;
  const title = isSignedOut ? words.done : words.title;
  return (
    <Layout context={context} title={title}>
      <h1>{title}</h1>
      {isSignedOut && <p>{signOut.doneText}</p>}
      <p>{receipts.length === 0 ? words.none : words.lead}</p>
      {receipts.length > 0 && (
        <ul class="items">
          {receipts.map((receipt, place) => (
            <Item key={`${place} ${receipt.site}`} receipt={receipt} context={context} />
          ))}
        </ul>
      )}
      {receipts.some(({ state }) => state === 'waiting') && <p>{words.unfinished}</p>}
      <div class="stack">
        {receipts.length > 0 && (
          <ActionLink href={context.path} kind="secondary">
            {words.reload}
          </ActionLink>
        )}
        <ActionLink href={backHref}>{isSignedOut ? words.home : portal.backHome}</ActionLink>
      </div>
    </Layout>
  );
};
