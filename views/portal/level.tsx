import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { momentOf } from '../parts/moment.ts';
import { Notice } from '../parts/notice.tsx';
import { fill, textOf } from '../text/index.ts';

/** A step of a sign-in at a site that waits for a higher level. */
type Waiting = { step: string; site: string } | null;

export interface LevelPageProps {
  context: PageContext;
  csrf: string;
  level: 1 | 2 | 3 | 4;
  checks: readonly {
    method: 'phone' | 'population-match' | 'face' | 'net-id' | 'counter';
    at: Date;
    until: Date;
    isLapsed: boolean;
  }[];
  /** Name and number are confirmed. */
  isKnown: boolean;
  offers: { match: boolean; face: boolean };
  /** The form posts `csrf`, `name` and `number` to /my/level. */
  typed?: { name: string; number: string };
  waiting: Waiting;
  /** What brought the person here. */
  news: 'raised' | 'needed' | null;
  error?: { field: 'name' | 'number'; text: string };
}

const wordsOf = (context: PageContext) => textOf(context.language).registration;

const Checks = ({ context, checks }: LevelPageProps): VNode => {
  const words = wordsOf(context).level;
  return (
    <section aria-labelledby="checks">
      <h2 id="checks">{words.history}</h2>
      {checks.length === 0 ? (
        <p>{words.noHistory}</p>
      ) : (
        <ul class="items">
          {checks.map(({ method, at, until, isLapsed }) => (
            <li key={method}>
              <strong>{words.methods[method]}</strong>
              <span class="hint">
                {fill(isLapsed ? words.lapsed : words.row, {
                  date: momentOf(context.language, at),
                  until: momentOf(context.language, until),
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

const MatchForm = ({ context, csrf, typed, waiting, error }: LevelPageProps): VNode => {
  const text = textOf(context.language);
  const words = text.registration.level;
  const errorAt = (field: string) => (error?.field === field ? error.text : undefined);
  return (
    <form method="post" action="/my/level">
      <p>{words.matchText}</p>
      <Hidden values={{ csrf, ...waiting }} />
      <Field
        text={text}
        name="name"
        label={words.name}
        hint={words.nameHint}
        error={errorAt('name')}
        value={typed?.name}
        autocomplete="name"
      />
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
      <Button>{words.match}</Button>
    </form>
  );
};

const Raise = (props: LevelPageProps): VNode => {
  const { context, offers, isKnown, level, waiting } = props;
  const words = wordsOf(context).level;
  const notOffered = <p>{fill(words.notOffered, { helpLine: context.helpLine })}</p>;
  const query = waiting === null ? '' : `?${new URLSearchParams(waiting)}`;
  return (
    <>
      {level < 2 && (
        <section aria-labelledby="match">
          <h2 id="match">{words.matchTitle}</h2>
          {offers.match ? <MatchForm {...props} /> : notOffered}
        </section>
      )}
      {level < 3 && (
        <section class="apart" aria-labelledby="face">
          <h2 id="face">{words.faceTitle}</h2>
          <p>{words.faceText}</p>
          {!isKnown && <p>{words.faceFirst}</p>}
          {!offers.face && notOffered}
          {offers.face && isKnown && (
            <ActionLink href={`/my/level/face${query}`} kind="secondary">
              {words.face}
            </ActionLink>
          )}
        </section>
      )}
      {level < 3 && <p class="hint">{words.counter}</p>}
    </>
  );
};

const wayBackOf = (waiting: Waiting): string | undefined =>
  waiting === null
    ? undefined
    : `/interaction/${waiting.step}?${new URLSearchParams({ site: waiting.site })}`;

/** Renders the person's level, what it rests on, and the ways to raise it. */
export const LevelPage = (props: LevelPageProps): VNode => {
  const { context, level, waiting, news, error } = props;
  const text = textOf(context.language);
  const words = text.registration.level;
  return (
    <Layout context={context} title={words.title} wrong={error !== undefined}>
      <ErrorSummary text={text} errors={error === undefined ? [] : [error]} />
      {news !== null && (
        <Notice>
          <p>{words[news]}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p class="lead">
        {words.now}
        {context.language === 'zh' ? '：' : ': '}
        {text.portal.levels[level]}
      </p>
      <ActionLink href={wayBackOf(waiting)} kind="secondary">
        {words.back}
      </ActionLink>
      <p>{words.lead}</p>
      <Raise {...props} />
      <Checks {...props} />
      <ActionLink href="/my">{text.portal.backHome}</ActionLink>
    </Layout>
  );
};

/** Renders what a face check is and that it is the person's choice, before one begins. */
export const FacePage = ({
  context,
  csrf,
  waiting,
  error,
}: {
  context: PageContext;
  csrf: string;
  waiting: Waiting;
  error?: string;
}): VNode => {
  const words = wordsOf(context).face;
  return (
    <Layout context={context} title={words.title} wrong={error !== undefined}>
      {error !== undefined && (
        <Notice kind="error" title={words.failedTitle}>
          <p>{error}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p>{words.what}</p>
      <p>{words.choice}</p>
      <form method="post" action="/my/level/face">
        <Hidden values={{ csrf, ...waiting }} />
        <div class="stack">
          <Button>{error === undefined ? words.agree : words.retry}</Button>
          <ActionLink href="/my/level">{words.cancel}</ActionLink>
        </div>
      </form>
    </Layout>
  );
};

/** Renders the way to the authority's page, where the face is checked. */
export const FaceReadyPage = ({ context, href }: { context: PageContext; href: string }): VNode => {
  const words = wordsOf(context).face;
  return (
    <Layout context={context} title={words.readyTitle}>
      <h1>{words.readyTitle}</h1>
      <p class="lead">{words.ready}</p>
      <div class="stack">
        <ActionLink href={href} kind="secondary">
          {words.go}
        </ActionLink>
        <ActionLink href="/my/level">{words.cancel}</ActionLink>
      </div>
    </Layout>
  );
};
