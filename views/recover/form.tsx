import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { Puzzle, type ShownPuzzle } from '../parts/puzzle.tsx';
import { fill, textOf } from '../text/index.ts';

/** One field of a form of recovery. */
export interface RecoveryField {
  name: 'number' | 'code';
  label: string;
  hint: string;
  autocomplete: 'off' | 'one-time-code';
}

export interface RecoveryFormPageProps {
  context: PageContext;
  title: string;
  lead: string;
  /** Takes `csrf`, the fields, and `without=1` from the second button. */
  action: string;
  csrf: string;
  fields: readonly RecoveryField[];
  typed?: { number: string; code: string };
  /** A way on without the telephone. */
  without?: { label: string; hint: string };
  backHref: string;
  /** Stands in the form while something speaks against the try: it then takes `solution` too. */
  puzzle?: ShownPuzzle | null;
  error?: { field: 'number' | 'code'; text: string };
}

/** Renders the way to help that stands on every page of recovery. */
export const RecoveryHelp = ({ context, backHref }: { context: PageContext; backHref: string }): VNode => {
  const words = textOf(context.language).recovery;
  return (
    <div class="others">
      <p class="hint">{fill(words.help, { helpLine: context.helpLine })}</p>
      <ActionLink href={backHref} kind="secondary">
        {words.back}
      </ActionLink>
      <ActionLink href="/">{words.home}</ActionLink>
    </div>
  );
};

/** Renders a form of recovery: a number, a code, or both. */
export const RecoveryFormPage = (props: RecoveryFormPageProps): VNode => {
  const { context, title, lead, action, csrf, fields, typed, without, backHref, error, puzzle } = props;
  const text = textOf(context.language);
  return (
    <Layout context={context} title={title} wrong={error !== undefined} puzzling={Boolean(puzzle)}>
      <ErrorSummary text={text} errors={error === undefined ? [] : [error]} />
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
      <form method="post" action={action}>
        <Hidden values={{ csrf }} />
        {fields.map(({ name, ...field }) => (
          <Field
            key={name}
            {...field}
            text={text}
            name={name}
            value={typed?.[name]}
            error={error?.field === name ? error.text : undefined}
            maxLength={40}
            code
          />
        ))}
        {puzzle && <Puzzle puzzle={puzzle} text={text} />}
        <div class="stack">
          <Button>{text.recovery.next}</Button>
          {without && (
            <>
              <p class="hint">{without.hint}</p>
              <Button kind="secondary" name="without" value="1">
                {without.label}
              </Button>
            </>
          )}
        </div>
      </form>
      <RecoveryHelp context={context} backHref={backHref} />
    </Layout>
  );
};
