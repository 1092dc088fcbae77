import { join } from 'node:path';
import { agentKeysPath, agentPingPath, clerkKeysPath } from '../../config/demo/clerk-routes.tsx';
import { signalsPath, startDemoCounter } from '../../config/demo/counter-server.ts';
import {
  demoAuthorityKey,
  demoAuthorityUrl,
  demoMiniProgramUrl,
  demoNetIdUrl,
} from '../../config/demo/index.ts';
import { publicKeyOf, readOrCreateSiteKey } from '../../config/demo/keys.ts';
import { startAuthoritySimulator } from '../../config/demo/simulators/authority-server.ts';
import { type RunningSite, startDemoSite } from '../../config/demo/site-server.ts';
import {
  type DemoSite,
  demoAgent,
  demoClerk,
  demoCounter,
  demoSites,
  demoTerminal,
  type PerSite,
  propertyWishes,
  signInScopeOf,
  siteEnglish,
} from '../../config/demo/sites.ts';
import { terminalKeysPath } from '../../config/demo/terminal-routes.ts';
import type { Config } from '../../config/index.ts';
import type { House } from '../house.ts';
import { type Handheld, prepareHandheld } from './demo-handheld.ts';
import { prepareNetId, startNetId } from './demo-net-id.ts';
import { openKiosk, spoken } from './kiosk.ts';
import { seedHouse } from './seed.ts';
import { seedCertificates } from './seed-certificates.ts';
import { seedMandates } from './seed-mandates.ts';
import { type RunningServer, startServer } from './server.ts';

type PrivateKey = Awaited<ReturnType<typeof readOrCreateSiteKey>>;

export type Say = (line: string) => void;

/** What is to be stopped, in the order in which it began. */
export type Stops = (() => Promise<void>)[];

/** Where the people's city and what stands around it are served. */
export type HomeUrls = Record<
  'yihao' | 'property' | 'social' | 'counter' | 'authorities' | 'miniProgram' | 'netId',
  string
>;

/** The people's city, up. */
export interface RunningHome {
  urls: HomeUrls;
  server: RunningServer;
  stop(): Promise<void>;
}

/** Stops the latest first. */
export async function stopAll(stops: Stops): Promise<void> {
  for (const stop of [...stops].reverse()) await stop();
}

/** Starts the people's city alone, on embedded storage, with all that stands around it. */
export async function startDemoHome(config: Config, say: Say): Promise<RunningHome> {
  const stops: Stops = [];
  const stop = (): Promise<void> => stopAll(stops);
  try {
    await prepareNetId(config);
    const server = await startServer(config);
    stops.push(server.stop);
    return { urls: await furnishHome(server.app.house, config, say, stops), server, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Seeds the people's city, and starts two sites, a counter and stand-ins for other authorities on the next four ports. */
export async function furnishHome(house: House, config: Config, say: Say, stops: Stops): Promise<HomeUrls> {
  const urls = urlsOf(config);
  const handheld = await prepareHandheld(config, urls.miniProgram);
  const keyOf = (name: string): Promise<PrivateKey> =>
    readOrCreateSiteKey(join(config.storage.dataFolder, `site-${name}.jwk`));
  const keys = { property: await keyOf('property'), social: await keyOf('social') };
  const counterKey = await keyOf('counter');
  const sites = demoSites(urls, { property: publicKeyOf(keys.property), social: publicKeyOf(keys.social) });
  const { counter, terminal, clerk, agent } = machinesAt(urls.counter, counterKey);
  const seeded = [sites.property, sites.social, counter, terminal, clerk, agent, ...handheld.sites];
  await seedHouse(house, seeded, progressOf(say, 'people and sites'));
  await seedCertificates(house, progressOf(say, 'certificates'));
  await seedMandates(house);
  await startStandIns(urls, handheld, stops);
  await startNetId(config, stops);
  for (const which of ['property', 'social'] as const) {
    const site = await startSite(config, sites[which], keys[which], which);
    stops.push(site.close);
  }
  const machines = {
    counter: { clientId: counter.clientId, privateJwk: counterKey },
    terminal: { clientId: terminal.clientId, privateJwk: await keyOf('terminal') },
    clerk: { clientId: clerk.clientId, privateJwk: await keyOf('clerk') },
    agent: { clientId: agent.clientId, privateJwk: await keyOf('agent') },
  };
  await startCounter(config, urls, machines, stops);
  await house.signals.saveSubscription({
    clientId: counter.clientId,
    deliveryUrl: `${urls.counter}${signalsPath}`,
    eventTypes: ['certificate.*'],
    actor: 'seed',
  });
  return urls;
}

const urlsOf = ({ issuer, listen: { port } }: Config): HomeUrls => ({
  yihao: issuer,
  property: `http://localhost:${port + 1}`,
  social: `http://localhost:${port + 2}`,
  counter: `http://localhost:${port + 3}`,
  authorities: demoAuthorityUrl(port),
  miniProgram: demoMiniProgramUrl(port),
  netId: demoNetIdUrl(port),
});

const machinesAt = (origin: string, counterKey: PrivateKey) => ({
  counter: demoCounter(origin, publicKeyOf(counterKey)),
  terminal: demoTerminal(origin, terminalKeysPath),
  clerk: demoClerk(origin, clerkKeysPath),
  agent: demoAgent(origin, { keys: agentKeysPath, ping: agentPingPath }),
});

const progressOf =
  (say: Say, what: string) =>
  (done: number, total: number): void => {
    if (done % 10 === 0 || done === total) say(`      ${done} of ${total} ${what}`);
  };

const startStandIns = async (
  { authorities }: HomeUrls,
  { startPhone }: Handheld,
  stops: Stops,
): Promise<void> => {
  const port = Number(new URL(authorities).port);
  const simulator = await startAuthoritySimulator({ key: demoAuthorityKey, port, host: 'localhost' });
  stops.push(simulator.close);
  stops.push((await startPhone()).close);
};

const startSite = (
  config: Config,
  site: DemoSite,
  privateJwk: PrivateKey,
  which: keyof PerSite<unknown>,
): Promise<RunningSite> => {
  const { clientId, name, department, purpose } = site;
  return startDemoSite({
    name,
    department,
    purpose,
    english: siteEnglish()[which],
    color: which === 'property' ? 'pine' : 'plum',
    issuer: config.issuer,
    clientId,
    privateJwk,
    port: config.listen.port + (which === 'property' ? 1 : 2),
    host: 'localhost',
    scope: signInScopeOf(site),
    ...(which === 'property' ? { wishes: propertyWishes, organisations: true } : {}),
  });
};

const startCounter = async (
  { issuer, storage }: Config,
  urls: HomeUrls,
  machines: Record<'counter' | 'terminal' | 'clerk' | 'agent', { clientId: string; privateJwk: PrivateKey }>,
  stops: Stops,
): Promise<void> => {
  const counter = await startDemoCounter({
    issuer,
    ...machines.counter,
    terminal: machines.terminal,
    clerk: machines.clerk,
    agent: machines.agent,
    kiosk: spoken(await openKiosk(join(storage.dataFolder, 'kiosk'), [issuer])),
    port: Number(new URL(urls.counter).port),
    host: 'localhost',
  });
  stops.push(counter.close);
};
