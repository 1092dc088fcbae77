import { AppError } from '../../base/error.ts';

/** What a photo of one kind must be: sizes of the file, thresholds of the checks, place of the face. */
export interface PhotoProfile {
  id: PhotoProfileId;
  widthPixels: number;
  heightPixels: number;
  densityPerInch: number;
  /** The JPEG quality to begin with; lowered or raised within the bounds until the bytes fit. */
  quality: { first: number; lowest: number; highest: number };
  minimumBytes: number;
  maximumBytes: number;
  /** The smallest part of the picture, by width or height, that cropping must leave. */
  leastKept: number;
  thresholds: PhotoThresholds;
  /** Where the face has to be; null when no text that fixes it was read. */
  face: FaceRule | null;
}

/** The numbers of the automatic checks; grey values are 0–255. */
export interface PhotoThresholds {
  /** The lowest mean of each channel in each band of the background. */
  backgroundMean: number;
  /** The highest standard deviation of the brightness in each band. */
  backgroundDeviation: number;
  /** The lowest standard deviation of the brightness of a picture that shows something. */
  pictureDeviation: number;
  darkestHead: number;
  brightestHead: number;
  /** The lowest mean of (highest channel − lowest channel) over the head. */
  saturation: number;
  /** The lowest variance of the Laplacian over the brightness. */
  sharpness: number;
}

/** The place of a face, in pixels of the profile's picture. */
export interface FaceRule {
  faceWidth: readonly [least: number, most: number];
  hairTop: readonly [least: number, most: number];
  /** From the eyes down to the bottom edge; this rule wins on conflict. */
  leastEyesAboveBottom: number;
}

export type PhotoProfileId = 'id-card' | 'exit-entry';

/** Our own design: no standard read fixes an automatic check. The window of brightness leaves deep skin its room. */
const thresholds: PhotoThresholds = {
  backgroundMean: 235,
  backgroundDeviation: 12,
  pictureDeviation: 20,
  darkestHead: 90,
  brightestHead: 200,
  saturation: 8,
  sharpness: 60,
};

const kilobyte = 1024;
const quality = { first: 70, lowest: 40, highest: 100 };

/** The profiles by name. A GA 461 revised since 2004, or the text of GA/T 1180 at hand, changes this table only. */
export const photoProfiles: Readonly<Record<PhotoProfileId, PhotoProfile>> = {
  // GA 461-2004 as several secondary sources give it: 358 × 441 at 350 per inch, quality 70, white, 24 bit, and the
  // place of the face. Its 50 KB are one vendor's interface; its 10 KB and its cropping are our design.
  'id-card': {
    id: 'id-card',
    widthPixels: 358,
    heightPixels: 441,
    densityPerInch: 350,
    quality,
    minimumBytes: 10 * kilobyte,
    maximumBytes: 50 * kilobyte,
    leastKept: 0.5,
    thresholds,
    face: { faceWidth: [193, 221], hairTop: [7, 21], leastEyesAboveBottom: 207 },
  },
  // GA/T 1180-2014: white, 24 bit and JPEG were read in a secondary source. Pixels and bytes are from memory, and the
  // density is our design: check all three against the text before use. No place of the face that agrees was found.
  'exit-entry': {
    id: 'exit-entry',
    widthPixels: 354,
    heightPixels: 472,
    densityPerInch: 300,
    quality,
    minimumBytes: 30 * kilobyte,
    maximumBytes: 80 * kilobyte,
    leastKept: 0.5,
    thresholds,
    face: null,
  },
};

/** Finds a profile by its name. Throws photo-profile-unknown. */
export function profileOf(id: string): PhotoProfile {
  const found = Object.values(photoProfiles).find((profile) => profile.id === id);
  if (found === undefined) throw new AppError('photo-profile-unknown');
  return found;
}
