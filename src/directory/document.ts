import type { JsonObject } from '../crypto/ports.ts';
import type { CertificateRecord, SaltedContent } from './certificate.ts';
import { typeVersionId } from './certificate-type.ts';

/** What of a record the authority's seal is over, beside its content. */
export type SealedPlain = Pick<
  CertificateRecord,
  | '_id'
  | 'typeCode'
  | 'typeVersion'
  | 'issuerCode'
  | 'issuerName'
  | 'areaCode'
  | 'issuedOn'
  | 'validFrom'
  | 'validUntil'
  | 'trustLevel'
  | 'photoDigest'
  | 'previousIdentifier'
>;

const formatName = 'yihao-certificate-1';

/**
 * Writes the document that an authority seals: all that stands on the certificate, its photo by digest. The status is
 * not in it, as it changes after the seal; whoever asks gets it from the issuer. The form is a design of this project.
 */
export const documentOf = (plain: SealedPlain, content: SaltedContent): JsonObject => ({
  format: formatName,
  salt: content.salt,
  identifier: plain._id,
  type: typeVersionId({ code: plain.typeCode, version: plain.typeVersion }),
  issuer: { code: plain.issuerCode, name: plain.issuerName },
  areaCode: plain.areaCode,
  number: content.number,
  holders: content.holders.map(({ type, code, name }) => ({ type, code, name })),
  dates: {
    issuedOn: plain.issuedOn,
    ...(plain.validFrom === undefined ? {} : { validFrom: plain.validFrom }),
    ...(plain.validUntil === undefined ? {} : { validUntil: plain.validUntil }),
  },
  fields: content.fields,
  trustLevel: plain.trustLevel,
  ...(plain.photoDigest === undefined ? {} : { photoDigest: plain.photoDigest }),
  ...(plain.previousIdentifier === undefined ? {} : { previousIdentifier: plain.previousIdentifier }),
});
