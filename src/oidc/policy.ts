import { errors, interactionPolicy } from 'oidc-provider';
import type { CertificateRequests } from './certificate-requests.ts';
import { machineScopes } from './claims.ts';
import { verifiedCheck } from './identity-assurance/claims-request.ts';
import { createLevelPrompt } from './levels.ts';
import type { RequestPeople } from './people-memory.ts';

const { Check, Prompt, base } = interactionPolicy;

/** What an interaction page hands back to the provider, beside the library's own `login` and `consent`. */
export interface StepResult {
  passkeyOffer?: 'accepted' | 'declined';
  /** The person said at consent that the account is not theirs, or wants to sign in a surer way. */
  switchAccount?: boolean;
  /** The person said whether the recovery under way is theirs. */
  recovery?: 'answered';
  /** The person goes on at the present level, below the one the site would like. */
  level?: 'accepted';
}

type Results = StepResult & { login?: { amr?: string[] } };

/**
 * Lists the steps a request may stop at, in order: sign in, say whether a recovery under way is theirs, be known well
 * enough, be offered a passkey after a sign-in by password or telephone, say for whom they act, agree. A step's page returns to the provider, which walks the list again; no page knows the next.
 */
export function createPolicy(
  { minimumAssurance, consentCheck }: Pick<CertificateRequests, 'minimumAssurance' | 'consentCheck'>,
  people: RequestPeople,
  regionChecks: readonly interactionPolicy.Check[],
  acting: interactionPolicy.Prompt,
  recovery: interactionPolicy.Prompt,
): interactionPolicy.DefaultPolicy {
  const policy = base();
  const offer = new Prompt(
    { name: 'passkey_offer', requestable: false },
    new Check('signed_in_by_code', 'a passkey can be added', 'interaction_required', (ctx) => {
      const result = ctx.oidc.result as Results | undefined;
      const { amr = [] } = result?.login ?? {};
      const byCode = !amr.includes('fed') && amr.some((method) => ['pwd', 'sms'].includes(method));
      return byCode && result?.passkeyOffer === undefined ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT;
    }),
  );
  policy.add(createLevelPrompt(people, minimumAssurance), 1);
  policy.add(offer, 2);
  policy.add(acting, 3);
  policy.add(recovery, 1);
  const login = policy.get('login')?.checks;
  // The step for levels sees to an essential level; these would ask for a sign-in time and again.
  login?.remove('essential_acr');
  login?.remove('essential_acrs');
  login?.add(noMachineScope);
  for (const check of regionChecks) login?.add(check);
  login?.add(
    new Check('switch_account', 'another person signs in', 'login_required', (ctx) =>
      (ctx.oidc.result as Results | undefined)?.switchAccount === true
        ? Check.REQUEST_PROMPT
        : Check.NO_NEED_TO_PROMPT,
    ),
  );
  const consent = policy.get('consent')?.checks;
  // The library's own would ask again each time.
  consent?.remove('rar_prompt');
  consent?.add(consentCheck);
  consent?.add(verifiedCheck);
  return policy;
}

/** What a site's machine may do is no person's to agree to. */
const noMachineScope = new Check('machine_scope', 'a scope of machines', 'login_required', (ctx) => {
  const scope = machineScopes.find((name) => ctx.oidc.requestParamScopes.has(name));
  if (scope === undefined) return Check.NO_NEED_TO_PROMPT;
  throw new errors.InvalidScope('this scope is for the client credentials grant', scope);
});
