import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { AddressRefused, createAddressGuard } from '../../base/address-guard.ts';
import { AppError } from '../../base/error.ts';
import { mostStatementBytes } from './statement.ts';

/** Asks for tokens; throws federation-entity-unreachable. */
export interface TokenFetch {
  /** Gets a token of a media type. */
  get(address: string, mediaType: string): Promise<string>;
  /** Posts a form and gets a token of a media type. */
  post(address: string, form: Record<string, string>, mediaType: string): Promise<string>;
}

export interface TokenFetchDeps {
  /** Hosts on private addresses that may be asked; others are refused. */
  privateHosts: readonly string[];
  /** Whether those hosts may be asked without TLS: in development. */
  allowsHttp: boolean;
}

/** What one question may cost. Designs of this project. */
const mostCalls = 16;
const callMilliseconds = 3000;
const allMilliseconds = 10_000;

/**
 * Makes the calls of one question: https only, to no private address, no redirect followed, so many calls, so long each and
 * all together, so many bytes. Whoever asks about an entity makes this instance call addresses of strangers.
 */
export function createTokenFetch({ privateHosts, allowsHttp }: TokenFetchDeps): TokenFetch {
  const guard = createAddressGuard(privateHosts);
  const all = AbortSignal.timeout(allMilliseconds);
  let calls = 0;
  const call = async (address: string, mediaType: string, form: string | null): Promise<string> => {
    calls += 1;
    if (calls > mostCalls) throw unreachable('calls');
    if (!URL.canParse(address)) throw unreachable('address');
    const url = new URL(address);
    const isPlain = url.protocol === 'http:' && allowsHttp && privateHosts.includes(url.hostname);
    if (url.protocol !== 'https:' && !isPlain) throw unreachable('https');
    const signal = AbortSignal.any([all, AbortSignal.timeout(callMilliseconds)]);
    try {
      return await send(url, { mediaType, form, signal, ...guard(url) });
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (error instanceof AddressRefused) throw unreachable('address');
      throw unreachable(signal.aborted ? 'timeout' : 'connection', error);
    }
  };
  return {
    get: (address, mediaType) => call(address, mediaType, null),
    post: (address, form, mediaType) => call(address, mediaType, new URLSearchParams(form).toString()),
  };
}

const unreachable = (reason: string, cause?: unknown): AppError =>
  new AppError('federation-entity-unreachable', { reason }, { cause });

interface Call extends ReturnType<ReturnType<typeof createAddressGuard>> {
  mediaType: string;
  form: string | null;
  signal: AbortSignal;
}

const send = (url: URL, { mediaType, form, ...how }: Call): Promise<string> =>
  new Promise((resolve, reject) => {
    const options = {
      ...how,
      method: form === null ? 'GET' : 'POST',
      headers: {
        accept: mediaType,
        ...(form === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
    };
    const ask = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = ask(url, options, (response) => {
      readToken(response, mediaType)
        .then(resolve, reject)
        .finally(() => response.destroy());
    });
    request.on('error', reject);
    request.end(form ?? undefined);
  });

const readToken = async (response: IncomingMessage, mediaType: string): Promise<string> => {
  const [type = ''] = (response.headers['content-type'] ?? '').split(';');
  if (response.statusCode !== 200) throw unreachable(`HTTP ${response.statusCode}`);
  if (type.trim().toLowerCase() !== mediaType) throw unreachable('content-type');
  response.setEncoding('utf8');
  let body = '';
  for await (const part of response) {
    body += String(part);
    if (body.length > mostStatementBytes) throw unreachable('size');
  }
  return body.trim();
};
