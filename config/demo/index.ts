/**
 * The demo: twenty synthetic people, two stand-in government sites and the configuration they run under. Nothing of it
 * is used by an instance in production.
 */
import { type Config, type Environment, readConfig } from '../index.ts';
import { demoRegion } from './people.ts';

/** How far from Yihao's own port the demo's stand-ins for other authorities listen. */
const authorityPortAhead = 4;

/** What the demo shows them; it is public, like all of the demo. */
export const demoAuthorityKey = 'demo-authority-key';

/** Names the address of the demo's stand-ins for other authorities. */
export const demoAuthorityUrl = (port: number): string => `http://localhost:${port + authorityPortAhead}`;

/** Reads the configuration of the demo: development on this machine, where the environment says nothing else. */
export function demoConfig(environment: Environment = process.env): Config {
  const port = environment['YIHAO_LISTEN_PORT'] || '3000';
  const authority = demoAuthorityUrl(Number(port));
  return readConfig({
    YIHAO_DATA_FOLDER: 'data/demo',
    YIHAO_REGION_CODE: demoRegion.code,
    YIHAO_REGION_NAME: demoRegion.name,
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
    ...environment,
    YIHAO_MODE: 'development',
  });
}
