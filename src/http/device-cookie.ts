import type { Context } from 'koa';
import { cookieNameOf } from '../base/cookie-name.ts';
import { newId } from '../base/id.ts';
import { maskAddress } from '../base/mask.ts';
import type { Identity } from '../identity/index.ts';
import type { NetworkPlaces } from '../terms/network-places.ts';

const oneYearMilliseconds = 365 * 86_400_000;

const nameOf = (issuer: string): string => cookieNameOf(issuer, 'yihao_device');

/** Reads what tells this browser from others; null when it has never signed anyone in. */
export const deviceTokenOf = (ctx: Context, issuer: string): string | null => {
  const token = ctx.cookies.get(nameOf(issuer));
  return token !== undefined && /^[\w-]{22}$/.test(token) ? token : null;
};

/** Notes that a person signs in at this browser, and lets it keep its token for another year. */
export async function noteDevice(
  ctx: Context,
  deps: { issuer: string; identity: Pick<Identity, 'seeDevice'>; places: NetworkPlaces | null },
  accountId: string,
): Promise<void> {
  const { issuer, identity, places } = deps;
  const token = deviceTokenOf(ctx, issuer) ?? newId();
  const from = { network: maskAddress(ctx.ip), place: places?.find(ctx.ip) ?? null };
  await identity.seeDevice({ accountId, token, userAgent: ctx.get('User-Agent'), ...from });
  ctx.cookies.set(nameOf(issuer), token, {
    maxAge: oneYearMilliseconds,
    httpOnly: true,
    sameSite: 'lax',
    secure: issuer.startsWith('https:'),
    path: '/',
    signed: false,
  });
}
