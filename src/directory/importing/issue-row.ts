import type { IssuedCertificate } from '../issue-certificate.ts';
import type { PhotoSummary } from '../photo/photos.ts';
import { fitToType } from '../rules.ts';
import type { CheckedRow } from './check-row.ts';
import { readPhotoFile } from './photo-file.ts';
import type { RowWork } from './ports.ts';
import type { ImportRow } from './row.ts';
import { admitRowPhoto, photoOfExisting } from './row-photo.ts';

/**
 * Issues the certificate of a row, its photo first. The same row again finds both. Throws what issueCertificate,
 * readPhotoFile and admitRowPhoto throw.
 */
export async function issueRow(
  work: RowWork,
  row: ImportRow,
  checked: CheckedRow,
): Promise<IssuedCertificate> {
  const { photoFile, ...given } = row;
  const { actor } = work.request;
  const issue = { ...given, actor, photoMayWait: true };
  if (photoFile === undefined) return work.directory.issueCertificate(issue);
  return work.photoDesk.run(async () => {
    const { photoId, digest } = await photoOf(work, photoFile, checked);
    return work.directory.issueCertificate({ ...issue, photoId, photoDigest: digest });
  });
}

/** The row is fitted to its type before its photo is kept, so that a row with a fault leaves no photo behind. */
async function photoOf(work: RowWork, photoFile: string, checked: CheckedRow): Promise<PhotoSummary> {
  const { directory, request } = work;
  const bytes = await readPhotoFile(request.photoFolder, photoFile);
  const existing = await directory.findCertificate(checked.identifier);
  if (existing !== null) return photoOfExisting(work, existing, bytes);
  const type = await directory.catalogue.findType(checked.typeCode);
  fitToType(type, checked.issuerCode, checked.parts);
  // A type without photos has refused the row by now.
  return admitRowPhoto(work, checked, type.photoProfile ?? 'id-card', bytes);
}
