import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { SiteHealth } from './site-health.ts';

/**
 * Turns away a site that has proved itself and used up its quota: 429 with Retry-After, and `temporarily_unavailable` as
 * the error. RFC 6749 has no error for it at the token endpoint; this one is its word for an overload at the
 * authorization endpoint, from memory [M], and its use here is our design [D].
 */
export async function holdToQuota(
  { admit }: Pick<SiteHealth, 'admit'>,
  ctx: KoaContextWithOIDC,
  clientId: string,
): Promise<void> {
  const waitSeconds = await admit(clientId, 'oauth');
  if (waitSeconds === null) return;
  ctx.set('Retry-After', String(waitSeconds));
  const description = `the quota of requests a minute is used up: try again in ${waitSeconds} seconds`;
  throw Object.assign(new errors.TemporarilyUnavailable(description), { status: 429, statusCode: 429 });
}
