import { bareOf, isCommon } from './common-passwords.ts';

const runs = ['01234567890', '09876543210', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm'];
const leastOfOwn = 6;
const longestUnit = 4;

const isRepeated = (text: string): boolean =>
  Array.from({ length: longestUnit }, (_, i) => text.slice(0, i + 1)).some(
    (unit) => unit !== '' && unit.repeat(Math.ceil(text.length / unit.length)).slice(0, text.length) === text,
  );

const isRun = (text: string): boolean => runs.some((run) => run.includes(text));

const holdsOwn = (text: string, own: string): boolean =>
  Array.from({ length: Math.max(0, own.length - leastOfOwn + 1) }, (_, i) =>
    own.slice(i, i + leastOfOwn).toLowerCase(),
  ).some((piece) => text.includes(piece));

/** Tells whether a password is common, a pattern, or holds six characters in a row of what is the person's own. */
export async function isEasyToGuess(password: string, own: readonly string[]): Promise<boolean> {
  const text = password.normalize('NFKC').toLowerCase();
  const bare = bareOf(password);
  return (
    isRepeated(text) ||
    isRepeated(bare) ||
    isRun(bare) ||
    own.some((one) => holdsOwn(bare, one)) ||
    (await isCommon(bare))
  );
}
