import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { Notice } from '../parts/notice.tsx';
import { fill, textOf } from '../text/index.ts';

/** A recovery that is under way, as its owner sees it. */
export interface ShownRecovery {
  way: 'codes' | 'face' | 'counter';
  askedAt: Date;
  readyAt: Date;
}

/** Says who asked for what, and when it takes effect. */
export const recoverySentence = (
  language: PageContext['language'],
  { way, askedAt, readyAt }: ShownRecovery,
): string => {
  const { question } = textOf(language).recovery;
  const [date, ready] = [momentOf(language, askedAt), momentOf(language, readyAt)];
  return fill(question.lead, { date, ready, way: question.ways[way] });
};

/** Renders what is under way, with the one press that stops it. */
export const RecoveryNotice = ({
  context,
  csrf,
  recovery,
}: {
  context: PageContext;
  csrf: string;
  recovery: ShownRecovery;
}): VNode => {
  const { question } = textOf(context.language).recovery;
  return (
    <Notice title={question.title}>
      <p>{recoverySentence(context.language, recovery)}</p>
      <form method="post" action="/my/recovery/stop">
        <Hidden values={{ csrf }} />
        <Button kind="danger">{question.not}</Button>
      </form>
    </Notice>
  );
};

export interface MyRecoveryPageProps {
  context: PageContext;
  csrf: string;
  recovery: ShownRecovery | null;
}

/** Renders a person's own page of a recovery that is under way. */
export const MyRecoveryPage = ({ context, csrf, recovery }: MyRecoveryPageProps): VNode => {
  const words = textOf(context.language).recovery.mine;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      {recovery === null ? (
        <p class="lead">{words.none}</p>
      ) : (
        <RecoveryNotice context={context} csrf={csrf} recovery={recovery} />
      )}
      <ActionLink href="/my">{words.back}</ActionLink>
    </Layout>
  );
};
