import type { VNode } from 'preact';
import type { PageContext } from '../layout.tsx';
import { ActionLink } from '../parts/button.tsx';
import { textOf } from '../text/index.ts';

/** Renders what stands below a list of the personal space: the next page, where there is one, and the way back. */
export const ListEnd = ({ context, nextHref }: { context: PageContext; nextHref: string | null }): VNode => {
  const { portal } = textOf(context.language);
  return (
    <div class="stack">
      {nextHref !== null && (
        <ActionLink href={nextHref} kind="secondary">
          {portal.more}
        </ActionLink>
      )}
      <ActionLink href="/my">{portal.backHome}</ActionLink>
    </div>
  );
};
