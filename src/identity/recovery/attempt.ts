import { AppError } from '../../base/error.ts';
import type { Work } from '../ports.ts';

/** What one browser has shown so far; it holds no personal data and no secret. */
export interface Attempt {
  way: 'codes' | 'face' | 'continue';
  /** Null for a number nobody has: the pages are the same, and nothing ever fits. */
  accountId: string | null;
  numberIndex: string;
  /** Keyed digest of the recovery code that was typed. */
  codeDigest?: string;
  /** A second factor was right, and the face is to follow. */
  isProven?: boolean;
  /** The authority's name for the face check that this browser began. */
  faceSession?: string;
  /** The recovery this browser may go on with. */
  recoveryId?: string;
  isPhoneProven?: boolean;
}

const ttlSeconds = 1800;
const keyOf = (binding: string): string => `recovery:attempt:${binding}`;

/** Keeps what a browser has shown. */
export const keepAttempt = ({ ephemeral }: Work, binding: string, attempt: Attempt): Promise<void> =>
  ephemeral.put(keyOf(binding), JSON.stringify(attempt), { ttlSeconds });

/** Finds what a browser has shown. Throws recovery-attempt-expired. */
export async function readAttempt({ ephemeral }: Work, binding: string): Promise<Attempt> {
  const entry = await ephemeral.get(keyOf(binding));
  if (entry === null) throw new AppError('recovery-attempt-expired');
  return JSON.parse(entry.value) as Attempt;
}

/** Forgets it; nobody goes on by what one browser left. */
export const forgetAttempt = ({ ephemeral }: Work, binding: string): Promise<void> =>
  ephemeral.delete(keyOf(binding));
