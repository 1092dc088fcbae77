/** Where a try comes from, as the edge tells it: addresses only as digests that nobody without the master key can try. */
export interface TryOrigin {
  address: string;
  /** Of the network: the first 24 bits of an address, or the first 56 of IPv6. */
  network?: string;
  /** The network as an officer may see it, masked. */
  shownNetwork?: string;
  /** GB/T 2260 code of where the network is; absent where that is not known. */
  region?: string;
  /** The site that is being signed in to. */
  siteId?: string;
}
