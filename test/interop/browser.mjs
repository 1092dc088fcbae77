// A browser without a screen for the scripts beside this one: cookies, redirects, forms, and a sign-in at Yihao.
import { request } from 'node:http';

/** Asks once. Not by fetch: that says it is a script's request, and a guarded page then answers 401 and does not redirect. */
const send = (url, { method, body, headers }) =>
  new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          statusCode: response.statusCode,
          headers: response.headers,
          html: Buffer.concat(chunks).toString('utf8'),
        }),
      );
      response.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

const person = { number: '', password: '' };

const wordsOf = ({ html }) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 400);

/** Tells who signs in. */
export const signInAs = (number, password) => Object.assign(person, { number, password });

/** Opens a browser with an empty jar; cookies are kept by host and port, paths are not told apart. */
export const createBrowser = () => {
  const jar = new Map();
  const cookiesOf = (url) => jar.get(url.host) ?? new Map();
  const take = (url, headers) => {
    const kept = cookiesOf(url);
    for (const line of headers['set-cookie'] ?? []) {
      const [pair] = line.split(';');
      const at = pair.indexOf('=');
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      if (value === '' || /max-age=0|expires=thu, 01[ -]jan[ -]1970/i.test(line)) kept.delete(name);
      else kept.set(name, value);
    }
    jar.set(url.host, kept);
  };
  const visit = async (address, options = {}) => {
    let url = new URL(address);
    const { once = false } = options;
    let { method = 'GET', body } = options;
    for (let hops = 0; hops < 20; hops += 1) {
      const cookie = [...cookiesOf(url)].map(([name, value]) => `${name}=${value}`).join('; ');
      const headers = { accept: 'text/html', ...(cookie && { cookie }) };
      if (body !== undefined)
        Object.assign(headers, { origin: url.origin, 'content-type': 'application/x-www-form-urlencoded' });
      const response = await send(url, { method, body: body?.toString(), headers });
      take(url, response.headers);
      const { location } = response.headers;
      if (location === undefined || once)
        return { url, status: response.statusCode, headers: response.headers, html: response.html };
      [url, method, body] = [new URL(location, url), 'GET', undefined];
    }
    throw new Error(`redirected in circles at ${url}`);
  };
  const submit = (page, values, which) => {
    const forms = [...page.html.matchAll(/<form\b[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)];
    const form = forms.find(([, action]) => action.includes(which));
    if (form === undefined) throw new Error(`no form ${which} at ${page.url}: ${wordsOf(page)}`);
    const body = new URLSearchParams();
    for (const [tag] of form[2].matchAll(/<input\b[^>]*>/g)) {
      const name = /\bname="([^"]*)"/.exec(tag)?.[1];
      if (name) body.set(name, /\bvalue="([^"]*)"/.exec(tag)?.[1] ?? '');
    }
    for (const [name, value] of Object.entries(values)) body.set(name, value);
    return visit(new URL(form[1].replaceAll('&amp;', '&'), page.url), { method: 'POST', body });
  };
  /** Goes through Yihao's pages from the first one to the way back: password, no passkey, agree. */
  const signIn = async (first) => {
    if (!first.url.pathname.startsWith('/interaction/')) throw new Error(`no sign-in: ${wordsOf(first)}`);
    const way = new URL(`${first.url.pathname}/password${first.url.search}`, first.url);
    const offer = await submit(await visit(way), person, '/password');
    const next = await submit(offer, { skip: '1' }, '/passkey-offer');
    return next.html.includes('/consent') ? submit(next, { decision: 'agree' }, '/consent') : next;
  };
  return { get: visit, submit, signIn };
};

/** Says what holds, and ends the run with 1 when it does not. */
export const check = (what, holds, seen = '') => {
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}${holds ? '' : `: ${seen}`}`);
  if (!holds) process.exitCode = 1;
};
