import type { Browser, BrowserPage } from './browser-fetch.ts';
import { testPassword } from './instance.ts';

/** Signs a person in at their own pages by password, without a passkey; returns the page they come to. */
export async function signInAtPortal(visitor: Browser, issuer: string, number: string): Promise<BrowserPage> {
  const first = await visitor.get(new URL('/my', issuer));
  const form = await visitor.get(new URL(`${first.url.pathname}/password${first.url.search}`, first.url));
  const offer = await visitor.submit(form, { number, password: testPassword }, '/password');
  return visitor.submit(offer, { skip: '1' }, '/passkey-offer');
}
