import { type Clock, systemClock } from '../../src/base/clock.ts';

interface Cookie {
  name: string;
  value: string;
  host: string;
  path: string;
  secure: boolean;
  /** Milliseconds since the Unix epoch; null lasts as long as the browser. */
  expiresAt: number | null;
}

/** Keeps cookies as a browser does, as far as tests need: by host (whatever the port) and path; Domain is ignored. */
export class CookieJar {
  #cookies: Cookie[] = [];

  constructor(private readonly clock: Clock = systemClock) {}

  /** Takes the Set-Cookie headers of an answer. */
  take(url: URL, headers: Headers): void {
    for (const line of headers.getSetCookie()) this.#set(this.#parse(url, line));
  }

  /** Returns the Cookie header for a request; '' when there is none. */
  headerFor(url: URL): string {
    return this.#cookies
      .filter((cookie) => this.#fits(cookie, url))
      .sort((a, b) => b.path.length - a.path.length)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  /** Returns the value of a cookie that would be sent to an address; null when there is none. */
  value(url: string | URL, name: string): string | null {
    const at = new URL(url);
    return this.#cookies.find((cookie) => cookie.name === name && this.#fits(cookie, at))?.value ?? null;
  }

  clear(): void {
    this.#cookies = [];
  }

  #set(cookie: Cookie): void {
    const { name, host, path, expiresAt } = cookie;
    this.#cookies = this.#cookies.filter(
      (old) => old.name !== name || old.host !== host || old.path !== path,
    );
    if (expiresAt === null || expiresAt > this.clock.now().getTime()) this.#cookies.push(cookie);
  }

  #fits({ host, path, secure, expiresAt }: Cookie, url: URL): boolean {
    const under = url.pathname === path || url.pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
    const alive = expiresAt === null || expiresAt > this.clock.now().getTime();
    return host === url.hostname && under && alive && (!secure || url.protocol === 'https:');
  }

  #parse(url: URL, line: string): Cookie {
    const [pair = '', ...rest] = line.split(';').map((part) => part.trim());
    const attributes = new Map(
      rest.map((part): [string, string] => {
        const [key = '', ...value] = part.split('=');
        return [key.toLowerCase(), value.join('=')];
      }),
    );
    const maxAge = attributes.get('max-age');
    const expires = attributes.get('expires');
    const now = this.clock.now().getTime();
    const folder = url.pathname.slice(0, url.pathname.lastIndexOf('/')) || '/';
    const path = attributes.get('path');
    return {
      name: pair.slice(0, pair.indexOf('=')),
      value: pair.slice(pair.indexOf('=') + 1),
      host: url.hostname,
      path: path?.startsWith('/') ? path : folder,
      secure: attributes.has('secure'),
      expiresAt: maxAge ? now + Number(maxAge) * 1000 : expires ? Date.parse(expires) : null,
    };
  }
}
