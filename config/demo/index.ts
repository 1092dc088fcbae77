/**
 * The demo: twenty synthetic people, two stand-in government sites and the configuration they run under. Nothing of it
 * is used by an instance in production.
 */
import { type Config, type Environment, readConfig } from '../index.ts';
import { demoRegion } from './people.ts';

/** Reads the configuration of the demo: development on this machine, where the environment says nothing else. */
export function demoConfig(environment: Environment = process.env): Config {
  const port = environment['YIHAO_LISTEN_PORT'] || '3000';
  return readConfig({
    YIHAO_DATA_FOLDER: 'data/demo',
    YIHAO_REGION_CODE: demoRegion.code,
    YIHAO_REGION_NAME: demoRegion.name,
    YIHAO_LISTEN_HOST: 'localhost',
    YIHAO_ISSUER: `http://localhost:${port}`,
    YIHAO_LOG_LEVEL: 'warn',
    YIHAO_PRIVATE_SITE_HOSTS: 'localhost',
    ...environment,
    YIHAO_MODE: 'development',
  });
}
