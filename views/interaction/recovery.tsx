import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { Button, Hidden } from '../parts/button.tsx';
import { fill, textOf } from '../text/index.ts';
import { AbortForm } from './abort-form.tsx';

export interface RecoveryQuestionPageProps {
  context: PageContext;
  /** Takes `csrf` and `decision`: mine or stop. */
  action: string;
  csrf: string;
  abortAction: string;
  /** By which way, asked when, in effect when: as it is read. */
  way: 'codes' | 'face' | 'counter';
  askedOn: string;
  readyOn: string;
}

/** Renders the question to who signs in while a recovery of the account is under way: was it you? */
export const RecoveryQuestionPage = (props: RecoveryQuestionPageProps): VNode => {
  const { context, action, csrf, abortAction, way, askedOn, readyOn } = props;
  const words = textOf(context.language).recovery.question;
  return (
    <Layout context={context} title={words.title} siteAbove>
      <h1>{words.title}</h1>
      <p class="lead">{fill(words.lead, { date: askedOn, ready: readyOn, way: words.ways[way] })}</p>
      <form method="post" action={action}>
        <Hidden values={{ csrf }} />
        <div class="stack">
          <Button kind="danger" name="decision" value="stop">
            {words.not}
          </Button>
          <Button kind="secondary" name="decision" value="mine">
            {words.mine}
          </Button>
        </div>
      </form>
      <AbortForm context={context} action={abortAction} csrf={csrf} />
    </Layout>
  );
};
