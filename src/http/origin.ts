import type { Context } from 'koa';
import { maskAddress } from '../base/mask.ts';
import { networkOf } from '../base/network.ts';
import type { TryOrigin } from '../identity/index.ts';

/** Tells where a try comes from: address and network as digests, and the network masked for those who look into attacks. */
export const originOf = (
  ctx: Context,
  hideAddress: (address: string) => string,
  siteId: string,
): Required<TryOrigin> => ({
  address: hideAddress(ctx.ip),
  network: hideAddress(networkOf(ctx.ip)),
  shownNetwork: maskAddress(ctx.ip),
  siteId,
});
