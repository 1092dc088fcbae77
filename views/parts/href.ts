const origin = 'http://here.invalid';

/**
 * Returns the address if a link may carry it, otherwise undefined.
 * Allowed: absolute http(s) without user information, and a path of our own (`/…`). Dropped: `javascript:`, `data:`,
 * addresses without scheme that leave this host (`//host`, `/\host`), and whatever is no address.
 */
export const safeHref = (href: string | undefined): string | undefined => {
  if (!href || !URL.canParse(href, origin)) return undefined;
  const url = new URL(href, origin);
  if (url.origin === origin) return href.startsWith('/') ? `${ownPath(url)}${url.hash}` : undefined;
  if (!/^https?:\/\//i.test(href) || url.username || url.password) return undefined;
  return url.href;
};

/** Adds (or replaces) one query parameter of a path of our own, keeping the others. */
export const withParameter = (path: string, name: string, value: string): string => {
  const url = URL.canParse(path, origin) ? new URL(path, origin) : new URL(origin);
  url.searchParams.set(name, value);
  return ownPath(url);
};

/** A path that begins with two slashes would be read as another host. */
const ownPath = (url: URL): string => `/${url.pathname.replace(/^\/+/, '')}${url.search}`;
