import { AppError } from '../../base/error.ts';

const longestReason = 500;
const unseen = /[\p{Cc}\p{Cf}\p{Cs}]/u;

/** Reads why; lines are kept, and it is sealed, so it may say anything. Throws proposal-reason {longest}. */
export function readReason(given: string): string {
  const text = given.normalize('NFC').replace(/\r\n?/g, '\n').trim();
  const length = [...text].length;
  if (length === 0 || length > longestReason || unseen.test(text.replaceAll('\n', '')))
    throw new AppError('proposal-reason', { longest: longestReason });
  return text;
}
