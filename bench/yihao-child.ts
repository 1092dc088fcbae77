import { readConfig } from '../config/index.ts';
import { seedHouse } from '../src/commands/seed.ts';
import { startServer } from '../src/commands/server.ts';
import { issuerOf, obeyParent, type StartOrder } from './child-orders.ts';

/** Yihao as `yihao serve` runs it, log included; only proof is switched off and the rate limit out of reach. */
const configure = (order: StartOrder) =>
  readConfig({
    YIHAO_MODE: 'development',
    YIHAO_ISSUER: issuerOf(order),
    YIHAO_LISTEN_HOST: 'localhost',
    YIHAO_LISTEN_PORT: String(order.port),
    YIHAO_REGION_CODE: '990000',
    YIHAO_REGION_NAME: '示例省',
    YIHAO_MASTER_KEY: 'be'.repeat(32),
    YIHAO_REQUESTS_PER_MINUTE: '1000000',
    YIHAO_UNSAFE_ANYONE_MAY_SIGN_IN_AS_ANYONE: 'yes',
    ...order.environment,
  });

obeyParent(async (order) => {
  const server = await startServer(configure(order));
  const { client_id: clientId, ...metadata } = order.client;
  const site = {
    clientId,
    name: { zh: '测量', en: 'Bench' },
    department: '测量',
    purpose: '测量',
    homeUrl: new URL('/', order.client.redirect_uris[0]).href,
    enabled: true,
    legalBasis: {},
    profile: 'basic' as const,
    unsafeLesserProfileReason: 'the bare library beside it is asked for no more',
    metadata,
  };
  await seedHouse(server.app.house, [site], () => undefined);
  return server.stop;
});
