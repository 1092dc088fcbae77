type Fetch = typeof globalThis.fetch;
type FetchOptions = NonNullable<Parameters<Fetch>[1]>;

const tries = 3;
const timeoutMilliseconds = 2500;

const retryable = (status: number): boolean => status === 429 || status >= 500;

/**
 * Makes the fetch by which the provider calls sites (sign-out notices, key sets). The library hands in a dispatcher
 * that refuses private and loopback addresses; it is dropped only for hosts the configuration names, so an intranet
 * works and nothing else is reachable. Where the library has no such dispatcher, hosts that are not named are not
 * called at all. A redirect is not followed: it would lead a call past the guard. A failed call is tried three times,
 * since the library sends sign-out notices once.
 */
export function createOutboundFetch(privateHosts: readonly string[], send: Fetch = globalThis.fetch): Fetch {
  const allowed = new Set(privateHosts.map((host) => host.toLowerCase()));
  return async (input, options) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const { dispatcher, ...rest } = (options ?? {}) as FetchOptions & { dispatcher?: unknown };
    const named = allowed.has(url.hostname.toLowerCase());
    if (!named && dispatcher === undefined)
      throw new Error(`${url.host} is not called: nothing here keeps the call off private addresses`);
    const call = { ...rest, ...(named ? {} : { dispatcher }), redirect: 'manual' as const };
    let failure: unknown;
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const signal = AbortSignal.timeout(timeoutMilliseconds);
      try {
        const response = await send(url, { ...call, signal } as FetchOptions);
        if (!retryable(response.status) || attempt === tries) return response;
        await response.body?.cancel();
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  };
}
