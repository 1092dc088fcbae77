/**
 * The kiosk's channel: sign-in at a screen of others by one's own browser (device authorization, RFC 8628). Owns how a
 * code looks and how long it lasts, which page the person sees when, the bounds on guesses and questions, and that a code
 * is answered once. It does not own the pages (http draws them), nor sign-in and consent (the steps are those of every
 * site). What the library leaves open was measured with oidc-provider 9.13.3 [M]: no slow_down, no bound on guesses, a
 * page of its own script for a code in the address. Control leaves by a page, or by the library's next step.
 */
import { type Configuration, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { ProviderPages } from '../pages.ts';
import { type DeviceLimits, pollSeconds, TooManyGuesses } from './limits.ts';

type DeviceFlow = NonNullable<NonNullable<Configuration['features']>['deviceFlow']>;

const devicePath = '/device';

/** Returns the library's settings of the device flow. */
export const deviceFlow = (pages: Pick<ProviderPages, 'device'>): DeviceFlow => ({
  enabled: true,
  // Without vowels, and without what is taken for a digit: twenty letters, eight places.
  charset: 'base-20',
  mask: '****-****',
  // Where the kiosk stands is registered; its address says nothing to people and is not kept.
  deviceInfo: () => ({}),
  userCodeInputSource: (ctx, _form, _out, error) => askForCode(ctx, pages, error ?? null),
  userCodeConfirmSource: (ctx, _form, client, _info, userCode) =>
    pages.device(ctx, { kind: 'confirm', xsrf: xsrfOf(ctx), clientId: client.clientId, code: userCode }),
  successSource: (ctx) => pages.device(ctx, { kind: 'done', clientId: ctx.oidc.client?.clientId ?? '' }),
});

const xsrfOf = ({ oidc }: KoaContextWithOIDC): string =>
  (oidc.session?.state as { secret?: string } | undefined)?.secret ?? '';

/** The code in the address that a QR code leads to; '' when there is none. */
const codeInAddress = (originalUrl: string): string =>
  new URL(originalUrl, 'http://localhost').searchParams.get('user_code')?.slice(0, 20) ?? '';

const askForCode = async (
  ctx: KoaContextWithOIDC,
  pages: Pick<ProviderPages, 'device'>,
  error: (Error & { userCode?: string }) | null,
): Promise<void> => {
  const { session } = ctx.oidc;
  if (error !== null && session !== undefined && session.exp === undefined) {
    // A browser that was never here has no form to correct; the library would end in a 500 over its session.
    Object.assign(session, { touched: false });
    return ctx.redirect(devicePath);
  }
  const enter = { kind: 'enter', xsrf: xsrfOf(ctx) } as const;
  if (error?.name === 'AbortedError') return pages.device(ctx, { kind: 'refused' });
  if (error instanceof TooManyGuesses)
    return pages.device(ctx, { ...enter, code: '', fault: 'limit', waitSeconds: error.waitSeconds });
  if (error !== null) {
    const fault = error.name === 'NoCodeError' || error.userCode !== undefined ? 'unknown' : 'over';
    return pages.device(ctx, { ...enter, code: error.userCode ?? '', fault });
  }
  const code = codeInAddress(ctx.originalUrl);
  if (code === '') return pages.device(ctx, { ...enter, code, fault: null });
  const found = await ctx.oidc.provider.DeviceCode.findByUserCode(code.toUpperCase().replace(/\W/g, ''));
  const { clientId, userCode, inFlight } = (found ?? {}) as typeof found & { inFlight?: boolean };
  if (clientId === undefined || inFlight === true || userCode === undefined)
    return pages.device(ctx, { ...enter, code, fault: 'unknown' });
  const shown = `${userCode.slice(0, 4)}-${userCode.slice(4)}`;
  return pages.device(ctx, { kind: 'confirm', xsrf: enter.xsrf, clientId, code: shown });
};

/** Adds to a provider what the library leaves out of the device flow. */
export function guardDeviceFlow(provider: Provider, limits: DeviceLimits): void {
  const { DeviceCode } = provider;
  const find = DeviceCode.findByUserCode.bind(DeviceCode);
  DeviceCode.findByUserCode = async (...asked) => {
    const { ctx } = Provider;
    await limits.countGuess(ctx?.ip ?? '', ctx?.oidc.session?.uid ?? '');
    return find(...asked);
  };
  provider.use(async (ctx, next) => {
    if (ctx.path === devicePath && 'user_code' in ctx.query && ctx.method !== 'POST') {
      // The library would answer with a form that sends itself by a script of its own.
      const { user_code: _read, ...query } = ctx.query;
      ctx.query = query;
    }
    await next();
    await answerPolls(ctx, limits);
  });
}

const polledRoutes = new Set(['device_authorization', 'backchannel_authentication']);

/** Tells kiosks and counters how often to ask, and those who ask more often to slow down. */
const answerPolls = async (ctx: Partial<KoaContextWithOIDC>, limits: DeviceLimits): Promise<void> => {
  const { oidc } = ctx;
  const body = ctx.body as Record<string, unknown> | undefined;
  if (polledRoutes.has(oidc?.route ?? '') && body?.['expires_in'] !== undefined)
    Object.assign(body, { interval: pollSeconds });
  const asked = oidc?.params?.['device_code'] ?? oidc?.params?.['auth_req_id'];
  if (oidc?.route !== 'token' || body?.['error'] !== 'authorization_pending') return;
  if (typeof asked !== 'string' || !(await limits.askedTooSoon(asked))) return;
  Object.assign(body, { error: 'slow_down', error_description: 'ask less often' });
};
