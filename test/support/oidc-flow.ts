import type { JSONWebKeySet } from 'jose';
import * as client from 'openid-client';
import type { Browser } from './browser-fetch.ts';
import { type Attempt, type RelyingParty, signInByPassword } from './relying-party.ts';

type Tokens = client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;

/** A sign-in that ended at the site, and what the site got for its code. */
export interface SignedIn {
  site: RelyingParty;
  attempt: Attempt;
  /** Where the browser ended, the code in its address. */
  landed: URL;
  tokens: Tokens;
}

/** Signs a person in by password and lets the site redeem the code. */
export async function signInAt(
  browser: Browser,
  site: RelyingParty,
  person: { number: string },
  parameters: Record<string, string> = {},
): Promise<SignedIn> {
  const attempt = await site.begin(parameters);
  const { url: landed } = await signInByPassword(browser, attempt.url, person.number);
  return { site, attempt, landed, tokens: await attempt.redeem(landed) };
}

/** Lets a person whom Yihao knows already agree at a site; fails when a sign-in is asked for. */
export async function agreeAt(browser: Browser, site: RelyingParty): Promise<SignedIn> {
  const attempt = await site.begin();
  const consent = await browser.get(attempt.url);
  const { url: landed } = await browser.submit(consent, { decision: 'agree' }, '/consent');
  return { site, attempt, landed, tokens: await attempt.redeem(landed) };
}

/** Asks for what the access token lets the site know. */
export const userInfoOf = ({ site, attempt, tokens }: SignedIn): Promise<client.UserInfoResponse> =>
  client.fetchUserInfo(site.configuration, tokens.access_token, client.skipSubjectCheck, {
    DPoP: attempt.dpop,
  });

/** Exchanges a refresh token, the one of the sign-in unless another is given. */
export const refreshOf = ({ site, attempt, tokens }: SignedIn, token = tokens.refresh_token ?? '') =>
  client.refreshTokenGrant(site.configuration, token, undefined, { DPoP: attempt.dpop });

/** Reads the keys an issuer publishes. */
export const keysAt = async (issuer: string): Promise<JSONWebKeySet> =>
  (await (await fetch(`${issuer}/jwks`)).json()) as JSONWebKeySet;

/** Does the same ten times at once and parts the outcomes. */
export async function tenTimes<T>(act: () => Promise<T>): Promise<{ done: T[]; refused: unknown[] }> {
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, act));
  return {
    done: outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    refused: outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])),
  };
}

/** The text of the sign-in page that no other page has. */
export const signInWords = '用人脸、指纹或锁屏密码登录';

const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

/** What a good authorization request of a site says, for a test to spoil; null leaves a parameter out. */
export function requestOf(
  site: RelyingParty,
  changes: Record<string, string | null> = {},
): Record<string, string> {
  const good = {
    client_id: site.clientId,
    redirect_uri: site.redirectUri,
    response_type: 'code',
    scope: 'openid',
    state: 'the-state',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  };
  return Object.fromEntries(
    Object.entries({ ...good, ...changes }).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

/** Pushes a request as a site does, with the assertion given, and returns the answer. */
export async function pushRequest(
  issuer: string,
  request: Record<string, string>,
  assertion: string | null,
): Promise<{ status: number; error?: string; error_description?: string; request_uri?: string }> {
  const body = new URLSearchParams(request);
  if (assertion !== null) {
    body.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    body.set('client_assertion', assertion);
  }
  const answer = await fetch(`${issuer}/par`, { method: 'POST', body });
  return { status: answer.status, ...((await answer.json()) as object) };
}
