import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { CustomFetch } from 'openid-client';
import type { AddressGuard } from '../../base/address-guard.ts';
import { AppError, type ErrorCode } from '../../base/error.ts';

/** How long another region may take for one answer, and how long that may be. A design of this project. */
const usualTimeoutMilliseconds = 3000;
const mostBytes = 256 * 1024;

const usualRefusals = {
  elsewhere: 'other-region-answer-invalid',
  unavailable: 'other-region-unavailable',
} as const;

/**
 * Makes the fetch by which one peer is called and nothing else: whatever its metadata names, a call stays at the peer's
 * own origin, and off private networks. No redirect is followed. Throws other-region-unavailable and
 * other-region-answer-invalid, or what `refusals` has in their place.
 */
export function createPeerFetch(
  entityId: string,
  guard: AddressGuard,
  timeoutMilliseconds = usualTimeoutMilliseconds,
  refusals: Record<'elsewhere' | 'unavailable', ErrorCode> = usualRefusals,
): CustomFetch {
  const { origin } = new URL(entityId);
  return async (address, { method, headers, body }) => {
    const url = new URL(address);
    if (url.origin !== origin) throw new AppError(refusals.elsewhere);
    // What openid-client sends is a form or nothing.
    const form = body === undefined || body === null ? '' : String(body);
    try {
      return await send(url, { method, headers, form, guard, timeoutMilliseconds });
    } catch (cause) {
      throw new AppError(refusals.unavailable, {}, { cause });
    }
  };
}

interface Call {
  method: string;
  headers: Record<string, string>;
  form: string;
  guard: AddressGuard;
  timeoutMilliseconds: number;
}

const send = (url: URL, { method, headers, form, guard, timeoutMilliseconds }: Call): Promise<Response> =>
  new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    const options = {
      method,
      signal,
      ...guard(url),
      headers: { ...headers, 'content-length': String(Buffer.byteLength(form)) },
    };
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, (answer) => {
      read(answer).then(resolve, reject);
    });
    request.on('error', reject);
    request.end(form);
  });

const read = async (answer: IncomingMessage): Promise<Response> => {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > mostBytes) throw new Error('the answer is too long');
    parts.push(part);
  }
  const status = answer.statusCode ?? 502;
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) headers.set(name, String(value));
  const mayHaveBody = status !== 204 && status !== 304;
  return new Response(mayHaveBody ? Buffer.concat(parts) : null, { status, headers });
};
