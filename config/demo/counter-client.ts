import type { JWK } from 'jose';
import { createDepartmentCaller } from './department-caller.ts';

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

/** Makes a counter's client. */
export function createCounterClient(options: {
  issuer: string;
  clientId: string;
  privateJwk: JWK;
}): CounterClient {
  const call = createDepartmentCaller({ ...options, scope });
  return {
    scan: async (code) => (await call('/presentations/scan', { code, useCause })) as ScannedCertificate,
    end: async (identifier, endedOn) => {
      await call('/certificates/end', { identifier, endedOn, ground: 'cancelled', reasonCode: 'demo' });
    },
  };
}
