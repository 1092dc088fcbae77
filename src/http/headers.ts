import type { Context } from 'koa';

/** Writes the content security policy: nothing inline, nothing from outside; forms go home and to the origins named. */
export function contentSecurityPolicy(formOrigins: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    // Chromium holds the redirects after a form to this list too, so the site a sign-in ends at must stand here.
    `form-action ${["'self'", ...formOrigins].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join(';');
}

/** Sets the security headers of every answer. */
export function securityHeaders(secure: boolean) {
  return async (ctx: Context, next: () => Promise<void>): Promise<void> => {
    ctx.set({
      'Content-Security-Policy': contentSecurityPolicy(),
      'X-Frame-Options': 'DENY',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Permissions-Policy':
        'camera=(), microphone=(), geolocation=(), publickey-credentials-get=(self), publickey-credentials-create=(self)',
    });
    if (secure) ctx.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
    await next();
  };
}

/** Lets the forms of this page end at an address, when it is an http or https one. */
export function allowFormsTo(ctx: Context, address: string | null): void {
  if (address === null || !URL.canParse(address)) return;
  const { protocol, origin } = new URL(address);
  const target = /^https?:$/.test(protocol) ? origin : protocol;
  ctx.set('Content-Security-Policy', contentSecurityPolicy([target]));
}
