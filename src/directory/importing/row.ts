import type { NewCertificate } from '../certificate-request.ts';

/** A row as it was read: what issueCertificate asks for but who acts, and perhaps the file of a photo. */
export interface ImportRow extends Omit<NewCertificate, 'actor' | 'photoMayWait'> {
  /** The name of a file in the photo folder, as it stands in the row. */
  photoFile?: string;
}
