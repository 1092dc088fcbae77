import { interactionPolicy } from 'oidc-provider';

const { Check, Prompt } = interactionPolicy;

/** Tells whether a recovery of the account is under way. */
export type RecoveryLookup = (accountId: string) => Promise<boolean>;

/**
 * Makes the step that asks whoever signs in by a way that still works whether the recovery under way is theirs. It asks
 * at each sign-in and at no other request.
 */
export const createRecoveryPrompt = (isUnderway: RecoveryLookup): interactionPolicy.Prompt =>
  new Prompt(
    { name: 'recovery', requestable: false },
    new Check('recovery_underway', 'a recovery is under way', 'interaction_required', async (ctx) => {
      const { session, result } = ctx.oidc;
      const accountId = session?.accountId;
      const isSignIn = result?.login !== undefined && result['recovery'] !== 'answered';
      if (accountId === undefined || !isSignIn) return Check.NO_NEED_TO_PROMPT;
      return (await isUnderway(accountId)) ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT;
    }),
  );
