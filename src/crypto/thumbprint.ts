import { createHash } from 'node:crypto';

/** A public ES256 or ECDH-ES key on P-256 (RFC 7517), with nothing but what its thumbprint is made of. */
export interface PublicEcJwk {
  kty: 'EC';
  crv: 'P-256';
  x: string;
  y: string;
}

/** Takes the public part out of a key, leaving out whatever else was said beside it. */
export const publicEcPart = ({ x, y }: Pick<PublicEcJwk, 'x' | 'y'>): PublicEcJwk => ({
  kty: 'EC',
  crv: 'P-256',
  x,
  y,
});

/** Computes the RFC 7638 thumbprint of a key: SHA-256 over its required members in their order, base64url. */
export const thumbprintOf = ({ crv, kty, x, y }: PublicEcJwk): string =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');

/** A thumbprint as two officers compare it: written, spoken and scanned. */
export interface SpokenThumbprint {
  /** Eight groups of four characters. */
  groups: string[];
  /** The same characters as words of the spelling alphabet, a list a group; digits stay digits. */
  words: string[][];
  /** What a QR code holds. */
  qrText: string;
}

/** Crockford's 32 characters: none of I, L, O, U. */
const characters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const spelling =
  'Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel Juliett Kilo Mike November Papa Quebec Romeo Sierra Tango Victor Whiskey X-ray Yankee Zulu'.split(
    ' ',
  );

/**
 * Writes a thumbprint for people: its first 160 bits as 32 characters. Nobody makes a second key that shares 160 bits
 * with a given one; the length is a design of this project.
 */
export function speakThumbprint(thumbprint: string): SpokenThumbprint {
  const bits = [...Buffer.from(thumbprint, 'base64url').subarray(0, 20)]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');
  const text = (bits.match(/.{5}/g) ?? []).map((five) => characters[Number.parseInt(five, 2)]).join('');
  const groups = text.match(/.{4}/g) ?? [];
  return {
    groups,
    words: groups.map((group) => [...group].map(wordOf)),
    qrText: `yihao-agreement-key:${thumbprint}`,
  };
}

const wordOf = (character: string): string =>
  spelling.find((word) => word.startsWith(character)) ?? character;
