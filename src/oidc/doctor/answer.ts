import type { KoaContextWithOIDC } from 'oidc-provider';

const isError = (text: string): boolean => /[?&#]error=/.test(text);

/** Puts the address of a trace into an answer that is an error, in whichever way it goes back to the site. */
export function nameIn(ctx: Pick<KoaContextWithOIDC, 'body' | 'response' | 'set'>, address: string): void {
  const { body } = ctx;
  const location = ctx.response.get('Location');
  if (location !== '' && isError(location)) ctx.set('Location', withParameter(location, address));
  else if (typeof body === 'string' && body.includes('name="error"'))
    // The form that carries an answer of response_mode=form_post.
    ctx.body = body.replace(
      '<noscript>',
      `<input type="hidden" name="error_uri" value="${address}"/>\n    <noscript>`,
    );
  else if (typeof body === 'object' && body !== null && 'error' in body)
    ctx.body = { ...body, error_uri: address };
}

const withParameter = (location: string, address: string): string => {
  const url = new URL(location);
  if (!isError(url.hash.replace('#', '&'))) url.searchParams.set('error_uri', address);
  else {
    const inFragment = new URLSearchParams(url.hash.slice(1));
    inFragment.set('error_uri', address);
    url.hash = inFragment.toString();
  }
  return url.href;
};
