import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { SDJwt, SDJwtInstance } from '@sd-jwt/core';
import { calculateJwkThumbprint } from 'jose';
import { AppError } from '../base/error.ts';
import { newId } from '../base/id.ts';
import type { SigningJwk } from './key-ring.ts';
import type { JsonObject } from './ports.ts';

/** The type of a certificate credential (SD-JWT VC, a draft; the SD-JWT in it is RFC 9901). */
export const credentialTokenType = 'dc+sd-jwt';

/** The public key of a holder, and no more of it. */
export interface HolderJwk {
  kty: 'EC';
  crv: 'P-256';
  x: string;
  y: string;
}

/** What of a credential stands in the clear. */
export interface CredentialClaims {
  iss: string;
  /** The type of certificate. */
  vct: string;
  iat: number;
  exp?: number;
  status: { status_list: { idx: number; uri: string } };
  /** The key whose owner alone can present it; without one, whoever has it can. */
  cnf?: { jwk: HolderJwk };
  [name: string]: unknown;
}

/** Which members of an object can be disclosed one by one, by name; the members of its members likewise. */
export interface DisclosureFrame {
  _sd?: string[];
  [name: string]: DisclosureFrame | string[] | undefined;
}

/** Hashes as SD-JWT asks; no other hash is written or read here. */
export const sdHasher = (data: string | ArrayBuffer): Uint8Array =>
  createHash('sha256')
    .update(typeof data === 'string' ? data : new Uint8Array(data))
    .digest();

/**
 * Issues a credential: the claims, of which those in the frame are concealed behind salted digests, each to be disclosed
 * by itself. It ends in `~`: all disclosures, no proof of a holder yet.
 */
export function issueSdJwt(
  signing: SigningJwk,
  claims: CredentialClaims,
  frame: DisclosureFrame,
): Promise<string> {
  const key = createPrivateKey({ key: { ...signing }, format: 'jwk' });
  const issuer = new SDJwtInstance<CredentialClaims>({
    hasher: sdHasher,
    hashAlg: 'sha-256',
    signAlg: 'ES256',
    saltGenerator: (bytes) => newId(bytes),
    signer: (data) =>
      sign('sha256', Buffer.from(data), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
  });
  return issuer.issue(claims, frame as never, { header: { typ: credentialTokenType, kid: signing.kid } });
}

/** Lists what a credential can disclose, as paths: `number`, `holders.0.name`, `fields.sex`. Throws credential-malformed. */
export const disclosuresOf = async (credential: string): Promise<string[]> =>
  (await unbound(credential)).presentableKeys(sdHasher);

/**
 * Leaves of a credential only the disclosures named, by their paths; what is left out cannot be worked out. The holder's
 * proof, if it needs one, is made over the result. Throws credential-malformed, and credential-disclosure-unknown.
 */
export async function selectDisclosures(credential: string, paths: readonly string[]): Promise<string> {
  const read = await unbound(credential);
  const known = await read.presentableKeys(sdHasher);
  if (paths.some((path) => !known.includes(path))) throw new AppError('credential-disclosure-unknown');
  return read.present(frameOf(paths) as never, sdHasher);
}

/** Reads a credential that bears no proof of a holder yet. */
async function unbound(credential: string): Promise<SDJwt> {
  if (!credential.endsWith('~')) throw new AppError('credential-malformed');
  try {
    return await SDJwt.fromEncode(credential, sdHasher);
  } catch {
    // The cause is not passed on: a parser may quote what it could not read.
    throw new AppError('credential-malformed');
  }
}

interface PathTree {
  [name: string]: PathTree | true;
}

const frameOf = (paths: readonly string[]): PathTree => {
  const root: PathTree = {};
  for (const path of paths) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    const parent = names.reduce<PathTree>((tree, name) => {
      const inner = tree[name];
      if (typeof inner === 'object') return inner;
      const made: PathTree = {};
      tree[name] = made;
      return made;
    }, root);
    parent[last] ??= true;
  }
  return root;
};

/**
 * Reads a holder's public key and names it by its RFC 7638 thumbprint. Throws credential-holder-key, also when the
 * private part is there: a key that was shown is no secret any more.
 */
export async function readHolderKey(given: unknown): Promise<{ jwk: HolderJwk; thumbprint: string }> {
  const { kty, crv, x, y, d } = (typeof given === 'object' && given !== null ? given : {}) as JsonObject;
  if (kty !== 'EC' || crv !== 'P-256' || typeof x !== 'string' || typeof y !== 'string' || d !== undefined)
    throw new AppError('credential-holder-key');
  const jwk: HolderJwk = { kty, crv, x, y };
  try {
    // A point that is not on the curve is refused by this.
    createPublicKey({ key: { ...jwk }, format: 'jwk' });
  } catch {
    throw new AppError('credential-holder-key');
  }
  return { jwk, thumbprint: await calculateJwkThumbprint(jwk, 'sha256') };
}
