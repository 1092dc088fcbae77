import type { JWK } from 'jose';
import { type Config, type Environment, readConfig } from '../index.ts';
import { cityA } from './cities.ts';
import { demoConfig, demoPlacesFile } from './index.ts';
import { demoHome, demoRegion } from './people.ts';
import { type DemoSite, demoCounter, demoSites } from './sites.ts';

/** A region of the demo: who it is, and where. */
export interface DemoRegion {
  code: string;
  name: string;
  issuer: string;
  config: Config;
}

/** The three regions, a province over two cities: people live at B, and A has a site and a counter that they can come to. */
export interface DemoRegions {
  province: DemoRegion;
  a: DemoRegion;
  b: DemoRegion;
  site: string;
  counter: string;
  dataFolder: string;
}

/** What city A's site signs people in for, as the agreement names it. */
export const demoSignInPurpose = 'SYN-0201';

/** What the three directories share; it is public, like all of the demo. */
const demoDirectoryKey = '9901'.repeat(16);

/** How far from B's own port the others listen; its sites, counter and authorities have the four between. */
const portsAhead = { a: 5, site: 6, counter: 7, province: 8 };

/** How many ports in a row the demo takes; the last two are the sample mini-program's and the net-ID service's. */
export const demoPorts = 11;

/** Names the machine by which a city tells the province. */
export const cityClientOf = ({ code }: Pick<DemoRegion, 'code'>): string => `city-${code}`;

/**
 * Reads the configuration of the three regions: eleven ports from YIHAO_LISTEN_PORT on, a folder for each below
 * YIHAO_DATA_FOLDER. The rest of the environment is B's; of A and the province only YIHAO_LOG_LEVEL.
 */
export function demoRegions(environment: Environment = process.env): DemoRegions {
  const port = Number(environment['YIHAO_LISTEN_PORT'] || '3000');
  const dataFolder = environment['YIHAO_DATA_FOLDER'] || 'data/demo';
  const addressOf = (ahead: number): string => `http://localhost:${port + ahead}`;
  const ownKeys = (code: string) => ({
    YIHAO_DATA_FOLDER: `${dataFolder}/${code}`,
    YIHAO_DIRECTORY_KEY: demoDirectoryKey,
  });
  const below = (code: string) => ({
    YIHAO_PARENT_ISSUER: addressOf(portsAhead.province),
    YIHAO_PARENT_CLIENT_ID: cityClientOf({ code }),
  });
  const region = (code: string, name: string, ahead: number, more = {}): DemoRegion => {
    const config = readConfig({
      YIHAO_MODE: 'development',
      YIHAO_ISSUER: addressOf(ahead),
      YIHAO_REGION_CODE: code,
      YIHAO_REGION_NAME: name,
      YIHAO_LISTEN_HOST: 'localhost',
      YIHAO_LISTEN_PORT: String(port + ahead),
      YIHAO_PRIVATE_SITE_HOSTS: 'localhost',
      YIHAO_NETWORK_PLACES_FILE: demoPlacesFile,
      YIHAO_LOG_LEVEL: environment['YIHAO_LOG_LEVEL'] || 'warn',
      ...ownKeys(code),
      ...more,
    });
    return { code, name, issuer: config.issuer, config };
  };
  const b = demoConfig({ ...environment, ...ownKeys(demoHome.code), ...below(demoHome.code) });
  return {
    province: region(demoRegion.code, demoRegion.name, portsAhead.province),
    a: region(cityA.code, cityA.name.zh, portsAhead.a, below(cityA.code)),
    b: { ...demoHome, issuer: b.issuer, config: b },
    site: addressOf(portsAhead.site),
    counter: addressOf(portsAhead.counter),
    dataFolder,
  };
}

/** Lists what A registers: its site, whose purpose the agreement covers, and its counter, which asks elsewhere too. */
export function citySites(
  { site, counter }: Pick<DemoRegions, 'site' | 'counter'>,
  keys: { site: JWK; counter: JWK },
): { site: DemoSite; counter: DemoSite } {
  const { social } = demoSites(
    { property: site, social: site },
    { property: keys.site, social: keys.site },
    cityA,
  );
  const { metadata, ...counterSite } = demoCounter(counter, keys.counter, cityA);
  return {
    site: {
      ...social,
      // Its cookie goes to every port of the host, and B has a site of the other name.
      clientId: 'demo-city-social',
      purposeCode: demoSignInPurpose,
    },
    counter: { ...counterSite, metadata: { ...metadata, scope: `${metadata['scope']} recognition.verify` } },
  };
}

/** Registers a city at the province as the machine that tells it of certificates. */
export const cityMachine = ({ code, name, issuer }: DemoRegion): DemoSite => ({
  clientId: cityClientOf({ code }),
  name: { zh: name, en: `Example city ${code}` },
  department: name,
  authorityCode: '11999999000000027G',
  purpose: '向上级目录报送证照目录',
  homeUrl: `${issuer}/`,
  enabled: true,
  legalBasis: {},
  metadata: { grant_types: ['client_credentials'], jwks_uri: `${issuer}/jwks`, scope: 'directory.push' },
});
