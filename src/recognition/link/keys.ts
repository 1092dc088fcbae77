import { epochSeconds } from '../../base/clock.ts';
import { AppError } from '../../base/error.ts';
import type { KeySet } from '../../crypto/index.ts';
import type { LinkWork } from './ports.ts';

/** Where every region publishes its operational keys, signed by its agreement key. */
export const keySetPath = '/.well-known/yihao-jwks';

/** How often the keys of one peer are asked for, whoever names keys that are not known. */
const pauseSeconds = 10;
/** Keys are asked for again before what is held of them ends, which it does a day after it was signed. */
const refreshSeconds = 3600;

/** Fetches a peer's keys, and keeps them if its agreement key vouches for them. Throws as a call does, and agreement-signature-invalid. */
export async function fetchKeySet(
  { call, recognition }: Pick<LinkWork, 'call' | 'recognition'>,
  peer: string,
): Promise<KeySet> {
  const { status, body } = await call(`${peer}${keySetPath}`);
  if (status !== 200) throw new AppError('peer-answer-invalid', { fault: 'key set' });
  return await recognition.receiveKeySet(peer, body);
}

/**
 * Finds the keys of a peer: those held, or fetched now when none are or the key that is asked for is not among them.
 * Throws peer-not-trusted, and agreement-signature-invalid when it vouches for no keys here.
 */
export async function keySetOf(work: LinkWork, peer: string, kid: string | null): Promise<KeySet> {
  const held = await work.recognition.findKeySet(peer);
  if (held !== null && (kid === null || held.keys.some((key) => key.kid === kid))) return held;
  // A stranger can name any key of a peer, so it is not asked each time.
  const isFirst = await work.memory.add(`peer-keys:${peer}`, '', { ttlSeconds: pauseSeconds });
  if (isFirst) return await fetchKeySet(work, peer);
  if (held !== null) return held;
  throw new AppError('agreement-signature-invalid');
}

/** Fetches a peer's keys again once those held are an hour old, so that a short absence later does no harm. */
export async function refreshKeySet(work: LinkWork, peer: string): Promise<void> {
  const held = await work.recognition.findKeySet(peer);
  const issuedAt = held === null ? 0 : held.issuedAt.getTime() / 1000;
  if (epochSeconds(work.clock) - issuedAt >= refreshSeconds) await fetchKeySet(work, peer);
}
