import { addressNumber } from '../base/network.ts';
import { type LocatedNetwork, readNetworks } from './network-places-csv.ts';
import { nameOfPlace, type Place, type PlaceName } from './place.ts';

/** Where networks are, as the operator's table has it (IP 地址归属地). Its form is our design [D]. */
export interface NetworkPlaces {
  /** Finds where an address is, by the narrowest network that holds it; null when none does. */
  find(address: string): Place | null;
  /** Finds the name of a region; null when the table has none of that code. */
  named(region: string): PlaceName | null;
}

/** Opens a table from its text. Throws NetworkPlacesError. */
export function parseNetworkPlaces(text: string): NetworkPlaces {
  const networks = readNetworks(text);
  const { starts, places } = partsOf(networks);
  const names = namesOf(networks);
  return {
    find(address) {
      const number = addressNumber(address);
      return number === null ? null : (places[lastUpTo(starts, number)] ?? null);
    },
    named: (region) => names.get(region) ?? null,
  };
}

const namesOf = (networks: readonly LocatedNetwork[]): Map<string, PlaceName> => {
  const places = new Set(networks.map(({ place }) => place));
  return new Map(
    [...places].flatMap((place) => (place.region === null ? [] : [[place.region, nameOfPlace(place)]])),
  );
};

/** Cuts networks that lie within one another into parts side by side, each with the place of the narrowest. */
const partsOf = (networks: readonly LocatedNetwork[]): { starts: bigint[]; places: (Place | null)[] } => {
  const starts: bigint[] = [];
  const places: (Place | null)[] = [];
  const begin = (start: bigint, place: Place | null): void => {
    const at = starts.at(-1) === start ? starts.length - 1 : starts.length;
    starts[at] = start;
    places[at] = place;
  };
  const open: LocatedNetwork[] = [];
  const closeBefore = (address: bigint): void => {
    for (let inner = open.at(-1); inner !== undefined && inner.last < address; inner = open.at(-1)) {
      open.pop();
      begin(inner.last + 1n, open.at(-1)?.place ?? null);
    }
  };
  for (const each of networks) {
    closeBefore(each.first);
    open.push(each);
    begin(each.first, each.place);
  }
  closeBefore(1n << 128n);
  return { starts, places };
};

/** Finds the last of the sorted numbers that is not above another; -1 when all are. */
const lastUpTo = (sorted: readonly bigint[], number: bigint): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? number) <= number) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};
