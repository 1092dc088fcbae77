import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import * as client from 'openid-client';
import type { Instance } from './instance.ts';

/** The authorities of the seeded catalogue: the one issues cards and licences, the other marriages and houses. */
export const authorities = { police: '11999999000000019M', registry: '11999999000000027G' } as const;

/** What a department's machine gets for an answer. */
export interface ApiAnswer {
  status: number;
  type: string;
  /** In seconds; null where the answer does not say. */
  retryAfter: number | null;
  body: Record<string, unknown>;
}

/** A department's machine, as openid-client runs it: client credentials, private_key_jwt, DPoP. */
export interface Department {
  clientId: string;
  configuration: client.Configuration;
  dpop: client.DPoPHandle;
  token(): Promise<string>;
  call(path: string, body: unknown): Promise<ApiAnswer>;
}

/** Why a certificate is asked for, in a call. */
export const useCause = {
  systemName: '测试系统',
  materialName: '身份证明',
  purpose: '办理测试业务',
  category: 'service-item',
  itemCode: 'T-1',
  itemName: '测试事项',
} as const;

let serial = 0;

/** Registers a department's machine at an instance. */
export async function startDepartment(
  instance: Instance,
  options: { scope?: string; authorityCode?: string } = {},
): Promise<Department> {
  const { scope = 'certificate.verify certificate.query certificate.issue' } = options;
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  serial += 1;
  const clientId = `department-${serial}`;
  await instance.app.house.sites.save(
    {
      clientId,
      name: { zh: '测试部门系统', en: 'Test department' },
      department: '测试部门',
      authorityCode: options.authorityCode ?? authorities.police,
      purpose: '测试',
      homeUrl: 'https://department.example/',
      enabled: true,
      legalBasis: {},
      metadata: {
        grant_types: ['client_credentials'],
        jwks: { keys: [{ ...jwk, kid, alg: 'ES256', use: 'sig' }] },
        scope,
      },
    },
    'test',
  );
  const configuration = await client.discovery(
    new URL(instance.issuer),
    clientId,
    undefined,
    client.PrivateKeyJwt({ key: privateKey, kid }),
    { execute: [client.allowInsecureRequests] },
  );
  const dpop = client.getDPoPHandle(configuration, await client.randomDPoPKeyPair('ES256'));
  const token = async (): Promise<string> =>
    (await client.clientCredentialsGrant(configuration, { scope }, { DPoP: dpop })).access_token;
  return {
    clientId,
    configuration,
    dpop,
    token,
    call: async (path, body) => {
      const answer = await client.fetchProtectedResource(
        configuration,
        await token(),
        new URL(`/api${path}`, instance.issuer),
        'POST',
        typeof body === 'string' ? body : JSON.stringify(body),
        new Headers({ 'content-type': 'application/json' }),
        { DPoP: dpop },
      );
      return {
        status: answer.status,
        type: answer.headers.get('content-type') ?? '',
        retryAfter: Number(answer.headers.get('retry-after')) || null,
        body: (await answer.json()) as Record<string, unknown>,
      };
    },
  };
}
