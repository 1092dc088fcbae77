import type { RegionCode } from './region-code.ts';

/** The name of a place (地点), as coarse as a city. */
export interface PlaceName {
  /** GB/T 2260; null for what has no code there, such as a city abroad. */
  region: RegionCode | null;
  zh: string;
  en: string;
}

/** A point on the earth, in degrees. */
export interface Position {
  latitude: number;
  longitude: number;
}

/** A place and about where it is. */
export interface Place extends PlaceName {
  /** Null where the place is no point, such as a network that spans the country. */
  position: Position | null;
}

/** Takes of a place what is kept with a sign-in. */
export const nameOfPlace = ({ region, zh, en }: PlaceName): PlaceName => ({ region, zh, en });

/** Writes a place where one sentence serves every language. */
export const labelOfPlace = ({ zh, en }: PlaceName): string => (zh === en ? zh : `${zh} ${en}`);

const earthRadiusKilometres = 6371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Computes how far two points are apart along a great circle, by the haversine formula. */
export const kilometresBetween = (one: Position, other: Position): number => {
  const half = (a: number, b: number): number => Math.sin(radians(b - a) / 2) ** 2;
  const across = Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude));
  const chord = half(one.latitude, other.latitude) + across * half(one.longitude, other.longitude);
  return 2 * earthRadiusKilometres * Math.asin(Math.min(1, Math.sqrt(chord)));
};
