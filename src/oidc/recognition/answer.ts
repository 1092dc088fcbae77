import { importJWK, type JWK } from 'jose';
import * as client from 'openid-client';
import type { Clock } from '../../base/clock.ts';
import { AppError } from '../../base/error.ts';
import type { LinkedSignIn } from '../../identity/index.ts';
import { admit } from '../../recognition/index.ts';
import { levelOf } from '../../terms/assurance.ts';
import { parseCitizenNumber } from '../../terms/citizen-number.ts';
import { refused } from './ask.ts';
import { countRefusals } from './counted.ts';
import type { GuestVisit } from './guest-sessions.ts';
import { type AskingWork, type Pending, pendingKey } from './pending.ts';
import { callbackAddress, type RegionClaim } from './request.ts';

/** What a home region vouches for, admitted and capped. */
export interface Vouched {
  signIn: LinkedSignIn;
  /** When the person proved who they are at home, seconds since the epoch. */
  authTime: number;
  visit: GuestVisit;
}

/**
 * Takes the answer of a home region, once: the code is redeemed, the sign-in judged by the gate as things stand now, its
 * level mapped and capped here whatever the home says, and only then is the person's data asked for. Throws
 * other-region-…, and what the library throws.
 */
export async function takeAnswer(work: AskingWork, uid: string, answer: URLSearchParams): Promise<Vouched> {
  const kept = await work.ephemeral.take(pendingKey(answer.get('state') ?? ''));
  const pending = kept === null ? null : (JSON.parse(kept) as Pending);
  if (pending?.uid !== uid) throw new AppError('other-region-expired');
  const { agreementId } = pending;
  const vouched = await countRefusals(work, agreementId, () => judge(work, pending, answer));
  await work.traffic.count({ agreementId, side: 'host', cause: 'admitted' });
  return vouched;
}

async function judge(work: AskingWork, pending: Pending, answer: URLSearchParams): Promise<Vouched> {
  const state = answer.get('state') ?? '';
  const { entityId, request, agreementId, agreementVersion } = pending;
  const configuration = await work.clients(entityId);
  const DPoP = client.getDPoPHandle(configuration, await keysOf(pending));
  const landed = new URL(`${callbackAddress(work.self.issuer, request.from)}?${answer}`);
  const checks = {
    pkceCodeVerifier: pending.verifier,
    expectedState: state,
    expectedNonce: pending.nonce,
    maxAge: pending.maxAgeSeconds,
    idTokenExpected: true,
  };
  const tokens = await client.authorizationCodeGrant(configuration, landed, checks, undefined, { DPoP });
  const said = tokens.claims();
  if (said === undefined || said.auth_time === undefined) throw new AppError('other-region-answer-invalid');

  const homeLevel = String(said.acr ?? '');
  const level = await levelHere(work, pending, homeLevel);
  const { sub: subject, auth_time: authTime } = said;
  const released =
    request.claims.length === 0
      ? {}
      : await client.fetchUserInfo(configuration, tokens.access_token, subject, { DPoP });
  const sid = typeof said['sid'] === 'string' ? said['sid'] : null;
  return {
    signIn: {
      issuer: entityId,
      subject,
      agreementId,
      claims: claimsOf(work, released, request.claims),
      amr: amrOf(said['amr']),
      assurance: levelOf(level) ?? 1,
    },
    authTime,
    visit: {
      agreementId,
      agreementVersion,
      homeLevel,
      level,
      homeRegion: request.from,
      agreementDigest: request.agreementDigest ?? '',
      purpose: request.purpose,
      home: { issuer: entityId, sid },
    },
  };
}

const levelHere = async (
  { standings, clock }: AskingWork,
  { agreementId, request }: Pending,
  homeLevel: string,
): Promise<string> => {
  const standing = await standings.standing(agreementId);
  if (standing === null) throw refused('agreement_not_found');
  const decision = admit(standing, { ...request, level: homeLevel }, clock.now());
  if (!decision.admitted) throw refused(decision.code);
  if (decision.level === null) throw refused('insufficient_assurance');
  return decision.level;
};

const keysOf = async ({ dpop }: Pending): Promise<CryptoKeyPair> => ({
  privateKey: await keyOf(dpop.privateKey),
  publicKey: await keyOf(dpop.publicKey),
});

const keyOf = async (jwk: JWK): Promise<CryptoKey> => {
  const key = await importJWK(jwk, 'ES256');
  if (key instanceof Uint8Array) throw new TypeError('a proof key is a key pair');
  return key;
};

/** Methods of RFC 8176 as the home says them; whatever else it says stays there. */
const amrOf = (said: unknown): string[] =>
  Array.isArray(said) ? said.filter((method): method is string => /^[a-z]{2,8}$/.test(String(method))) : [];

const longestValue = 200;

/** Keeps what was asked for, as text; what the home gives beyond it is dropped. A number that is none spoils the answer. */
const claimsOf = (
  { clock }: Pick<AskingWork, 'clock'>,
  released: Record<string, unknown>,
  asked: readonly string[],
): LinkedSignIn['claims'] =>
  Object.fromEntries(
    asked.flatMap((claim): [RegionClaim, string][] => {
      const value = released[claim];
      if (typeof value !== 'string' || value.length > longestValue) return [];
      if (claim === 'id_number') checkNumber(value, clock);
      return [[claim as RegionClaim, value]];
    }),
  );

const checkNumber = (text: string, clock: Clock): void => {
  try {
    parseCitizenNumber(text, clock);
  } catch (cause) {
    throw new AppError('other-region-answer-invalid', {}, { cause });
  }
};
