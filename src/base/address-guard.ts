import { type LookupAddress, lookup } from 'node:dns';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isSpecialUse } from './special-use.ts';

/** A call that was not made, or cut off before it was connected: its address is no server on the open network. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/** Gives what a request to an address takes: a look-up of names and connections of its own; throws AddressRefused. */
export type AddressGuard = (url: URL) => { lookup?: LookupFunction; agent?: HttpAgent };

// An agent gives a kept connection to whoever asks for the host, so one that was made without the look-up is in no other.
const kept = { keepAlive: true, timeout: 5000 };
const [guardedHttp, guardedHttps] = [new HttpAgent(kept), new HttpsAgent(kept)];

/**
 * Makes the guard of calls to addresses that others named. A name is resolved once and what it leads to is looked at
 * before anything is connected, so no name leads to a private network, whatever it resolves to the next time. Hosts that
 * the configuration names are exempt. It goes with node:http and node:https; fetch takes no such look-up.
 */
export function createAddressGuard(privateHosts: readonly string[]): AddressGuard {
  const exempt = new Set(privateHosts.map((host) => host.toLowerCase()));
  return (url) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (exempt.has(host)) return {};
    if (isIP(host) !== 0 && isSpecialUse(host)) throw new AddressRefused(host);
    return { lookup: guardedLookup, agent: url.protocol === 'https:' ? guardedHttps : guardedHttp };
  };
}

const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    const [first] = found ?? [];
    if (error !== null || first === undefined) callback(error ?? new Error('no address'), '', 0);
    else if (found.some(({ address }) => isSpecialUse(address))) callback(new AddressRefused(), '', 0);
    else if (options.all) callback(null, found);
    else callback(null, first.address, first.family);
  });
};
