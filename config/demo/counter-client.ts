import type { JWK } from 'jose';
import type { DemoCity } from './cities.ts';
import { createDepartmentCaller } from './department-caller.ts';

/** What Yihao tells a counter of a certificate that is shown to it. */
export interface ScannedCertificate {
  verdict: { kind: string; endedOn?: string };
  /** Null for one of another region, which only its own may end. */
  identifier: string | null;
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

const useCauseAt = (city: DemoCity) => ({
  systemName: city.hall.zh,
  materialName: '身份及资格证明',
  purpose: '窗口办理业务时核对本人出示的证照',
  category: 'service-item',
  itemCode: 'SYN-0009',
  itemName: '不动产转移登记',
});

const scope = 'certificate.verify certificate.issue';

/** What Yihao tells of a code of another region, as far as a counter shows it. */
interface RegionFinding {
  kind: string;
  typeCode: string;
  region: { name: string };
  shown: {
    typeName: string;
    issuerName: string;
    maskedName: string;
    validUntil: string | null;
    fields: { name: string; label: string; value: string }[];
  } | null;
}

const ofOtherRegion = ({ kind, typeCode, region, shown }: RegionFinding): ScannedCertificate => {
  const typeName = shown?.typeName ?? typeCode;
  return {
    verdict: { kind },
    identifier: null,
    typeName: { zh: typeName, en: typeName },
    issuerName: shown === null ? region.name : `${shown.issuerName}（${region.name}）`,
    maskedName: shown?.maskedName ?? '',
    validUntil: shown?.validUntil ?? null,
    photoUrl: null,
    fields: (shown?.fields ?? []).map((field) => ({ ...field, label: { zh: field.label, en: field.label } })),
  };
};

/** Makes a counter's client; one that asks other regions takes the text of their offline codes, an SD-JWT. */
export function createCounterClient(options: {
  issuer: string;
  clientId: string;
  privateJwk: JWK;
  city: DemoCity;
  asksOtherRegions?: boolean;
}): CounterClient {
  const { asksOtherRegions = false } = options;
  const useCause = useCauseAt(options.city);
  const call = createDepartmentCaller({
    ...options,
    scope: asksOtherRegions ? `${scope} recognition.verify` : scope,
  });
  return {
    scan: async (code) =>
      asksOtherRegions && code.includes('~')
        ? ofOtherRegion((await call('/recognition/scan', { code, assurance: 2, useCause })) as RegionFinding)
        : ((await call('/presentations/scan', { code, useCause })) as ScannedCertificate),
    end: async (identifier, endedOn) => {
      await call('/certificates/end', { identifier, endedOn, ground: 'cancelled', reasonCode: 'demo' });
    },
  };
}
