import type { Context } from 'koa';
import type { AppError } from '../../base/error.ts';
import type { SignedIn } from '../../identity/index.ts';
import { checkSandbox } from '../../oidc/index.ts';
import { acrOf } from '../../terms/assurance.ts';
import { noteDevice } from '../device-cookie.ts';
import { finishStep, type InteractionDeps, type OpenInteraction } from './open.ts';

/**
 * Hands a sign-in that holds to the provider, and notes the browser it was made at. Throws test-people-only,
 * test-people-elsewhere.
 */
export const signedIn = async (
  ctx: Context,
  deps: InteractionDeps,
  { site }: Pick<OpenInteraction, 'site'>,
  { accountId, amr, assurance }: SignedIn,
): Promise<void> => {
  checkSandbox(site.clientId, accountId);
  await noteDevice(ctx, { issuer: deps.provider().issuer, identity: deps.identity }, accountId);
  await finishStep(ctx, deps, {
    login: { accountId, amr, acr: acrOf(assurance), remember: false },
    switchAccount: false,
  });
};

/** Returns how long a refusal asks to wait; 0 when it does not. */
export const waitSecondsOf = ({ values }: AppError): number =>
  Number(values['waitSeconds'] ?? 0) + Number(values['waitMinutes'] ?? 0) * 60;
