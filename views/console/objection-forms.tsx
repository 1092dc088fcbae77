import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { textOf } from '../text/index.ts';
import { Remark, WaysOn } from './parts.tsx';

const optionsOf = (words: Record<string, string>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));
const errorAt = (errors: readonly FieldError[], name: string): string | undefined =>
  errors.find(({ field }) => field === name)?.text;

export interface OpenObjectionPageProps {
  context: PageContext;
  /** Takes `csrf`, `agreement`, `subject`, `reference`, `ground`, `text` and `sure`. */
  action: string;
  csrf: string;
  backHref: string;
  /** What rides along: the agreement, as far as there is no choice of one. */
  hidden: Record<string, string>;
  /** The agreements there are to choose from; none where it is known. */
  agreements: readonly { value: string; label: string }[];
  /** What a citizen wrote, where this passes it on. */
  citizenText: string | null;
  draft: { subject: string; reference: string; ground: string; text: string };
  errors: FieldError[];
}

/** Renders the form by which an objection is opened at another region. */
export const OpenObjectionPage = (props: OpenObjectionPageProps): VNode => {
  const { context, action, csrf, draft, errors, agreements, citizenText } = props;
  const text = textOf(context.language);
  const words = text.regionObjections;
  const { open } = words;
  return (
    <Layout context={context} title={open.title} wrong={errors.length > 0}>
      <ErrorSummary text={text} errors={errors} />
      <h1>{open.title}</h1>
      <p>{open.lead}</p>
      {citizenText !== null && (
        <section aria-labelledby="citizen">
          <h2 id="citizen">{words.citizens.wrote}</h2>
          <p>{citizenText}</p>
        </section>
      )}
      <form method="post" action={action}>
        <Hidden values={{ csrf, ...props.hidden }} />
        {agreements.length > 0 && (
          <SelectField text={text} name="agreement" label={words.citizens.agreement} options={agreements} />
        )}
        <SelectField
          text={text}
          name="subject"
          label={open.subject}
          none={open.choose}
          options={optionsOf(words.subjects)}
          value={draft.subject}
          error={errorAt(errors, 'subject')}
        />
        <Field
          text={text}
          name="reference"
          label={open.reference}
          hint={open.referenceHint}
          value={draft.reference}
          maxLength={128}
          autocomplete="off"
          error={errorAt(errors, 'reference')}
        />
        <SelectField
          text={text}
          name="ground"
          label={open.ground}
          none={open.choose}
          options={optionsOf(words.grounds)}
          value={draft.ground}
          error={errorAt(errors, 'ground')}
        />
        <Remark name="text" label={open.text} hint={open.textHint} value={draft.text} longest={1000} />
        <Button>{open.submit}</Button>
      </form>
      <WaysOn context={context} back={{ href: props.backHref, label: words.back }} />
    </Layout>
  );
};

export interface ObjectionActPageProps {
  context: PageContext;
  act: 'answer' | 'close';
  /** The case's page; `/<act>` below it takes `csrf`, `choice`, `text` and `sure`. */
  href: string;
  csrf: string;
  /** What can be chosen now; none where the case does not allow the act. */
  choices: readonly string[];
  draft: { choice: string; text: string };
  errors: FieldError[];
}

/** Renders the form by which an objection is answered, or closed; either is asked for twice. */
export const ObjectionActPage = (props: ObjectionActPageProps): VNode => {
  const { context, act, href, csrf, choices, draft, errors } = props;
  const text = textOf(context.language);
  const words = text.regionObjections;
  const { title, lead, submit } = words[act];
  const label = act === 'answer' ? words.answer.finding : words.close.outcome;
  const known: Record<string, string> = act === 'answer' ? words.findings : words.outcomes;
  return (
    <Layout context={context} title={title} wrong={errors.length > 0}>
      <ErrorSummary text={text} errors={errors} />
      <h1>{title}</h1>
      <p>{lead}</p>
      {choices.length === 0 && (
        <Notice>
          <p>{words.impossible}</p>
        </Notice>
      )}
      {choices.length > 0 && (
        <form method="post" action={`${href}/${act}`}>
          <Hidden values={{ csrf }} />
          <SelectField
            text={text}
            name="choice"
            label={label}
            none={words.open.choose}
            options={choices.map((value) => ({ value, label: known[value] ?? value }))}
            value={draft.choice}
            error={errorAt(errors, 'choice')}
          />
          <Remark
            name="text"
            label={words[act].text}
            hint={words.open.textHint}
            value={draft.text}
            longest={1000}
          />
          <div id="sure">
            <label class="choice">
              <input type="checkbox" name="sure" value="yes" />
              {words.sure}
            </label>
          </div>
          <Button kind={act === 'close' ? 'danger' : 'primary'}>{submit}</Button>
        </form>
      )}
      <WaysOn context={context} back={{ href, label: words.backToCase }} />
    </Layout>
  );
};
