import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { fill, textOf } from '../text/index.ts';

export interface CopyPageProps {
  context: PageContext;
  csrf: string;
  action: string;
  backHref: string;
  typeName: string;
  purpose: string;
  longestPurpose: number;
  /** How long the copy may be good for; the first is chosen at first. */
  spans: readonly { days: number; until: string }[];
  error?: string;
}

/** Renders the form that asks what a printable copy is for and until when. */
export const CopyPage = (props: CopyPageProps): VNode => {
  const { context, csrf, typeName, spans, error } = props;
  const text = textOf(context.language);
  const words = text.portal.copy;
  return (
    <Layout context={context} title={words.title} wrong={error !== undefined}>
      {error !== undefined && <ErrorSummary text={text} errors={[{ field: 'purpose', text: error }]} />}
      <h1>{fill(words.heading, { type: typeName })}</h1>
      <p>{words.lead}</p>
      <form method="post" action={props.action}>
        <Hidden values={{ csrf }} />
        <Field
          text={text}
          name="purpose"
          label={words.purpose}
          hint={words.purposeHint}
          value={props.purpose}
          autocomplete="off"
          maxLength={props.longestPurpose}
        />
        <fieldset>
          <legend>{words.until}</legend>
          {spans.map(({ days, until }, i) => (
            <label class="choice" key={days}>
              <input type="radio" name="days" value={days} checked={i === 0} />
              <span>{fill(words.span, { days: String(days), date: until })}</span>
            </label>
          ))}
        </fieldset>
        <p class="hint">{words.advice}</p>
        <div class="stack">
          <Button>{words.download}</Button>
          <ActionLink href={props.backHref}>{words.cancel}</ActionLink>
        </div>
      </form>
    </Layout>
  );
};
