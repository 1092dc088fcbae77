import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { type Text, textOf } from '../text/index.ts';
import { type Fingerprint, FingerprintLines } from './agreement-clauses.tsx';
import { Remark, WaysOn } from './parts.tsx';

/** A mapping as it is typed: a table is a line for each entry. */
export interface TypedMapping {
  name: string;
  levels: string;
  types: string;
  /** The whole as JSON, in place of the others. */
  document: string;
}

export interface MappingDraftPageProps {
  context: PageContext;
  csrf: string;
  purpose: 'new' | 'again' | 'next';
  /** The page takes `csrf`, `name`, `levels` and `types`, or `csrf` and `document`, at this address. */
  action: string;
  back: string;
  typed: TypedMapping;
  errors: FieldError[];
}

const Lines = (props: {
  name: 'levels' | 'types' | 'document';
  rows: number;
  value: string;
  errors: FieldError[];
  text: Text;
}): VNode => {
  const { name, rows, value, errors, text } = props;
  const words = text.mappings.form;
  const isWrong = errors.some(({ field }) => field === name);
  return (
    <div class={isWrong ? 'field wrong' : 'field'}>
      <label for={name}>{words[name]}</label>
      <p class="hint" id={`${name}-hint`}>
        {words[`${name}Hint`]}
      </p>
      <textarea
        id={name}
        name={name}
        class="code"
        rows={rows}
        spellcheck={false}
        aria-describedby={`${name}-hint`}
        aria-invalid={isWrong ? 'true' : undefined}
        value={value}
      />
    </div>
  );
};

/** Renders the form of a mapping, and below it the field that one is pasted into. */
export const MappingDraftPage = (props: MappingDraftPageProps): VNode => {
  const { context, csrf, purpose, action, back, typed, errors } = props;
  const text = textOf(context.language);
  const words = text.mappings.form;
  const title = { new: words.titleNew, again: words.titleAgain, next: words.titleNext }[purpose];
  const nameError = errors.find(({ field }) => field === 'name')?.text;
  return (
    <Layout context={context} title={title} wrong={errors.length > 0}>
      <ErrorSummary text={text} errors={errors} />
      <h1>{title}</h1>
      <p>{words.lead}</p>
      <form method="post" action={action}>
        <Hidden values={{ csrf }} />
        <Field
          text={text}
          name="name"
          label={words.name}
          hint={words.nameHint}
          error={nameError}
          value={typed.name}
          autocomplete="off"
          maxLength={128}
        />
        <Lines name="levels" rows={5} value={typed.levels} errors={errors} text={text} />
        <Lines name="types" rows={10} value={typed.types} errors={errors} text={text} />
        <Button>{words.save}</Button>
      </form>
      <form class="apart" method="post" action={action}>
        <h2>{words.orPaste}</h2>
        <Hidden values={{ csrf }} />
        <Lines name="document" rows={10} value={typed.document} errors={errors} text={text} />
        <Button kind="secondary">{words.savePasted}</Button>
      </form>
      <WaysOn context={context} back={{ href: back, label: text.mappings.back }} />
    </Layout>
  );
};

export interface PublishMappingPageProps {
  context: PageContext;
  csrf: string;
  /** The page of the version; `/publish` below it takes `csrf`, `digest` and `reason`. */
  href: string;
  name: string;
  digest: { whole: string; shown: Fingerprint };
  isPublished: boolean;
  reason: string;
  error?: string;
}

/** Renders what publishing means, and asks why before another officer decides. */
export const PublishMappingPage = (props: PublishMappingPageProps): VNode => {
  const { context, csrf, href, name, digest, isPublished, reason, error } = props;
  const text = textOf(context.language);
  const words = text.mappings.publishing;
  return (
    <Layout context={context} title={words.title} wrong={Boolean(error)}>
      {error && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p class="lead">{name}</p>
      <FingerprintLines fingerprint={digest.shown} text={text} />
      {isPublished ? (
        <Notice>
          <p>{words.done}</p>
        </Notice>
      ) : (
        <form method="post" action={`${href}/publish`}>
          <p>{words.lead}</p>
          <Hidden values={{ csrf, digest: digest.whole }} />
          <Remark name="reason" label={words.reason} hint={words.reasonHint} value={reason} />
          <Button>{words.button}</Button>
        </form>
      )}
      <WaysOn context={context} back={{ href, label: text.mappings.backToOne }} />
    </Layout>
  );
};
