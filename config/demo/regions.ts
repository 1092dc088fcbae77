import type { JWK } from 'jose';
import { type Config, type Environment, readConfig } from '../index.ts';
import { demoRegion } from './people.ts';
import { type DemoSite, demoCounter, demoSites } from './sites.ts';

/** A region of the demo of three: who it is, and where. */
export interface DemoRegion {
  code: string;
  name: string;
  issuer: string;
  config: Config;
  /** The keys by which a command reaches its storage while the demo is stopped. */
  environment: Record<string, string>;
}

/** The three regions, a province over two cities, and the addresses of what stands at city A. */
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

/** Names the machine by which a city tells the province. */
export const cityClientOf = ({ code }: Pick<DemoRegion, 'code'>): string => `city-${code}`;

/**
 * Reads the configuration of the three regions: five ports from YIHAO_LISTEN_PORT on, folders below YIHAO_DATA_FOLDER.
 * A cookie holds for every port of a host, so city A has a host name of its own; passkeys need B's, which is no number.
 */
export function demoRegions(environment: Environment = process.env): DemoRegions {
  const port = Number(environment['YIHAO_LISTEN_PORT'] || '3010');
  const dataFolder = environment['YIHAO_DATA_FOLDER'] || 'data/demo-regions';
  const parent = { issuer: `http://localhost:${port}`, code: demoRegion.code };
  const region = (code: string, name: string, host: string, ahead: number): DemoRegion => {
    const issuer = `http://${host}:${port + ahead}`;
    const own = {
      YIHAO_MODE: 'development',
      YIHAO_ISSUER: issuer,
      YIHAO_REGION_CODE: code,
      YIHAO_REGION_NAME: name,
      YIHAO_DATA_FOLDER: `${dataFolder}/${code}`,
      YIHAO_PRIVATE_SITE_HOSTS: 'localhost,127.0.0.1',
      YIHAO_LOG_LEVEL: environment['YIHAO_LOG_LEVEL'] || 'warn',
    };
    const above =
      code === parent.code
        ? {}
        : { YIHAO_PARENT_ISSUER: parent.issuer, YIHAO_PARENT_CLIENT_ID: cityClientOf({ code }) };
    const config = readConfig({
      ...own,
      ...above,
      YIHAO_DIRECTORY_KEY: demoDirectoryKey,
      YIHAO_LISTEN_HOST: host,
      YIHAO_LISTEN_PORT: String(port + ahead),
    });
    return { code, name, issuer, config, environment: own };
  };
  return {
    province: region(parent.code, demoRegion.name, 'localhost', 0),
    a: region('990100', '示例市甲', '127.0.0.1', 1),
    b: region('990200', '示例市乙', 'localhost', 2),
    site: `http://127.0.0.1:${port + 3}`,
    counter: `http://localhost:${port + 4}`,
    dataFolder,
  };
}

/** Lists what city A registers: its site, whose purpose the agreement covers, and its counter, which asks elsewhere too. */
export function citySites(
  { site, counter }: Pick<DemoRegions, 'site' | 'counter'>,
  keys: { site: JWK; counter: JWK },
): { site: DemoSite; counter: DemoSite } {
  const { social } = demoSites({ property: site, social: site }, { property: keys.site, social: keys.site });
  const { metadata, ...counterSite } = demoCounter(counter, keys.counter);
  return {
    site: { ...social, purposeCode: demoSignInPurpose, department: '示例市甲人力资源和社会保障局' },
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
