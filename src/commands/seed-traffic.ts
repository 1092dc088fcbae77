import { demoTraffic, type TrafficPlan } from '../../config/demo/traffic.ts';
import { type Counted, type MeasureGroup, measureGroups } from '../audit/index.ts';
import type { Clock } from '../base/clock.ts';
import type { House } from '../house.ts';
import { shanghaiDateOf } from '../terms/calendar-date.ts';

const days = 30;
const dayMilliseconds = 86_400_000;
const offsetMilliseconds = 8 * 3_600_000;

const isGroup = (name: string): name is MeasureGroup => measureGroups.some((known) => known === name);

const countsOf = (span: string, plan: TrafficPlan): Counted[] =>
  demoTraffic(span, plan).flatMap(({ group, ...rest }) => (isGroup(group) ? [{ group, ...rest }] : []));

/** Adds the counts of today's hours up to those of its day, which is not over. */
const sumOf = (counts: readonly Counted[]): Counted[] => {
  const sums = new Map<string, Counted>();
  for (const one of counts) {
    const name = `${one.group} ${one.key}`;
    sums.set(name, { ...one, count: one.count + (sums.get(name)?.count ?? 0) });
  }
  return [...sums.values()];
};

/** Puts invented traffic of the last 30 days, and of today up to the last full hour, into the figures, marked as such. */
export async function seedTraffic(
  { audit }: Pick<House, 'audit'>,
  clock: Clock,
  plan: TrafficPlan,
): Promise<void> {
  const now = clock.now().getTime();
  const before = Array.from({ length: days - 1 }, (_, i) =>
    shanghaiDateOf(new Date(now - (i + 1) * dayMilliseconds)),
  );
  const today = shanghaiDateOf(clock.now());
  const hour = new Date(now + offsetMilliseconds).getUTCHours();
  const hours = Array.from({ length: hour }, (_, i) => {
    const span = `${today}T${String(i).padStart(2, '0')}`;
    return { span, counted: countsOf(span, plan) };
  });
  await audit.measures.putSynthetic([
    ...before.map((span) => ({ span, counted: countsOf(span, plan) })),
    ...hours,
    { span: today, counted: sumOf(hours.flatMap(({ counted }) => counted)) },
  ]);
}
