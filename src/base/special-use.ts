import { BlockList, isIPv6 } from 'node:net';

/** Networks of IPv4 that are nobody's server on the open network: this host, private, link-local, examples, groups. */
const special4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/** Within 2000::/3, what leads into an IPv4 network or is an example. */
const special6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const refused = new BlockList();
for (const [network, prefix] of special4) refused.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of special6) refused.addSubnet(network, prefix, 'ipv6');
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

/**
 * Tells whether an address is of special use, so that no call to a stranger's address may go there. Of IPv6 only global
 * unicast is left, which also shuts out IPv4 written as IPv6. The networks are those of the IANA registries, from memory.
 */
export const isSpecialUse = (address: string): boolean =>
  isIPv6(address)
    ? !global6.check(address, 'ipv6') || refused.check(address, 'ipv6')
    : refused.check(address, 'ipv4');
