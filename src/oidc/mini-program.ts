import { interactionPolicy } from 'oidc-provider';
import type { Site } from './sites.ts';

const { Check } = interactionPolicy;

/** The request parameter that carries a mini-program's ticket to the sign-in page; the name is our design [D]. */
export const miniProgramParameter = 'mini_program_ticket';

/** The method among `amr` that such a sign-in has. */
const method = 'mini_program';

/** Tells whether a registration is the backend of a mini-program: its metadata names the app. */
export const isSiteOfMiniProgram = ({ metadata }: Site, appId: string | null): boolean =>
  appId !== null && metadata['mini_program_app_id'] === appId;

/**
 * Makes the check that a sign-in by mini-program counts at that mini-program's own site and nowhere else: whoever has
 * the telephone's WeChat would otherwise come to the person's own pages with it. Elsewhere the person signs in anew.
 */
export const createMiniProgramCheck = (
  isMiniProgramClient: (clientId: string) => Promise<boolean>,
): interactionPolicy.Check =>
  new Check('mini_program_only', 'this sign-in counts in the mini-program', 'login_required', async (ctx) => {
    const { session, client } = ctx.oidc;
    const amr = (session as { amr?: string[] } | undefined)?.amr ?? [];
    if (session?.accountId === undefined || client === undefined || !amr.includes(method))
      return Check.NO_NEED_TO_PROMPT;
    return (await isMiniProgramClient(client.clientId)) ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT;
  });
