/**
 * The way to the net-ID service (网号网证) and back, as a client of it. Owns the request that goes there (PKCE S256, state,
 * nonce, a proof that is not old), and the answer: taken once, within ten minutes, in the interaction or visit it began in,
 * its issuer, signature, audience, time and nonce checked as openid-client does it. Owns no account (identity does) and no
 * page. Control leaves by an address to send the browser to, by what the service vouches for, or by an AppError that leaves
 * the person other ways. What the service itself speaks is not public: that it is an OpenID Provider, and the claim
 * yh_person_digest, are our design [D].
 */
import * as client from 'openid-client';
import { AppError } from '../../base/error.ts';
import type { NetIdAnswer } from '../../identity/index.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import { createNetIdClient, type NetIdClientSettings, refusalOf } from './client.ts';

/** Where the service sends the browser back to. */
export const netIdReturnPath = '/net-id/callback';

/** Where a way there begins: the sign-in at a site, or a visit to our own pages. */
export interface NetIdBeginning {
  /** What the browser has to prove when it is back: the interaction, or the visit. */
  binding: string;
  /** The site of an interaction; null for our own pages, where a net-ID is bound. */
  clientId: string | null;
  language: 'zh' | 'en';
}

/** What can be done about signing in at the service. */
export interface NetIdUpstream {
  /** Where a form of ours leads the browser to. */
  readonly origin: string;
  /** Returns the address at the service. Throws net-id-unavailable, net-id-answer-invalid. */
  begin(beginning: NetIdBeginning): Promise<string>;
  /** Finds where the way began that an answer belongs to, by its state, a late one too. Throws net-id-expired. */
  find(state: string): Promise<Pick<NetIdBeginning, 'binding' | 'clientId'>>;
  /** Takes the answer, once. Throws net-id-…. */
  finish(binding: string, answer: URLSearchParams): Promise<NetIdAnswer>;
}

export interface NetIdUpstreamDeps extends NetIdClientSettings {
  /** Our own. */
  selfIssuer: string;
  /** Asked for when a net-ID is bound. */
  strongAcr: readonly string[];
  ephemeral: EphemeralStore;
  nowMilliseconds(): number;
}

interface Pending {
  binding: string;
  verifier: string;
  nonce: string;
}

const pendingTtlSeconds = 600;
/** Who is late, or answers twice, still finds the way back to where it began. */
const beginningTtlSeconds = 1800;
/** How long ago the person may have proved who they are at the service. */
const maxAgeSeconds = 600;
const digestClaim = 'yh_person_digest';

const pendingKey = (state: string): string => `net-id:${state}`;
const beginningKey = (state: string): string => `net-id:from:${state}`;
const returnAddress = ({ selfIssuer }: NetIdUpstreamDeps): string => `${selfIssuer}${netIdReturnPath}`;

/** Opens the way to the service. */
export function createNetIdUpstream(deps: NetIdUpstreamDeps): NetIdUpstream {
  const configure = createNetIdClient(deps, deps.nowMilliseconds);
  return {
    origin: new URL(deps.issuer).origin,
    begin: (beginning) => ask(deps, configure, beginning).catch(refuse),
    async find(state) {
      const entry = await deps.ephemeral.get(beginningKey(state));
      if (entry === null) throw expired();
      return JSON.parse(entry.value) as Pick<NetIdBeginning, 'binding' | 'clientId'>;
    },
    finish: (binding, answer) => take(deps, configure, { binding, answer }).catch(refuse),
  };
}

const expired = (): AppError => new AppError('net-id-expired', { minutes: pendingTtlSeconds / 60 });

const refuse = (error: unknown): Promise<never> => Promise.reject(refusalOf(error));

type Configure = () => Promise<client.Configuration>;

const ask = async (
  deps: NetIdUpstreamDeps,
  configure: Configure,
  { binding, clientId, language }: NetIdBeginning,
): Promise<string> => {
  const configuration = await configure();
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const address = client.buildAuthorizationUrl(configuration, {
    redirect_uri: returnAddress(deps),
    scope: 'openid',
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    max_age: String(maxAgeSeconds),
    ui_locales: language === 'en' ? 'en' : 'zh-CN',
    ...(clientId === null ? bindingWishes(deps) : {}),
  });
  const pending: Pending = { binding, verifier, nonce };
  await Promise.all([
    deps.ephemeral.put(pendingKey(state), JSON.stringify(pending), { ttlSeconds: pendingTtlSeconds }),
    deps.ephemeral.put(beginningKey(state), JSON.stringify({ binding, clientId }), {
      ttlSeconds: beginningTtlSeconds,
    }),
  ]);
  return address.href;
};

/** Who binds proves anew whose net-ID it is, so that nobody binds the one that a screen was left signed in with. */
const bindingWishes = ({ strongAcr }: NetIdUpstreamDeps): Record<string, string> => ({
  prompt: 'login',
  claims: JSON.stringify({ id_token: { [digestClaim]: null } }),
  ...(strongAcr.length === 0 ? {} : { acr_values: strongAcr.join(' ') }),
});

const take = async (
  deps: NetIdUpstreamDeps,
  configure: Configure,
  { binding, answer }: { binding: string; answer: URLSearchParams },
): Promise<NetIdAnswer> => {
  const state = answer.get('state') ?? '';
  const kept = await deps.ephemeral.take(pendingKey(state));
  const pending = kept === null ? null : (JSON.parse(kept) as Pending);
  if (pending?.binding !== binding) throw expired();
  const { verifier, nonce } = pending;
  const landed = new URL(`${returnAddress(deps)}?${answer}`);
  const tokens = await client.authorizationCodeGrant(await configure(), landed, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    maxAge: maxAgeSeconds,
    idTokenExpected: true,
  });
  const said = tokens.claims();
  if (said === undefined) throw new AppError('net-id-answer-invalid');
  const digest = said[digestClaim];
  return {
    issuer: said.iss,
    subject: said.sub,
    acr: typeof said.acr === 'string' ? said.acr : null,
    personDigest: typeof digest === 'string' ? { salt: nonce, digest } : null,
  };
};
