import { interactionPolicy } from 'oidc-provider';

const { Check, Prompt, base } = interactionPolicy;

/** What an interaction page hands back to the provider, beside the library's own `login` and `consent`. */
export interface StepResult {
  passkeyOffer?: 'accepted' | 'declined';
  /** The person said at consent that the account is not theirs. */
  switchAccount?: boolean;
}

type Results = StepResult & { login?: { amr?: string[] } };

/**
 * Lists the steps a request may stop at, in order: sign in, be offered a passkey after a sign-in by password,
 * agree. A step's page returns to the provider, which walks the list again; no page knows the next.
 */
export function createPolicy(): interactionPolicy.DefaultPolicy {
  const policy = base();
  const offer = new Prompt(
    { name: 'passkey_offer', requestable: false },
    new Check('signed_in_by_password', 'a passkey can be added', 'interaction_required', (ctx) => {
      const result = ctx.oidc.result as Results | undefined;
      const byPassword = result?.login?.amr?.includes('pwd') === true;
      return byPassword && result?.passkeyOffer === undefined
        ? Check.REQUEST_PROMPT
        : Check.NO_NEED_TO_PROMPT;
    }),
  );
  policy.add(offer, 1);
  policy
    .get('login')
    ?.checks.add(
      new Check('switch_account', 'another person signs in', 'login_required', (ctx) =>
        (ctx.oidc.result as Results | undefined)?.switchAccount === true
          ? Check.REQUEST_PROMPT
          : Check.NO_NEED_TO_PROMPT,
      ),
    );
  return policy;
}
