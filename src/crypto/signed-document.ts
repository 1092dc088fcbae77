import { createHash } from 'node:crypto';
import { errors, flattenedVerify, importJWK } from 'jose';
import { canonicalBytes } from './canonical-json.ts';
import { isBase64url } from './credential-jwt.ts';
import type { JsonObject } from './ports.ts';
import { type Signer, signJws } from './signer.ts';
import { type PublicEcJwk, thumbprintOf } from './thumbprint.ts';

/** One signature over a document: a member of `signatures` of a JWS in general JSON (RFC 7515, 7.2.1). */
export interface DocumentSignature {
  protected: string;
  signature: string;
}

/** A document with its signatures, one a signer, as it travels. */
export interface SignedDocument {
  payload: string;
  signatures: DocumentSignature[];
}

/** What a protected header says beside the algorithm: which key, what kind of document, and the signer's own words. */
export interface DocumentHeader {
  typ: string;
  [member: string]: string | number;
}

/** Names bytes by their SHA-256, base64url. */
export const digestOf = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('base64url');

/** Signs the bytes of a document with one key; the header is canonical, so that it too has one spelling. */
export async function signDocument(
  signer: Signer,
  bytes: Uint8Array,
  header: DocumentHeader,
): Promise<DocumentSignature> {
  const { protected: text, signature } = await signJws(signer, sorted(header, signer.keyId), bytes);
  return { protected: text, signature };
}

/**
 * Verifies one signature of a document against one key: its header is returned, or null when the signature is not by
 * that key, not of that type, or spelled in another way. Each signer is asked for apart: a library that is content with
 * any one good signature of several would take half an agreement for a whole one.
 */
export async function verifyDocument(
  key: PublicEcJwk,
  typ: string,
  { payload, protected: header, signature }: DocumentSignature & { payload: string },
): Promise<DocumentHeader | null> {
  const read = readHeader(header);
  if (read === null || read.typ !== typ || read['kid'] !== thumbprintOf(key)) return null;
  if (![payload, signature].every(isBase64url)) return null;
  try {
    const jws = { payload, protected: header, signature };
    await flattenedVerify(jws, await importJWK({ ...key }, 'ES256'), { algorithms: ['ES256'] });
    return read;
  } catch (error) {
    // A point that is not on the curve fails as the platform likes; only what is ours to fix goes on.
    if (error instanceof errors.JOSEError || error instanceof DOMException) return null;
    throw error;
  }
}

/** Reads what a header says without verifying anything; null unless it is canonical, ES256 and without a crit. */
export function readHeader(text: string): DocumentHeader | null {
  try {
    const read: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!isHeader(read) || encode(read) !== text) return null;
    return read;
  } catch {
    return null;
  }
}

const isHeader = (value: unknown): value is DocumentHeader => {
  if (typeof value !== 'object' || value === null) return false;
  const members = Object.values(value);
  const { alg, kid, typ } = value as Record<string, unknown>;
  return (
    alg === 'ES256' &&
    typeof kid === 'string' &&
    typeof typ === 'string' &&
    // A `crit` is a list, so it does not pass, nor does an unencoded payload (`b64: false`).
    members.every((member) => typeof member === 'string' || Number.isSafeInteger(member))
  );
};

const sorted = (header: DocumentHeader, kid: string): Record<string, string | number> =>
  Object.fromEntries(Object.entries({ ...header, alg: 'ES256', kid }).sort(([a], [b]) => (a < b ? -1 : 1)));

const encode = (header: JsonObject): string => canonicalBytes(header).toString('base64url');
