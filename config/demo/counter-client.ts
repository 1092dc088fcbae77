import type { JWK } from 'jose';
import * as client from 'openid-client';
import { lazyConfiguration } from './site-discovery.ts';

/** What Yihao tells a counter of a certificate that is shown to it. */
export interface ScannedCertificate {
  verdict: { kind: string; endedOn?: string };
  identifier: string;
  typeName: { zh: string; en: string };
  issuerName: string;
  maskedName: string;
  validUntil: string | null;
  photoUrl: string | null;
  fields: { name: string; label: { zh: string; en: string }; value: string }[];
}

/** Yihao refused: its code, and its sentence for the clerk. */
export class CounterRefused extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
    readonly traceCode: string,
  ) {
    super(code);
  }
}

/** The counter's side of the department interface: client credentials, private_key_jwt, DPoP. */
export interface CounterClient {
  scan(code: string): Promise<ScannedCertificate>;
  end(identifier: string, endedOn: string): Promise<void>;
}

const useCause = {
  systemName: '示例市政务服务大厅',
  materialName: '身份及资格证明',
  purpose: '窗口办理业务时核对本人出示的证照',
  category: 'service-item',
  itemCode: 'SYN-0009',
  itemName: '不动产转移登记',
};

const scope = 'certificate.verify certificate.issue';

/** Makes a counter's client; a token is asked for when it is needed and used until it ends. */
export function createCounterClient(options: {
  issuer: string;
  clientId: string;
  privateJwk: JWK;
}): CounterClient {
  const configuration = lazyConfiguration({ ...options, scope, origin: options.issuer });
  const keys = client.randomDPoPKeyPair('ES256');
  const call = async (path: string, body: object): Promise<unknown> => {
    const config = await configuration();
    const DPoP = client.getDPoPHandle(config, await keys);
    const { access_token } = await client.clientCredentialsGrant(config, { scope }, { DPoP });
    const answer = await client.fetchProtectedResource(
      config,
      access_token,
      new URL(`/api${path}`, options.issuer),
      'POST',
      JSON.stringify(body),
      new Headers({ 'content-type': 'application/json', 'accept-language': 'zh-CN' }),
      { DPoP },
    );
    const value = (await answer.json()) as { code?: string; detail?: string; trace_code?: string };
    if (!answer.ok)
      throw new CounterRefused(value.code ?? 'unknown', value.detail ?? '', value.trace_code ?? '');
    return value;
  };
  return {
    scan: async (code) => (await call('/presentations/scan', { code, useCause })) as ScannedCertificate,
    end: async (identifier, endedOn) => {
      await call('/certificates/end', { identifier, endedOn, ground: 'cancelled', reasonCode: 'demo' });
    },
  };
}
