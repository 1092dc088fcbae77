/**
 * `npm run bench`: what a login costs at Yihao, beside the same login at the bare library, in one run. Owns the order of
 * the rounds and the verdict; the servers under test run in processes of their own (subject.ts) and this process is the
 * browser and the site. It ends with status 1 when anything failed, whatever the ratio.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { freePorts, startRedis } from '../test/support/redis.ts';
import { aimedRatio, describe, describeErrors, type Measured, ratioOf } from './report.ts';
import { type Contestant, type Round, runRound, type Work, worksOf } from './rounds.ts';
import { openSite, type Site } from './site.ts';
import { startSubject } from './subject.ts';
import { createVisitor } from './visitor.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    bound: { type: 'boolean', default: false },
    logins: { type: 'string', default: '' },
    lanes: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
const logins = Number(options.logins || (options.quick ? 20 : 60));
if (!Number.isInteger(logins) || logins < 1) throw new Error('--logins takes a whole number of 1 or more');
const lanes = Number(options.lanes);
if (!Number.isInteger(lanes) || lanes < 1) throw new Error('--lanes takes a whole number of 1 or more');
const works = worksOf(logins).filter(({ name }) => options.only === '' || name === options.only);
if (works.length === 0) throw new Error('--only takes login, refresh or introspection');
const roundsEach = 2;
// Fewer than this and the engine is still compiling the hot paths while the first round runs.
const warmUpLogins = options.quick ? 40 : 150;

const closers: (() => Promise<unknown>)[] = [];

/** Starts both servers; Yihao has a Redis of its own and its records in a file. */
async function startBoth(site: Site): Promise<{ yihao: Contestant; bare: Contestant; redisPort: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'yihao-bench-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  const redis = await startRedis();
  closers.push(redis.stop);
  const [yihaoPort = 0, barePort = 0] = await freePorts(2);
  const environment = { REDIS_URL: redis.url, YIHAO_DATA_FOLDER: join(folder, 'data') };
  const start = async (name: string, port: number): Promise<Contestant> => {
    const order = { port, environment, client: site.client };
    const subject = await startSubject(name, `./${name}-child.js`, order, join(folder, `${name}.log`));
    closers.push(subject.stop);
    const visitor = await createVisitor({ issuer: subject.issuer, site, bound: options.bound });
    return { subject, visitor };
  };
  return {
    yihao: await start('yihao', yihaoPort),
    bare: await start('bare', barePort),
    redisPort: redis.port,
  };
}

const redisCpuMilliseconds = async (port: number): Promise<number> => {
  const { stdout } = await promisify(execFile)('redis-cli', ['-p', String(port), 'info', 'cpu']);
  const seconds = [...stdout.matchAll(/^used_cpu_(?:sys|user):([\d.]+)/gm)].map(([, value]) => Number(value));
  return seconds.reduce((total, value) => total + value, 0) * 1000;
};

async function measure(both: Awaited<ReturnType<typeof startBoth>>, work: Work): Promise<Measured> {
  const warmUp = { ...work, repeats: Math.max(work.repeats, work.name === 'login' ? warmUpLogins : 0) };
  const [yihao, bare]: [Round[], Round[]] = [[], []];
  let redis = 0;
  const warmUpErrors = [];
  for (const contestant of [both.yihao, both.bare])
    warmUpErrors.push(...(await runRound(contestant, warmUp, lanes)).errors);
  if (warmUpErrors[0] !== undefined) throw new Error(`warm-up of ${work.name}: ${warmUpErrors[0]}`);
  for (let round = 0; round < roundsEach; round += 1) {
    const redisBefore = await redisCpuMilliseconds(both.redisPort);
    yihao.push(await runRound(both.yihao, work, lanes));
    redis += (await redisCpuMilliseconds(both.redisPort)) - redisBefore;
    bare.push(await runRound(both.bare, work, lanes));
  }
  return { work: work.name, yihao, bare, redisCpuMilliseconds: redis };
}

const verdictOf = (ratio: number): string =>
  `login: ${ratio.toFixed(2)} x bare, aim ${aimedRatio} or less: ${ratio <= aimedRatio ? 'met' : 'NOT MET'}`;

async function bench(): Promise<boolean> {
  const site = await openSite();
  closers.push(site.close);
  const both = await startBoth(site);
  const all: Measured[] = [];
  for (const work of works) {
    const measured = await measure(both, work);
    all.push(measured);
    console.log(describe(measured, lanes));
  }
  const errors = describeErrors(all);
  for (const line of errors) console.error(line);
  for (const login of all.filter(({ work }) => work === 'login')) console.log(verdictOf(ratioOf(login)));
  return errors.length === 0;
}

/** Ends what was started, the latest first; once only. */
async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).reverse())
    await close().catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    });
}

let told = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    told = true;
    void closeAll().then(() => process.exit(130));
  });

try {
  if (!(await bench())) process.exitCode = 1;
} catch (error) {
  // Whoever stops the bench need not hear that the servers are gone.
  if (!told) console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await closeAll();
}
