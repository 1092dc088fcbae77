import { interactionPolicy } from 'oidc-provider';
import { AppError } from '../../base/error.ts';
import { isTestPerson } from '../../identity/index.ts';

const { Check } = interactionPolicy;

const suffix = '.sandbox';

/** Names the sandbox of a site. */
export const sandboxOf = (siteId: string): string => `${siteId}${suffix}`;

/** Tells whether a client is a site's sandbox (测试环境): its identifier says so, and the store lets no other have such a one. */
export const isSandbox = (clientId: string): boolean => clientId.endsWith(suffix);

/** Names the site whose sandbox it is. */
export const siteOfSandbox = (clientId: string): string => clientId.slice(0, -suffix.length);

/**
 * Keeps test people in sandboxes and everyone else out of them. Throws test-people-only, test-people-elsewhere.
 */
export function checkSandbox(clientId: string, accountId: string): void {
  if (isSandbox(clientId) === isTestPerson(accountId)) return;
  throw new AppError(isSandbox(clientId) ? 'test-people-only' : 'test-people-elsewhere');
}

/** Asks who is signed in, and may not be here, to sign in as another; who has just signed in was looked at then. */
export const sandboxCheck: interactionPolicy.Check = new Check(
  'sandbox_people',
  'a test person at a sandbox, and nobody of them elsewhere',
  'login_required',
  (ctx) => {
    const { session, client, result } = ctx.oidc;
    const accountId = session?.accountId;
    if (accountId === undefined || client === undefined || result?.['login'] !== undefined)
      return Check.NO_NEED_TO_PROMPT;
    return isSandbox(client.clientId) === isTestPerson(accountId)
      ? Check.NO_NEED_TO_PROMPT
      : Check.REQUEST_PROMPT;
  },
);
