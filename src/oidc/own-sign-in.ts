import { createHash } from 'node:crypto';
import { errors, type KoaContextWithOIDC, type Provider } from 'oidc-provider';
import { grantIdFor } from './acting/prompt.ts';
import { ownCallbackPath, ownClientId, receiptsPath } from './own-site.ts';
import { isRegionClient } from './recognition/request.ts';
import type { SessionKeeper } from './session/keeper.ts';

/** A sign-in to Yihao's own pages, as its code tells it. */
export interface OwnVisit {
  accountId: string;
  /** The provider's session; the visit ends with it. */
  sessionUid: string;
  acr: string | null;
  amr: string[];
  /** When the person last proved who they are, seconds since the epoch. */
  authTime: number;
}

export interface OwnRequest {
  state: string;
  /** PKCE (RFC 7636): S256 of it goes out, and only who holds it gets something for the code. */
  verifier: string;
  language: 'zh' | 'en';
  /** Asks for proof anew, even of a person who is signed in. */
  anew?: boolean;
}

/** Signs a person in to Yihao's own pages by the same door as every site. */
export interface OwnSignIn {
  /** Returns the address to send the browser to, on the issuer. */
  addressOf(request: OwnRequest): string;
  /** Redeems a code, once; null when it is not a good one of ours. */
  redeem(code: string, verifier: string): Promise<OwnVisit | null>;
  /** Tells whether the provider's session still is this person's and in use; asking is a use. */
  lives(visit: Pick<OwnVisit, 'sessionUid' | 'accountId'>): Promise<boolean>;
  /** Returns the address that signs the person out everywhere. */
  signOutAddress(): string;
}

const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

/** Makes the door of our own pages on the provider in use. */
export function createOwnSignIn(provider: () => Provider, sessions: SessionKeeper): OwnSignIn {
  const { issuer } = provider();
  return {
    addressOf({ state, verifier, language, anew = false }) {
      const query = new URLSearchParams({
        client_id: ownClientId,
        redirect_uri: `${issuer}${ownCallbackPath}`,
        response_type: 'code',
        scope: 'openid',
        state,
        code_challenge: challengeOf(verifier),
        code_challenge_method: 'S256',
        ui_locales: language === 'en' ? 'en' : 'zh-CN',
        ...(anew ? { prompt: 'login' } : {}),
      });
      return `/authorize?${query}`;
    },
    redeem: (code, verifier) => redeem(provider(), code, challengeOf(verifier)),
    async lives({ sessionUid, accountId }) {
      const session = await provider().Session.findByUid(sessionUid);
      if (session?.accountId !== accountId || (await sessions.isIdle(session))) return false;
      await sessions.touch(session);
      return true;
    },
    signOutAddress: () =>
      `/session/end?${new URLSearchParams({ client_id: ownClientId, post_logout_redirect_uri: `${issuer}${receiptsPath}` })}`,
  };
}

const redeem = async (provider: Provider, text: string, challenge: string): Promise<OwnVisit | null> => {
  const code = await provider.AuthorizationCode.find(text);
  const isOurs = code?.clientId === ownClientId && code.codeChallenge === challenge;
  if (code === undefined || !isOurs || !code.isValid) return null;
  try {
    await code.consume();
  } catch (error) {
    if (error instanceof errors.InvalidGrant) return null;
    throw error;
  }
  const { accountId, sessionUid, acr = null, amr = [], authTime } = code;
  if (accountId === undefined || sessionUid === undefined || authTime === undefined) return null;
  return { accountId, sessionUid, acr, amr, authTime };
};

/** Finds what a person agreed to at a site. Our own pages need no agreement: they show people what is theirs. */
export async function loadGrant(ctx: KoaContextWithOIDC) {
  const { client, session, result, provider } = ctx.oidc;
  if (client === undefined || session === undefined) return undefined;
  const agreed = (result?.consent as { grantId?: string } | undefined)?.grantId;
  // To another region a person agrees each time: behind it is another site.
  const isRegion = isRegionClient(client.clientId);
  const grantId = agreed ?? (isRegion ? undefined : grantIdFor(ctx, session.grantIdFor(client.clientId)));
  const found = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  if (found !== undefined || client.clientId !== ownClientId || session.accountId === undefined) return found;
  const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
  grant.addOIDCScope('openid');
  await grant.save();
  return grant;
}
