import type { VNode } from 'preact';
import type { PageContext } from '../layout.tsx';
import { fill, type Text, textOf } from '../text/index.ts';

/** How a site took what it was sent, of one kind. */
export interface ShownAnswers {
  call: keyof Text['siteHealth']['calls'];
  taken: number;
  slow: number;
  failed: number;
  meanMilliseconds: number | null;
}

/** How a site fares in some days. */
export interface ShownFigures {
  requests: number;
  refused: number;
  apiCalls: number;
  overQuota: number;
  causes: readonly { cause: keyof Text['doctor']['causes']; count: number }[];
  answers: readonly ShownAnswers[];
}

/** How a site fares, and its quota. */
export interface ShownHealth {
  perMinute: number;
  /** How many people gave it each number of stars. */
  ratings: Readonly<Record<1 | 2 | 3 | 4 | 5, number>>;
  today: ShownFigures;
  week: ShownFigures;
}

/** Writes which part of a site's requests was refused. */
export const rateText = ({ requests, refused }: ShownFigures): string =>
  requests === 0 ? '–' : `${((100 * refused) / requests).toFixed(1)}%`;

/** Says in one line how a site took the calls of one kind. */
export const answerText = (
  { siteHealth: words }: Text,
  { call, taken, slow, failed, meanMilliseconds }: ShownAnswers,
): string =>
  fill(words.answerLine, {
    call: words.calls[call],
    taken: String(taken),
    mean: meanMilliseconds === null ? words.noMean : String(meanMilliseconds),
    slow: String(slow),
    failed: String(failed),
  });

const starsText = ({ supervision: words }: Text, ratings: ShownHealth['ratings']): string => {
  const given = Object.entries(ratings).map(([stars, times]) => [Number(stars), times] as const);
  const count = given.reduce((sum, [, times]) => sum + times, 0);
  if (count === 0) return words.noStars;
  const average = given.reduce((sum, [stars, times]) => sum + stars * times, 0) / count;
  return fill(words.starsOf, { average: average.toFixed(2), count: String(count) });
};

const factsOf = (text: Text, { perMinute, ratings, today, week }: ShownHealth): [string, string][] => {
  const words = text.siteHealth;
  const inDays = (name: 'apiCalls' | 'overQuota'): [string, string] => [
    words[name],
    fill(words.daysLine, { today: String(today[name]), week: String(week[name]) }),
  ];
  const requests = fill(words.requestsLine, {
    today: String(today.requests),
    week: String(week.requests),
    refusedToday: String(today.refused),
    rateToday: rateText(today),
    refusedWeek: String(week.refused),
    rateWeek: rateText(week),
  });
  return [
    [words.quota, fill(words.quotaLine, { perMinute: String(perMinute) })],
    [words.requests, requests],
    ...(week.apiCalls > 0 ? [inDays('apiCalls')] : []),
    inDays('overQuota'),
    [text.supervision.totals.stars, starsText(text, ratings)],
  ];
};

/** Renders how a site fares: its requests against its quota, why some were refused, and how it answers. */
export const SiteHealthPart = ({
  context,
  health,
  id = 'health',
  title,
}: {
  context: PageContext;
  health: ShownHealth;
  id?: string;
  title?: string;
}): VNode => {
  const text = textOf(context.language);
  const words = text.siteHealth;
  const { causes, answers } = health.week;
  return (
    <section class="apart" aria-labelledby={id}>
      <h2 id={id}>{title ?? words.title}</h2>
      <p>{words.lead}</p>
      <dl>
        {factsOf(text, health).map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">{words.quotaHow}</p>
      {causes.length > 0 && (
        <>
          <h3>{words.causes}</h3>
          <ul class="items">
            {causes.map(({ cause, count }) => (
              <li key={cause}>
                <strong>
                  {fill(words.causeLine, { count: String(count), cause: text.doctor.causes[cause].what })}
                </strong>
                <span class="hint">{text.doctor.causes[cause].fix}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{words.answers}</h3>
      {answers.length === 0 ? (
        <p>{words.answersNone}</p>
      ) : (
        <ul class="items">
          {answers.map((one) => (
            <li key={one.call}>{answerText(text, one)}</li>
          ))}
        </ul>
      )}
    </section>
  );
};
