import { readConfig } from '../config/index.ts';
import { seedHouse } from '../src/commands/seed.ts';
import { type RunningServer, startServer } from '../src/commands/server.ts';
import { type Acts, issuerOf, obeyParent, type StartOrder } from './child-orders.ts';

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
    YIHAO_SITE_REQUESTS_PER_MINUTE: '1000000',
    YIHAO_UNSAFE_ANYONE_MAY_SIGN_IN_AS_ANYONE: 'yes',
    ...order.environment,
  });

let running: RunningServer | undefined;
/** The identity domain and the account of a person who is in. */
const accountOf = async (number: string) => {
  const identity = running?.app.house.identity;
  const accountId = await identity?.findAccountIdByNumber(number);
  if (identity === undefined || !accountId) throw new Error('nobody has this number');
  return { identity, accountId };
};

/** What people set up by themselves before they sign in. */
const acts = {
  async beginPasskey({ number }: { number: string }) {
    const { identity, accountId } = await accountOf(number);
    return identity.beginPasskeyRegistration({ accountId, binding: 'bench' });
  },
  async finishPasskey({ number, response }: { number: string; response: object }) {
    const { identity, accountId } = await accountOf(number);
    await identity.finishPasskeyRegistration({ accountId, binding: 'bench', response, name: 'bench' });
  },
  async beginTotp({ number }: { number: string }) {
    const { identity, accountId } = await accountOf(number);
    return identity.beginTotp({ accountId });
  },
  async finishTotp({ number, code }: { number: string; code: string }) {
    const { identity, accountId } = await accountOf(number);
    await identity.finishTotp({ accountId, code });
  },
} satisfies Acts;

obeyParent(async (order) => {
  const server = await startServer(configure(order));
  running = server;
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
}, acts);
