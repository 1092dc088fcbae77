import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { isLinkedAccount } from '../identity/index.ts';
import { type AssuranceLevel, levelOf } from '../terms/assurance.ts';
import type { CertificateRequests } from './certificate-requests.ts';
import type { Person } from './claims.ts';
import { essentialLevel } from './identity-assurance/claims-request.ts';
import type { RequestPeople } from './people-memory.ts';

const { Check, Prompt } = interactionPolicy;

/** What the level step is told: how sure the site wants to be, and of what. */
export interface LevelAsked {
  level: AssuranceLevel;
  /** The site cannot go on with less. */
  isRequired: boolean;
  /** The site asks who the person is, and nobody knows yet. */
  needsPerson: boolean;
}

/** Reads how sure a request would like to be: the least of what it names, as levels contain the ones below. */
const wishedBy = ({ oidc }: KoaContextWithOIDC): AssuranceLevel => {
  const named = String(oidc.params?.['acr_values'] ?? '').split(' ');
  const levels = named.flatMap((acr) => levelOf(acr) ?? []);
  return levels.sort((a, b) => a - b)[0] ?? 1;
};

/** Tells whether a request asks for what nobody knows of the person yet: the name, or the number certificates hang on. */
const lacks = ({ oidc }: KoaContextWithOIDC, { name, number }: Person): boolean => {
  const asks = (...scopes: string[]): boolean => scopes.some((scope) => oidc.requestParamScopes.has(scope));
  const asksNumber = asks('id_number') || oidc.params?.['authorization_details'] !== undefined;
  return (name === null && asks('name', 'profile', 'birthdate')) || (number === null && asksNumber);
};

/**
 * Makes the step that stands between a sign-in that is not sure enough and the refusal at the site: the person signs in
 * a surer way, is known better, goes on at the present level where nothing forbids it (acr_values is a wish), or turns
 * back.
 */
export function createLevelPrompt(
  people: RequestPeople,
  minimumAssurance: CertificateRequests['minimumAssurance'],
): interactionPolicy.Prompt {
  const find = async (ctx: KoaContextWithOIDC): Promise<LevelAsked | null> => {
    const { session, result } = ctx.oidc;
    const accountId = session?.accountId;
    if (accountId === undefined) return null;
    const wished = wishedBy(ctx);
    const needed = Math.max(essentialLevel(ctx), await minimumAssurance(ctx));
    const reached = levelOf(session?.acr ?? '') ?? 1;
    const isRequired = reached < needed;
    const person = await people(ctx, accountId);
    // What a guest is called is for the home region to know.
    const isNameless = person !== null && !isLinkedAccount(accountId) && lacks(ctx, person);
    const isWished = reached < wished && result?.['level'] !== 'accepted';
    if (!isNameless && !isRequired && !isWished) return null;
    return { level: Math.max(wished, needed) as AssuranceLevel, isRequired, needsPerson: isNameless };
  };
  const tooLow = new Check(
    'level_too_low',
    'a higher level is required',
    'interaction_required',
    async (ctx) => ((await find(ctx)) === null ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT),
    async (ctx) => ({ ...(await find(ctx)) }),
  );
  return new Prompt({ name: 'level', requestable: false }, tooLow);
}
