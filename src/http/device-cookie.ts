import type { Context } from 'koa';
import { cookieNameOf } from '../base/cookie-name.ts';
import { newId } from '../base/id.ts';
import { maskAddress } from '../base/mask.ts';
import type { Identity } from '../identity/index.ts';

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
  { issuer, identity }: { issuer: string; identity: Pick<Identity, 'seeDevice'> },
  accountId: string,
): Promise<void> {
  const token = deviceTokenOf(ctx, issuer) ?? newId();
  const userAgent = ctx.get('User-Agent');
  await identity.seeDevice({ accountId, token, userAgent, network: maskAddress(ctx.ip) });
  ctx.cookies.set(nameOf(issuer), token, {
    maxAge: oneYearMilliseconds,
    httpOnly: true,
    sameSite: 'lax',
    secure: issuer.startsWith('https:'),
    path: '/',
    signed: false,
  });
}
