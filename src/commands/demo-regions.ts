import { join } from 'node:path';
import { cityA } from '../../config/demo/cities.ts';
import { startDemoCounter } from '../../config/demo/counter-server.ts';
import { publicKeyOf, readOrCreateSiteKey } from '../../config/demo/keys.ts';
import {
  cityClientOf,
  cityMachine,
  citySites,
  type DemoRegion,
  type DemoRegions,
} from '../../config/demo/regions.ts';
import { startDemoSite } from '../../config/demo/site-server.ts';
import { signInScopeOf, siteEnglish } from '../../config/demo/sites.ts';
import type { TrafficPlan } from '../../config/demo/traffic.ts';
import { systemClock } from '../base/clock.ts';
import type { House } from '../house.ts';
import type { Agreement } from '../recognition/index.ts';
import { introduceRegion, proposeAgreement } from './demo-agreement.ts';
import { furnishHome, type HomeUrls, type Say, type Stops, stopAll } from './demo-home.ts';
import { prepareNetId } from './demo-net-id.ts';
import { seedCatalogue } from './seed-certificates.ts';
import { seedTraffic } from './seed-traffic.ts';
import { startServer } from './server.ts';

/** A region of the demo that is up. */
export interface RunningRegion extends DemoRegion {
  house: House;
}

/** The demo of three regions, up. */
export interface RunningRegions {
  province: RunningRegion;
  a: RunningRegion;
  b: RunningRegion;
  /** Where the people's city B and what stands around it are. */
  home: HomeUrls;
  agreement: Agreement;
  stop(): Promise<void>;
}

/**
 * Starts a province and two cities in one process on embedded storage, people with their sites and a counter at city B, a
 * site and a counter at city A, and proposes an agreement from A to B. What is there from an earlier start stays; what
 * fails stops all that began.
 */
export async function startDemoRegions(
  plan: DemoRegions,
  say: Say,
  furnish: typeof furnishHome = furnishHome,
): Promise<RunningRegions> {
  const stops: Stops = [];
  const stop = (): Promise<void> => stopAll(stops);
  try {
    say(`[1/3] opening ${plan.province.name}, ${plan.a.name} and ${plan.b.name} in ${plan.dataFolder}`);
    const province = await startRegion(plan.province, stops);
    // Before the cities, which tell the province of their certificates as soon as they are up.
    for (const city of [plan.a, plan.b]) await admitCity(province.house, city);
    const [a, b] = await together([startRegion(plan.a, stops), startRegion(plan.b, stops)]);
    say('[2/3] seeding twenty synthetic people, starting sites and counters, proposing the agreement');
    const [home, agreement] = await together([
      furnish(b.house, b.config, say, stops),
      agree(a, b),
      startCityServices(plan, a, stops),
    ]);
    await seedTraffic(b.house, systemClock, await trafficOf(b.house, agreement));
    return { province, a, b, home, agreement, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What the invented traffic of the city goes over: the first of its sites and types, which are few. */
const trafficOf = async ({ sites, directory }: House, agreement: Agreement): Promise<TrafficPlan> => ({
  sites: (await sites.list()).map(({ clientId }) => clientId),
  types: (await directory.catalogue.listTypes()).map(({ code }) => code),
  agreementId: agreement.document.id,
});

/** Waits for all, and fails only then: what still begins while another fails is known to `stop` too. */
const together = async <T extends readonly unknown[]>(
  steps: {
    readonly [K in keyof T]: Promise<T[K]>;
  },
): Promise<T> => {
  await Promise.allSettled(steps);
  return Promise.all(steps) as unknown as Promise<T>;
};

const agree = async (a: RunningRegion, b: RunningRegion): Promise<Agreement> => {
  await introduceRegion(a, b);
  await introduceRegion(b, a);
  return proposeAgreement(a, b);
};

const startRegion = async (region: DemoRegion, stops: Stops): Promise<RunningRegion> => {
  await prepareNetId(region.config);
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
    english: siteEnglish(cityA).social,
    color: 'plum',
    privateJwk: siteKey,
    port: Number(new URL(plan.site).port),
    host: 'localhost',
    scope: signInScopeOf(registered.site),
  });
  stops.push(site.close);
  const counter = await startDemoCounter({
    issuer,
    clientId: registered.counter.clientId,
    privateJwk: counterKey,
    port: Number(new URL(plan.counter).port),
    host: 'localhost',
    city: cityA,
    asksOtherRegions: true,
  });
  stops.push(counter.close);
};
