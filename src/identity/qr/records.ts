import type { Work } from '../ports.ts';
import { type QrOutcome, type QrRequest, qrTtlSeconds } from './lifecycle.ts';

const requestKey = (handle: string): string => `qr:request:${handle}`;
const outcomeKey = (handle: string): string => `qr:outcome:${handle}`;
const shownKey = (binding: string): string => `qr:shown:${binding}`;

/** The handle is in the code; foreign text that is none finds nothing. */
const isHandle = (text: string): boolean => /^[\w-]{22}$/.test(text);

/** Keeps a request under its handle, and the handle under the sign-in that shows it. */
export async function keepRequest(
  { ephemeral }: Work,
  { binding, handle, request }: { binding: string; handle: string; request: QrRequest },
): Promise<void> {
  await ephemeral.put(requestKey(handle), JSON.stringify(request), { ttlSeconds: qrTtlSeconds });
  // The outcome may come in the last second, and waits as long again.
  await ephemeral.put(shownKey(binding), handle, { ttlSeconds: 2 * qrTtlSeconds });
}

/** Reads a request; null when there is none or its time is over. */
export async function readRequest(
  { ephemeral }: Work,
  handle: string,
): Promise<{ request: QrRequest; markedAt: Date | null } | null> {
  const entry = isHandle(handle) ? await ephemeral.get(requestKey(handle)) : null;
  if (entry === null) return null;
  return { request: JSON.parse(entry.value) as QrRequest, markedAt: entry.markedAt };
}

/** Claims the one answer a request takes; of any number who answer at once one gets it. */
export const claimAnswer = async ({ ephemeral, clock }: Work, handle: string): Promise<boolean> =>
  (await ephemeral.mark(requestKey(handle), clock.now())) === 'marked';

/** Leaves an outcome for the browser that shows the code. */
export const putOutcome = ({ ephemeral }: Work, handle: string, outcome: QrOutcome): Promise<void> =>
  ephemeral.put(outcomeKey(handle), JSON.stringify(outcome), { ttlSeconds: qrTtlSeconds });

/** Reads the outcome of a code without taking it. */
export async function readOutcome({ ephemeral }: Work, handle: string): Promise<QrOutcome | null> {
  const entry = await ephemeral.get(outcomeKey(handle));
  return entry === null ? null : (JSON.parse(entry.value) as QrOutcome);
}

/** Takes the outcome of a code; of any number who ask at once one gets it. */
export async function takeOutcome({ ephemeral }: Work, handle: string): Promise<QrOutcome | null> {
  const text = await ephemeral.take(outcomeKey(handle));
  return text === null ? null : (JSON.parse(text) as QrOutcome);
}

/** Finds the code that a sign-in shows; null when it shows none. */
export async function findShown({ ephemeral }: Work, binding: string): Promise<string | null> {
  return (await ephemeral.get(shownKey(binding)))?.value ?? null;
}

/** Forgets the code that a sign-in shows. */
export const forgetShown = ({ ephemeral }: Work, binding: string): Promise<void> =>
  ephemeral.delete(shownKey(binding));
