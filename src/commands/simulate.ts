import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { isLoopbackHost, refuseInProduction } from '../../config/simulator.ts';
import { stopOnSignal } from './signals.ts';
import { type RunningSimulator, type SimulatorOptions, startSimulator } from './simulator.ts';
import { readPeople } from './simulator-people.ts';
import { readSites } from './sites.ts';

const unsafeFlag = 'unsafe-anyone-who-reaches-it-signs-in-as-anyone';

const optionsOf = (words: readonly string[]) =>
  parseArgs({
    args: [...words],
    options: {
      host: { type: 'string', default: 'localhost' },
      port: { type: 'string', default: '3020' },
      people: { type: 'string' },
      sites: { type: 'string' },
      'any-client': { type: 'boolean', default: false },
      redirect: { type: 'string', multiple: true, default: [] },
      ask: { type: 'boolean', default: false },
      [unsafeFlag]: { type: 'boolean', default: false },
    },
  }).values;

/** Reads what the command line orders. Throws an Error that says what to change, such as another host than this computer. */
export async function readSimulatorOptions(words: readonly string[]): Promise<SimulatorOptions> {
  const { host, port, people, sites, redirect, ask, ...flags } = optionsOf(words);
  if (!isLoopbackHost(host) && !flags[unsafeFlag])
    throw new Error(`--host ${host} may be reached by others; --${unsafeFlag} allows it`);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new Error(`--port ${port}: a number from 0 to 65535`);
  for (const address of redirect)
    if (!URL.canParse(address)) throw new Error(`--redirect ${address}: a whole address`);
  const anyClient = flags['any-client'];
  if (!anyClient && sites === undefined)
    throw new Error('name the sites by --sites FILE.json, or let any in by --any-client');
  return {
    host: host.toLowerCase(),
    port: Number(port),
    ...(people === undefined ? {} : { people: readPeople(people, await readFile(people, 'utf8')) }),
    sites: sites === undefined ? [] : readSites(sites, await readFile(sites, 'utf8')),
    anyClient,
    redirects: redirect,
    asksConsent: ask,
  };
}

const sayStart = ({ issuer, people }: RunningSimulator, options: SimulatorOptions): void => {
  const clients = [
    ...(options.anyClient ? ['any that is called back at this computer', ...options.redirects] : []),
    ...options.sites.map(({ clientId }) => clientId),
  ];
  console.log('模拟器 SIMULATOR: for tests only. It is no identity provider: it signs in whoever is named.');
  console.log(`  issuer   ${issuer}`);
  console.log(`  people   ${people.length}: login_hint=1 is the first; without one, a page to choose`);
  console.log(`  clients  ${clients.join(', ')}`);
  console.log(`  control  ${issuer}/simulate, from this computer: docs/simulator.md`);
  console.log('Ctrl-C stops it and prints the figures. Nothing is kept.');
};

const sayEnd = ({ figures }: RunningSimulator): void => {
  const { requests, seconds, requestsPerSecond, errors, ordered } = figures();
  console.log(
    `simulator: ${requests} requests in ${seconds.toFixed(1)} s, ${requestsPerSecond} a second; ${errors} errors; ${ordered} ordered failures`,
  );
};

/** Runs the simulator until it is told to stop. */
export async function simulate(words: readonly string[]): Promise<void> {
  refuseInProduction();
  const options = await readSimulatorOptions(words);
  const simulator = await startSimulator(options);
  sayStart(simulator, options);
  await stopOnSignal(async () => {
    sayEnd(simulator);
    await simulator.stop();
  });
}
