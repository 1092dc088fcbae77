import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { type AssuranceLevel, levelOf } from '../terms/assurance.ts';
import type { CertificateRequests } from './certificate-requests.ts';
import type { PeopleLookup } from './claims.ts';

const { Check, Prompt } = interactionPolicy;

/** What the level step is told: how sure the site wants to be, and of what. */
export interface LevelAsked {
  level: AssuranceLevel;
  /** The site cannot go on with less. */
  isRequired: boolean;
  /** The site asks who the person is, and nobody knows yet. */
  needsPerson: boolean;
}

const personScopes = ['name', 'profile', 'birthdate', 'id_number'];

const lowestOf = (values: readonly unknown[]): AssuranceLevel | null => {
  const levels = values.flatMap((value) => levelOf(String(value)) ?? []);
  return levels.length === 0 ? null : (Math.min(...levels) as AssuranceLevel);
};

/** Reads how sure a request asks to be: the least of what it names, as levels contain the ones below. */
const askedOf = ({ oidc }: KoaContextWithOIDC): { level: AssuranceLevel; isRequired: boolean } => {
  const claim = (oidc.claims?.id_token?.['acr'] ?? {}) as {
    essential?: boolean;
    value?: unknown;
    values?: unknown[];
  };
  const inClaim = lowestOf(claim.values ?? [claim.value]);
  if (inClaim !== null) return { level: inClaim, isRequired: claim.essential === true };
  const values = String(oidc.params?.['acr_values'] ?? '').split(' ');
  return { level: lowestOf(values) ?? 1, isRequired: false };
};

const needsPerson = ({ oidc }: KoaContextWithOIDC): boolean =>
  personScopes.some((scope) => oidc.requestParamScopes.has(scope)) ||
  oidc.params?.['authorization_details'] !== undefined;

/**
 * Makes the step that stands between a sign-in that is not sure enough and the refusal at the site: the person signs in
 * a surer way, is known better, goes on at the present level where the site lets that be, or turns back. The library's own
 * checks of an essential acr ask for the same sign-in again and again, and take no higher level for a lower one.
 */
export function createLevelPrompt(
  people: PeopleLookup,
  minimumAssurance: CertificateRequests['minimumAssurance'],
): interactionPolicy.Prompt {
  const find = async (ctx: KoaContextWithOIDC): Promise<LevelAsked | null> => {
    const { session, result } = ctx.oidc;
    const accountId = session?.accountId;
    if (accountId === undefined) return null;
    const ofItems = await minimumAssurance(ctx);
    const ofRequest = askedOf(ctx);
    const asked = ofItems >= ofRequest.level ? { level: ofItems, isRequired: ofItems > 1 } : ofRequest;
    const isNameless = needsPerson(ctx) && (await people(accountId))?.number === null;
    const isLow = (levelOf(session?.acr ?? '') ?? 1) < asked.level;
    const isAccepted = !asked.isRequired && result?.['level'] === 'accepted';
    return isNameless || (isLow && !isAccepted) ? { ...asked, needsPerson: isNameless } : null;
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
