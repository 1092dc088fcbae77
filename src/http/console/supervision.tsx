import type { Context } from 'koa';
import { SupervisionPage } from '../../../views/console/supervision.tsx';
import { textOf } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import { mayAct } from '../../staff/index.ts';
import { pageContext } from '../context.ts';
import { showPage } from '../page.ts';
import { nowOf } from './agreement-file.ts';
import type { ConsolePage } from './guard.ts';
import type { Section } from './section.ts';
import { drawChart } from './supervision-chart.ts';
import {
  type Figures,
  groupOf,
  readFigures,
  shownGroups,
  starsOf,
  sumOf,
  totalOf,
  typeNames,
} from './supervision-figures.ts';
import { monthOf, monthsUpTo, periodOf, readMonth } from './supervision-period.ts';
import { showReport } from './supervision-report.ts';
import { agreementsOf, ailingOf, deafOf, namesIn, sitesOf } from './supervision-standing.ts';

const summaryOf = (figures: Figures) => ({
  signIns: totalOf(figures, 'signIns'),
  refusals: totalOf(figures, 'refusals'),
  issued: totalOf(figures, 'certificates', 'issued'),
  used: totalOf(figures, 'certificates', 'used'),
  papers: totalOf(figures, 'papers'),
});

const allStars = ({ series }: Figures) =>
  starsOf([...(series.get('ratings') ?? [])].map(([stars, numbers]) => [Number(stars), sumOf(numbers)]));

/** Shows how the instance runs; every figure is a number, and nobody's data is read. */
const showSupervision: ConsolePage = async (ctx, deps, { officer }) => {
  const now = nowOf(deps);
  const { language } = pageContext(ctx, deps.settings);
  const figures = await readFigures(deps, periodOf(ctx.query['period'], now));
  const { name: period } = figures.period;
  const maySearch = mayAct(officer, 'audit.search', deps.regionCode);
  const nameOf = namesIn(deps, language);
  const [typeName, sites, agreements, deaf, ailing] = await Promise.all([
    typeNames(deps),
    sitesOf(figures, { nameOf, language, maySearch }),
    agreementsOf(deps, figures, maySearch),
    deafOf(deps, figures, nameOf),
    ailingOf(deps, nameOf),
  ]);
  const page = (context: ReturnType<typeof pageContext>) => (
    <SupervisionPage
      context={context}
      period={period}
      months={monthsUpTo(now)}
      reportMonth={readMonth(period, now) ?? monthOf(now)}
      summary={summaryOf(figures)}
      stars={allStars(figures)}
      groups={shownGroups.map((group) => groupOf(figures, group, language, typeName))}
      sites={sites}
      agreements={agreements}
      deaf={deaf}
      ailing={ailing}
      mayReadSites={mayAct(officer, 'sites.read', deps.regionCode)}
      isSynthetic={figures.isSynthetic}
      maySearch={maySearch}
    />
  );
  showPage(ctx, deps, page, `/console/supervision?period=${period}`);
};

/** Draws the chart of one group. Throws not-found for a group there is none of. */
const showChart: ConsolePage = async (ctx: Context, deps) => {
  const group = shownGroups.find((known) => known === ctx.query['of']);
  if (group === undefined) throw new AppError('not-found');
  const { language, size } = pageContext(ctx, deps.settings);
  const figures = await readFigures(deps, periodOf(ctx.query['period'], nowOf(deps)));
  ctx.type = 'image/svg+xml';
  ctx.body = await drawChart(groupOf(figures, group, language, await typeNames(deps)), {
    width: ctx.query['width'] === 'narrow' ? 'narrow' : 'wide',
    isLarge: size === 'large',
    rest: textOf(language).supervision.rest,
  });
};

/** The part of the console where officers see how the instance runs (运行监督). */
export const supervisionSection: Section = {
  name: 'supervision',
  path: '/supervision',
  permission: { act: 'supervision.read', within: 'instance' },
  routes: [
    { method: 'get', path: '/supervision', page: showSupervision },
    { method: 'get', path: '/supervision/chart', page: showChart },
    { method: 'get', path: '/supervision/report', page: showReport },
  ],
};
