import {
  kilometresBetween,
  labelOfPlace,
  nameOfPlace,
  type Place,
  type PlaceName,
  type Position,
} from '../../terms/place.ts';
import type { Work } from '../ports.ts';
import { raiseSignal } from './signal.ts';

/** No aeroplane in service is faster (our design [D]). */
const fastestKilometresPerHour = 1000;
/** The grain of places: a mobile network may show the city of its gateway (our design [D]). */
const leastKilometres = 300;
/** Within it the other side of the earth is reached. */
const memorySeconds = 86_400;

/** Where and when a sign-in held. */
export interface Stay {
  place: PlaceName;
  position: Position;
  at: Date;
}

/** How far apart two sign-ins are, and by how many minutes. */
export interface Travel {
  kilometres: number;
  minutes: number;
}

/** Measures from one sign-in to the next; null where somebody can have travelled between. */
export const impossibleTravel = (from: Stay, to: Stay): Travel | null => {
  const kilometres = kilometresBetween(from.position, to.position);
  const hours = Math.max(0, to.at.getTime() - from.at.getTime()) / 3_600_000;
  if (kilometres <= leastKilometres || kilometres <= hours * fastestKilometresPerHour) return null;
  return { kilometres: Math.round(kilometres), minutes: Math.floor(hours * 60) };
};

const stayKey = (accountId: string): string => `stay:${accountId}`;

/**
 * Compares a sign-in that holds with the one before it. Where nobody can have been at both, officers see a signal and the
 * person is asked, once in a day; nothing is locked, for the place of a network may be wrong.
 */
export async function watchTravel(
  work: Work,
  { accountId, place, network }: { accountId: string; place: Place | null; network: string },
): Promise<void> {
  if (place === null || place.position === null) return;
  const { ephemeral, clock } = work;
  const to: Stay = { place: nameOfPlace(place), position: place.position, at: clock.now() };
  const entry = await ephemeral.get(stayKey(accountId));
  await ephemeral.put(stayKey(accountId), JSON.stringify(to), { ttlSeconds: memorySeconds });
  const from = entry === null ? null : readStay(entry.value);
  const travel = from && impossibleTravel(from, to);
  if (from === null || travel === null) return;
  const isNews = await raiseSignal(work, {
    type: 'abuse.impossible-travel',
    subject: accountId,
    actor: accountId,
    detail: { from: from.place.region ?? '*', to: place.region ?? '*', ...travel, network },
  });
  const values = { from: labelOfPlace(from.place), to: labelOfPlace(place) };
  if (isNews) await work.tellPerson?.({ accountId, kind: 'impossible-travel', values });
}

const readStay = (text: string): Stay => {
  const { at, ...stay } = JSON.parse(text) as Omit<Stay, 'at'> & { at: string };
  return { ...stay, at: new Date(at) };
};
