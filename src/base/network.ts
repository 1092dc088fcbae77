import { isIPv4, isIPv6 } from 'node:net';

const groups = 8;
/** Where IPv6 maps the addresses of IPv4, ::ffff:0:0/96 (RFC 4291, from memory). */
const mapped4 = 0xffffn << 32n;

const bareOf = (address: string): string =>
  (address.toLowerCase().split('%')[0] ?? '').replace(/^::ffff:(?=\d+\.)/, '');
const padded = (group: string): string => group.padStart(4, '0');

/** Writes an IPv6 address as its eight groups; null when it is none. */
const groupsOf = (address: string): string[] | null => {
  const [head = '', tail, ...more] = address.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = groups - first.length - last.length;
  if (more.length > 0 || missing < 0 || (tail === undefined && missing > 0)) return null;
  const all = [...first, ...Array<string>(missing).fill('0'), ...last];
  return all.every((group) => /^[\da-f]{1,4}$/.test(group)) ? all : null;
};

/**
 * Returns the network of an address as one subscriber is usually given it: 24 bits of IPv4, 56 of IPv6 (our design [D]).
 * What is no address is a network of its own.
 */
export const networkOf = (address: string): string => {
  const bare = bareOf(address);
  const four = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(bare);
  if (four !== null) return `${four[1]}.0/24`;
  const all = groupsOf(bare);
  if (all === null) return bare;
  return `${all.slice(0, 4).map(padded).join('').slice(0, 14)}/56`;
};

/** Reads an address as a number of 128 bits, one of IPv4 where IPv6 maps it; null when it is none. */
export const addressNumber = (address: string): bigint | null => {
  const bare = bareOf(address);
  if (isIPv4(bare))
    return mapped4 + BigInt(bare.split('.').reduce((sum, part) => sum * 256 + Number(part), 0));
  const all = isIPv6(bare) ? groupsOf(bare) : null;
  return all === null ? null : BigInt(`0x${all.map(padded).join('')}`);
};

/** Reads a network (192.0.2.0/24, 2001:db8::/32) as its first and last address; null when it is none, or goes past its prefix. */
export const networkRange = (text: string): { first: bigint; last: bigint } | null => {
  const [, address = '', prefix = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const first = addressNumber(address);
  const hostBits = (isIPv4(address) ? 32 : 128) - Number(prefix);
  if (first === null || hostBits < 0) return null;
  const size = 1n << BigInt(hostBits);
  return first % size === 0n ? { first, last: first + size - 1n } : null;
};
