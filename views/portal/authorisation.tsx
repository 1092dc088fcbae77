import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { momentOf } from '../parts/moment.ts';
import { languageMark } from '../parts/name.ts';
import { Notice } from '../parts/notice.tsx';
import { fill, type Text, textOf } from '../text/index.ts';

type Words = Text['portal']['authorisations'];

/** What is asked for or allowed of one type of certificate, in words. */
export interface ShownCover {
  typeName: string;
  /** The one certificate it is about; null for any of the type. */
  identifier: string | null;
  /** `input` is the name of the tick box. */
  fields: readonly { input: string; label: string; ticked: boolean }[];
}

export interface AuthorisationPageProps {
  context: PageContext;
  csrf: string;
  /** Its own address, where the answer goes. */
  path: string;
  requester: string;
  item: string;
  department: string;
  purpose: string;
  covers: readonly ShownCover[];
  state: keyof Words['states'];
  answerBy: Date;
  /** Until when it holds, or would if it were agreed to now. */
  usableUntil: Date | null;
  answeredAt: Date | null;
  withdrawnAt: Date | null;
  needsMatchCode: boolean;
  /** What became of an answer that was not taken. */
  refusal?: string;
  /** The same, when it is about the match code. */
  codeError?: string;
}

const titleOf = (words: Words, requester: string): string => fill(words.one.ask, { requester });

const Terms = ({ props, words }: { props: AuthorisationPageProps; words: Words }): VNode => {
  const { context, state, usableUntil, answeredAt, withdrawnAt } = props;
  const { one } = words;
  const when = (at: Date | null): string | null => (at === null ? null : momentOf(context.language, at));
  const until = when(usableUntil);
  const isPending = state === 'pending';
  const rows: [string, string | null][] = [
    [one.state, words.states[state]],
    [one.requester, props.requester],
    [one.item, fill(one.itemOf, { item: props.item, department: props.department })],
    [one.purpose, props.purpose],
    [one.until, isPending && until !== null ? fill(one.untilIfNow, { date: until }) : until],
    [one.answerBy, isPending ? when(props.answerBy) : null],
    [one.answered, when(answeredAt)],
    [one.withdrawnAt, when(withdrawnAt)],
  ];
  return (
    <dl>
      {rows.map(([term, value]) =>
        value === null ? null : (
          <div key={term}>
            <dt>{term}</dt>
            <dd lang={languageMark(context.language, value)}>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
};

const coverText = (words: Words, { identifier }: ShownCover): string =>
  identifier === null ? words.one.anyOf : fill(words.one.single, { identifier });

const Choice = ({ cover, words }: { cover: ShownCover; words: Words }): VNode => (
  <fieldset>
    <legend>{cover.typeName}</legend>
    <p class="hint">{coverText(words, cover)}</p>
    {cover.fields.map(({ input, label, ticked }) => (
      <label class="choice" key={input}>
        <input type="checkbox" name={input} value="yes" checked={ticked} />
        <span>{label}</span>
      </label>
    ))}
  </fieldset>
);

const Answer = ({ props, words }: { props: AuthorisationPageProps; words: Words }): VNode => {
  const { context, csrf, path, covers, needsMatchCode, codeError } = props;
  const { one } = words;
  return (
    <form method="post" action={path}>
      <Hidden values={{ csrf }} />
      <h2>{one.asked}</h2>
      <p>{one.narrow}</p>
      {covers.map((cover) => (
        <Choice key={cover.fields[0]?.input} cover={cover} words={words} />
      ))}
      <h2>{one.ifRefused}</h2>
      <p>{one.ifRefusedText}</p>
      <p class="hint">{one.whileStanding}</p>
      {needsMatchCode && (
        <Field
          text={textOf(context.language)}
          name="matchCode"
          label={one.matchCode}
          hint={one.matchCodeHint}
          error={codeError}
          autocomplete="off"
          maxLength={8}
          code
        />
      )}
      <div class="pair">
        <Button name="decision" value="agree">
          {one.agree}
        </Button>
        <Button name="decision" value="refuse">
          {one.refuse}
        </Button>
      </div>
    </form>
  );
};

const Given = ({ props, words }: { props: AuthorisationPageProps; words: Words }): VNode => (
  <>
    <h2>{props.answeredAt === null || props.state === 'refused' ? words.one.asked : words.one.allowed}</h2>
    {props.covers.map((cover) => (
      <section key={cover.fields[0]?.input}>
        <strong>{cover.typeName}</strong>
        <p class="hint">{coverText(words, cover)}</p>
        <ul>
          {cover.fields.map(({ input, label }) => (
            <li key={input}>{label}</li>
          ))}
        </ul>
      </section>
    ))}
    {props.state === 'approved' && (
      <>
        <p class="hint">{words.one.whileStanding}</p>
        <ActionLink href={`${props.path}/withdraw`} kind="secondary">
          {words.one.withdraw}
        </ActionLink>
      </>
    )}
  </>
);

/** Renders one use authorisation: who asks, what for, what and until when; to refuse stands as large as to agree. */
export const AuthorisationPage = (props: AuthorisationPageProps): VNode => {
  const { context, requester, state, refusal, codeError } = props;
  const words = textOf(context.language).portal.authorisations;
  const title = titleOf(words, requester);
  return (
    <Layout context={context} title={title} wrong={Boolean(refusal ?? codeError)}>
      {refusal && (
        <Notice kind="error">
          <p>{refusal}</p>
        </Notice>
      )}
      <h1>{title}</h1>
      <Terms props={props} words={words} />
      {state === 'pending' ? <Answer props={props} words={words} /> : <Given props={props} words={words} />}
      <ActionLink href="/my/authorisations">{words.one.back}</ActionLink>
    </Layout>
  );
};

/** Renders the one question before an authorisation is withdrawn: what that means, and what it cannot undo. */
export const WithdrawPage = ({
  context,
  csrf,
  path,
  requester,
}: Pick<AuthorisationPageProps, 'context' | 'csrf' | 'path' | 'requester'>): VNode => {
  const { withdrawing } = textOf(context.language).portal.authorisations;
  return (
    <Layout context={context} title={withdrawing.title}>
      <h1>{withdrawing.title}</h1>
      <p>{fill(withdrawing.text, { requester })}</p>
      <form method="post" action={`${path}/withdraw`}>
        <Hidden values={{ csrf }} />
        <div class="stack">
          <Button kind="danger">{withdrawing.confirm}</Button>
          <ActionLink href={path}>{withdrawing.cancel}</ActionLink>
        </div>
      </form>
    </Layout>
  );
};
