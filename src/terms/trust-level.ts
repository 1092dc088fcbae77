import { AppError } from '../base/error.ts';

/**
 * How far the information of a certificate can be trusted (可信等级, 国办函〔2016〕108号): A made by the government body
 * itself, B checked against the original by an officer, C uploaded by the user, D declared by the user.
 */
export type TrustLevel = 'A' | 'B' | 'C' | 'D';

/** The levels, highest first. */
export const trustLevels: readonly TrustLevel[] = ['A', 'B', 'C', 'D'];

/** Reads a level. Throws trust-level-unknown. */
export function parseTrustLevel(text: string): TrustLevel {
  const level = text.normalize('NFKC').trim().toUpperCase();
  const found = trustLevels.find((known) => known === level);
  if (found === undefined) throw new AppError('trust-level-unknown');
  return found;
}

/** Tells whether a level is as high as another. */
export const isAtLeast = (level: TrustLevel, minimum: TrustLevel): boolean =>
  trustLevels.indexOf(level) <= trustLevels.indexOf(minimum);

/** What a use may do with information of a level. */
export type TrustDecision = 'usable' | 'check-original-first' | 'usable-as-declaration' | 'refused';

/** One use of certificate information, as its level is concerned. */
export interface TrustQuestion {
  held: TrustLevel;
  /** What the service item asks for. */
  minimum: TrustLevel;
  /** Whether another region than the one that holds it is going to use it. */
  crossesRegion: boolean;
}

/**
 * Decides what a use may do: A and B serve as they are, C only once an officer has seen the original, which makes it
 * B, and D only as a declaration. That an item states a minimum and that D never leaves its region are designs of
 * this project.
 */
export function decideTrust({ held, minimum, crossesRegion }: TrustQuestion): TrustDecision {
  if (held === 'D') return minimum === 'D' && !crossesRegion ? 'usable-as-declaration' : 'refused';
  if (held === 'C') return isAtLeast('B', minimum) ? 'check-original-first' : 'refused';
  return isAtLeast(held, minimum) ? 'usable' : 'refused';
}

/** Tells whether information of a level serves as it is, with nothing to be checked first. */
export const serves = (question: TrustQuestion): boolean =>
  ['usable', 'usable-as-declaration'].includes(decideTrust(question));

/** Who compared an upload with its original, where, when, and the digest of the scan taken then. */
export interface OriginalCheck {
  officerId: string;
  counterId: string;
  checkedAt: Date;
  /** SHA-256 or SM3, 64 hexadecimal digits. */
  scanDigest: string;
}

/**
 * Raises C to B on the evidence of a check at the counter; nothing else rises. The evidence asked is a design of this
 * project. Throws trust-level-evidence when it is incomplete or the level is not C.
 */
export function raiseByCheck(level: TrustLevel, check: OriginalCheck): TrustLevel {
  const isComplete =
    check.officerId.trim() !== '' &&
    check.counterId.trim() !== '' &&
    !Number.isNaN(check.checkedAt.getTime()) &&
    /^[0-9a-f]{64}$/i.test(check.scanDigest);
  if (level !== 'C' || !isComplete) throw new AppError('trust-level-evidence');
  return 'B';
}

/** Lowers a level after a complaint was upheld; a level that is lower already stays. */
export const lowerTo = (level: TrustLevel, ceiling: TrustLevel): TrustLevel =>
  isAtLeast(level, ceiling) ? ceiling : level;

/** What a copy of a level must show on its face. */
export interface Marking {
  issuerSeal: boolean;
  watermark: readonly ('provider' | 'government-service-only' | 'valid-until' | 'checked-against-original')[];
}

/**
 * The marking of each level. The date on A was read; the source breaks off where B's would stand, so B carries none
 * here until the text is at hand. C and D have no rule of marking.
 */
export const markings: Readonly<Record<TrustLevel, Marking>> = {
  A: { issuerSeal: true, watermark: ['provider', 'government-service-only', 'valid-until'] },
  B: { issuerSeal: false, watermark: ['checked-against-original', 'government-service-only'] },
  C: { issuerSeal: false, watermark: [] },
  D: { issuerSeal: false, watermark: [] },
};
