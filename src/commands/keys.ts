import { parseArgs } from 'node:util';
import type { KeyKeeper, RingStatus } from '../crypto/index.ts';
import { noticesOf } from './key-notices.ts';
import { printFromHouse } from './with-house.ts';

const usage = 'usage: yihao keys rotate [RING], or yihao keys rotate --emergency RING --reason TEXT';
const actor = 'command-line';
const longestReason = 200;

/** Prints each key ring: its keys, and what comes next and when. */
export async function showKeys(): Promise<void> {
  await printFromHouse(async ({ keys }) => (await keys.status()).flatMap(linesOf));
}

/**
 * Makes the next key of a ring work, of the provider's and the credentials' when none is named, or replaces one at once.
 * Throws what the keeper refuses, and an Error when called in another way.
 */
export async function rotateKeys(words: readonly string[]): Promise<void> {
  const order = read(words);
  await printFromHouse(({ keys }) => carryOut(keys, order));
}

interface Order {
  rings: readonly string[];
  /** Of an emergency; null: the ordinary step. */
  reason: string | null;
}

const read = (words: readonly string[]): Order => {
  const options = { emergency: { type: 'boolean' }, reason: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true });
  const { emergency = false, reason = '' } = values;
  if (positionals.length > 1 || emergency !== (reason.trim() !== '')) throw new Error(usage);
  if (emergency && positionals.length === 0) throw new Error(usage);
  if (reason.length > longestReason) throw new Error(`the reason has ${longestReason} characters at most`);
  const rings = positionals.length === 0 ? ['provider', 'credential'] : positionals;
  return { rings, reason: emergency ? reason.trim() : null };
};

/** Does what was ordered; returns what there is to say. */
export async function carryOut(keys: KeyKeeper, { rings, reason }: Order): Promise<string[]> {
  const said: string[] = [];
  for (const ring of rings) {
    const turned =
      reason === null ? await keys.rotate(ring, { actor }) : await keys.replace(ring, { actor, reason });
    said.push(...linesOf(turned), ...(reason === null ? [] : noticesOf(turned.name)));
  }
  return said;
}

const dateOf = (instant: Date): string => instant.toISOString().slice(0, 10);

const linesOf = ({ label, keys, readyAt, dueAt, overdue }: RingStatus): string[] => [
  `${label}: ${
    dueAt === null
      ? `rotated by hand, from ${dateOf(readyAt)} on`
      : `rotated by itself ${overdue ? 'was due' : 'on'} ${dateOf(dueAt)}${overdue ? ', LATE' : ''}`
  }`,
  ...keys.map(
    ({ kind, id, state, createdAt, verifyUntil }) =>
      `  ${state.padEnd(8)} ${kind.padEnd(10)} ${id}  made ${dateOf(createdAt)}` +
      (verifyUntil === null ? '' : `, until ${verifyUntil.toISOString()}`),
  ),
];
