import type { ShownGroup, ShownSeries } from '../../../views/console/supervision.tsx';

/** How a chart is drawn: for a phone or a wider page, in usual or large type. */
export interface ChartLook {
  width: 'narrow' | 'wide';
  isLarge: boolean;
  /** What stands for the series that have no colour of their own. */
  rest: string;
}

const widths = { narrow: 320, wide: 560 } as const;
const plotHeight = 200;
const mostSeries = 6;
/** Told apart by those who see few colours too (Okabe and Ito’s, from memory); a list beside says the same. */
const colours = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#7a7a7a'];
const ink = '#17212c';
const line = '#c3ccd6';

/** Keeps the largest series apart and adds the others up. */
const fewSeries = (
  rows: readonly ShownSeries[],
  rest: string,
): { label: string; numbers: readonly number[] }[] => {
  if (rows.length <= mostSeries) return [...rows];
  const bySize = [...rows].sort((one, other) => other.total - one.total);
  const others = bySize.slice(mostSeries - 1);
  const numbers = (others[0]?.numbers ?? []).map((_, at) =>
    others.reduce((sum, { numbers: of }) => sum + (of[at] ?? 0), 0),
  );
  return [...bySize.slice(0, mostSeries - 1), { label: rest, numbers }];
};

/** Loaded when the first chart is drawn: most processes draw none, and it takes a while. */
const loadLibrary = async () => {
  const [{ init, use }, { BarChart }, { GridComponent, LegendComponent }, { SVGRenderer }] =
    await Promise.all([
      import('echarts/core'),
      import('echarts/charts'),
      import('echarts/components'),
      import('echarts/renderers'),
    ]);
  use([BarChart, GridComponent, LegendComponent, SVGRenderer]);
  return init;
};
let library: ReturnType<typeof loadLibrary> | undefined;

/** Draws a group over time as an SVG picture without styles of its own, so that it stands under the policy of the pages. */
export async function drawChart({ rows, times }: ShownGroup, look: ChartLook): Promise<string> {
  library ??= loadLibrary();
  const init = await library;
  const fontSize = look.isLarge ? 18 : 13;
  const width = widths[look.width];
  const series = fewSeries(rows, look.rest);
  // As wide as its longest words: each line of the legend holds a few.
  const letters = Math.max(...series.map(({ label }) => lettersOf(label)));
  const inLine = Math.max(1, Math.floor(width / (letters * fontSize + 3.5 * fontSize)));
  const legendHeight = Math.ceil(series.length / inLine) * fontSize * 2;
  const chart = init(null, null, {
    renderer: 'svg',
    ssr: true,
    width,
    height: plotHeight + legendHeight + 1.5 * fontSize,
  });
  const text = { color: ink, fontSize };
  chart.setOption({
    animation: false,
    backgroundColor: '#fff',
    color: colours,
    textStyle: { fontFamily: 'sans-serif' },
    grid: { left: 4, right: 12, top: 16, bottom: legendHeight + 1.5 * fontSize },
    legend: {
      bottom: 0,
      selectedMode: false,
      textStyle: text,
      itemWidth: fontSize,
      itemHeight: fontSize,
      itemGap: fontSize,
    },
    xAxis: {
      type: 'category',
      data: [...times],
      axisLabel: { ...text, hideOverlap: true },
      axisTick: { show: false },
    },
    yAxis: { type: 'value', minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: line } } },
    series: series.map(({ label, numbers }) => ({
      type: 'bar',
      stack: 'all',
      name: label,
      data: [...numbers],
      emphasis: { disabled: true },
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return withoutStyles(svg);
}

/** A Chinese character is as wide as its size, any other about half. */
const lettersOf = (label: string): number =>
  [...label].reduce((sum, letter) => sum + (letter > '⺀' ? 1 : 0.56), 0);

/** Turns the styles the library writes into attributes, and leaves out what a pointer would do. */
const withoutStyles = (svg: string): string =>
  svg.replace(/<style[^>]*>.*?<\/style>/gs, '').replace(/ style="([^"]*)"/g, (_whole, style: string) =>
    style
      .split(';')
      .flatMap((rule) => {
        const [name = '', value] = rule.split(':');
        return value === undefined ? [] : [` ${name.trim()}="${value.trim()}"`];
      })
      .join(''),
  );
