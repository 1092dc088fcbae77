import { AppError } from '../base/error.ts';
import { newEvent } from '../base/event.ts';
import { shanghaiDateOf } from '../terms/calendar-date.ts';
import { describeCertificateIdentifier, nextVersionOf } from '../terms/certificate-identifier.ts';
import { parseCreditCode } from '../terms/credit-code.ts';
import type { CertificateRecord } from './certificate.ts';
import { type GivenParts, parseParts } from './certificate-request.ts';
import { typeVersionId } from './certificate-type.ts';
import { checkPhoto } from './check-photo.ts';
import { openContent, recordOf } from './find-certificate.ts';
import { newestTypeOf, typeVersionOf } from './find-type.ts';
import { type IssuedCertificate, issuedAs } from './issue-certificate.ts';
import { decideAct } from './lifecycle.ts';
import { makeRecord } from './make-record.ts';
import type { Work } from './ports.ts';
import { checkReason, checkSerial, fitToType } from './rules.ts';

/** A change (变更) of a certificate: each part that is given takes the place of the old one whole. */
export interface CertificateChange {
  identifier: string;
  issuerCode: string;
  reasonCode: string;
  changes: Partial<GivenParts>;
  actor: string;
}

/**
 * Changes a certificate: a new version takes its place, under the newest version of its type. The old one is superseded
 * first and the new one written second: all who would change or end it at once meet in the one compare-and-swap, and
 * there are never two in force. A crash between leaves the old one superseded and the new one unknown; the same request,
 * repeated, is known by its digest and completes it. Throws certificate-unknown, -issuer-other, -reason-invalid,
 * -already-ended, -is-suspended, -changed-meanwhile, -version-exhausted, and what issuing throws for the parts.
 */
export async function changeCertificate(work: Work, input: CertificateChange): Promise<IssuedCertificate> {
  const old = await recordOf(work, input.identifier);
  if (parseCreditCode(input.issuerCode) !== old.issuerCode) throw new AppError('certificate-issuer-other');
  checkReason(input.reasonCode);
  const made = await changed(work, old, input);

  const isRepeat = old.change?.requestDigest === made.requestDigest;
  if (!isRepeat) await supersede(work, old, made, input);
  await work.onStatusChanged({ identifier: old._id, actor: input.actor });

  if (await work.store.insertCertificate(made)) return issuedAs(work, made, true);
  const existing = await work.store.certificateById(made._id);
  if (existing === null) throw new AppError('storage-unavailable');
  return issuedAs(work, existing, false);
}

/** Makes the next version whole, before anything is written: what is refused is refused here. */
async function changed(
  work: Work,
  old: CertificateRecord,
  { changes, reasonCode, actor }: CertificateChange,
): Promise<CertificateRecord> {
  const identifier = nextVersionOf(old._id);
  const parts = parseParts({ ...partsOf(work, old, changes), ...changes }, work.clock);
  checkSerial(describeCertificateIdentifier(identifier).serial, parts.holders, work.clock);
  const request = JSON.stringify([identifier, reasonCode, parts]);
  const requestDigest = work.blindIndex.of('certificate-request', request);
  const { typeCode: code, issuerCode, change } = old;
  // A repeated request is completed under the version it began with, though the type has moved on since.
  const type =
    change?.requestDigest === requestDigest
      ? await typeVersionOf(work, typeVersionId({ code, version: change.typeVersion }))
      : await newestTypeOf(work, code);
  const fitting = fitToType(type, issuerCode, parts);
  // The photo that stands was looked at when it was given.
  if (changes.photoId !== undefined) await checkPhoto(work, type, fitting);
  return makeRecord(work, {
    identifier,
    previousIdentifier: old._id,
    type,
    issuerCode,
    parts: fitting,
    requestDigest,
    actor,
  });
}

/** Returns the parts as they stand; a photo is replaced whole, so one that is given leaves the old identifier behind. */
function partsOf(
  work: Work,
  record: CertificateRecord,
  { photoDigest: newDigest }: Partial<GivenParts>,
): GivenParts {
  const { issuerName, areaCode, issuedOn, validFrom, validUntil, trustLevel, photoDigest, photoId } = record;
  const { number, holders, fields } = openContent(work, record);
  return {
    issuerName,
    areaCode,
    number,
    holders,
    dates: { issuedOn, validFrom, validUntil },
    fields,
    ...(photoDigest === undefined ? {} : { photoDigest }),
    ...(photoId === undefined || newDigest !== undefined ? {} : { photoId }),
    trustLevel,
  };
}

/** Takes the old version out of force in one write; the same request at the same time may have done it already. */
async function supersede(
  work: Work,
  old: CertificateRecord,
  made: CertificateRecord,
  { reasonCode, actor }: CertificateChange,
): Promise<void> {
  const endedOn = shanghaiDateOf(work.clock.now());
  const act = { act: 'superseded', reasonCode, actedOn: endedOn } as const;
  const decision = decideAct({ status: old.status }, act);
  if (decision.outcome === 'refused') throw new AppError(decision.code);
  const change = { requestDigest: made.requestDigest, typeVersion: made.typeVersion };
  const event = newEvent(work.clock, 'certificate.superseded', actor, { reasonCode, version: old.version });
  const changes = { status: 'superseded', endedOn, lastAct: act, nextIdentifier: made._id, change } as const;

  if (await work.store.swapCertificate(old, changes, event)) return;

  const now = await work.store.certificateById(old._id);
  if (now?.change?.requestDigest !== made.requestDigest) throw new AppError('certificate-changed-meanwhile');
}
