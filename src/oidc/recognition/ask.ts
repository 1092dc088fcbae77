import { exportJWK } from 'jose';
import * as client from 'openid-client';
import { AppError } from '../../base/error.ts';
import {
  admit,
  admitByAny,
  isStandingOf,
  type Refusal,
  type RefusalCode,
  type SignInAdmission,
  type SignInRequest,
  type Standing,
} from '../../recognition/index.ts';
import { type AssuranceLevel, acrOf, levelOf } from '../../terms/assurance.ts';
import type { Site } from '../sites.ts';
import { countRefusals } from './counted.ts';
import { type Pending, pendingKey, pendingTtlSeconds, type AskingWork as Work } from './pending.ts';
import { callbackAddress, regionClaimsOf, scopeOf } from './request.ts';

/** A sign-in under way at a site here: its interaction, and what the site asked for. */
export interface RegionAsking {
  uid: string;
  site: Site;
  params: Record<string, unknown>;
  entityId: string;
}

/** Asks for what the site asks for, as far as one region can ask another for it; the rule narrows it further. */
export const requestOf = (
  { self }: Pick<Work, 'self'>,
  { homeRegion, site, params }: { homeRegion: string; site: Site; params: Record<string, unknown> },
): SignInRequest => ({
  kind: 'sign-in',
  agreementDigest: null,
  from: homeRegion,
  to: self.regionCode,
  purpose: site.purposeCode ?? '',
  claims: regionClaimsOf(String(params['scope'] ?? '')),
  level: null,
  wantedLevel: wantedLevelOf(params),
  path: [self.regionCode],
  isBrokered: false,
});

/** Reads the least of the context classes a site names, as levels contain the ones below; null when it names none. */
export const wantedLevelOf = (params: Record<string, unknown>): string | null => {
  const named = String(params['acr_values'] ?? '')
    .split(' ')
    .flatMap((acr) => levelOf(acr) ?? []);
  return named.length === 0 ? null : acrOf(Math.min(...named) as AssuranceLevel);
};

/** Decides by what stands towards a region; claims that its rule leaves out are not asked for. */
export const decide = (
  { self, clock }: Pick<Work, 'self' | 'clock'>,
  { entityId, standings: all }: { entityId: string; standings: readonly Standing[] },
  request: SignInRequest,
) => {
  const now = clock.now();
  const standings = all.filter((one) => isStandingOf(one, entityId, self.issuer));
  return admitByAny<SignInAdmission>(standings, (one) => admit(one, narrowed(one, request), now));
};

const narrowed = ({ rules }: Standing, request: SignInRequest): SignInRequest => {
  const { from, to, purpose, claims } = request;
  const rule = rules.signIn.find(
    (one) => one.from === from && one.to === to && one.purposes.includes(purpose),
  );
  return { ...request, claims: claims.filter((claim) => rule?.claims.includes(claim)) };
};

/**
 * Puts the request to the person's home, as far as an agreement covers it now, and returns the address to send the browser
 * to. Throws other-region-…, and what the library throws.
 */
export const askHome = async (work: Work, asking: RegionAsking): Promise<string> => {
  const { site, params, entityId } = asking;
  const peer = await work.standings.peer(entityId);
  if (peer === null || site.purposeCode === undefined) throw new AppError('other-region-not-covered');
  const wanted = requestOf(work, { homeRegion: peer.regionCode, site, params });
  const standings = await work.standings.towards(peer.regionCode);
  const { standing, decision } = decide(work, { entityId, standings }, wanted);
  if (!decision.admitted || standing === null) {
    const agreementId = standing?.agreementId;
    if (agreementId !== undefined && !decision.admitted)
      await work.traffic.count({ agreementId, side: 'host', cause: decision.code });
    throw refusedBefore(decision);
  }
  return await countRefusals(work, standing.agreementId, () =>
    put(work, asking, { wanted, standing, decision }),
  );
};

