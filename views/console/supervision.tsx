import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import { type AgreementRow, healthText } from './agreements.tsx';
import { Fact, WaysOn } from './parts.tsx';
import { OutcomeList, TimeList } from './supervision-lists.tsx';
import { type AilingSite, AilingSites, type DeafSite, DeafSites } from './supervision-sites.tsx';

/** One figure, split over time. */
export interface ShownSeries {
  label: string;
  numbers: readonly number[];
  total: number;
  /** Where the events it was counted from are found. */
  auditHref: string;
}

/** Figures that belong together. */
export interface ShownGroup {
  name: keyof Text['supervision']['groups'];
  title: string;
  times: readonly string[];
  rows: readonly ShownSeries[];
}

/** What went well and what was refused, of one site or agreement. */
export interface Outcomes {
  href: string | null;
  name: string;
  done: number;
  refused: number;
  /** What else there is to say. */
  notes: readonly string[];
}

/** An agreement as it stands, with what went over it. */
export interface ShownAgreement extends Omit<Outcomes, 'notes'> {
  row: AgreementRow;
}

export interface SupervisionPageProps {
  context: PageContext;
  period: string;
  months: readonly string[];
  /** The month the report is offered for. */
  reportMonth: string;
  summary: { signIns: number; refusals: number; issued: number; used: number; papers: number };
  stars: { average: number; count: number } | null;
  groups: readonly ShownGroup[];
  sites: readonly Outcomes[];
  agreements: readonly ShownAgreement[];
  deaf: readonly DeafSite[];
  ailing: readonly AilingSite[];
  /** Whether this officer may look at the sites themselves. */
  mayReadSites: boolean;
  isSynthetic: boolean;
  /** Whether this officer may follow a figure into the audit chain. */
  maySearch: boolean;
}

/** Writes a month for people. */
export const monthText = (text: Text, month: string): string =>
  fill(text.supervision.month, { year: month.slice(0, 4), month: month.slice(5) });

/** Writes a period for people. */
export const periodText = (text: Text, period: string): string => {
  const { periods } = text.supervision;
  return Object.hasOwn(periods, period) ? periods[period as keyof typeof periods] : monthText(text, period);
};

const Period = ({
  text,
  period,
  months,
}: {
  text: Text;
  period: string;
  months: readonly string[];
}): VNode => {
  const words = text.supervision;
  const options = [...Object.keys(words.periods), ...months].map((value) => ({
    value,
    label: periodText(text, value),
  }));
  return (
    <form method="get" action="/console/supervision">
      <SelectField text={text} name="period" label={words.period} options={options} value={period} />
      <Button kind="secondary">{words.show}</Button>
    </form>
  );
};

const Summary = ({
  text,
  summary,
  stars,
}: Pick<SupervisionPageProps, 'summary' | 'stars'> & { text: Text }): VNode => {
  const words = text.supervision;
  const format = new Intl.NumberFormat(text.htmlLanguage);
  const { signIns, refusals, issued, used, papers } = summary;
  const rated =
    stars && fill(words.starsOf, { average: stars.average.toFixed(2), count: format.format(stars.count) });
  return (
    <dl>
      {Object.entries({ signIns, refusals, issued, used, papers }).map(([name, count]) => (
        <Fact key={name} name={words.totals[name as keyof typeof summary]} value={format.format(count)} />
      ))}
      <Fact name={words.totals.stars} value={rated ?? words.noStars} />
    </dl>
  );
};

const chartHref = (group: string, period: string, width: string): string =>
  `/console/supervision/chart?${new URLSearchParams({ of: group, period, width })}`;

const Group = ({
  text,
  group,
  period,
  maySearch,
}: {
  text: Text;
  group: ShownGroup;
  period: string;
  maySearch: boolean;
}): VNode => {
  const words = text.supervision;
  const said = fill(words.chart, { title: group.title, period: periodText(text, period) });
  return (
    <section class="apart" aria-labelledby={group.name}>
      <h2 id={group.name}>{group.title}</h2>
      {group.rows.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <>
          <picture>
            <source media="(max-width: 42em)" srcset={chartHref(group.name, period, 'narrow')} />
            <img width="100%" src={chartHref(group.name, period, 'wide')} alt={said} />
          </picture>
          <TimeList text={text} group={group} maySearch={maySearch} />
        </>
      )}
    </section>
  );
};

/** Renders how the instance runs, in figures, each with the way to the events it was counted from. */
export const SupervisionPage = (props: SupervisionPageProps): VNode => {
  const { context, period, months, reportMonth, summary, stars, groups, maySearch } = props;
  const { sites, agreements, deaf, isSynthetic } = props;
  const text = textOf(context.language);
  const words = text.supervision;
  const notedOf = ({ row, ...outcomes }: ShownAgreement): Outcomes => ({
    ...outcomes,
    notes: [text.recognition.states[row.state], healthText(context, row.health)],
  });
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      {isSynthetic && <Notice>{words.synthetic}</Notice>}
      <Period text={text} period={period} months={months} />
      <section class="apart" aria-labelledby="summary">
        <h2 id="summary">{words.summary}</h2>
        <Summary text={text} summary={summary} stars={stars} />
        <ActionLink href={`/console/supervision/report?month=${reportMonth}`} kind="secondary">
          {fill(words.report, { month: monthText(text, reportMonth) })}
        </ActionLink>
      </section>
      {groups.map((group) => (
        <Group key={group.name} text={text} group={group} period={period} maySearch={maySearch} />
      ))}
      <OutcomeList id="sites" title={words.sites} rows={sites} text={text} />
      <OutcomeList id="agreements" title={words.agreements} rows={agreements.map(notedOf)} text={text} />
      <AilingSites context={context} ailing={props.ailing} mayReadSites={props.mayReadSites} />
      <DeafSites context={context} deaf={deaf} />
      <WaysOn context={context} />
    </Layout>
  );
};
