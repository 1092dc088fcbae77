import { interactionPolicy } from 'oidc-provider';
import { isLinkedAccount } from '../../identity/index.ts';
import { levelOf } from '../../terms/assurance.ts';
import { wantedLevelOf } from './ask.ts';
import type { GuestSessions } from './guest-sessions.ts';

const { Check } = interactionPolicy;

/**
 * Asks a guest to sign in anew at a site that was not named at home, or that asks to be surer: what one site was let know,
 * for one purpose, is not another's.
 */
export const createGuestCheck = (guests: Pick<GuestSessions, 'find'>): interactionPolicy.Check =>
  new Check(
    'guest_elsewhere',
    'a sign-in at home for this site is required',
    'login_required',
    async (ctx) => {
      const { session, client, result, params } = ctx.oidc;
      const isGuest = session?.accountId !== undefined && isLinkedAccount(session.accountId);
      if (!isGuest || client === undefined || result?.['login'] !== undefined) return Check.NO_NEED_TO_PROMPT;
      const visit = await guests.find(session.uid, client.clientId);
      // The session bears the level of the last sign-in, and another site's may have been capped otherwise.
      if (visit === null || session.acr !== visit.level) return Check.REQUEST_PROMPT;
      const wanted = levelOf(wantedLevelOf(params ?? {}) ?? '') ?? 1;
      return (levelOf(visit.level) ?? 1) < wanted ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT;
    },
  );
