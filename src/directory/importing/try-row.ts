import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../base/error.ts';
import type { Certificate } from '../certificate.ts';
import type { CertificateParts } from '../certificate-request.ts';
import { checkPhoto } from '../check-photo.ts';
import { fitToType } from '../rules.ts';
import type { CheckedRow } from './check-row.ts';
import { readPhotoFile } from './photo-file.ts';
import type { RowWork } from './ports.ts';
import type { ImportRow } from './row.ts';
import { photoOfExisting, tryRowPhoto } from './row-photo.ts';

/**
 * Tells what issueRow would do, keeping nothing. Throws as issueRow does, but for what only a write can meet: two rows
 * of one file under the same serial.
 */
export async function tryRow(
  work: RowWork,
  row: ImportRow,
  checked: CheckedRow,
): Promise<{ created: boolean }> {
  const { directory, request } = work;
  const { photoFile } = row;
  const existing = await directory.findCertificate(checked.identifier);
  const type =
    existing === null
      ? await directory.catalogue.findType(checked.typeCode)
      : await directory.catalogue.findTypeVersion(checked.typeCode, existing.typeVersion);
  const parts = fitToType(type, checked.issuerCode, checked.parts);
  if (existing !== null && !isSame(existing, parts, photoFile !== undefined))
    throw new AppError('certificate-serial-taken');
  if (existing === null) await checkPhoto(work, type, parts, true);
  if (photoFile !== undefined)
    await work.photoDesk.run(async () => {
      const bytes = await readPhotoFile(request.photoFolder, photoFile);
      if (existing !== null) await photoOfExisting(work, existing, bytes);
      else await tryRowPhoto(work, type.photoProfile ?? 'id-card', bytes);
    });
  return { created: existing === null };
}

/** Compares what stands on a certificate with what a row says; a photo that comes as a file is compared by its file. */
function isSame(existing: Certificate, parts: CertificateParts, hasPhotoFile: boolean): boolean {
  const { issuerName, areaCode, number, holders, fields, trustLevel, dates, photo } = parts;
  const samePhoto =
    hasPhotoFile ||
    (existing.photoDigest === photo?.digest && (existing.photoId ?? null) === (photo?.id ?? null));
  return (
    samePhoto &&
    isDeepStrictEqual(
      [existing.issuerName, existing.areaCode, existing.number, existing.holders, existing.fields],
      [issuerName, areaCode, number, holders, fields],
    ) &&
    existing.trustLevel === trustLevel &&
    existing.issuedOn === dates.issuedOn &&
    existing.validFrom === dates.validFrom &&
    existing.validUntil === dates.validUntil
  );
}
