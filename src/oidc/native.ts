import type { Client } from 'oidc-provider';
import type { Site } from './sites.ts';

/** Tells whether a registration is that of an app on the person's own device (RFC 8252). */
export const isNativeApp = ({ metadata }: Site): boolean => metadata['application_type'] === 'native';

const loopbackHosts = ['127.0.0.1', '[::1]'];

const addressesOf = ({ metadata }: Site): [member: string, address: string][] =>
  ['redirect_uris', 'post_logout_redirect_uris'].flatMap((member) => {
    const list = metadata[member];
    return Array.isArray(list) ? list.map((address): [string, string] => [member, String(address)]) : [];
  });

/** Says what is wrong with where an app is called back; null when nothing is. */
const faultOfAddress = (address: string): string | null => {
  if (!URL.canParse(address)) return `${address} is no address`;
  const { protocol, hostname, username, hash } = new URL(address);
  if (address.includes('*')) return `${address} has a *; each address is named in full`;
  if (hash !== '' || username !== '') return `${address} has a fragment or a user`;
  if (protocol === 'https:') return null;
  if (protocol === 'http:')
    return loopbackHosts.includes(hostname)
      ? null
      : `${address} is http; only 127.0.0.1 and [::1] may be, on whatever port the app finds free`;
  if (!/^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/.test(protocol))
    return `${address}: a scheme of one's own is a domain name turned round, such as cn.gov.example.app`;
  return hostname === '' ? null : `${address}: after a scheme of one's own there is one slash and no host`;
};

/**
 * Says what is wrong with the registration of an app. It is a public client: what is installed on a thousand telephones
 * is no secret. Its tokens are bound by DPoP all the same. The rules of addresses are those of RFC 8252, sections 7 and 8
 * [M].
 */
export function faultsOfNative(site: Site): string[] {
  const { metadata } = site;
  if (!isNativeApp(site))
    return addressesOf(site)
      .filter(([, address]) => URL.canParse(address) && !/^https?:$/.test(new URL(address).protocol))
      .map(([member, address]) => `metadata.${member}: ${address} needs application_type native`);
  const faults = addressesOf(site).flatMap(([member, address]) => {
    const fault = faultOfAddress(address);
    return fault === null ? [] : [`metadata.${member}: ${fault}`];
  });
  if (metadata['token_endpoint_auth_method'] !== 'none')
    faults.push('metadata.token_endpoint_auth_method: an app has none; it cannot keep a secret');
  if (metadata['sector_identifier_uri'] !== undefined)
    faults.push('metadata.sector_identifier_uri: an app is a sector by itself');
  if (metadata['dpop_bound_access_tokens'] === false)
    faults.push('metadata.dpop_bound_access_tokens: the tokens of an app are bound');
  return faults;
}

/**
 * Names what a client's pairwise subjects are made of: the host it is called back at. An app has none that is its own, be it
 * a scheme or the loopback address that every app has, so each app is a sector by itself.
 */
export const sectorOf = (client: Client | undefined): string =>
  String((client?.applicationType !== 'native' && client?.sectorIdentifier) || client?.clientId);

/**
 * Gives the library what it asks of a client that is called back at more than one host, as an app is. Nobody reads the
 * address: the sector is sectorOf's, and the provider is told not to fetch it.
 */
export const sectorMetadata = (site: Site): Record<string, string> =>
  isNativeApp(site) ? { sector_identifier_uri: 'https://app.invalid/' } : {};
