import { join } from 'node:path';
import { signalsPath, startDemoCounter } from '../../config/demo/counter-server.ts';
import { demoAuthorityKey, demoAuthorityUrl, demoConfig } from '../../config/demo/index.ts';
import { publicKeyOf, readOrCreateSiteKey } from '../../config/demo/keys.ts';
import { demoPassword, demoPeople } from '../../config/demo/people.ts';
import { startAuthoritySimulator } from '../../config/demo/simulators/authority-server.ts';
import { type RunningSite, startDemoSite } from '../../config/demo/site-server.ts';
import {
  type DemoSite,
  demoCounter,
  demoSites,
  type PerSite,
  propertyWishes,
  signInScopeOf,
  siteEnglish,
} from '../../config/demo/sites.ts';
import type { Config } from '../../config/index.ts';
import { openKiosk, spoken } from './kiosk.ts';
import { foundingLinesIfOpen } from './officers.ts';
import { seedHouse } from './seed.ts';
import { seedCertificates } from './seed-certificates.ts';
import { type RunningServer, startServer } from './server.ts';
import { stopOnSignal } from './signals.ts';

type Say = (line: string) => void;

/** A demo that is up. */
export interface RunningDemo {
  urls: { yihao: string; property: string; social: string; counter: string; authorities: string };
  server: RunningServer;
  stop(): Promise<void>;
}

/** Starts Yihao on embedded storage, seeds it, and starts two sites, a counter and stand-ins for other authorities on the next four ports. */
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
  say('[3/4] starting the two demo sites, the counter and the stand-ins for other authorities');
  const authorities = demoAuthorityUrl(config.listen.port);
  const running = await Promise.all([
    ...(['property', 'social'] as const).map((which) => startSite(config, registrations, keys, which)),
    startDemoCounter({
      issuer: config.issuer,
      clientId: counter.clientId,
      privateJwk: keys.counter,
      kiosk: spoken(await openKiosk(join(dataFolder, 'kiosk'), [config.issuer])),
      port: config.listen.port + 3,
      host: 'localhost',
    }),
    startAuthoritySimulator({
      key: demoAuthorityKey,
      port: Number(new URL(authorities).port),
      host: 'localhost',
    }),
  ]);
  await house.signals.saveSubscription({
    clientId: counter.clientId,
    deliveryUrl: `${origins.counter}${signalsPath}`,
    eventTypes: ['certificate.*'],
    actor: 'seed',
  });
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((site) => site.close()));
    await server.stop();
  };
  return { urls: { yihao: config.issuer, ...origins, authorities }, server, stop };
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
  const { clientId, name, department, purpose } = sites[which];
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
    scope: signInScopeOf(sites[which]),
    ...(which === 'property' ? { wishes: propertyWishes } : {}),
  });
};

/** Runs the demo until it is told to stop. */
export async function demo(): Promise<void> {
  const say: Say = (line) => console.log(line);
  const running = await startDemo(demoConfig(), say);
  const { property, social, yihao, counter, authorities } = running.urls;
  const person = demoPeople[0];
  say('[4/4] ready');
  say('');
  say(`  不动产登记 (site 1)   ${property}`);
  say(`  社会保险   (site 2)   ${social}`);
  say(`  一号       (Yihao)    ${yihao}`);
  say(`  服务窗口   (counter)  ${counter}`);
  say(`  短信发件箱 (SMS)      ${authorities}`);
  say('');
  say(`  Open site 1 and sign in with ID number ${person?.number}, password ${demoPassword}`);
  say('  (a synthetic person; 19 more are in config/demo/people.ts). Ctrl-C stops; the data stays.');
  const founding = await foundingLinesIfOpen(running.server.app.house, yihao);
  if (founding.length > 0)
    say('  管理台 (console): the first two administrators join, each in a browser of their own, by');
  for (const line of founding) say(`    ${line}`);
  say(
    '  To register as someone new, choose the text message at sign-in: the SMS page shows the codes, and who can.',
  );
  await stopOnSignal(running.stop);
}
