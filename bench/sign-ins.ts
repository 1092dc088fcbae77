/**
 * `npm run bench:sign-ins`: how many sign-ins a second one core of the server takes, by each way to show who one is, in
 * one run. Owns the order of the rounds; Yihao runs in a process of its own (subject.ts), this one is the browsers, the
 * phones, the passkeys and the site. It ends with status 1 when anything failed.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { freePorts, startRedis } from '../test/support/redis.ts';
import { openWays, type Way } from './proofs.ts';
import { perPiece, quantile } from './report.ts';
import { joinRounds, type Round, runRound } from './rounds.ts';
import { openSite } from './site.ts';
import { startSubject } from './subject.ts';
import { createVisitor } from './visitor.ts';

const { values: options } = parseArgs({
  options: {
    signIns: { type: 'string', default: '40' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
  },
});
const signIns = Number(options.signIns);
// Ten people confirm by phone, and nobody may answer more than ten codes in a quarter of an hour.
if (!Number.isInteger(signIns) || signIns < 1 || signIns > 100)
  throw new Error('--signIns takes a whole number from 1 to 100');
const roundsEach = Number(options.rounds);
if (!Number.isInteger(roundsEach) || roundsEach < 1)
  throw new Error('--rounds takes a whole number of 1 or more');

const closers: (() => Promise<unknown>)[] = [];

async function start() {
  const folder = await mkdtemp(join(tmpdir(), 'yihao-bench-sign-ins-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  const redis = await startRedis();
  closers.push(redis.stop);
  const site = await openSite();
  closers.push(site.close);
  const [port = 0] = await freePorts(1);
  const environment = { REDIS_URL: redis.url, YIHAO_DATA_FOLDER: join(folder, 'data') };
  const order = { port, environment, client: site.client };
  const yihao = await startSubject('yihao', './yihao-child.js', order, join(folder, 'yihao.log'));
  closers.push(yihao.stop);
  return { yihao, site, redisPort: redis.port };
}

/** Forgets what was counted of tries: a round stands for people at addresses of their own. */
const forgetLimits = (redisPort: number): Promise<unknown> => {
  const script = "for _, key in ipairs(redis.call('KEYS', 'yihao:c:*')) do redis.call('DEL', key) end";
  return promisify(execFile)('redis-cli', ['-p', String(redisPort), 'EVAL', script, '0']);
};

const row = (cells: readonly string[]): string =>
  cells.map((cell, i) => (i === 0 ? cell.padEnd(10) : cell.padStart(i === 3 ? 20 : 10))).join('');

const describe = (name: string, rounds: readonly Round[]): string => {
  const all = joinRounds(rounds);
  return row([
    name,
    perPiece(all).toFixed(1),
    (1000 / perPiece(all)).toFixed(1),
    rounds.map((round) => perPiece(round).toFixed(0)).join('/'),
    quantile(all.wallMilliseconds, 0.5).toFixed(0),
    quantile(all.wallMilliseconds, 0.95).toFixed(0),
    String(all.errors.length),
  ]);
};

async function bench(): Promise<boolean> {
  const { yihao, site, redisPort } = await start();
  const ways = (await openWays(yihao)).filter(({ name }) => options.only === '' || name === options.only);
  if (ways.length === 0) throw new Error('--only takes the name of a way, as the table has it');
  const roundOf = async ({ name, prove, people, mostEach, prepare }: Way): Promise<Round> => {
    await prepare();
    await forgetLimits(redisPort);
    const visitor = await createVisitor({ issuer: yihao.issuer, site, bound: false, prove });
    const repeats = Math.min(signIns, people.length * (mostEach ?? Number.POSITIVE_INFINITY));
    let turn = 0;
    const act = () => visitor.login(people[turn++ % people.length] ?? '');
    return runRound({ subject: yihao, visitor }, { name, repeats, prepare: async () => act });
  };
  const measured = new Map<string, Round[]>();
  // The first round of each is the warm-up.
  for (let round = 0; round <= roundsEach; round += 1)
    for (const way of ways) {
      const done = await roundOf(way);
      if (round > 0) measured.set(way.name, [...(measured.get(way.name) ?? []), done]);
      else if (done.errors[0] !== undefined) throw new Error(`warm-up of ${way.name}: ${done.errors[0]}`);
    }
  console.log(row(['', 'CPU ms', 'per s·core', 'CPU ms by round', 'p50 ms', 'p95 ms', 'errors']));
  for (const [name, rounds] of measured) console.log(describe(name, rounds));
  const failures = [...measured].flatMap(([name, rounds]) =>
    joinRounds(rounds).errors.map((error) => `${name}: ${error}`),
  );
  for (const failure of new Set(failures)) console.error(failure);
  return failures.length === 0;
}

try {
  if (!(await bench())) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  for (const close of closers.reverse()) await close().catch(console.error);
}
