import { demoNetIdClient, demoNetIdUrl } from '../../config/demo/index.ts';
import { publicKeyOf, readOrCreateSiteKey } from '../../config/demo/keys.ts';
import { startNetIdSimulator } from '../../config/demo/simulators/net-id-server.ts';
import type { Config } from '../../config/index.ts';
import type { Stops } from './demo-home.ts';

/** The key by which a city proves itself to the demo's net-ID service; null when it goes to another one, or none. */
const readKey = ({ netId, listen }: Config) =>
  netId?.issuer === demoNetIdUrl(listen.port) ? readOrCreateSiteKey(netId.keyFile) : null;

/** Makes the key of a city's client at the demo's net-ID service, which the city reads when it starts. */
export async function prepareNetId(config: Config): Promise<void> {
  await readKey(config);
}

/** Starts the demo's net-ID service, with the city as its client; nothing when the city goes to another one. */
export async function startNetId(config: Config, stops: Stops): Promise<void> {
  const key = await readKey(config);
  if (key === null) return;
  const service = await startNetIdSimulator({
    clientId: demoNetIdClient,
    redirectUri: `${config.issuer}/net-id/callback`,
    publicJwk: publicKeyOf(key),
    port: Number(new URL(demoNetIdUrl(config.listen.port)).port),
    host: 'localhost',
  });
  stops.push(service.close);
}
