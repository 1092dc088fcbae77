import type { Clock } from '../../base/clock.ts';
import type { Directory } from '../index.ts';
import type { Darkroom } from '../photo/darkroom.ts';
import type { Photos } from '../photo/photos.ts';

/** What the import is given from outside. */
export interface ImportDeps {
  directory: Pick<Directory, 'catalogue' | 'issueCertificate' | 'findCertificate' | 'holderIndexOf'>;
  photos: Photos;
  clock: Clock;
}

/** What one import is to do. */
export interface ImportRequest {
  /** Ends in .csv or .ndjson. */
  file: string;
  /** Where the photos are that rows name; left out, a row with a photo is rejected. */
  photoFolder?: string;
  /** Whether the importing actor vouches for the photos, instead of leaving them to review. */
  acceptPhotos: boolean;
  /** Validates everything and keeps nothing but the report. */
  dryRun: boolean;
  /** Who imports, as events name it: an identifier, never a name. */
  actor: string;
}

/** What a step over one row works with. */
export interface RowWork extends ImportDeps {
  request: ImportRequest;
  /** Bounds how many photos are held at once. */
  photoDesk: Darkroom;
}
