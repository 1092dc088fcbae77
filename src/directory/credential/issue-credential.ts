import { epochSeconds } from '../../base/clock.ts';
import { AppError } from '../../base/error.ts';
import { issueSdJwt, readHolderKey, selectDisclosures } from '../../crypto/sd-jwt.ts';
import type { Certificate } from '../certificate.ts';
import { allocateIndex, type CopyMade } from './allocate-index.ts';
import { claimsOf } from './claims.ts';
import type { IssuedCredential } from './credential.ts';
import type { Work } from './ports.ts';
import { refreshStatus } from './refresh-status.ts';

/** A certificate to be made a credential of. */
export interface NewCredential {
  identifier: string;
  /** The holder's public key, for a copy that only its owner can present. */
  holderJwk?: unknown;
  /** Who asks: an account, officer or client identifier. */
  actor: string;
}

/**
 * Issues a credential (可验证凭证) of a valid certificate; each copy has salts and a time of its own and shares the
 * certificate's entry in the list. Throws credential-holder-key, certificate-identifier-…, certificate-unknown,
 * certificate-record-damaged, credential-of-no-use and
 * credential-list-busy.
 */
export async function issueCredential(work: Work, input: NewCredential): Promise<IssuedCredential> {
  const { identifier, actor } = input;
  const holder = input.holderJwk === undefined ? null : await readHolderKey(input.holderJwk);

  const copy = { holderKeyThumbprint: holder?.thumbprint ?? null, actor };
  const { certificate, listId, index } = await placeCertificate(work, identifier, copy);

  const { signing } = await work.credentialKeys();
  const { claims, frame } = claimsOf(certificate, {
    issuer: work.issuer,
    issuedAtSeconds: epochSeconds(work.clock),
    status: { idx: index, uri: work.statusListUri(listId) },
    holder: holder?.jwk ?? null,
  });
  return { credential: await issueSdJwt(signing, claims, frame), listId, index };
}

/**
 * Issues a copy that shows only the disclosures named, bound to nobody: what another region is answered with. Throws as
 * issueCredential does, and credential-disclosure-unknown.
 */
export async function presentCredential(
  work: Work,
  { identifier, disclosed, actor }: { identifier: string; disclosed: readonly string[]; actor: string },
): Promise<IssuedCredential> {
  const issued = await issueCredential(work, { identifier, actor });
  return { ...issued, credential: await selectDisclosures(issued.credential, disclosed) };
}

/** Gives a valid certificate its entry in a list, and reads it as it is once the list says so. */
export async function placeCertificate(
  work: Work,
  given: string,
  copy: CopyMade,
): Promise<{ certificate: Certificate; listId: string; index: number }> {
  const { identifier } = await validCertificate(work, given);
  const { listId, index } = await allocateIndex(work, identifier, copy);
  // An act upon the certificate before its entry stood has found nothing to change; so what the list says is set now, and
  // the certificate is read again.
  await refreshStatus(work, { identifier, actor: copy.actor });
  return { certificate: await validCertificate(work, identifier), listId, index };
}

async function validCertificate({ directory }: Work, identifier: string): Promise<Certificate> {
  const certificate = await directory.findCertificate(identifier);
  if (certificate === null) throw new AppError('certificate-unknown');
  if (certificate.state !== 'valid') throw new AppError('credential-of-no-use');
  return certificate;
}
