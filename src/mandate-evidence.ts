import type { Consent } from './consent/index.ts';
import type { Directory } from './directory/index.ts';
import type { MandateEvidence } from './identity/index.ts';

export interface EvidenceDeps {
  directory: Directory;
  consent: Pick<Consent, 'recordAccess'>;
  types: { readonly businessLicence: string; readonly birthCertificate: string };
}

const mostOfOne = 20;
/** The types of holder code of a unified social credit code and of a citizen number. */
const [organisationType, citizenType] = ['001', '111'] as const;

type Holder = { type: string; code: string };

/**
 * Lets the directory prove mandates. Numbers are compared and never opened; the one thing that is read is the name of an
 * organisation, and the ledger of the person whose certificate it is has its row before anything is told.
 */
export function createMandateEvidence({ directory, consent, types }: EvidenceDeps): MandateEvidence {
  const inForce = async (holder: Holder, typeCode: string): Promise<string[]> => {
    const query = { typeCode, states: ['valid'] as const, limit: mostOfOne };
    const { certificates } = await directory.listCertificatesOfHolder(holder, query);
    return certificates.map(({ identifier }) => identifier);
  };
  /** Finds the first certificate that has a number in one of the fields. */
  const findNaming = async (
    identifiers: readonly string[],
    number: string,
    fields: readonly string[],
  ): Promise<string | null> => {
    for (const identifier of identifiers) {
      const claims = { fields: Object.fromEntries(fields.map((name) => [name, number])) };
      const matches = await directory.compareClaims({ identifier, claims });
      if (Object.values(matches?.fields ?? {}).includes(true)) return identifier;
    }
    return null;
  };
  return {
    async findRepresentation({ accountId, number, creditCode }) {
      const holder = { type: organisationType, code: creditCode };
      const licences = await inForce(holder, types.businessLicence);
      const provenBy = await findNaming(licences, number, ['legalRepresentativeNumber']);
      if (provenBy === null) return null;
      await consent.recordAccess({
        person: { accountId },
        reader: { kind: 'self', id: accountId, name: { zh: '本人', en: 'Yourself' } },
        what: {
          certificateIdentifier: provenBy,
          typeCode: types.businessLicence,
          fields: ['legalRepresentativeNumber'],
        },
        cause: { purpose: '证明您是法定代表人' },
        basis: { kind: 'self' },
        outcome: { kind: 'granted' },
        channel: 'portal',
      });
      const licence = await directory.findCertificate(provenBy);
      const organisationName = licence?.holders.find(({ code }) => code === creditCode)?.name;
      return organisationName === undefined ? null : { provenBy, organisationName };
    },
    async findParentage({ parent, child }) {
      const holder = { type: citizenType, code: child.number };
      const births = await inForce(holder, types.birthCertificate);
      const fields = ['motherIdNumber', 'fatherIdNumber'];
      const provenBy = await findNaming(births, parent.number, fields);
      if (provenBy === null) return null;
      await consent.recordAccess({
        person: { accountId: child.accountId },
        reader: { kind: 'system', id: 'yihao', name: { zh: '一号', en: 'Yihao' } },
        what: { certificateIdentifier: provenBy, typeCode: types.birthCertificate, fields },
        cause: { purpose: '核对申请代办的人是否为父母' },
        // From memory: parents are the guardians of their children under age.
        basis: { kind: 'law', law: '中华人民共和国民法典', article: '第二十七条' },
        outcome: { kind: 'granted' },
        channel: 'portal',
      });
      return { provenBy };
    },
    isLicensed: async (creditCode) =>
      (await inForce({ type: organisationType, code: creditCode }, types.businessLicence)).length > 0,
    isInForce: async (identifier) => (await directory.describe(identifier))?.summary.state === 'valid',
  };
}
