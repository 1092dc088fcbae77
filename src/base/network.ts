const groups = 8;

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
  const bare = (address.toLowerCase().split('%')[0] ?? '').replace(/^::ffff:(?=\d+\.)/, '');
  const four = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(bare);
  if (four !== null) return `${four[1]}.0/24`;
  const all = groupsOf(bare);
  if (all === null) return bare;
  const padded = all.slice(0, 4).map((group) => group.padStart(4, '0'));
  return `${padded.join('').slice(0, 14)}/56`;
};
