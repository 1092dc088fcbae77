import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { demoCertificates } from '../../config/demo/certificates.ts';
import { demoPassword } from '../../config/demo/people.ts';
import { type DemoRegions, demoPorts, demoRegions } from '../../config/demo/regions.ts';
import { systemClock } from '../../src/base/clock.ts';
import type { furnishHome } from '../../src/commands/demo-home.ts';
import {
  type RunningRegion,
  type RunningRegions,
  startDemoRegions,
} from '../../src/commands/demo-regions.ts';
import { seedItems } from '../../src/commands/seed-certificates.ts';
import type { Role } from '../../src/staff/index.ts';
import { addVirtualAuthenticator, launchBrowser } from '../support/chromium.ts';
import { foundOfficers, inviteOfficer } from '../support/officers.ts';
import { firstOfFreePorts } from '../support/ports.ts';
import { personAt, sizes } from './house.ts';

/** The three regions as `npm run demo` starts them, with one person and a marriage certificate, and a browser. */
export interface RegionsHouse {
  plan: DemoRegions;
  running: RunningRegions;
  browser: Browser;
  /** Opens a page of a browser profile of its own, which keeps passkeys. */
  newPage(): Promise<Page>;
  /** Stops the regions and starts them again on what they left. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** One person and one certificate: the twenty with their faces and sites are another test's. */
const furnishOne: typeof furnishHome = async (house, { issuer }) => {
  const { number, name, phone } = personAt(0);
  if ((await house.identity.findAccountIdByNumber(number)) === null)
    await house.identity.createAccount({
      number,
      name,
      phone,
      password: demoPassword,
      assurance: 2,
      actor: 'test',
    });
  await seedItems(house);
  for (const { photoOf, ...certificate } of demoCertificates)
    if (photoOf === null && certificate.holders.some(({ code }) => code === number))
      await house.directory.issueCertificate({ ...certificate, actor: 'test' });
  return {
    yihao: issuer,
    property: '',
    social: '',
    counter: '',
    authorities: '',
    miniProgram: '',
    netId: '',
  };
};

/** Starts the regions on free ports and a headless Chromium. */
export async function openRegionsHouse(): Promise<RegionsHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'yihao-regions-'));
  const plan = demoRegions({
    YIHAO_LISTEN_PORT: String(await firstOfFreePorts(demoPorts)),
    YIHAO_DATA_FOLDER: folder,
    YIHAO_LOG_LEVEL: 'silent',
  });
  const start = (): Promise<RunningRegions> => startDemoRegions(plan, () => undefined, furnishOne);
  const [running, browser] = [await start(), await launchBrowser()];
  const house: RegionsHouse = {
    plan,
    running,
    browser,
    newPage: async () => {
      const context = await browser.newContext({ locale: 'zh-CN', viewport: sizes.desktop });
      const page = await context.newPage();
      await addVirtualAuthenticator(page);
      return page;
    },
    restart: async () => {
      await house.running.stop();
      house.running = await start();
    },
    stop: async () => {
      await browser.close();
      await house.running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return house;
}

/** Lets two administrators, whose pages are another test's, appoint officers of a region; returns the links to join by. */
export async function appoint({ house, issuer, code }: RunningRegion, roles: Role[]): Promise<string[]> {
  const workplace = { issuer, app: { house } };
  const founders = await foundOfficers(workplace);
  const links: string[] = [];
  for (const role of roles) {
    const toBe = { role, regionCode: code, now: systemClock.now() };
    links.push(`${issuer}/console/join/${await inviteOfficer(workplace, founders, toBe)}`);
  }
  return links;
}
