import type { Context } from 'koa';
import type { AppError } from '../../base/error.ts';
import type { SignedIn } from '../../identity/index.ts';
import { acrOf } from '../../terms/assurance.ts';
import { finishStep, type InteractionDeps } from './open.ts';

/** Hands a sign-in that holds to the provider. */
export const signedIn = (
  ctx: Context,
  deps: InteractionDeps,
  { accountId, amr, assurance }: SignedIn,
): Promise<void> =>
  finishStep(ctx, deps, {
    login: { accountId, amr, acr: acrOf(assurance), remember: false },
    switchAccount: false,
  });

/** Returns how long a refusal asks to wait; 0 when it does not. */
export const waitSecondsOf = ({ values }: AppError): number =>
  Number(values['waitSeconds'] ?? 0) + Number(values['waitMinutes'] ?? 0) * 60;
