import { createPrivateKey, randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { demoPeople } from '../../config/demo/people.ts';
import { simulatorConfig } from '../../config/simulator.ts';
import { createApp } from '../app.ts';
import { systemClock } from '../base/clock.ts';
import { parseMasterKey } from '../crypto/index.ts';
import type { House } from '../house.ts';
import { createCsrf, createLog } from '../http/index.ts';
import { createSimulator, type SimulatedPerson, type Simulator } from '../http/simulator/index.ts';
import type { Site } from '../oidc/index.ts';
import type { OrderedPerson } from './simulator-people.ts';

export interface SimulatorOptions {
  /** A name of this computer, which is in the issuer too. */
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** Undefined: the demo's. */
  people?: readonly OrderedPerson[];
  sites: readonly Site[];
  anyClient: boolean;
  /** Where clients may be called back beside this computer. */
  redirects: readonly string[];
  asksConsent: boolean;
}

/** A simulator, up. */
export interface RunningSimulator extends Pick<Simulator, 'figures'> {
  issuer: string;
  people: readonly SimulatedPerson[];
  stop(): Promise<void>;
}

/** Starts a simulator: a whole instance in memory, and what makes it one for tests in front of it. */
export async function startSimulator(options: SimulatorOptions): Promise<RunningSimulator> {
  let listener: RequestListener = () => undefined;
  const server = createServer((request, response) => listener(request, response));
  const issuer = `http://${options.host}:${await listen(server, options)}`;
  const config = simulatorConfig({ issuer, privateHosts: hostsOf(options) });
  const log = createLog(config.logLevel);
  const masterKey = parseMasterKey(randomBytes(32).toString('hex'));
  const { house, provider, ...app } = await createApp({ config, log, masterKey, clock: systemClock });
  for (const site of options.sites) await house.sites.save(site, 'simulator');
  const people = await addPeople(house, options.people ?? demoPeople);
  const { signing } = await house.crypto.keyRing.load();
  const simulator = createSimulator({
    issuer,
    clock: systemClock,
    log,
    listener: app.listener,
    provider: () => provider.current,
    sites: house.sites,
    csrf: createCsrf(masterKey.derive('csrf')),
    settings: { regionName: config.region.name, helpLine: config.helpLine, secureCookies: false },
    people,
    anyClient: options.anyClient ? options : null,
    asksConsent: options.asksConsent,
    signingKey: createPrivateKey({ key: { ...signing }, format: 'jwk' }),
  });
  listener = simulator.listener;
  return {
    issuer,
    people,
    figures: simulator.figures,
    stop: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await house.close();
    },
  };
}

const listen = async (server: Server, { host, port }: SimulatorOptions): Promise<number> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host.replace(/^\[(.*)\]$/, '$1'), resolve);
  });
  return (server.address() as AddressInfo).port;
};

/** Sign-out notices go to the sites' own hosts, and their keys are read there. */
const hostsOf = ({ sites, redirects }: SimulatorOptions): string[] =>
  [...sites.map(({ homeUrl }) => homeUrl), ...redirects].map((address) => new URL(address).hostname);

const addPeople = ({ identity }: House, people: readonly OrderedPerson[]): Promise<SimulatedPerson[]> =>
  Promise.all(
    people.map(async ({ number, name, phone, level }) => {
      const account = { number, name, assurance: level ?? 2, actor: 'simulator' } as const;
      const { accountId } = await identity.createAccount({ ...account, ...(phone ? { phone } : {}) });
      return { accountId, number, name, ...(level === undefined ? {} : { level }) };
    }),
  );
