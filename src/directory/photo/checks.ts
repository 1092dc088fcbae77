import type { PhotoMeasures } from './measure.ts';
import type { PhotoCheck, PhotoFailure, PhotoVerdict } from './photo.ts';
import type { FoundFace } from './ports.ts';
import type { FaceRule, PhotoProfile } from './profiles.ts';

const failure = (code: PhotoFailure['code']): PhotoFailure => ({ code, values: {} });

/** Finds everything that is wrong with a picture of the profile's size by its measures, so a person mends it in one go. */
export function judgePicture(measures: PhotoMeasures, { thresholds }: PhotoProfile): PhotoFailure[] {
  // Of an empty picture nothing else is worth telling.
  if (measures.deviation < thresholds.pictureDeviation) return [failure('photo-blank')];
  const isWhite = measures.background.every(
    ({ lowestMean, deviation }) =>
      lowestMean >= thresholds.backgroundMean && deviation <= thresholds.backgroundDeviation,
  );
  return [
    ...(isWhite ? [] : [failure('photo-background')]),
    ...(measures.headSaturation < thresholds.saturation ? [failure('photo-not-colour')] : []),
    ...(measures.headBrightness < thresholds.darkestHead ? [failure('photo-too-dark')] : []),
    ...(measures.headBrightness > thresholds.brightestHead ? [failure('photo-too-bright')] : []),
    ...(measures.sharpness < thresholds.sharpness ? [failure('photo-blurred')] : []),
  ];
}

/** Finds what is wrong with the faces found: one is wanted, of the size and in the place of the rule if there is one. */
export function judgeFaces(faces: FoundFace[], { face: rule, heightPixels }: PhotoProfile): PhotoFailure[] {
  const [face, ...others] = faces;
  if (face === undefined || others.length > 0) return [failure('photo-face-count')];
  return rule === null || isInPlace(face, rule, heightPixels) ? [] : [failure('photo-face-place')];
}

const isInPlace = (face: FoundFace, rule: FaceRule, heightPixels: number): boolean => {
  const [leastWidth, mostWidth] = rule.faceWidth;
  const [leastHairTop, mostHairTop] = rule.hairTop;
  const eyesToSpare = heightPixels - face.eyesTop - rule.leastEyesAboveBottom;
  // High hair may come nearer to the edge if moving the picture down would bring the eyes too low: their rule wins.
  const isHairTooHigh = face.hairTop < leastHairTop && eyesToSpare >= leastHairTop - face.hairTop;
  return (
    eyesToSpare >= 0 &&
    face.width >= leastWidth &&
    face.width <= mostWidth &&
    face.hairTop <= mostHairTop &&
    !isHairTooHigh
  );
};

const measuredChecks: readonly PhotoCheck[] = [
  'size',
  'background',
  'content',
  'light',
  'colour',
  'sharpness',
  'bytes',
];

/** What each failure is a failure of. */
const checkOf: Partial<Record<PhotoFailure['code'], PhotoCheck>> = {
  'photo-too-small': 'size',
  'photo-ratio': 'size',
  'photo-background': 'background',
  'photo-blank': 'content',
  'photo-too-dark': 'light',
  'photo-too-bright': 'light',
  'photo-not-colour': 'colour',
  'photo-blurred': 'sharpness',
  'photo-detail': 'bytes',
  'photo-face-count': 'face',
  'photo-face-place': 'face',
};

/** What came of one check of a picture that is only looked at. */
export interface CheckReport {
  check: PhotoCheck;
  outcome: 'passed' | 'failed' | 'not-judged' | 'needs-review';
  failure: PhotoFailure | null;
}

/** Reports on every check; of an empty or far too wide picture what was not looked at is not judged. */
export const reportOf = (failures: readonly PhotoFailure[]): CheckReport[] => {
  const isCutShort = failures.some(({ code }) => code === 'photo-blank' || code === 'photo-ratio');
  return [...measuredChecks, 'face' as const].map((check): CheckReport => {
    const failure = failures.find(({ code }) => checkOf[code] === check) ?? null;
    if (failure !== null) return { check, outcome: 'failed', failure };
    if (check === 'face') return { check, outcome: 'needs-review', failure };
    return { check, outcome: isCutShort ? 'not-judged' : 'passed', failure };
  });
};

/** Writes the verdicts of a picture nothing was found wrong with. */
export const verdictsOf = (wasFaceJudged: boolean): PhotoVerdict[] => [
  ...measuredChecks.map((check): PhotoVerdict => ({ check, verdict: 'passed' })),
  { check: 'face', verdict: wasFaceJudged ? 'passed' : 'needs-review' },
];
