import { join } from 'node:path';
import { startDemoCounter } from '../../config/demo/counter-server.ts';
import { demoConfig } from '../../config/demo/index.ts';
import { publicKeyOf, readOrCreateSiteKey } from '../../config/demo/keys.ts';
import { demoPassword, demoPeople } from '../../config/demo/people.ts';
import { type RunningSite, startDemoSite } from '../../config/demo/site-server.ts';
import { type DemoSite, demoCounter, demoSites, type PerSite, siteEnglish } from '../../config/demo/sites.ts';
import type { Config } from '../../config/index.ts';
import { seedHouse } from './seed.ts';
import { seedCertificates } from './seed-certificates.ts';
import { type RunningServer, startServer } from './server.ts';
import { stopOnSignal } from './signals.ts';

type Say = (line: string) => void;

/** A demo that is up. */
export interface RunningDemo {
  urls: { yihao: string; property: string; social: string; counter: string };
  server: RunningServer;
  stop(): Promise<void>;
}

/** Starts Yihao on embedded storage, seeds it, and starts two sites and a counter on the next three ports. */
export async function startDemo(config: Config, say: Say): Promise<RunningDemo> {
  say(`[1/4] opening storage in ${config.storage.dataFolder}`);
  const server = await startServer(config);
  say('[2/4] seeding twenty synthetic people, their certificates and two sites');
  const { dataFolder } = config.storage;
  const keys = {
    property: await readOrCreateSiteKey(join(dataFolder, 'site-property.jwk')),
    social: await readOrCreateSiteKey(join(dataFolder, 'site-social.jwk')),
    counter: await readOrCreateSiteKey(join(dataFolder, 'site-counter.jwk')),
  };
  const origins = {
    property: `http://localhost:${config.listen.port + 1}`,
    social: `http://localhost:${config.listen.port + 2}`,
    counter: `http://localhost:${config.listen.port + 3}`,
  };
  const registrations = demoSites(origins, {
    property: publicKeyOf(keys.property),
    social: publicKeyOf(keys.social),
  });
  const counter = demoCounter(origins.counter, publicKeyOf(keys.counter));
  const { house } = server.app;
  await seedHouse(house, [...Object.values(registrations), counter], progressOf(say, 'people and sites'));
  await seedCertificates(house, progressOf(say, 'certificates'));
  say('[3/4] starting the two demo sites and the counter');
  const running = await Promise.all([
    ...(['property', 'social'] as const).map((which) => startSite(config, registrations, keys, which)),
    startDemoCounter({
      issuer: config.issuer,
      clientId: counter.clientId,
      privateJwk: keys.counter,
      port: config.listen.port + 3,
      host: 'localhost',
    }),
  ]);
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((site) => site.close()));
    await server.stop();
  };
  return { urls: { yihao: config.issuer, ...origins }, server, stop };
}

const progressOf =
  (say: Say, what: string) =>
  (done: number, total: number): void => {
    if (done % 10 === 0 || done === total) say(`      ${done} of ${total} ${what}`);
  };

const startSite = (
  config: Config,
  sites: PerSite<DemoSite>,
  keys: PerSite<Parameters<typeof publicKeyOf>[0]>,
  which: 'property' | 'social',
): Promise<RunningSite> => {
  const { clientId, name, department, purpose, metadata } = sites[which];
  return startDemoSite({
    name,
    department,
    purpose,
    english: siteEnglish[which],
    color: which === 'property' ? 'pine' : 'plum',
    issuer: config.issuer,
    clientId,
    privateJwk: keys[which],
    port: config.listen.port + (which === 'property' ? 1 : 2),
    host: 'localhost',
    scope: String(metadata['scope']),
  });
};

/** Runs the demo until it is told to stop. */
export async function demo(): Promise<void> {
  const say: Say = (line) => console.log(line);
  const running = await startDemo(demoConfig(), say);
  const { property, social, yihao, counter } = running.urls;
  const person = demoPeople[0];
  say('[4/4] ready');
  say('');
  say(`  不动产登记 (site 1)   ${property}`);
  say(`  社会保险   (site 2)   ${social}`);
  say(`  一号       (Yihao)    ${yihao}`);
  say(`  服务窗口   (counter)  ${counter}`);
  say('');
  say(`  Open site 1 and sign in with ID number ${person?.number}, password ${demoPassword}`);
  say('  (a synthetic person; 19 more are in config/demo/people.ts). Ctrl-C stops; the data stays.');
  await stopOnSignal(running.stop);
}
