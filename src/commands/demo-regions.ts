import { join } from 'node:path';
import { demoCertificates } from '../../config/demo/certificates.ts';
import { startDemoCounter } from '../../config/demo/counter-server.ts';
import { publicKeyOf, readOrCreateSiteKey } from '../../config/demo/keys.ts';
import { demoPassword, demoPeople } from '../../config/demo/people.ts';
import {
  cityClientOf,
  cityMachine,
  citySites,
  type DemoRegion,
  type DemoRegions,
  demoRegions,
} from '../../config/demo/regions.ts';
import { startDemoSite } from '../../config/demo/site-server.ts';
import { signInScopeOf, siteEnglish } from '../../config/demo/sites.ts';
import { systemClock } from '../base/clock.ts';
import type { House } from '../house.ts';
import { type Agreement, stateOf } from '../recognition/index.ts';
import { introduceRegion, proposeAgreement } from './demo-agreement.ts';
import { foundingLinesIfOpen } from './officers.ts';
import { seedHouse } from './seed.ts';
import { seedCatalogue, seedCertificates } from './seed-certificates.ts';
import { startServer } from './server.ts';
import { stopOnSignal } from './signals.ts';

/** A region of the demo that is up. */
export interface RunningRegion extends DemoRegion {
  house: House;
}

/** The demo of three regions, up. */
export interface RunningRegions {
  province: RunningRegion;
  a: RunningRegion;
  b: RunningRegion;
  agreement: Agreement;
  stop(): Promise<void>;
}

type Stops = (() => Promise<void>)[];

/**
 * Starts a province and two cities on embedded storage, people and certificates at city B, a site and a counter at city
 * A, and proposes an agreement from A to B. What is there from an earlier start stays; what fails stops all that began.
 */
export async function startDemoRegions(
  plan: DemoRegions,
  say: (line: string) => void,
  seedPeople: (house: House, areaCode: string) => Promise<void> = seedCity,
): Promise<RunningRegions> {
  const stops: Stops = [];
  const stop = async (): Promise<void> => {
    for (const each of [...stops].reverse()) await each();
  };
  try {
    say(`[1/4] starting ${plan.province.name}, ${plan.a.name} and ${plan.b.name} in ${plan.dataFolder}`);
    const province = await startRegion(plan.province, stops);
    // Before the cities, which tell the province of their certificates as soon as they are up.
    for (const city of [plan.a, plan.b]) await admitCity(province.house, city);
    const [a, b] = [await startRegion(plan.a, stops), await startRegion(plan.b, stops)];
    say(`[2/4] seeding twenty synthetic people and their certificates at ${b.name}`);
    await seedPeople(b.house, b.code);
    say(`[3/4] starting the site and the counter of ${a.name}`);
    await startCityServices(plan, a, stops);
    say('[4/4] proposing the agreement');
    await introduceRegion(a, b);
    await introduceRegion(b, a);
    return { province, a, b, agreement: await proposeAgreement(a, b), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const startRegion = async (region: DemoRegion, stops: Stops): Promise<RunningRegion> => {
  const server = await startServer(region.config);
  stops.push(server.stop);
  const { house } = server.app;
  await seedCatalogue(house);
  return { ...region, house };
};

const admitCity = async ({ sites, parentSide }: House, city: DemoRegion): Promise<void> => {
  const machine = cityMachine(city);
  await sites.save(machine, 'seed');
  const clientId = cityClientOf(city);
  const child = { region: city.code, clientId, name: machine.name, address: city.issuer, enabled: true };
  await parentSide.saveChild({ ...child, actor: 'seed' });
};

const seedCity = async (house: House, areaCode: string): Promise<void> => {
  await seedHouse(house, [], () => undefined);
  const certificates = demoCertificates.map((certificate) => ({ ...certificate, areaCode }));
  await seedCertificates(house, () => undefined, certificates);
};

const startCityServices = async (plan: DemoRegions, { house, issuer }: RunningRegion, stops: Stops) => {
  const siteKey = await readOrCreateSiteKey(join(plan.dataFolder, 'site.jwk'));
  const counterKey = await readOrCreateSiteKey(join(plan.dataFolder, 'counter.jwk'));
  const registered = citySites(plan, { site: publicKeyOf(siteKey), counter: publicKeyOf(counterKey) });
  for (const site of Object.values(registered)) await house.sites.save(site, 'seed');
  const { clientId, name, department, purpose } = registered.site;
  const site = await startDemoSite({
    issuer,
    clientId,
    name,
    department,
    purpose,
    english: siteEnglish.social,
    color: 'plum',
    privateJwk: siteKey,
    port: Number(new URL(plan.site).port),
    host: '127.0.0.1',
    scope: signInScopeOf(registered.site),
  });
  stops.push(site.close);
  const counter = await startDemoCounter({
    issuer,
    clientId: registered.counter.clientId,
    privateJwk: counterKey,
    port: Number(new URL(plan.counter).port),
    host: 'localhost',
    asksOtherRegions: true,
  });
  stops.push(counter.close);
};

/** Says how a person goes on from here. */
export async function walkLines(
  { site, counter }: DemoRegions,
  { a, b, agreement }: RunningRegions,
): Promise<string[]> {
  const state = stateOf(agreement, systemClock.now());
  const founding = await foundingLinesIfOpen(b.house, b.issuer);
  return [
    `1. The agreement is ${state}. At ${b.name}: ${consoleAddressOf(b, agreement)}`,
    ...founding.map((line) => `   ${line}`),
    ...(state === 'proposed' ? countersignLines(b, agreement) : []),
    `2. Sign in at ${a.name}: ${site}, 外地用户登录, ${b.name};`,
    `   ID number ${demoPeople[0]?.number}, password ${demoPassword}`,
    `3. Show a certificate: ${b.issuer}/my, 结婚证, 显示离线二维码; what the code holds goes into the counter ${counter}`,
    '4. Suspend the agreement in the console: both end at once. All of it: docs/demo-regions.md',
  ];
}

const consoleAddressOf = ({ issuer }: DemoRegion, { document: { id, version } }: Agreement): string =>
  `${issuer}/console/agreements/${id}/${version}`;

const countersignLines = ({ environment }: DemoRegion, { document, digest }: Agreement): string[] => {
  const keys = Object.entries(environment).map(([key, value]) => `${key}=${value}`);
  const words = `agreements countersign ${document.id}:${document.version} --digest ${digest} --as li`;
  return [
    `   countersign it there, digest ${digest};`,
    '   or stop this with Ctrl-C, run the next line, and start again:',
    `   ${keys.join(' ')} node dist/src/main.js ${words}`,
  ];
};

/** Runs the demo of three regions until it is told to stop. */
export async function runDemoRegions(): Promise<void> {
  const plan = demoRegions();
  const running = await startDemoRegions(plan, (line) => console.log(line));
  console.log('');
  for (const line of await walkLines(plan, running)) console.log(`  ${line}`);
  console.log('\n  Ctrl-C stops; the data stays.');
  await stopOnSignal(running.stop);
}
