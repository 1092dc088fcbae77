import { newEvent } from '../base/event.ts';
import { newId } from '../base/id.ts';
import {
  type CertificateIdentifier,
  describeCertificateIdentifier,
} from '../terms/certificate-identifier.ts';
import type { CreditCode } from '../terms/credit-code.ts';
import { type Holder, holderKeyOf } from '../terms/holder.ts';
import { type CertificateRecord, contentContext, type SaltedContent } from './certificate.ts';
import type { CertificateParts } from './certificate-request.ts';
import type { CertificateType } from './certificate-type.ts';
import { documentOf } from './document.ts';
import type { Work } from './ports.ts';

/** One version of a certificate about to be made; its parts fit its type. */
export interface NewVersion {
  identifier: CertificateIdentifier;
  previousIdentifier: CertificateIdentifier | null;
  type: CertificateType;
  issuerCode: CreditCode;
  parts: CertificateParts;
  requestDigest: string;
  actor: string;
}

/** Returns the keyed digest a holder's certificates are found by. */
export const holderIndexOf = (
  { blindIndex }: Pick<Work, 'blindIndex'>,
  holder: Pick<Holder, 'type' | 'code'>,
): string => blindIndex.of('certificate-holder', holderKeyOf(holder));

/** Makes the record of a version: sealed by the authority's key, its content encrypted, its first event aboard. */
export async function makeRecord(work: Work, made: NewVersion): Promise<CertificateRecord> {
  const { identifier, previousIdentifier, type, issuerCode, parts, requestDigest, actor } = made;
  const { serial, version } = describeCertificateIdentifier(identifier);
  const { number, holders, fields, photo } = parts;
  const content: SaltedContent = { number, holders, fields, salt: newId() };
  const now = work.clock.now();
  const plain = {
    _id: identifier,
    typeCode: type.code,
    typeVersion: type.version,
    issuerCode,
    issuerName: parts.issuerName,
    areaCode: parts.areaCode,
    ...parts.dates,
    trustLevel: parts.trustLevel,
    ...(photo === null ? {} : { photoDigest: photo.digest }),
    ...(previousIdentifier === null ? {} : { previousIdentifier }),
  };
  const detail = { typeCode: type.code, typeVersion: type.version, issuerCode, version };
  const happened = previousIdentifier === null ? 'certificate.issued' : 'certificate.reissued';
  return {
    ...plain,
    status: 'valid',
    version,
    seal: await work.sealer.seal(issuerCode, documentOf(plain, content)),
    ...(photo === null || photo.id === null ? {} : { photoId: photo.id }),
    serialKey: work.blindIndex.of('certificate-serial', `${issuerCode}/${type.code}/${serial}`),
    requestDigest,
    holderIndexes: holders.map((holder) => holderIndexOf(work, holder)),
    content: work.cipher.seal(JSON.stringify(content), contentContext(identifier)),
    revision: 1,
    outbox: [newEvent(work.clock, happened, actor, detail)],
    createdAt: now,
    updatedAt: now,
  };
}
