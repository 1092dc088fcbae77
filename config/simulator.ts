import { type Config, type Environment, readConfig } from './index.ts';

/** Where the simulator is reached, and which hosts it may call besides this computer. */
export interface SimulatorPlace {
  issuer: string;
  privateHosts: readonly string[];
}

const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/** Tells whether a host is this computer by its name alone. */
export const isLoopbackHost = (host: string): boolean => loopbackHosts.includes(host.toLowerCase());

/** Refuses to simulate where an instance in production is configured. Throws an Error that says what to unset. */
export function refuseInProduction(environment: Environment = process.env): void {
  if (environment['YIHAO_MODE'] === 'production')
    throw new Error(
      'YIHAO_MODE is production here: the simulator signs anybody in. Start it elsewhere, or unset YIHAO_MODE',
    );
}

/**
 * Makes the configuration of the simulator. Of the environment nothing is read, so that no storage or key of an instance
 * is touched; all is kept in memory, and the name of the region says on every page what it is.
 */
export const simulatorConfig = ({ issuer, privateHosts }: SimulatorPlace): Config =>
  readConfig({
    YIHAO_MODE: 'development',
    YIHAO_ISSUER: issuer,
    YIHAO_REGION_CODE: '990000',
    YIHAO_REGION_NAME: '模拟器 Simulator',
    YIHAO_DATA_FOLDER: ':memory:',
    YIHAO_PRIVATE_SITE_HOSTS: [...loopbackHosts, ...privateHosts].join(','),
    YIHAO_REQUESTS_PER_MINUTE: '1000000',
    YIHAO_SITE_REQUESTS_PER_MINUTE: '1000000',
    YIHAO_LOG_LEVEL: 'error',
  });
