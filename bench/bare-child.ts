import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type Configuration, type JWK } from 'oidc-provider';
import { demoPeople } from '../config/demo/people.ts';
import { answerInteractions } from './bare-interactions.ts';
import { issuerOf, obeyParent, type StartOrder } from './child-orders.ts';

const lifetimeSeconds = 43_200;

const accountOf = (accountId: string) => ({
  accountId,
  claims: () => ({ sub: accountId, name: demoPeople[Number(accountId)]?.name }),
});

/** The library on its own memory adapter, set to the same protocol as Yihao: what is signed and checked is the same. */
const configurationOf = (order: StartOrder, key: JWK): Configuration => ({
  clients: [order.client],
  jwks: { keys: [key] } as NonNullable<Configuration['jwks']>,
  cookies: { keys: ['only-for-the-bench'], long: { signed: true }, short: { signed: true } },
  ttl: {
    AccessToken: 600,
    AuthorizationCode: 60,
    Grant: lifetimeSeconds,
    IdToken: 600,
    Interaction: 1800,
    PushedAuthorizationRequest: 60,
    RefreshToken: lifetimeSeconds,
    Session: lifetimeSeconds,
  },
  acrValues: ['urn:yihao:loa:2'],
  claims: { openid: ['sub', 'acr', 'amr', 'auth_time'], name: ['name'] },
  responseTypes: ['code'],
  subjectTypes: ['pairwise'],
  pkce: { required: () => true },
  clientAuthMethods: ['private_key_jwt'],
  enabledJWA: { idTokenSigningAlgValues: ['ES256'], clientAuthSigningAlgValues: ['ES256'] },
  rotateRefreshToken: () => true,
  findAccount: (_ctx, accountId) => accountOf(accountId),
  pairwiseIdentifier: (_ctx, accountId, client) =>
    createHash('sha256').update(`${client.clientId} ${accountId}`).digest('base64url'),
  interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
  features: {
    devInteractions: { enabled: false },
    dPoP: { enabled: true, nonceSecret: Buffer.alloc(32, 7) },
    introspection: {
      enabled: true,
      allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
    },
    pushedAuthorizationRequests: { enabled: true },
    resourceIndicators: { enabled: false },
  },
});

obeyParent(async (order) => {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'bare', alg: 'ES256', use: 'sig' };
  const provider = new Provider(issuerOf(order), configurationOf(order, key));
  answerInteractions(provider);
  const server = createServer(provider.callback());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(order.port, 'localhost', resolve);
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
});
