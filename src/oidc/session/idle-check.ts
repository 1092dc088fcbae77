import { interactionPolicy } from 'oidc-provider';
import type { SessionKeeper } from './keeper.ts';

const { Check } = interactionPolicy;

/** Makes the check that asks for proof again in a session that nobody used for its level's time. */
export const createIdleCheck = (sessions: Pick<SessionKeeper, 'isIdle'>): interactionPolicy.Check =>
  new Check('session_idle', 'the session was not used for long', 'login_required', async ({ oidc }) => {
    const { session, result } = oidc;
    if (session?.accountId === undefined || result?.login !== undefined) return Check.NO_NEED_TO_PROMPT;
    return (await sessions.isIdle(session)) ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT;
  });
