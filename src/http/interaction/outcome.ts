import type { Context } from 'koa';
import type { AppError } from '../../base/error.ts';
import type { SignedIn } from '../../identity/index.ts';
import { checkSandbox } from '../../oidc/index.ts';
import { acrOf } from '../../terms/assurance.ts';
import { noteDevice } from '../device-cookie.ts';
import { finishStep, type InteractionDeps, type OpenInteraction } from './open.ts';

type Signing = [ctx: Context, deps: InteractionDeps, open: Pick<OpenInteraction, 'site'>, signIn: SignedIn];

/** Hands a sign-in that holds to the provider and goes where it says. Throws test-people-only, test-people-elsewhere. */
export const signedIn = async (...signing: Signing): Promise<void> => {
  const [ctx, deps] = signing;
  await finishStep(ctx, deps, await resultOf(...signing));
};

/**
 * Makes of a sign-in that holds what the provider is told, and notes the browser it was made at. Throws test-people-only,
 * test-people-elsewhere.
 */
export const resultOf = async (
  ...[ctx, deps, { site }, { accountId, amr, assurance }]: Signing
): Promise<Record<string, unknown>> => {
  checkSandbox(site.clientId, accountId);
  await noteDevice(ctx, { ...deps, issuer: deps.provider().issuer }, accountId);
  return {
    login: { accountId, amr, acr: acrOf(assurance), remember: false },
    switchAccount: false,
  };
};

/** Returns how long a refusal asks to wait; 0 when it does not. */
export const waitSecondsOf = ({ values }: AppError): number =>
  Number(values['waitSeconds'] ?? 0) + Number(values['waitMinutes'] ?? 0) * 60;
