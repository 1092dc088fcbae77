import type { VNode } from 'preact';
import { Layout, type PageContext } from './layout.tsx';
import { ActionLink } from './parts/button.tsx';
import { type ShownVerdict, VerdictNotice } from './parts/verdict.tsx';
import { textOf } from './text/index.ts';

/** Renders what anybody learns by scanning a code that is shown. */
export const ScannedPage = ({ context, verdict }: { context: PageContext; verdict: ShownVerdict }): VNode => {
  const words = textOf(context.language).verify;
  return (
    <Layout context={context} title={words.scannedTitle}>
      <h1>{words.scannedTitle}</h1>
      <VerdictNotice words={words} verdict={verdict} />
      <p>{words.scannedOnce}</p>
      <ActionLink href="/verify" kind="secondary">
        {words.askByIdentifier}
      </ActionLink>
    </Layout>
  );
};
