/**
 * The demo: twenty synthetic people at home in one city, two stand-in government sites there, and the configuration they
 * run under; the regions around it are in `regions.ts`. Nothing of it is used by an instance in production.
 */
import { join } from 'node:path';
import { type Config, type Environment, readConfig } from '../index.ts';
import { projectRoot } from '../root.ts';
import { demoHome } from './people.ts';
import { netIdClasses } from './simulators/net-id-provider.ts';
import { demoMiniProgramApp } from './sites.ts';

/** How far from Yihao's own port the demo's stand-ins for other authorities listen. */
const authorityPortAhead = 4;

/** What the demo shows them; it is public, like all of the demo. */
export const demoAuthorityKey = 'demo-authority-key';

/** Names the address of the demo's stand-ins for other authorities. */
export const demoAuthorityUrl = (port: number): string => `http://localhost:${port + authorityPortAhead}`;

/** How far ahead of it the sample mini-program and its platform do; the regions take the ports between. */
const miniProgramPortAhead = 9;

/** Names the address of the sample mini-program and of the stand-in for its platform. */
export const demoMiniProgramUrl = (port: number): string => `http://localhost:${port + miniProgramPortAhead}`;

/** How far ahead of it the stand-in for the net-ID service does. */
const netIdPortAhead = 10;

/** As what the people's city is registered there. */
export const demoNetIdClient = 'yihao-demo';

/** Names the address of the stand-in for the net-ID service. */
export const demoNetIdUrl = (port: number): string => `http://localhost:${port + netIdPortAhead}`;

/** The demo's own table of where networks are: this computer, and networks that are for documentation. */
export const demoPlacesFile = join(projectRoot(), 'config/demo/network-places.csv');

/** Reads the configuration of the people's city: development on this machine, where the environment says nothing else. */
export function demoConfig(environment: Environment): Config {
  const port = environment['YIHAO_LISTEN_PORT'] || '3000';
  const authority = demoAuthorityUrl(Number(port));
  return readConfig({
    YIHAO_REGION_CODE: demoHome.code,
    YIHAO_REGION_NAME: demoHome.name,
    YIHAO_LISTEN_HOST: 'localhost',
    YIHAO_ISSUER: `http://localhost:${port}`,
    YIHAO_LOG_LEVEL: 'warn',
    YIHAO_PRIVATE_SITE_HOSTS: 'localhost',
    YIHAO_SMS_GATEWAY_URL: authority,
    YIHAO_SMS_GATEWAY_KEY: demoAuthorityKey,
    YIHAO_POPULATION_URL: authority,
    YIHAO_POPULATION_KEY: demoAuthorityKey,
    YIHAO_FACE_CHECK_URL: authority,
    YIHAO_FACE_CHECK_KEY: demoAuthorityKey,
    YIHAO_MINI_PROGRAM_APP_ID: demoMiniProgramApp.appId,
    YIHAO_MINI_PROGRAM_SECRET: demoMiniProgramApp.secret,
    YIHAO_MINI_PROGRAM_PLATFORM_URL: demoMiniProgramUrl(Number(port)),
    YIHAO_NET_ID_ISSUER: demoNetIdUrl(Number(port)),
    YIHAO_NET_ID_CLIENT_ID: demoNetIdClient,
    YIHAO_NET_ID_KEY_FILE: join(environment['YIHAO_DATA_FOLDER'] || 'data', 'net-id-client.jwk'),
    YIHAO_NET_ID_STRONG_ACR: netIdClasses.face,
    YIHAO_NETWORK_PLACES_FILE: demoPlacesFile,
    ...environment,
    YIHAO_MODE: 'development',
  });
}
