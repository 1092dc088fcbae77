/**
 * `npm run bench:regions`: what sign-in and verification across two regions cost at each of them, beside the same act
 * within one region, in one run; what making agreements costs; and how long a suspension takes to be felt. Owns the order
 * of the rounds; the regions run in processes of their own, this one is the browser, the site and the department.
 */
import { parseArgs } from 'node:util';
import { demoPeople } from '../config/demo/people.ts';
import { establish, type RegionPair, startPair } from './region-pair.ts';
import { quantile } from './report.ts';
import type { Subject } from './subject.ts';

const { values: options } = parseArgs({
  options: {
    signIns: { type: 'string', default: '40' },
    questions: { type: 'string', default: '100' },
    agreements: { type: 'string', default: '100' },
    tries: { type: 'string', default: '200' },
    lanes: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
  },
});
if (!['', 'suspension'].includes(options.only)) throw new Error('--only takes suspension');
const amountOf = (name: keyof typeof options): number => {
  const amount = Number(options[name]);
  if (!Number.isInteger(amount) || amount < 1) throw new Error(`--${name} takes a whole number of 1 or more`);
  return amount;
};
const [signIns, questions, agreements] = [amountOf('signIns'), amountOf('questions'), amountOf('agreements')];
const [tries, lanes] = [amountOf('tries'), amountOf('lanes')];
const roundsEach = 2;

interface Round {
  /** At the region of the site, and at the home region. */
  cpu: { a: number; b: number };
  wall: number[];
}

const cpuOf = async ({ a, b }: { a: Subject; b: Subject }) => ({
  a: await a.cpuMilliseconds(),
  b: await b.cpuMilliseconds(),
});

const run = async (
  pair: RegionPair,
  repeats: number,
  act: (index: number) => Promise<unknown>,
): Promise<Round> => {
  const wall: number[] = [];
  const before = await cpuOf(pair);
  for (let index = 0; index < repeats; index += 1) {
    const startedAt = performance.now();
    await act(index);
    wall.push(performance.now() - startedAt);
  }
  const after = await cpuOf(pair);
  return { cpu: { a: (after.a - before.a) / repeats, b: (after.b - before.b) / repeats }, wall };
};

const mean = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0) / values.length;

const describe = (name: string, rounds: readonly Round[]): { cpu: number; p95: number } => {
  const [a, b] = [mean(rounds.map(({ cpu }) => cpu.a)), mean(rounds.map(({ cpu }) => cpu.b))];
  const wall = rounds.flatMap((round) => round.wall);
  const p95 = quantile(wall, 0.95);
  const by = rounds.map(({ cpu }) => (cpu.a + cpu.b).toFixed(1)).join('/');
  console.log(
    `${name.padEnd(28)} CPU ms: A ${a.toFixed(2)}, B ${b.toFixed(2)}, both ${(a + b).toFixed(2)} (${by}); p50 ${quantile(wall, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`,
  );
  return { cpu: a + b, p95 };
};

/** Measures an act within the first region and across both, in turns. */
async function compare(
  pair: RegionPair,
  name: string,
  { repeats, here, across }: Record<'here' | 'across', (i: number) => Promise<unknown>> & { repeats: number },
): Promise<void> {
  for (const act of [here, across]) await run(pair, Math.max(repeats, 10), act);
  const rounds: { here: Round[]; across: Round[] } = { here: [], across: [] };
  for (let round = 0; round < roundsEach; round += 1) {
    rounds.here.push(await run(pair, repeats, here));
    rounds.across.push(await run(pair, repeats, across));
  }
  const one = describe(`${name} within one region`, rounds.here);
  const two = describe(`${name} across regions`, rounds.across);
  console.log(
    `  across / within: CPU ${(two.cpu / one.cpu).toFixed(2)}, p95 ${(two.p95 / one.p95).toFixed(2)}\n`,
  );
}

const numberOf = (index: number): string => demoPeople[index % demoPeople.length]?.number ?? '';

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
const pollMilliseconds = 40;

/** Waits until a token is as it should be; returns how long that took. */
const felt = async (isSo: () => Promise<boolean>): Promise<number> => {
  const startedAt = performance.now();
  for (;;) {
    if (await isSo()) return performance.now() - startedAt;
    if (performance.now() - startedAt > 30_000) throw new Error('it was never felt');
    await pause(pollMilliseconds);
  }
};

/** Suspends and resumes at the home region; a token that a site of the other holds dies and lives again. */
async function suspensions({ b, sites }: RegionPair): Promise<void> {
  const closed: number[] = [];
  const opened: number[] = [];
  const perLane = Math.ceil(tries / lanes);
  const lane = async ({ visitor, place }: RegionPair['sites'][number], number: string): Promise<void> => {
    const token = await visitor.signInAcross(number);
    for (let i = 0; i < perLane; i += 1) {
      // So that the tries do not follow the second of the loops.
      await pause((i * 377 + lanes * 131) % 1000);
      await b.act('suspend', { place });
      closed.push(await felt(async () => !(await visitor.isActive(token))));
      await b.act('resume', { place });
      opened.push(await felt(() => visitor.isActive(token)));
    }
  };
  await Promise.all(sites.map((site, i) => lane(site, numberOf(i))));
  const line = (name: string, all: readonly number[]): string =>
    `${name}: ${all.length} times, p50 ${quantile(all, 0.5).toFixed(0)} ms, p95 ${quantile(all, 0.95).toFixed(0)} ms, p99 ${quantile(all, 0.99).toFixed(0)} ms, most ${Math.max(...all).toFixed(0)} ms`;
  console.log(line('suspended at B, until A gives nothing for the token', closed));
  console.log(`${line('resumed at B, until A does again', opened)}\n`);
}

async function establishment(pair: RegionPair): Promise<void> {
  const contents = Array.from({ length: agreements }, (_, i) => pair.contentFor(`Q${i}`));
  const before = await cpuOf(pair);
  const { wallMilliseconds } = await establish(pair, contents);
  const after = await cpuOf(pair);
  const [a, b] = [(after.a - before.a) / agreements, (after.b - before.b) / agreements];
  console.log(
    `${agreements} agreements: ${(wallMilliseconds / 1000).toFixed(1)} s, ${(wallMilliseconds / agreements).toFixed(0)} ms each; CPU ms each: A ${a.toFixed(1)}, B ${b.toFixed(1)}`,
  );
}

/** Measures what a sign-in and a question cost within one region and across both. */
async function comparisons(pair: RegionPair): Promise<void> {
  const [site] = pair.sites;
  if (site === undefined) throw new Error('there is no site');
  await compare(pair, 'sign-in', {
    repeats: signIns,
    here: (i) => site.visitor.signInHere(numberOf(i)),
    across: (i) => site.visitor.signInAcross(numberOf(i)),
  });
  const { here, across } = pair.questions;
  const ask = async (
    path: string,
    body: object | undefined,
    hasResult: (said: Record<string, unknown>) => boolean,
  ) => {
    const said = await pair.department.call(path, body ?? {});
    if (!hasResult(said)) throw new Error(`${path}: ${JSON.stringify(said)}`);
  };
  await compare(pair, 'verification', {
    repeats: questions,
    here: (i) =>
      ask('/verifications', here[i % here.length], ({ verdict }) =>
        JSON.stringify(verdict).includes('genuine'),
      ),
    across: (i) => ask('/recognition/verify', across[i % across.length], ({ result }) => result === 'valid'),
  });
}

const pair = await startPair(lanes);
try {
  if (options.only === '') await comparisons(pair);
  await suspensions(pair);
  if (options.only === '') await establishment(pair);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await pair.close();
}
