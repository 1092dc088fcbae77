import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { AddressRefused, createAddressGuard } from '../base/address-guard.ts';
import type { Reply } from './answer.ts';

/** Sends a token to an address; whatever goes wrong is a value. */
export type Post = (address: string, token: string) => Promise<Reply>;

const usualTimeoutMilliseconds = 10_000;
const mostAnswerCharacters = 8192;

/**
 * Makes the sender. It calls nothing on a private network but hosts the configuration names. A redirect is an answer like
 * any other and not followed.
 */
export function createPost({
  privateHosts,
  timeoutMilliseconds = usualTimeoutMilliseconds,
}: {
  privateHosts: readonly string[];
  timeoutMilliseconds?: number;
}): Post {
  const guard = createAddressGuard(privateHosts);
  return async (address, token) => {
    const url = new URL(address);
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    try {
      return await send(url, token, { signal, ...guard(url) });
    } catch (error) {
      if (signal.aborted) return { kind: 'failed', reason: 'timeout' };
      return { kind: 'failed', reason: error instanceof AddressRefused ? 'address-refused' : 'unreachable' };
    }
  };
}

const send = (url: URL, token: string, how: Pick<RequestOptions, 'signal' | 'lookup'>): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/secevent+jwt',
      accept: 'application/json',
      'content-length': Buffer.byteLength(token),
    };
    const options = { method: 'POST', headers, ...how };
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, (response) => {
      const status = response.statusCode ?? 0;
      if (status === 400)
        readBody(response).then((body) => resolve({ kind: 'answered', status, body }), reject);
      else {
        // A receipt counts although what comes with it never ends.
        response.destroy();
        resolve({ kind: 'answered', status, body: '' });
      }
    });
    request.on('error', reject);
    request.end(token);
  });

/** Reads as much as an error document may have; the rest is not waited for. */
const readBody = async (response: IncomingMessage): Promise<string> => {
  response.setEncoding('utf8');
  let body = '';
  for await (const part of response) {
    body += String(part);
    if (body.length > mostAnswerCharacters) break;
  }
  return body.slice(0, mostAnswerCharacters);
};
