import { AppError } from '../base/error.ts';
import {
  formatCertificateIdentifier,
  parseCertificateTypeCode,
  serialOf,
} from '../terms/certificate-identifier.ts';
import type { CertificateRecord, CertificateSummary } from './certificate.ts';
import { type NewCertificate, parseIssuer, parseParts } from './certificate-request.ts';
import { checkPhoto } from './check-photo.ts';
import { summaryOf } from './find-certificate.ts';
import { newestTypeOf } from './find-type.ts';
import { makeRecord } from './make-record.ts';
import type { Work } from './ports.ts';
import { checkSerial, fitToType } from './rules.ts';

/** The certificate a request stands for, and whether this call made it. */
export interface IssuedCertificate {
  created: boolean;
  certificate: CertificateSummary;
}

/**
 * Issues a certificate (签发) sealed by its authority. The same request again, or twice at once, gets the one certificate;
 * later acts upon it show in its state. Throws what parseIssuer, parseParts, fitToType and checkPhoto throw,
 * certificate-type-code-invalid, -type-unknown, -identifier-part (3: the serial), -serial-personal and -serial-taken.
 */
export async function issueCertificate(work: Work, input: NewCertificate): Promise<IssuedCertificate> {
  const issuer = parseIssuer(input.issuer, work.clock);
  const typeCode = parseCertificateTypeCode(input.typeCode);
  const parts = parseParts({ ...input, issuerName: issuer.name }, work.clock);
  const serial = serialOf(input.serial);
  checkSerial(serial, parts.holders, work.clock);
  const identifier = formatCertificateIdentifier({ typeCode, issuerCode: issuer.code, serial, version: 1 });
  const requestDigest = work.blindIndex.of('certificate-request', JSON.stringify([identifier, parts]));
  // Before the type is asked: a repeated request is answered alike though its type has moved on since.
  const existing = await work.store.certificateById(identifier);
  if (existing !== null) return repeatOf(work, existing, requestDigest);

  const type = await newestTypeOf(work, typeCode);
  const fitting = fitToType(type, issuer.code, parts);
  await checkPhoto(work, type, fitting, input.photoMayWait);
  const record = await makeRecord(work, {
    identifier,
    previousIdentifier: null,
    type,
    issuerCode: issuer.code,
    parts: fitting,
    requestDigest,
    actor: input.actor,
  });

  if (await work.store.insertCertificate(record)) return issuedAs(work, record, true);

  const winner = await work.store.certificateById(identifier);
  if (winner === null) throw new AppError('storage-unavailable');
  return repeatOf(work, winner, requestDigest);
}

function repeatOf(work: Work, existing: CertificateRecord, requestDigest: string): IssuedCertificate {
  if (existing.requestDigest !== requestDigest) throw new AppError('certificate-serial-taken');
  return issuedAs(work, existing, false);
}

/** Tells of a record what its issuer gets to know. */
export function issuedAs(work: Work, record: CertificateRecord, created: boolean): IssuedCertificate {
  const { content, outbox, ...row } = record;
  return { created, certificate: summaryOf(row, work.clock.now()) };
}
