import type { ShownGroup } from '../../../views/console/supervision.tsx';
import { wordOf } from '../../../views/console/words.ts';
import { fill, type Language, textOf } from '../../../views/text/index.ts';
import type { CountedSpan, MeasureGroup } from '../../audit/index.ts';
import type { ConsoleDeps } from './deps.ts';
import { type Period, shortSpan } from './supervision-period.ts';

/** The groups that are shown over time, in their order; sites and agreements are lists of their own. */
export const shownGroups = [
  'signIns',
  'origins',
  'levels',
  'channels',
  'refusals',
  'certificates',
  'papers',
  'ratings',
] as const satisfies readonly MeasureGroup[];
export type GroupName = (typeof shownGroups)[number];

/** The figures of a period: of each group and key, one number an hour or day. */
export interface Figures {
  period: Period;
  series: ReadonlyMap<MeasureGroup, ReadonlyMap<string, readonly number[]>>;
  isSynthetic: boolean;
}

/** Adds numbers up. */
export const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

/** Reads the figures of a period. */
export async function readFigures({ audit }: Pick<ConsoleDeps, 'audit'>, period: Period): Promise<Figures> {
  const spans = await audit.measures.readSpans(period.spans);
  return {
    period,
    series: seriesOf(spans),
    isSynthetic: spans.some(({ isSynthetic }) => isSynthetic),
  };
}

const seriesOf = (spans: readonly CountedSpan[]): Figures['series'] => {
  const series = new Map<MeasureGroup, Map<string, number[]>>();
  for (const [at, { counted }] of spans.entries())
    for (const { group, key, count } of counted) {
      const keys = series.get(group) ?? new Map<string, number[]>();
      const numbers = keys.get(key) ?? spans.map(() => 0);
      numbers[at] = (numbers[at] ?? 0) + count;
      series.set(group, keys.set(key, numbers));
    }
  return series;
};

/** Counts everything of a group, or of one key in it. */
export const totalOf = ({ series }: Figures, group: MeasureGroup, key?: string): number =>
  [...(series.get(group) ?? [])].reduce(
    (sum, [name, numbers]) => (key === undefined || name === key ? sum + sumOf(numbers) : sum),
    0,
  );

/** How often something was rated, and how well on average. */
export interface Stars {
  average: number;
  count: number;
}

/** Adds ratings up, by how many stars each gave; null when there are none. */
export function starsOf(given: readonly (readonly [stars: number, times: number])[]): Stars | null {
  const count = sumOf(given.map(([, times]) => times));
  return count === 0 ? null : { average: sumOf(given.map(([stars, times]) => stars * times)) / count, count };
}

/** Finds what types of certificates are called, by their codes. */
export async function typeNames({
  directory,
}: Pick<ConsoleDeps, 'directory'>): Promise<(code: string, language: Language) => string> {
  const types = await directory.catalogue.listTypes();
  const known = new Map(types.map(({ code, name }) => [String(code), name]));
  return (code, language) => known.get(code)?.[language] ?? code;
}

type TypeName = Awaited<ReturnType<typeof typeNames>>;

const refusalLabel = (key: string, causes: Record<string, string>): string => {
  const [type = '', code = ''] = key.split(' ');
  return fill(wordOf(causes, type), { code });
};

/** Says in words what a key of a group is. */
const labelOf = (group: GroupName, key: string, language: Language, typeName: TypeName): string => {
  const text = textOf(language);
  const words = text.supervision;
  if (key === '-') return words.noName;
  switch (group) {
    case 'signIns':
      return wordOf(words.methods, key);
    case 'origins':
      return wordOf(words.origins, key);
    case 'channels':
      return wordOf(words.channels, key);
    case 'certificates':
      return wordOf(words.acts, key);
    case 'levels':
      return fill(words.level, { level: key.split(':').at(-1) ?? key });
    case 'refusals':
      return refusalLabel(key, words.causes);
    case 'papers':
      return typeName(key, language);
    case 'ratings':
      return fill(words.stars, { stars: key });
  }
};

const eventTypes: Readonly<Record<Exclude<GroupName, 'refusals' | 'certificates'>, string>> = {
  signIns: 'account.signed-in',
  origins: 'account.signed-in',
  levels: 'session.started',
  channels: 'session.started',
  papers: 'access.recorded',
  ratings: 'rating.given',
};

/** Names the events that a figure was counted from. */
const eventTypeOf = (group: GroupName, key: string): string => {
  if (group === 'refusals') return key.split(' ')[0] ?? key;
  if (group === 'certificates') return key === 'used' ? 'access.recorded' : `certificate.${key}`;
  return eventTypes[group];
};

/** Leads to the search of the audit chain with what is looked for filled in. */
export const auditHref = ({ from, to }: Period, search: Record<string, string>): string =>
  `/console/audit?${new URLSearchParams({ ...search, from, to })}`;

/** Arranges a group as it is shown: the largest first, but levels and stars in their own order. */
export function groupOf(
  figures: Figures,
  group: GroupName,
  language: Language,
  typeName: TypeName,
): ShownGroup {
  const { period, series } = figures;
  const rows = [...(series.get(group) ?? [])].map(([key, numbers]) => ({
    key,
    label: labelOf(group, key, language, typeName),
    numbers,
    total: sumOf(numbers),
    auditHref: auditHref(period, { type: eventTypeOf(group, key) }),
  }));
  const isOrdered = group === 'levels' || group === 'ratings';
  rows.sort((one, other) => (isOrdered ? one.key.localeCompare(other.key) : other.total - one.total));
  return {
    name: group,
    title: textOf(language).supervision.groups[group],
    times: period.spans.map(shortSpan),
    rows,
  };
}
