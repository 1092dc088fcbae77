import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import type { Clause } from './agreement-clauses.tsx';
import type { InputName } from './agreement-inputs.tsx';
import type { StateName } from './agreements.tsx';
import { WaysOn } from './parts.tsx';

/** A member as the list of its operator says. */
export interface MemberRow {
  name: string;
  region: string;
  state: StateName;
}

/** Renders who has joined a framework. */
export const Members = ({ members, text }: { members: readonly MemberRow[]; text: Text }): VNode => {
  const { frameworks: words, recognition } = text;
  return (
    <section class="apart" aria-labelledby="members">
      <h2 id="members">{words.members}</h2>
      <p class="hint">{words.membersLead}</p>
      {members.length === 0 && <p>{words.noMembers}</p>}
      {members.length > 0 && (
        <ul>
          {members.map(({ name, region, state }) => (
            <li key={region}>{fill(words.member, { name, region, state: recognition.states[state] })}</li>
          ))}
        </ul>
      )}
    </section>
  );
};

/** What a form of an accession asks for beside its clauses. */
export const accessionInputs = [
  'ownCreditCode',
  'validFrom',
  'validUntil',
  'reviewBy',
  'noticeDays',
  'legalBasis',
] as const satisfies readonly InputName[];

/** A clause of the framework, by the name that its inputs begin with. */
export interface OpenClause extends Pick<Clause, 'title' | 'lines'> {
  name: string;
  kind: 'signIn' | 'certificates';
}

export interface AccedePageProps {
  context: PageContext;
  /** The page of the framework; `/accede` below it takes the form. */
  href: string;
  csrf: string;
  /** The operator. */
  name: string;
  isPossible: boolean;
  clauses: readonly OpenClause[];
  typed: Readonly<Record<string, string>>;
  errors: FieldError[];
}

const Choice = ({
  name,
  label,
  typed,
}: {
  name: string;
  label: string;
  typed: AccedePageProps['typed'];
}): VNode => (
  <label class="choice">
    <input type="checkbox" name={name} value="yes" checked={typed[name] === 'yes'} />
    {label}
  </label>
);

const Reserve = (props: {
  text: Text;
  name: string;
  what: 'purposes' | 'claims' | 'fields';
  typed: AccedePageProps['typed'];
}): VNode => {
  const { text, name, what, typed } = props;
  const { label, hint } = text.frameworks[what];
  const field = `${name}_${what}`;
  return (
    <Field
      text={text}
      name={field}
      label={label}
      hint={hint}
      value={typed[field]}
      autocomplete="off"
      maxLength={2000}
    />
  );
};

const ClauseFields = ({ props, text }: { props: AccedePageProps; text: Text }): VNode => {
  const { clauses, typed } = props;
  const words = text.frameworks;
  return (
    <>
      {clauses.map(({ name, kind, title, lines }, i) => (
        <fieldset key={name}>
          <legend>{fill(words.rule, { n: String(i + 1), title })}</legend>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <Choice name={`${name}_offer`} label={words.offer} typed={typed} />
          <Choice name={`${name}_accept`} label={words.accept} typed={typed} />
          {kind === 'certificates' && (
            <>
              <p class="hint">{words.reserveLead}</p>
              <Reserve text={text} name={name} what="purposes" typed={typed} />
              <Reserve text={text} name={name} what="fields" typed={typed} />
            </>
          )}
        </fieldset>
      ))}
      {clauses.some(({ kind }) => kind === 'signIn') && (
        <fieldset>
          <legend>{words.signInReservations}</legend>
          <p class="hint">{words.reserveLead}</p>
          <Reserve text={text} name="signIn" what="purposes" typed={typed} />
          <Reserve text={text} name="signIn" what="claims" typed={typed} />
        </fieldset>
      )}
    </>
  );
};

const AccedeForm = ({ props, text }: { props: AccedePageProps; text: Text }): VNode => {
  const { href, csrf, typed, errors } = props;
  const { fields, draft } = text.recognition;
  return (
    <form method="post" action={`${href}/accede`}>
      <Hidden values={{ csrf }} />
      <fieldset id="basics">
        <legend>{text.frameworks.basics}</legend>
        {accessionInputs.map((name) => {
          const { label, hint } = fields[name];
          const isWrong = errors.some(({ field }) => field === name);
          return (
            <Field
              key={name}
              text={text}
              name={name}
              label={label}
              hint={hint}
              value={typed[name]}
              error={isWrong ? fill(draft.wrong.field, { label }) : undefined}
              autocomplete="off"
              maxLength={512}
            />
          );
        })}
      </fieldset>
      <ClauseFields props={props} text={text} />
      <Button>{text.frameworks.save}</Button>
    </form>
  );
};

/** Renders the form by which a region drafts its joining of a framework, with what each clause means. */
export const AccedePage = (props: AccedePageProps): VNode => {
  const { context, href, name, isPossible, errors } = props;
  const text = textOf(context.language);
  const words = text.frameworks;
  const title = fill(words.title, { name });
  return (
    <Layout context={context} title={title} wrong={errors.length > 0}>
      <ErrorSummary text={text} errors={errors} />
      <h1>{title}</h1>
      {isPossible ? (
        <>
          <p class="lead">{words.lead}</p>
          <p>{words.trust}</p>
          <p>{words.effect}</p>
          <AccedeForm props={props} text={text} />
        </>
      ) : (
        <Notice>
          <p>{words.notPossible}</p>
        </Notice>
      )}
      <WaysOn context={context} back={{ href, label: text.recognition.backToOne }} />
    </Layout>
  );
};
