import type { VNode } from 'preact';
import { type PageContext, siteNameOf } from '../layout.tsx';
import { Button, Hidden } from '../parts/button.tsx';
import { fill, textOf } from '../text/index.ts';

export interface AbortFormProps {
  context: PageContext;
  action: string;
  csrf: string;
}

/** Renders the way back to the site without signing in: a POST, so that the provider can tell the site. */
export const AbortForm = ({ context, action, csrf }: AbortFormProps): VNode => (
  <form method="post" action={action}>
    <Hidden values={{ csrf }} />
    <Button kind="quiet">{fill(textOf(context.language).layout.back, { site: siteNameOf(context) })}</Button>
  </form>
);
