type Fetch = typeof globalThis.fetch;
type FetchOptions = NonNullable<Parameters<Fetch>[1]>;

const tries = 3;
const timeoutMilliseconds = 2500;

const retryable = (status: number): boolean => status === 429 || status >= 500;

/**
 * Makes the fetch by which the provider calls sites (sign-out notices, key sets). The library hands in a dispatcher
 * that refuses private and loopback addresses; it is dropped only for hosts the configuration names, so an intranet
 * works and nothing else is reachable. A failed call is tried three times, since sign-out notices are sent once.
 */
export function createOutboundFetch(privateHosts: readonly string[], send: Fetch = globalThis.fetch): Fetch {
  const allowed = new Set(privateHosts.map((host) => host.toLowerCase()));
  return async (input, options) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const { dispatcher, ...rest } = (options ?? {}) as FetchOptions & { dispatcher?: unknown };
    const guarded = allowed.has(url.hostname.toLowerCase()) || dispatcher === undefined ? {} : { dispatcher };
    let failure: unknown;
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const signal = AbortSignal.timeout(timeoutMilliseconds);
      try {
        const response = await send(url, { ...rest, ...guarded, signal } as FetchOptions);
        if (!retryable(response.status) || attempt === tries) return response;
        await response.body?.cancel();
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  };
}
