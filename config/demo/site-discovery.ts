import { importJWK, type JWK } from 'jose';
import * as client from 'openid-client';
import { SiteProblem } from './site-problem.ts';

export interface SiteClientOptions {
  issuer: string;
  clientId: string;
  privateJwk: JWK;
  scope: string;
  origin: string;
}

const timeoutSeconds = 10;

const discover = async ({
  issuer,
  clientId,
  privateJwk,
}: SiteClientOptions): Promise<client.Configuration> => {
  const key = await importJWK(privateJwk, 'ES256');
  if (key instanceof Uint8Array) throw new Error('the key of a site must be a key pair');
  const authentication = client.PrivateKeyJwt(privateJwk.kid ? { key, kid: privateJwk.kid } : key);
  const expected = { id_token_signed_response_alg: 'ES256', require_auth_time: true };
  // The demo runs on http://localhost; a site in earnest never allows this.
  const execute = issuer.startsWith('http:') ? [client.allowInsecureRequests] : [];
  return client.discovery(new URL(issuer), clientId, expected, authentication, {
    execute,
    timeout: timeoutSeconds,
  });
};

/**
 * Returns a reader of the issuer's metadata. The issuer is looked up when first needed, and again after a failure, so
 * that it does not matter which of the two starts first.
 */
export function lazyConfiguration(options: SiteClientOptions): () => Promise<client.Configuration> {
  let discovered: Promise<client.Configuration> | null = null;
  return async () => {
    discovered ??= discover(options);
    const mine = discovered;
    try {
      return await mine;
    } catch (error) {
      if (discovered === mine) discovered = null;
      throw new SiteProblem('provider-unreachable', null, { cause: error });
    }
  };
}
