import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { Puzzle, type ShownPuzzle } from '../parts/puzzle.tsx';
import { fill, textOf } from '../text/index.ts';
import { AbortForm } from './abort-form.tsx';

interface FormProps {
  context: PageContext;
  action: string;
  csrf: string;
  abortAction: string;
  signInHref: string;
}

export interface PhonePageProps extends FormProps {
  /** The form takes `csrf` and `phone`. */
  typed: string;
  error?: string;
  /** Stands in the form while something speaks against where the try comes from: it then takes `solution` too. */
  puzzle?: ShownPuzzle | null;
}

/** Renders the form that asks for a code by telephone: to sign in, or to register. */
export const PhonePage = (props: PhonePageProps): VNode => {
  const { context, action, csrf, abortAction, signInHref, typed, error, puzzle } = props;
  const text = textOf(context.language);
  const words = text.registration.phone;
  const isWrong = error !== undefined;
  return (
    <Layout context={context} title={words.title} wrong={isWrong} siteAbove puzzling={Boolean(puzzle)}>
      <ErrorSummary text={text} errors={error === undefined ? [] : [{ field: 'phone', text: error }]} />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <form method="post" action={action}>
        <Hidden values={{ csrf }} />
        <Field
          text={text}
          name="phone"
          label={words.phone}
          hint={words.phoneHint}
          error={error}
          value={typed}
          autocomplete="tel-national"
        />
        {puzzle && <Puzzle puzzle={puzzle} text={text} />}
        <p class="hint">{words.agree}</p>
        <Button>{words.send}</Button>
      </form>
      <div class="others">
        <ActionLink href={signInHref} kind="secondary">
          {words.otherWay}
        </ActionLink>
        <AbortForm context={context} action={abortAction} csrf={csrf} />
      </div>
    </Layout>
  );
};

export interface CodePageProps extends FormProps {
  /** The telephone the code went to, masked; null when none is waited for. */
  maskedPhone: string | null;
  phoneHref: string;
  /** The number of a known person's account is asked for too: the form takes `code`, and `number` or `without=1`. */
  asksNumber?: boolean;
  typed?: { code: string; number: string };
  error?: { field: 'code' | 'number'; text: string };
}

const CodeForm = (props: CodePageProps): VNode => {
  const { context, action, csrf, maskedPhone, asksNumber = false, typed, error } = props;
  const text = textOf(context.language);
  const words = text.registration.code;
  const errorAt = (field: string) => (error?.field === field ? error.text : undefined);
  return (
    <form method="post" action={action}>
      <p class="lead">{fill(words.lead, { phone: maskedPhone ?? '' })}</p>
      <Hidden values={{ csrf }} />
      <Field
        text={text}
        name="code"
        label={words.code}
        hint={words.codeHint}
        error={errorAt('code')}
        value={typed?.code}
        autocomplete="one-time-code"
        maxLength={12}
        code
      />
      {asksNumber && (
        <Field
          text={text}
          name="number"
          label={words.number}
          hint={words.numberHint}
          error={errorAt('number')}
          value={typed?.number}
          autocomplete="off"
          code
        />
      )}
      <div class="stack">
        <Button>{words.button}</Button>
        {asksNumber && (
          <Button kind="secondary" name="without" value="1">
            {words.without}
          </Button>
        )}
      </div>
    </form>
  );
};

/** Renders the form for the code; without one that is waited for it leads back to ask for another. */
export const CodePage = (props: CodePageProps): VNode => {
  const { context, csrf, abortAction, maskedPhone, phoneHref, error } = props;
  const text = textOf(context.language);
  const words = text.registration.code;
  const title = maskedPhone === null ? words.noneTitle : words.title;
  return (
    <Layout context={context} title={title} wrong={error !== undefined} siteAbove>
      {maskedPhone !== null && error !== undefined && <ErrorSummary text={text} errors={[error]} />}
      <h1>{title}</h1>
      {maskedPhone === null ? <p class="lead">{error?.text ?? words.none}</p> : <CodeForm {...props} />}
      <div class="others">
        <ActionLink href={phoneHref} kind="secondary">
          {words.again}
        </ActionLink>
        <AbortForm context={context} action={abortAction} csrf={csrf} />
      </div>
    </Layout>
  );
};
