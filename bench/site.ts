import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import type { ClientMetadata } from 'oidc-provider';
import type { StartOrder } from './child-orders.ts';

/** The site that people sign in at: one registration and one key for both servers under test. */
export interface Site {
  client: StartOrder['client'];
  kid: string;
  privateKey: CryptoKey;
  close(): Promise<void>;
}

/** Opens the site: makes its key, and answers at its redirect address. `changes` are to its registration. */
export async function openSite(
  changes: { client_id?: string; scope?: string; grant_types?: string[] } = {},
): Promise<Site> {
  const server = createServer((_request, response) => response.end('arrived'));
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  return {
    client: {
      ...registration(origin),
      ...changes,
      jwks: { keys: [{ ...jwk, kid, alg: 'ES256', use: 'sig' }] },
    },
    kid,
    privateKey,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const registration = (origin: string) =>
  ({
    client_id: 'bench',
    redirect_uris: [`${origin}/callback`],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    id_token_signed_response_alg: 'ES256',
    subject_type: 'pairwise',
    scope: 'openid name offline_access',
  }) satisfies ClientMetadata;
