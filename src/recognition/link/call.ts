import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { createAddressGuard } from '../../base/address-guard.ts';
import { AppError } from '../../base/error.ts';
import { traceCall } from '../../base/trace.ts';

/** What a server answered. */
export interface CallAnswer {
  status: number;
  /** The media type, without parameters. */
  type: string;
  body: string;
  /** What its clock said; null when it did not say. */
  date: Date | null;
}

/** Fetches an address, or posts a message to it. Throws region-unreachable, region-timeout, peer-answer-invalid {fault}. */
export type PeerCall = (url: string, message?: string) => Promise<CallAnswer>;

/** How long a region may take; who waits is a person at a counter. A design of this project. */
const usualTimeoutMilliseconds = 3000;
const mostAnswerBytes = 1024 * 1024;

/** The media type of a signed message, and of one that is encrypted as well. */
export const messageType = { signed: 'application/jwt', sealed: 'application/jose' } as const;

/**
 * Makes the caller of other regions. Nothing on a private network is called but hosts the configuration names; a redirect
 * is an answer like any other and not followed. A call is made once: who calls knows whether to make it again.
 */
export function createPeerCall({
  privateHosts,
  timeoutMilliseconds = usualTimeoutMilliseconds,
}: {
  privateHosts: readonly string[];
  timeoutMilliseconds?: number;
}): PeerCall {
  const guard = createAddressGuard(privateHosts);
  return async (address, message) => {
    const url = new URL(address);
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    const name = message === undefined ? 'ask a region' : 'tell a region';
    return traceCall({ name, attributes: { 'server.address': url.host } }, async (headers) => {
      try {
        return await send(url, message, { signal, headers, ...guard(url) });
      } catch (cause) {
        if (cause instanceof AppError) throw cause;
        throw new AppError(signal.aborted ? 'region-timeout' : 'region-unreachable', {}, { cause });
      }
    });
  };
}

const send = (
  url: URL,
  message: string | undefined,
  {
    headers: tracing,
    ...how
  }: Pick<RequestOptions, 'signal' | 'lookup'> & { headers: Record<string, string> },
): Promise<CallAnswer> =>
  new Promise((resolve, reject) => {
    const headers = {
      ...tracing,
      accept: `${messageType.signed}, ${messageType.sealed}, application/problem+json, application/json`,
      ...(message === undefined
        ? {}
        : { 'content-type': messageType.signed, 'content-length': Buffer.byteLength(message) }),
    };
    const options = { method: message === undefined ? 'GET' : 'POST', headers, ...how };
    const begin = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = begin(url, options, (response) => {
      readBody(response).then((body) => resolve(answerOf(response, body)), reject);
    });
    request.on('error', reject);
    request.end(message);
  });

const readBody = async (response: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > mostAnswerBytes) throw new AppError('peer-answer-invalid', { fault: 'size' });
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
};

const answerOf = ({ statusCode = 0, headers }: IncomingMessage, body: string): CallAnswer => {
  const date = new Date(headers.date ?? '');
  return {
    status: statusCode,
    type: (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
    body,
    date: Number.isNaN(date.getTime()) ? null : date,
  };
};
