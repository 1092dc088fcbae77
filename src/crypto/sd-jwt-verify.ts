import { SDJwt } from '@sd-jwt/core';
import type { JWTPayload } from 'jose';
import { type Clock, epochSeconds } from '../base/clock.ts';
import { AppError, type ErrorCode } from '../base/error.ts';
import { isBase64url, type JwtOutcome, type PublishedKeys, verifyJwt } from './credential-jwt.ts';
import type { JsonObject } from './ports.ts';
import { credentialTokenType, readHolderKey, sdHasher } from './sd-jwt.ts';
import { checkDisclosures } from './sd-jwt-disclosures.ts';
import { statusAt } from './status-list.ts';
import { verifyStatusList } from './status-list-token.ts';

/** What a verifier brings along. */
export interface CredentialCheck {
  clock: Clock;
  /** Finds the keys of an issuer, as the credential names it before anything is verified; null when it is not known here. */
  keysOf(issuer: string): Promise<PublishedKeys | null>;
  /** Fetches the token of a list of statuses; the address is one of the issuer's own. */
  statusListOf(uri: string): Promise<string>;
  /** Whom the holder's proof must be for, and the nonce given out; null where none is asked, then a bound credential is refused. */
  presentedTo: { audience: string; nonce: string } | null;
  /** The `vct` of those accepted; all when left out. */
  acceptedTypes?: readonly string[];
  /** How much later than its `exp` a credential still counts, where no clock is kept from outside. */
  toleranceSeconds?: number;
}

/** A credential that holds. The claims are personal data. */
export interface VerifiedCredential {
  issuer: string;
  /** The `vct`. */
  type: string;
  claims: JsonObject;
  /** Whether its holder has proved to be at hand; one that is not bound may be held by anybody. */
  isHolderBound: boolean;
  /** When the issuer said that it was valid. */
  statusAt: Date;
}

const proofType = 'kb+jwt';
/** How old a holder's proof may be. A design of this project. */
const longestProofAgeSeconds = 300;
const mostCharacters = 2 ** 16;

/**
 * Verifies a credential as presented: form, issuer, signature, dates, disclosures, the holder's proof, and last its
 * status, so that no list is fetched for what is refused anyway. Throws credential-malformed, -issuer-unknown,
 * -type-not-accepted, -signature, -expired, -not-yet-valid, -holder-proof-missing, -holder-proof, -ended, -suspended,
 * -status-unavailable and -status-list-invalid.
 */
export async function verifySdJwt(text: string, check: CredentialCheck): Promise<VerifiedCredential> {
  const { token, disclosures, proof } = split(text);
  const issuer = issuerOf(token);
  const keys = await check.keysOf(issuer);
  if (keys === null) throw new AppError('credential-issuer-unknown');

  const { clock, toleranceSeconds = 0 } = check;
  const payload = verifiedOf(
    await verifyJwt(token, { keys, type: credentialTokenType, clock, toleranceSeconds }),
  );
  const { vct: type, status } = payload;
  if (typeof type !== 'string') throw new AppError('credential-malformed');
  if (check.acceptedTypes?.includes(type) === false) throw new AppError('credential-type-not-accepted');
  checkDisclosures(payload, disclosures);
  const shown = text.slice(0, text.lastIndexOf('~') + 1);
  await checkHolder({ confirmation: payload['cnf'], proof, shown }, check);
  const statusAt = await checkStatus({ issuer, status, keys }, check);

  const claims = await (await SDJwt.fromEncode(shown, sdHasher)).getClaims<JsonObject>(sdHasher);
  return { issuer, type, claims, isHolderBound: proof !== '', statusAt };
}

function split(text: string): { token: string; disclosures: string[]; proof: string } {
  const [token = '', ...rest] = text.length > mostCharacters ? [] : text.split('~');
  const proof = rest.pop();
  if (proof === undefined || !rest.every(isBase64url)) throw new AppError('credential-malformed');
  return { token, disclosures: rest, proof };
}

/** Reads whose keys to ask for, before anything is verified. */
function issuerOf(token: string): string {
  const [, body = ''] = token.split('.');
  try {
    const { iss } = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as JWTPayload;
    if (typeof iss === 'string' && iss !== '') return iss;
  } catch {
    // Falls through to the refusal: a parser's own words may quote what it read.
  }
  throw new AppError('credential-malformed');
}

const refusals: Record<Exclude<JwtOutcome['outcome'], 'verified'>, ErrorCode> = {
  malformed: 'credential-malformed',
  signature: 'credential-signature',
  expired: 'credential-expired',
  early: 'credential-not-yet-valid',
};

function verifiedOf(outcome: JwtOutcome): JWTPayload {
  if (outcome.outcome !== 'verified') throw new AppError(refusals[outcome.outcome]);
  return outcome.payload;
}

/** Holds a credential that is bound to a key against the proof of its owner, made over just what is shown. */
async function checkHolder(
  { confirmation, proof, shown }: { confirmation: unknown; proof: string; shown: string },
  { presentedTo, clock }: CredentialCheck,
): Promise<void> {
  // A proof over a credential that names no key proves nothing.
  if (confirmation === undefined && proof !== '') throw new AppError('credential-holder-proof');
  if (confirmation === undefined) return;
  if (proof === '') throw new AppError('credential-holder-proof-missing');
  if (presentedTo === null) throw new AppError('credential-holder-proof');
  const { jwk } = await readHolderKey((confirmation as JsonObject | null)?.['jwk']).catch(() => {
    throw new AppError('credential-malformed');
  });
  const verified = await verifyJwt(proof, { keys: { holder: { ...jwk } }, type: proofType, clock });
  if (verified.outcome !== 'verified') throw new AppError('credential-holder-proof');
  const { aud, nonce, iat = 0, sd_hash: hash } = verified.payload;
  const oldest = epochSeconds(clock) - longestProofAgeSeconds;
  const isForUs = aud === presentedTo.audience && nonce === presentedTo.nonce;
  const isOverThis = hash === Buffer.from(sdHasher(shown)).toString('base64url');
  if (!isForUs || !isOverThis || iat < oldest) throw new AppError('credential-holder-proof');
}

/** Asks the issuer's list for the status; returns when the list was signed. */
async function checkStatus(
  { issuer, status, keys }: { issuer: string; status: unknown; keys: PublishedKeys },
  { statusListOf, clock }: CredentialCheck,
): Promise<Date> {
  const { idx, uri } = referenceOf(status, issuer);
  const token = await statusListOf(uri).catch((cause: unknown) => {
    throw new AppError('credential-status-unavailable', {}, { cause });
  });
  const list = await verifyStatusList(token, { uri, keys, clock });
  const said = statusAt(list, idx);
  if (said === 'suspended') throw new AppError('credential-suspended');
  // A value without a meaning here is no word that the certificate is valid.
  if (said !== 'valid') throw new AppError('credential-ended');
  return list.issuedAt;
}

/** Reads where the status stands: at an address of the issuer's, not one that a stranger keeps. */
function referenceOf(status: unknown, issuer: string): { idx: number; uri: string } {
  const list = (status as { status_list?: unknown } | undefined)?.status_list;
  const { idx, uri } = (typeof list === 'object' && list !== null ? list : {}) as Record<string, unknown>;
  const isReference = typeof idx === 'number' && Number.isSafeInteger(idx) && idx >= 0;
  if (!isReference || typeof uri !== 'string' || !URL.canParse(uri) || !URL.canParse(issuer))
    throw new AppError('credential-malformed');
  if (new URL(uri).origin !== new URL(issuer).origin) throw new AppError('credential-malformed');
  return { idx, uri };
}
