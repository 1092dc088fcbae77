import { createHash } from 'node:crypto';
import { AppError } from '../../base/error.ts';
import { newId } from '../../base/id.ts';
import { parseCitizenNumber } from '../../terms/citizen-number.ts';
import type { Work } from '../ports.ts';
import type { TryOrigin } from './origin.ts';
import { isSuspect } from './suspicion.ts';

const ttlSeconds = 900;

/** A puzzle for a browser: a count whose digest, behind the salt, begins with so many zero bits. */
export interface Puzzle {
  salt: string;
  bits: number;
  /** How long whoever cannot solve it waits before the form is taken without. */
  waitSeconds: number;
}

interface Kept {
  salt: string;
  bits: number;
  readyAt: number;
}

const puzzleKey = (binding: string): string => `puzzle:${binding}`;
const waitedKey = ({ address }: TryOrigin): string => `puzzle:waited:${address}`;

/** Returns the puzzle that a try has to solve, the one this sign-in was shown before if it still waits; null when none. */
export async function offerPuzzle(
  work: Work,
  { binding, number, ...origin }: TryOrigin & { binding: string; number: string },
): Promise<Puzzle | null> {
  if (!(await isSuspect(work, indexOf(work, number), origin))) return null;
  const now = work.clock.now().getTime();
  const kept = (await keptOf(work, binding)) ?? (await keepNew(work, binding, now));
  const waitSeconds = Math.max(0, Math.ceil((kept.readyAt - now) / 1000));
  return { salt: kept.salt, bits: kept.bits, waitSeconds };
}

/**
 * Lets a try pass where nothing speaks against it, or where it brings the solution of its sign-in's puzzle, which serves
 * once. Without one it passes after the wait, one try an address in that time, so that many sign-ins begun at once are
 * no way round. Without a binding a suspect try cannot pass. Throws puzzle-needed, puzzle-wrong, puzzle-expired,
 * puzzle-waits {waitSeconds}.
 */
export async function checkPuzzle(
  work: Work,
  given: {
    numberIndex: string | undefined;
    origin: TryOrigin;
    binding: string | undefined;
    solution: string;
  },
): Promise<void> {
  const { numberIndex, origin, binding, solution } = given;
  if (!(await isSuspect(work, numberIndex, origin))) return;
  if (binding === undefined) throw new AppError('puzzle-needed');
  if (solution === '') return passByWaiting(work, binding, origin);
  const taken = await work.ephemeral.take(puzzleKey(binding));
  if (taken === null) throw new AppError('puzzle-expired');
  if (!solves(JSON.parse(taken) as Kept, solution)) throw new AppError('puzzle-wrong');
}

const passByWaiting = async (work: Work, binding: string, origin: TryOrigin): Promise<void> => {
  const { ephemeral, clock, limits } = work;
  const kept = await keptOf(work, binding);
  if (kept === null) throw new AppError('puzzle-needed');
  const leftSeconds = Math.ceil((kept.readyAt - clock.now().getTime()) / 1000);
  if (leftSeconds > 0) throw new AppError('puzzle-waits', { waitSeconds: leftSeconds });
  const waitSeconds = limits.puzzleWaitSeconds;
  if (!(await ephemeral.add(waitedKey(origin), '', { ttlSeconds: waitSeconds })))
    throw new AppError('puzzle-waits', { waitSeconds });
  if ((await ephemeral.take(puzzleKey(binding))) === null) throw new AppError('puzzle-expired');
};

/** Tells whether a count solves a puzzle. */
export const solves = ({ salt, bits }: Pick<Puzzle, 'salt' | 'bits'>, solution: string): boolean =>
  /^\d{1,12}$/.test(solution) &&
  Math.clz32(createHash('sha256').update(`${salt}:${solution}`).digest().readUInt32BE(0)) >= bits;

const keptOf = async ({ ephemeral }: Work, binding: string): Promise<Kept | null> => {
  const entry = await ephemeral.get(puzzleKey(binding));
  return entry === null ? null : (JSON.parse(entry.value) as Kept);
};

const keepNew = async ({ ephemeral, limits }: Work, binding: string, now: number): Promise<Kept> => {
  const readyAt = now + limits.puzzleWaitSeconds * 1000;
  const kept: Kept = { salt: newId(), bits: limits.puzzleBits, readyAt };
  await ephemeral.put(puzzleKey(binding), JSON.stringify(kept), { ttlSeconds });
  return kept;
};

/** The number as typed may be none: then only where the try comes from counts. */
const indexOf = ({ blindIndex, clock }: Work, number: string): string | undefined => {
  try {
    return blindIndex.of('citizen-number', parseCitizenNumber(number, clock));
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
};