/** Puts an admitted request to the home. */
const put = async (
  work: Work,
  { uid, site, params, entityId }: RegionAsking,
  admitted: { wanted: SignInRequest; standing: Standing; decision: SignInAdmission },
): Promise<string> => {
  const { wanted, standing, decision } = admitted;
  const configuration = await work.clients(entityId);
  const request = { ...wanted, claims: decision.claims, agreementDigest: standing.digest };
  const keys = await client.randomDPoPKeyPair('ES256', { extractable: true });
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const maxAgeSeconds = maximumAgeOf(params, decision);
  const address = await client.buildAuthorizationUrlWithPAR(
    configuration,
    {
      request: await work.peerKeys.sign(
        { type: 'oauth-authz-req+jwt', issuer: work.self.issuer, audience: entityId },
        {
          ...wireOf(work, { standing, request, site, homeLevel: homeLevelOf(work, standing, request) }),
          state,
          nonce,
          max_age: maxAgeSeconds,
          ...wishesOf(params),
          code_challenge: await client.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        },
      ),
    },
    { DPoP: client.getDPoPHandle(configuration, keys) },
  );
  const { agreementId, version: agreementVersion } = standing;
  const pending: Pending = {
    uid,
    entityId,
    request,
    agreementId,
    agreementVersion,
    verifier,
    nonce,
    maxAgeSeconds,
    clientId: site.clientId,
    dpop: { privateKey: await exportJWK(keys.privateKey), publicKey: await exportJWK(keys.publicKey) },
  };
  await work.ephemeral.put(pendingKey(state), JSON.stringify(pending), { ttlSeconds: pendingTtlSeconds });
  return address.href;
};

/** What the site wishes that the home is to heed as well. */
const wishesOf = (params: Record<string, unknown>): Record<string, unknown> => ({
  ui_locales: params['ui_locales'],
  ...(String(params['prompt'] ?? '').includes('login') ? { prompt: 'login' } : {}),
});

/** The age the site asks for, if the rule does not ask for less. */
const maximumAgeOf = (params: Record<string, unknown>, decision: SignInAdmission): number => {
  const asked = Number(params['max_age'] ?? Number.NaN);
  const most = decision.maximumAuthenticationAgeSeconds;
  return Number.isInteger(asked) && asked >= 0 ? Math.min(asked, most) : most;
};

/** The least level at home that counts for enough here; the home region offers to reach it there. */
const homeLevelOf = ({ clock }: Work, standing: Standing, request: SignInRequest): string =>
  ([1, 2, 3, 4] as const)
    .map(acrOf)
    .find((level) => admit(standing, { ...request, level }, clock.now()).admitted) ?? acrOf(4);

const wireOf = (
  { self }: Work,
  about: { standing: Standing; request: SignInRequest; site: Site; homeLevel: string },
): Record<string, unknown> => {
  const { standing, request, site, homeLevel } = about;
  return {
    client_id: self.issuer,
    response_type: 'code',
    redirect_uri: callbackAddress(self.issuer, request.from),
    scope: scopeOf(request.claims),
    acr_values: homeLevel,
    yh_agreement: standing.agreementId,
    yh_digest: standing.digest,
    yh_purpose: request.purpose,
    yh_path: request.path.join(' '),
    ...(request.wantedLevel === null ? {} : { yh_level: request.wantedLevel }),
    yh_requester: JSON.stringify({ site: site.name, department: site.department, purpose: site.purpose }),
  };
};

/** Before anyone has signed in, a level that is too low is the agreement's. */
const refusedBefore = (decision: SignInAdmission | Refusal): AppError =>
  decision.admitted || decision.code === 'insufficient_assurance'
    ? new AppError('other-region-not-covered')
    : refused(decision.code);

/** Says why the gate refuses in the words of the catalogue. */
export const refused = (code: RefusalCode): AppError => {
  if (code === 'insufficient_assurance') return new AppError('other-region-level');
  if (['purpose_not_covered', 'claim_not_covered', 'agreement_not_found'].includes(code))
    return new AppError('other-region-not-covered');
  return new AppError('other-region-closed');
};
