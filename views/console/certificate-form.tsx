import type { VNode } from 'preact';
import type { CertificateType } from '../../src/directory/index.ts';
import { Layout, type PageContext } from '../layout.tsx';
import { Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import { FaceFields, type FormState, Holders, Input } from './certificate-fields.tsx';
import type { Values } from './certificate-inputs.ts';
import { WaysOn } from './parts.tsx';

export interface CertificateFormPageProps {
  context: PageContext;
  csrf: string;
  /** The address of the page. */
  path: string;
  /** `change` has no serial and asks for the reason. */
  purpose: 'issue' | 'change';
  type: CertificateType;
  values: Values;
  /** What is wrong, by the input it is about; what is about none stands under `form`. */
  errors: Readonly<Record<string, string>>;
  back: { href: string; label: string };
}

type Words = Text['officersCertificates'];

/** Renders the choice of a reason, one of the list. */
export const Reason = ({ state, words }: { state: Omit<FormState, 'type'>; words: Words }): VNode => (
  <SelectField
    text={textOf(state.language)}
    name="reason"
    label={words.reason}
    value={state.values['reason']}
    error={state.errors['reason']}
    none={words.pick}
    options={Object.entries(words.reasons).map(([value, label]) => ({ value, label }))}
  />
);

const Plain = ({ state, isIssue, words }: { state: FormState; isIssue: boolean; words: Words }): VNode => (
  <>
    {isIssue && <Input state={state} name="serial" label={words.serial} hint={words.serialHint} code />}
    <Input state={state} name="number" label={words.number} />
    <Input state={state} name="areaCode" label={words.area} hint={words.areaHint} />
  </>
);

const Days = ({ state, words }: { state: FormState; words: Words }): VNode => {
  const optional = (label: string): string => fill(words.optional, { label });
  const hint = words.dayHint;
  const isForGood = state.type.validity.kind === 'for-good';
  return (
    <>
      <Input state={state} name="issuedOn" label={words.issuedOn} hint={hint} />
      <Input state={state} name="validFrom" label={optional(words.validFrom)} hint={hint} />
      {!isForGood && <Input state={state} name="validUntil" label={optional(words.validUntil)} hint={hint} />}
    </>
  );
};

const Photo = ({ state, isIssue, words }: { state: FormState; isIssue: boolean; words: Words }): VNode => {
  const error = state.errors['photo'];
  return (
    <fieldset id="photo" tabIndex={-1} class={error === undefined ? undefined : 'wrong'}>
      <legend>{words.photo}</legend>
      {error !== undefined && <p class="field-error">{error}</p>}
      <p class="hint">{words.photoHint}</p>
      {!isIssue && (
        <label class="choice">
          <input type="checkbox" name="newPhoto" value="yes" checked={state.values['newPhoto'] === 'yes'} />
          {words.newPhoto}
        </label>
      )}
    </fieldset>
  );
};

/** What the Enter key presses: the first button of a form, which would else be one that adds a row. */
const EnterButton = (): VNode => (
  <button type="submit" class="unseen" tabIndex={-1} aria-hidden="true">
    ↵
  </button>
);

/** Renders the form of a certificate, made from its type, with what was typed and what is wrong with it. */
export const CertificateFormPage = (props: CertificateFormPageProps): VNode => {
  const { context, type, values, errors, purpose, back } = props;
  const text = textOf(context.language);
  const words = text.officersCertificates;
  const isIssue = purpose === 'issue';
  const state: FormState = { language: context.language, type, values, errors };
  const title = fill(isIssue ? words.issueTitle : words.changeTitle, { type: type.name[context.language] });
  const wrong = Object.entries(errors).map(([field, sentence]) => ({ field, text: sentence }));
  return (
    <Layout context={context} title={title} wrong={wrong.length > 0}>
      <ErrorSummary text={text} errors={wrong} />
      <h1>{title}</h1>
      {!isIssue && <p>{words.changeLead}</p>}
      <form id="form" method="post" action={props.path}>
        <EnterButton />
        <Hidden values={{ csrf: props.csrf }} />
        <Plain {...{ state, isIssue, words }} />
        <Holders state={state} />
        <Days {...{ state, words }} />
        <FaceFields state={state} />
        {type.photoProfile !== null && <Photo {...{ state, isIssue, words }} />}
        {!isIssue && <Reason {...{ state, words }} />}
        <Button>{isIssue ? words.submitIssue : words.submitChange}</Button>
      </form>
      <WaysOn context={context} back={back} />
    </Layout>
  );
};
