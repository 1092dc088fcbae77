import type { VNode } from 'preact';
import { fill, type Text } from '../text/index.ts';
import type { Outcomes, ShownGroup } from './supervision.tsx';

/** Renders the totals of a group, and all of its numbers by time behind them. */
export const TimeList = ({
  text,
  group: { rows, times },
  maySearch,
}: {
  text: Text;
  group: ShownGroup;
  maySearch: boolean;
}): VNode => {
  const words = text.supervision;
  const format = new Intl.NumberFormat(text.htmlLanguage);
  return (
    <>
      <ul class="items">
        {rows.map(({ label, total, auditHref }) => (
          <li key={label}>
            {maySearch ? (
              <a class="target" href={auditHref} aria-label={fill(words.audit, { label })}>
                {label}
              </a>
            ) : (
              <span>{label}</span>
            )}
            <span>{format.format(total)}</span>
          </li>
        ))}
      </ul>
      <details>
        <summary>
          <span class="target">{words.byTime}</span>
        </summary>
        <ul class="items">
          {times.map((time, at) => (
            <li key={time}>
              <strong>{time}</strong>
              <span class="hint">
                {rows
                  .flatMap(({ label, numbers }) =>
                    numbers[at] ? [`${label} ${format.format(numbers[at])}`] : [],
                  )
                  .join(' · ') || '0'}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
};

const shareOf = ({ done, refused }: Outcomes): string =>
  done + refused === 0 ? '–' : `${((100 * refused) / (done + refused)).toFixed(1)}%`;

/** Renders what went well and what was refused, of sites or agreements. */
export const OutcomeList = ({
  id,
  title,
  rows,
  text,
}: {
  id: string;
  title: string;
  rows: readonly Outcomes[];
  text: Text;
}): VNode => {
  const words = text.supervision;
  const format = new Intl.NumberFormat(text.htmlLanguage);
  const saidOf = (row: Outcomes): string =>
    [
      `${words.done} ${format.format(row.done)}`,
      `${words.refused} ${format.format(row.refused)}`,
      `${words.share} ${shareOf(row)}`,
    ].join(' · ');
  return (
    <section class="apart" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {rows.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <ul class="items">
          {rows.map((row) => (
            <li key={row.name}>
              {row.href === null ? (
                <strong>{row.name}</strong>
              ) : (
                <a class="target" href={row.href}>
                  {row.name}
                </a>
              )}
              {row.notes.map((note) => (
                <span key={note}>{note}</span>
              ))}
              <span class="hint">{saidOf(row)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};
