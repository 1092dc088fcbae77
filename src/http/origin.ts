import type { Context } from 'koa';
import { maskAddress } from '../base/mask.ts';
import { networkOf } from '../base/network.ts';
import type { TryOrigin } from '../identity/index.ts';
import type { NetworkPlaces } from '../terms/network-places.ts';

/** Tells where a try comes from: address and network as digests, and the network masked for those who look into attacks. */
export const originOf = (
  ctx: Context,
  { hideAddress, places }: { hideAddress(address: string): string; places: NetworkPlaces | null },
  siteId: string,
): TryOrigin => {
  const region = places?.find(ctx.ip)?.region;
  return {
    address: hideAddress(ctx.ip),
    network: hideAddress(networkOf(ctx.ip)),
    shownNetwork: maskAddress(ctx.ip),
    ...(region && { region }),
    siteId,
  };
};
