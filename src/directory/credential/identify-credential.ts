import { AppError } from '../../base/error.ts';
import { verifyJwt } from '../../crypto/credential-jwt.ts';
import { credentialTokenType } from '../../crypto/sd-jwt.ts';
import { checkDisclosures } from '../../crypto/sd-jwt-disclosures.ts';
import type { CertificateIdentifier } from '../../terms/certificate-identifier.ts';
import type { Work } from './ports.ts';

const mostCharacters = 2 ** 16;

/**
 * Tells which certificate a credential of this region is of, as a file and not as a presentation: no proof of its holder
 * is asked. Null when it is not ours, was altered, or its key is no longer published. It is held against the instant it
 * says it was issued, which the signature covers: what the certificate is now, its record tells.
 */
export async function identifyCredential(work: Work, text: string): Promise<CertificateIdentifier | null> {
  const [token = '', ...disclosures] = text.length > mostCharacters ? [] : text.split('~');
  // What ends in a holder's proof is a presentation, made for somebody else.
  if (disclosures.pop() !== '') return null;
  const issuedAt = issuedAtOf(token);
  if (issuedAt === null) return null;
  const { published } = await work.credentialKeys();
  const clock = { now: () => issuedAt };
  const verified = await verifyJwt(token, { keys: published, type: credentialTokenType, clock });
  if (verified.outcome !== 'verified' || !areSound(verified.payload, disclosures)) return null;
  const place = placeOf(work, verified.payload['status']);
  return place === null ? null : work.store.identifierAt(place);
}

/** Reads when a token says it was issued, before anything is verified. */
function issuedAtOf(token: string): Date | null {
  try {
    const { iat } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as {
      iat?: unknown;
    };
    return Number.isSafeInteger(iat) ? new Date(Number(iat) * 1000) : null;
  } catch {
    return null;
  }
}

function areSound(payload: Record<string, unknown>, disclosures: readonly string[]): boolean {
  try {
    checkDisclosures(payload, disclosures);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** Reads where its status stands: in one of our own lists. */
function placeOf(work: Work, status: unknown): { listId: string; index: number } | null {
  const { idx, uri } = (status as { status_list?: Record<string, unknown> } | undefined)?.status_list ?? {};
  if (typeof idx !== 'number' || typeof uri !== 'string') return null;
  const listId = uri.slice(uri.lastIndexOf('/') + 1);
  return work.statusListUri(listId) === uri ? { listId, index: idx } : null;
}
