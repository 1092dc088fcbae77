import type { KoaContextWithOIDC } from 'oidc-provider';
import { AppError } from '../../base/error.ts';
import { refusalOf } from './peer-client.ts';
import type { OtherRegionDeps } from './ports.ts';
import { isRegionClient } from './request.ts';

type Counting = Pick<OtherRegionDeps, 'traffic'>;

/** Counts why a sign-in at a site here came to nothing, if it does. Throws as `act` does. */
export async function countRefusals<T>(
  { traffic }: Counting,
  agreementId: string,
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal instanceof AppError) await traffic.count({ agreementId, side: 'host', cause: refusal.code });
    throw error;
  }
}

/** Counts a sign-in at home for a site of another region, once the provider has answered with a code. */
export async function countAnswered(
  { traffic }: Counting,
  { oidc }: Partial<KoaContextWithOIDC>,
): Promise<void> {
  const isAnswered = oidc?.route === 'authorization' || oidc?.route === 'resume';
  if (!isAnswered || oidc?.entities.AuthorizationCode === undefined) return;
  if (!isRegionClient(oidc.client?.clientId ?? '')) return;
  // The gate has found the agreement: without it there is no code.
  const agreementId = String(oidc.params?.['yh_agreement']);
  await traffic.count({ agreementId, side: 'home', cause: 'admitted' });
}
