import { type Clock, systemClock } from '../../src/base/clock.ts';
import { CookieJar } from './cookie-jar.ts';
import { attributesOf, formsOf, type HtmlForm, visibleText } from './html-forms.ts';

/** What a test browser stands on after a request and its redirects. */
export interface BrowserPage {
  url: URL;
  status: number;
  headers: Headers;
  html: string;
  /** What a reader sees, tags dropped. */
  text: string;
  forms: HtmlForm[];
  /** Every address asked for on the way, the last one too. */
  visited: string[];
}

export interface RequestOptions {
  /** false stops at the first answer, redirect or not. */
  follow?: boolean;
  headers?: Record<string, string>;
}

/** A browser without a screen or scripts: cookies, redirects across origins, forms, an Origin header on posts. */
export interface Browser {
  readonly cookies: CookieJar;
  get(url: string | URL, options?: RequestOptions): Promise<BrowserPage>;
  post(url: string | URL, fields?: Record<string, string>, options?: RequestOptions): Promise<BrowserPage>;
  /**
   * Sends a form of a page with some values changed; null leaves a field out.
   * @param which the form: its place, or a part of its action; the first one when not given
   */
  submit(
    page: BrowserPage,
    values?: Record<string, string | null>,
    which?: number | string,
    options?: RequestOptions,
  ): Promise<BrowserPage>;
  /** Follows the first link whose words hold the text. */
  click(page: BrowserPage, words: string, options?: RequestOptions): Promise<BrowserPage>;
}

interface Outgoing {
  url: URL;
  method: 'GET' | 'POST';
  body: URLSearchParams | null;
}

const maximumRedirects = 20;

/** Picks a form of a page; throws with what there is when it is not there. */
export const formOf = (page: BrowserPage, which: number | string = 0): HtmlForm => {
  const form =
    typeof which === 'number' ? page.forms[which] : page.forms.find(({ action }) => action.includes(which));
  if (form !== undefined) return form;
  const actions = page.forms.map(({ action }) => action).join(', ') || 'none';
  throw new Error(
    `no form ${which} at ${page.url.pathname} (${page.status}); forms: ${actions}; it says: ${page.text}`,
  );
};

const linkOf = (page: BrowserPage, words: string): URL => {
  for (const [, tag = '', inner = ''] of page.html.matchAll(/(<a\b[^>]*>)([\s\S]*?)<\/a>/gi))
    if (visibleText(inner).includes(words)) return new URL(attributesOf(tag)['href'] ?? '', page.url);
  throw new Error(`no link “${words}” at ${page.url.pathname} (${page.status}); it says: ${page.text}`);
};

const redirectOf = (response: Response, { url, method, body }: Outgoing): Outgoing | null => {
  const location = response.headers.get('location');
  if (location === null || ![301, 302, 303, 307, 308].includes(response.status)) return null;
  const next = new URL(location, url);
  return response.status >= 307 ? { url: next, method, body } : { url: next, method: 'GET', body: null };
};

/** Opens a browser with an empty cookie jar; `headers` go with every request. */
export function createBrowser({
  clock = systemClock,
  headers: always = {},
}: {
  clock?: Clock;
  headers?: Record<string, string>;
} = {}): Browser {
  const cookies = new CookieJar(clock);
  const send = async (
    { url, method, body }: Outgoing,
    origin: string | null,
    extra: Record<string, string>,
  ) => {
    const headers = new Headers({ accept: 'text/html', ...always, ...extra });
    const cookie = cookies.headerFor(url);
    if (cookie !== '') headers.set('cookie', cookie);
    if (method === 'POST' && origin !== null && !headers.has('origin')) headers.set('origin', origin);
    const response = await fetch(url, { method, body, headers, redirect: 'manual' });
    cookies.take(url, response.headers);
    return response;
  };
  const visit = async (
    first: Outgoing,
    origin: string | null,
    options: RequestOptions,
  ): Promise<BrowserPage> => {
    const visited: string[] = [];
    for (let outgoing = first; ; ) {
      visited.push(outgoing.url.href);
      const response = await send(outgoing, origin, options.headers ?? {});
      const html = await response.text();
      const next = options.follow === false ? null : redirectOf(response, outgoing);
      if (next === null) {
        const { url } = outgoing;
        const { status, headers } = response;
        return { url, status, headers, html, text: visibleText(html), forms: formsOf(html, url), visited };
      }
      if (visited.length > maximumRedirects) throw new Error(`redirected in circles: ${visited.join(' → ')}`);
      outgoing = next;
    }
  };
  const get: Browser['get'] = (url, options = {}) =>
    visit({ url: new URL(url), method: 'GET', body: null }, null, options);
  return {
    cookies,
    get,
    post: (url, fields = {}, options = {}) => {
      const to = new URL(url);
      return visit({ url: to, method: 'POST', body: new URLSearchParams(fields) }, to.origin, options);
    },
    submit: (page, values = {}, which = 0, options = {}) => {
      const form = formOf(page, which);
      const url = new URL(form.action);
      const sent = Object.entries({ ...form.fields, ...values }).filter(
        (entry): entry is [string, string] => entry[1] !== null,
      );
      const body = new URLSearchParams(sent);
      if (form.method === 'post') return visit({ url, method: 'POST', body }, page.url.origin, options);
      url.search = body.toString();
      return get(url, options);
    },
    click: (page, words, options = {}) => get(linkOf(page, words), options),
  };
}
