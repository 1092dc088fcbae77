import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { AddressRefused, createAddressGuard } from '../../base/address-guard.ts';

/** Sends one ping; returns the status of the answer. Throws AddressRefused; whatever else it throws may pass. */
export type PostPing = (endpoint: string, ping: { token: string; authReqId: string }) => Promise<number>;

const callMilliseconds = 5000;

/**
 * Makes the sender: https only and to no private address, but for hosts the configuration names. A redirect is an answer
 * like any other and not followed.
 */
export function createPingPost(privateHosts: readonly string[]): PostPing {
  const guard = createAddressGuard(privateHosts);
  return async (endpoint, { token, authReqId }) => {
    const url = new URL(endpoint);
    if (url.protocol !== 'https:' && !privateHosts.includes(url.hostname)) throw new AddressRefused(url.host);
    const body = JSON.stringify({ auth_req_id: authReqId });
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const signal = AbortSignal.timeout(callMilliseconds);
    const options = { method: 'POST', headers, signal, ...guard(url) };
    return new Promise((resolve, reject) => {
      const send = url.protocol === 'https:' ? requestHttps : requestHttp;
      const request = send(url, options, (response) => {
        // What comes with the status says nothing, and may never end.
        response.destroy();
        resolve(response.statusCode ?? 0);
      });
      request.on('error', reject);
      request.end(body);
    });
  };
}
