import type { JWK } from 'jose';
import * as client from 'openid-client';
import { lazyConfiguration } from './site-discovery.ts';

/** Yihao refused a call: its code, and its sentence for whoever acts. */
export class CallRefused extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
    readonly traceCode: string,
  ) {
    super(code);
  }
}

/** Calls an operation of the department interface. Throws CallRefused. */
export type DepartmentCaller = (path: string, body: object) => Promise<unknown>;

/**
 * Makes what calls the department interface: client credentials, private_key_jwt, DPoP. A token is asked for at each
 * call, and bound to a key that lives as long as the process.
 */
export function createDepartmentCaller(options: {
  issuer: string;
  clientId: string;
  privateJwk: JWK;
  scope: string;
}): DepartmentCaller {
  const { issuer, scope } = options;
  const configuration = lazyConfiguration({ ...options, origin: issuer });
  const keys = client.randomDPoPKeyPair('ES256');
  return async (path, body) => {
    const config = await configuration();
    const DPoP = client.getDPoPHandle(config, await keys);
    const { access_token } = await client.clientCredentialsGrant(config, { scope }, { DPoP });
    const answer = await client.fetchProtectedResource(
      config,
      access_token,
      new URL(`/api${path}`, issuer),
      'POST',
      JSON.stringify(body),
      new Headers({ 'content-type': 'application/json', 'accept-language': 'zh-CN' }),
      { DPoP },
    );
    const value = (await answer.json()) as { code?: string; detail?: string; trace_code?: string };
    if (!answer.ok)
      throw new CallRefused(value.code ?? 'unknown', value.detail ?? '', value.trace_code ?? '');
    return value;
  };
}
