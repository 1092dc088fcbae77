import type { Work } from '../ports.ts';
import { type CounterRequest, counterRequestTtlSeconds, mostWaiting } from './request.ts';

type Stored = Omit<CounterRequest, 'askedAt' | 'expiresAt'> & { askedAt: string; expiresAt: string };

/** A person has a few places for what waits: they are taken one by one, by any process, and empty themselves. */
const placeKeys = (accountId: string): string[] =>
  Array.from({ length: mostWaiting }, (_, place) => `counter:waiting:${accountId}:${place}`);

/** Puts a question where its person finds it; false when no place is free. */
export async function putRequest(
  { ephemeral }: Work,
  accountId: string,
  request: CounterRequest,
): Promise<boolean> {
  for (const key of placeKeys(accountId))
    if (await ephemeral.add(key, JSON.stringify(request), { ttlSeconds: counterRequestTtlSeconds }))
      return true;
  return false;
}

/** Finds the questions that wait for a person, the oldest first, each with the key of its place. */
export async function waitingRequests(
  { ephemeral }: Work,
  accountId: string,
): Promise<{ key: string; request: CounterRequest }[]> {
  const keys = placeKeys(accountId);
  const entries = await Promise.all(keys.map((key) => ephemeral.get(key)));
  return keys
    .flatMap((key, place) => {
      const entry = entries[place];
      if (!entry) return [];
      const { askedAt, expiresAt, ...rest } = JSON.parse(entry.value) as Stored;
      return [{ key, request: { ...rest, askedAt: new Date(askedAt), expiresAt: new Date(expiresAt) } }];
    })
    .sort((a, b) => a.request.askedAt.getTime() - b.request.askedAt.getTime());
}

/** Takes a question from its place; of any number who answer at once one gets it. */
export const takeRequest = async (
  { ephemeral }: Work,
  key: string,
  { requestId }: CounterRequest,
): Promise<boolean> => {
  const text = await ephemeral.take(key);
  return text !== null && (JSON.parse(text) as Stored).requestId === requestId;
};
