import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import { Reason } from './certificate-form.tsx';
import type { Values } from './certificate-inputs.ts';
import { Fact, WaysOn } from './parts.tsx';

type Words = Text['officersCertificates'];
/** What can be done to a certificate. */
export type ActName = keyof Words['acts'];
/** Why it is done; the code is what the authority writes down. */
export type ReasonCode = keyof Words['reasons'];

interface Props {
  context: PageContext;
  csrf: string;
  /** The address of the page; it takes `act`, `reason`, `day` and `confirm`. */
  path: string;
  certificateHref: string;
}

export interface ActPageProps extends Props {
  typeName: string;
  /** What can be done to it as it stands; none at its end. */
  acts: readonly ActName[];
  values: Values;
  /** What is wrong, by input. */
  errors: Readonly<Record<string, string>>;
}

const ActForm = ({ props, words }: { props: ActPageProps; words: Words }): VNode => {
  const { context, acts, values, errors } = props;
  const text = textOf(context.language);
  return (
    <form id="form" method="post" action={props.path}>
      <Hidden values={{ csrf: props.csrf }} />
      <fieldset id="act" tabIndex={-1} class={errors['act'] === undefined ? undefined : 'wrong'}>
        <legend>{words.actWhat}</legend>
        {acts.map((act) => (
          <label class="choice" key={act}>
            <input type="radio" name="act" value={act} checked={values['act'] === act} />
            <span>
              {words.acts[act]}
              <br />
              <span class="hint">{words.effects[act]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Reason state={{ language: context.language, values, errors }} words={words} />
      <Field
        text={text}
        name="day"
        label={words.day}
        hint={words.dayHint}
        value={values['day']}
        error={errors['day']}
        autocomplete="off"
      />
      <Button kind="danger">{words.actNext}</Button>
    </form>
  );
};

/** Renders what can be done to a certificate, and asks why and since when. */
export const ActPage = (props: ActPageProps): VNode => {
  const { context, typeName, acts, errors } = props;
  const text = textOf(context.language);
  const words = text.officersCertificates;
  const title = fill(words.actTitle, { type: typeName });
  const wrong = Object.entries(errors).map(([field, sentence]) => ({ field, text: sentence }));
  return (
    <Layout context={context} title={title} wrong={wrong.length > 0}>
      <ErrorSummary text={text} errors={wrong} />
      <h1>{title}</h1>
      {acts.length === 0 ? <p>{words.actNone}</p> : <ActForm props={props} words={words} />}
      <WaysOn context={context} back={{ href: props.certificateHref, label: words.backToOne }} />
    </Layout>
  );
};

export interface ConfirmActPageProps extends Props {
  act: ActName;
  reason: ReasonCode;
  day: string;
}

/** Renders what an act will do, and asks once more. */
export const ConfirmActPage = (props: ConfirmActPageProps): VNode => {
  const { context, csrf, path, act, reason, day } = props;
  const words = textOf(context.language).officersCertificates;
  const name = words.acts[act];
  const title = fill(words.confirmActTitle, { act: name });
  return (
    <Layout context={context} title={title}>
      <h1>{title}</h1>
      <p>{words.effects[act]}</p>
      <dl>
        <Fact name={words.reason} value={words.reasons[reason]} />
        <Fact name={words.day} value={day} />
      </dl>
      <form method="post" action={path}>
        <Hidden values={{ csrf, act, reason, day, confirm: 'yes' }} />
        <Button kind="danger">{fill(words.confirmAct, { act: name })}</Button>
      </form>
      <WaysOn context={context} back={{ href: props.certificateHref, label: words.keepAsIs }} />
    </Layout>
  );
};

export interface ConfirmChangePageProps extends Props {
  /** Everything that was typed, to be sent again. */
  values: Values;
  changes: readonly { label: string; before: string | null; after: string | null }[];
}

/** Renders what a change changes, line by line, and asks once more. */
export const ConfirmChangePage = (props: ConfirmChangePageProps): VNode => {
  const { context, csrf, path, values, changes } = props;
  const words = textOf(context.language).officersCertificates;
  return (
    <Layout context={context} title={words.confirmChangeTitle}>
      <h1>{words.confirmChangeTitle}</h1>
      <Notice>
        <p>{words.confirmChangeLead}</p>
      </Notice>
      <dl>
        {changes.map(({ label, before, after }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{fill(words.before, { before: before ?? words.nothing })}</dd>
            <dd>
              <strong>{fill(words.after, { after: after ?? words.nothing })}</strong>
            </dd>
          </div>
        ))}
      </dl>
      <form method="post" action={path}>
        <Hidden values={{ ...values, csrf, confirm: 'yes' }} />
        <Button>{words.confirmChange}</Button>
      </form>
      <WaysOn context={context} back={{ href: props.certificateHref, label: words.keepAsIs }} />
    </Layout>
  );
};
