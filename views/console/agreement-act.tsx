import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { Notice } from '../parts/notice.tsx';
import { fill, textOf } from '../text/index.ts';
import type { ActName } from './agreement.tsx';
import { Remark, WaysOn } from './parts.tsx';

export interface ActPageProps {
  context: PageContext;
  /** The page of the version; `/<act>` below it takes `csrf`, `reason`, `sure`, `emergency` and `forCause`. */
  href: string;
  csrf: string;
  name: string;
  act: ActName;
  /** Whether the agreement allows it now. */
  isPossible: boolean;
  reason: string;
  errors: FieldError[];
}

const Choice = ({ name, label }: { name: string; label: string }): VNode => (
  <label class="choice">
    <input type="checkbox" name={name} value="yes" />
    {label}
  </label>
);

/** Renders what an act on an agreement means, and asks why and whether it is meant before it is done. */
export const ActPage = (props: ActPageProps): VNode => {
  const { context, href, csrf, name, act, isPossible, reason, errors } = props;
  const text = textOf(context.language);
  const { acts, act: words, one, backToOne } = text.recognition;
  const { title, lead, button } = acts[act];
  return (
    <Layout context={context} title={title} wrong={errors.length > 0}>
      <ErrorSummary text={text} errors={errors} />
      <h1>{title}</h1>
      <p class="lead">{fill(one.title, { name })}</p>
      <p>{lead}</p>
      {!isPossible && (
        <Notice>
          <p>{words.impossible}</p>
        </Notice>
      )}
      {isPossible && (
        <form method="post" action={`${href}/${act}`}>
          <Hidden values={{ csrf }} />
          {act !== 'confirmSuspension' && (
            <Remark name="reason" label={words.reason} hint={words.reasonHint} value={reason} />
          )}
          {act === 'suspend' && <Choice name="emergency" label={words.emergency} />}
          {act === 'terminate' && <Choice name="forCause" label={words.forCause} />}
          <div id="sure">
            <Choice name="sure" label={words.sure} />
          </div>
          <Button kind="danger">{button}</Button>
        </form>
      )}
      <WaysOn context={context} back={{ href, label: backToOne }} />
    </Layout>
  );
};
