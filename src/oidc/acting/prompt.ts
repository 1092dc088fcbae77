import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { type Acting, isActingGrant } from './acting.ts';
import { fits, readActing } from './request.ts';

const { Check, Prompt } = interactionPolicy;

/** What the step hands back: whose choice it was, and the grant it is bound to; null for the person themselves. */
export interface ActingResult {
  accountId: string;
  grantId: string | null;
}

/** Reads the choice made in this request by the person who is signed in now; undefined when there is none. */
export const chosenIn = ({ oidc }: KoaContextWithOIDC): ActingResult | undefined => {
  const chosen = oidc.result?.['acting'] as ActingResult | undefined;
  return chosen?.accountId === oidc.session?.accountId ? chosen : undefined;
};

/**
 * Makes the step that asks a person whom they act for. It stands only where the site asks and there is a choice; a person
 * who has nothing to choose goes on for themselves, unless the site takes nobody like that. A request without pages
 * (prompt=none) goes on by the choice made before.
 */
export function createActingPrompt(acting: Acting): interactionPolicy.Prompt {
  const check = new Check('whom_to_act_for', 'a choice is required', 'interaction_required', async (ctx) => {
    const asked = readActing(ctx);
    const { session, client, prompts } = ctx.oidc;
    const accountId = session?.accountId;
    if (asked === null || accountId === undefined || chosenIn(ctx) !== undefined)
      return Check.NO_NEED_TO_PROMPT;
    if (prompts.has('none')) {
      const grantId = session?.grantIdFor(client?.clientId ?? '');
      const mandate = await acting.find(grantId);
      const isSelf = !isActingGrant(grantId) && asked.kinds.includes('self');
      const goesOn = isSelf || (mandate !== null && fits(asked, mandate));
      return goesOn ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT;
    }
    const hasNone = (await acting.offers(accountId, asked)).length === 0;
    return hasNone && asked.kinds.includes('self') ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT;
  });
  const details = (ctx: KoaContextWithOIDC): { [key: string]: unknown } => ({ ...readActing(ctx) });
  return new Prompt({ name: 'acting', requestable: false }, details, check);
}

/** Decides which grant a request goes by: that of its choice, else the session's, if that is of the same sort. */
export function grantIdFor(ctx: KoaContextWithOIDC, ofSession: string | undefined): string | undefined {
  const chosen = chosenIn(ctx);
  if (chosen !== undefined && chosen.grantId !== null) return chosen.grantId;
  const isSilent = ctx.oidc.prompts.has('none') && readActing(ctx) !== null;
  return isActingGrant(ofSession) && !isSilent ? undefined : ofSession;
}
