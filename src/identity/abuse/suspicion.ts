import type { Work } from '../ports.ts';
import type { TryOrigin } from './origin.ts';

/** Whom a wrong try speaks against: kind, key, and how many it takes. */
type Subject = readonly [kind: string, key: string | undefined, most: number];

const subjectsOf = ({ limits }: Work, numberIndex: string | undefined, origin: TryOrigin) =>
  (
    [
      ['account', numberIndex, limits.puzzleAfterAccount],
      ['address', origin.address, limits.puzzleAfterAddress],
      ['network', origin.network, limits.puzzleAfterNetwork],
      ['site', origin.siteId, limits.puzzleAfterSite],
    ] satisfies Subject[]
  ).flatMap(([kind, key, most]) => (key === undefined ? [] : [{ name: `${kind}:${key}`, most }]));

const wrongKey = (name: string): string => `limit:wrong:${name}`;
const suspectKey = (name: string): string => `suspect:${name}`;

/**
 * Notes a wrong try against the account, address, network and site. A site is never closed for it, nor is a network that
 * many share by a few: enough wrong tries only make the next ones solve a puzzle. Without a number only where the try came
 * from is spoken against.
 */
export async function noteWrong(
  work: Work,
  numberIndex: string | undefined,
  origin: TryOrigin,
): Promise<void> {
  const { ephemeral, limits } = work;
  await Promise.all(
    subjectsOf(work, numberIndex, origin).map(async ({ name, most }) => {
      const { count } = await ephemeral.count(wrongKey(name), limits.windowSeconds);
      if (count >= most) await ephemeral.put(suspectKey(name), '', { ttlSeconds: limits.windowSeconds });
    }),
  );
}

/** Tells whether a try is to solve a puzzle first; the number may not be known yet. */
export async function isSuspect(
  work: Work,
  numberIndex: string | undefined,
  origin: TryOrigin,
): Promise<boolean> {
  const names = subjectsOf(work, numberIndex, origin).map(({ name }) => name);
  const found = await Promise.all(names.map((name) => work.ephemeral.get(suspectKey(name))));
  return found.some((entry) => entry !== null);
}

/** Clears an account of suspicion after a right try; where the try came from stays as it was. */
export async function clearAccount({ ephemeral }: Work, numberIndex: string): Promise<void> {
  const name = `account:${numberIndex}`;
  await Promise.all([ephemeral.delete(wrongKey(name)), ephemeral.delete(suspectKey(name))]);
}
