import { epochSeconds } from '../../base/clock.ts';
import { AppError } from '../../base/error.ts';
import { newId } from '../../base/id.ts';
import { issueSdJwt } from '../../crypto/sd-jwt.ts';
import { placeCertificate } from './issue-credential.ts';
import type { Work } from './ports.ts';

/** What an offline code (离线二维码) is to say of a certificate: only what its holder chose. Personal data. */
export interface OfflineContent {
  identifier: string;
  claims: Record<string, unknown>;
  /** Who asks: an account identifier. */
  actor: string;
}

/** A code that is checked without a network. Its text is personal data that whoever photographs it can read. */
export interface OfflineCode {
  text: string;
  /** What the code goes by, so that it counts once at a counter. */
  codeId: string;
  ttlSeconds: number;
}

/** How long an offline code works. A design of this project, as is the limit of its length. */
export const offlineCodeTtlSeconds = 120;

/** What a QR code of version 25 holds at the lowest correction, the densest that a phone's camera reads with ease. */
export const longestOfflineCode = 1273;

/** The type of such codes: never that of a certificate's credential, which lives for years. */
const typePrefix = 'urn:yihao:presentation:';

/** Tells whether the type of a credential is that of an offline code. */
export const isOfflineCodeType = (type: string): boolean => type.startsWith(typePrefix);

/**
 * Signs an SD-JWT VC with only the claims given, all in the clear: digests of what is held back, and salts of what is
 * not, are longer than a QR code bears. Throws what issueCredential throws of a certificate, and offline-too-long.
 */
export async function signOfflineCode(
  work: Work,
  { identifier, claims, actor }: OfflineContent,
): Promise<OfflineCode> {
  const { certificate, listId, index } = await placeCertificate(work, identifier, {
    holderKeyThumbprint: null,
    actor,
  });

  const { signing } = await work.credentialKeys();
  const codeId = newId(12);
  const issuedAtSeconds = epochSeconds(work.clock);
  const signed = {
    iss: work.issuer,
    vct: `${typePrefix}${certificate.typeCode}:${certificate.typeVersion}`,
    iat: issuedAtSeconds,
    exp: issuedAtSeconds + offlineCodeTtlSeconds,
    jti: codeId,
    status: { status_list: { idx: index, uri: work.statusListUri(listId) } },
    ...claims,
  };
  const text = await issueSdJwt(signing, signed, {});
  if (text.length > longestOfflineCode) throw new AppError('offline-too-long');
  return { text, codeId, ttlSeconds: offlineCodeTtlSeconds };
}
