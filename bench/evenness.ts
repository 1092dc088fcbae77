/**
 * `npm run bench:evenness`: whether the time of an answer tells if an account exists. Each way by which a stranger can
 * name an account is tried so many times for one that exists and for one that does not, by turns, at the domain itself:
 * no network or page blurs what is looked for. It owns the comparison and its verdict; it ends with status 1 when a way
 * is not even.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type EvenHouse, openEvenHouse } from './even-house.ts';
import { type EvenWay, evenWays } from './even-ways.ts';
import { medianOf, rankTest } from './rank-test.ts';

const { values: options } = parseArgs({
  options: { tries: { type: 'string', default: '1000' }, only: { type: 'string', default: '' } },
});
const tries = Number(options.tries);
if (!Number.isInteger(tries) || tries < 20) throw new Error('--tries takes a whole number of 20 or more');

/** What chance does more seldom than this, and is more than so many milliseconds, is a difference. */
const [seldom, leastMilliseconds] = [0.001, 0.05];

const measure = async (house: EvenHouse, way: EvenWay): Promise<{ known: number[]; unknown: number[] }> => {
  const times = { known: [] as number[], unknown: [] as number[] };
  const warmUps = 20;
  for (let i = -warmUps; i < tries; i += 1) {
    // Who goes first changes, so that what one leaves behind burdens both alike.
    const order = i % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const);
    for (const which of order) {
      const act = await way.prepare(house, which, i + warmUps);
      const began = performance.now();
      await act();
      if (i >= 0) times[which].push(performance.now() - began);
      await house.rest();
    }
  }
  return times;
};

const describe = (name: string, known: number[], unknown: number[]): boolean => {
  const [a, b] = [medianOf(known), medianOf(unknown)];
  const { z, p } = rankTest(known, unknown);
  const isEven = p >= seldom || Math.abs(a - b) < leastMilliseconds;
  console.log(
    `${name.padEnd(26)} known ${a.toFixed(3)} ms, unknown ${b.toFixed(3)} ms, difference ${(a - b).toFixed(3)} ms ` +
      `(${(((a - b) / b) * 100).toFixed(1)} %), z ${z.toFixed(2)}, p ${p.toPrecision(2)}: ${isEven ? 'even' : 'NOT EVEN'}`,
  );
  return isEven;
};

const folder = await mkdtemp(join(tmpdir(), 'yihao-evenness-'));
const house = await openEvenHouse(folder);
try {
  console.log(`${tries} tries each, by turns; median times`);
  for (const way of evenWays.filter(({ name }) => name.includes(options.only))) {
    const { known, unknown } = await measure(house, way);
    if (!describe(way.name, known, unknown)) process.exitCode = 1;
  }
} finally {
  await house.close();
  await rm(folder, { recursive: true, force: true });
}
