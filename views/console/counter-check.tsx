import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { fill, textOf } from '../text/index.ts';
import { Fact, WaysOn } from './parts.tsx';

const findPath = '/console/counter';

export interface FindPersonPageProps {
  context: PageContext;
  /** The form takes `csrf` and `number`. */
  csrf: string;
  error?: string;
}

/** Renders the form by which an officer finds who stands at the counter; the number is never in an address. */
export const FindPersonPage = ({ context, csrf, error }: FindPersonPageProps): VNode => {
  const text = textOf(context.language);
  const words = text.counterCheck;
  return (
    <Layout context={context} title={words.title} wrong={error !== undefined}>
      <ErrorSummary text={text} errors={error === undefined ? [] : [{ field: 'number', text: error }]} />
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <form method="post" action={findPath}>
        <Hidden values={{ csrf }} />
        <Field
          text={text}
          name="number"
          label={words.number}
          hint={words.numberHint}
          error={error}
          autocomplete="off"
          maxLength={40}
          code
        />
        <Button>{words.find}</Button>
      </form>
      <WaysOn context={context} />
    </Layout>
  );
};

export interface CheckPersonPageProps {
  context: PageContext;
  csrf: string;
  /** This page; it takes `csrf`, `name`, `genuine` and `face`. */
  href: string;
  maskedName: string;
  maskedNumber: string;
  level: number;
  /** What was typed. */
  typedName: string;
  isDone: boolean;
  error?: string;
}

const CheckForm = ({ context, csrf, href, typedName }: CheckPersonPageProps): VNode => {
  const text = textOf(context.language);
  const words = text.counterCheck;
  return (
    <form method="post" action={href}>
      <Hidden values={{ csrf }} />
      <Field
        text={text}
        name="name"
        label={words.typedName}
        hint={words.typedNameHint}
        value={typedName}
        autocomplete="off"
        maxLength={60}
      />
      <label class="choice">
        <input type="checkbox" name="genuine" value="yes" />
        <span>{words.genuine}</span>
      </label>
      <label class="choice">
        <input type="checkbox" name="face" value="yes" />
        <span>{words.face}</span>
      </label>
      <Button>{words.submit}</Button>
    </form>
  );
};

/** Renders one person, masked, and what the officer confirms; afterwards that it is done. */
export const CheckPersonPage = (props: CheckPersonPageProps): VNode => {
  const { context, maskedName, maskedNumber, level, isDone, error } = props;
  const words = textOf(context.language).counterCheck;
  const title = isDone ? words.doneTitle : words.oneTitle;
  return (
    <Layout context={context} title={title} wrong={error !== undefined}>
      {error !== undefined && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{title}</h1>
      {isDone && <p>{words.done}</p>}
      <dl>
        <Fact name={words.name} value={maskedName} />
        <Fact name={words.masked} value={maskedNumber} code />
        <Fact name={words.level} value={fill(words.levelOf, { level: String(level) })} />
      </dl>
      {!isDone && <CheckForm {...props} />}
      <WaysOn context={context} back={{ href: findPath, label: words.back }} />
    </Layout>
  );
};
