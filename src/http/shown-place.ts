import type { PageContext } from '../../views/layout.tsx';
import { textOf } from '../../views/text/index.ts';
import type { NetworkPlaces } from '../terms/network-places.ts';
import type { PlaceName } from '../terms/place.ts';

/** Says on a page where something came from; nothing at all where the region has no table of places. */
export const shownPlace = (
  places: NetworkPlaces | null,
  place: PlaceName | null | undefined,
  language: PageContext['language'],
): { place?: string } =>
  places === null ? {} : { place: place?.[language] ?? textOf(language).places.unknown };
