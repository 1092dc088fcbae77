import { readFile } from 'node:fs/promises';
import type { Config } from '../config/index.ts';
import { type NetworkPlaces, parseNetworkPlaces } from './terms/network-places.ts';
import { NetworkPlacesError } from './terms/network-places-csv.ts';

/**
 * Opens the table of where networks are; null where there is none. Throws an Error that names the fix when it cannot be
 * read.
 */
export async function openPlaces({
  networkPlacesFile: file,
}: Pick<Config, 'networkPlacesFile'>): Promise<NetworkPlaces | null> {
  if (file === null) return null;
  const fix = 'Fix: docs/places.md shows its form.';
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`The table of places ${file} cannot be read. ${fix}`, { cause });
  });
  try {
    return parseNetworkPlaces(text);
  } catch (cause) {
    if (!(cause instanceof NetworkPlacesError)) throw cause;
    throw new Error(`The table of places ${file} is not valid: ${cause.message}. ${fix}`, { cause });
  }
}
