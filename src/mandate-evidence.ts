import type { Consent } from './consent/index.ts';
import type { Directory } from './directory/index.ts';
import type { MandateEvidence } from './identity/index.ts';

export interface EvidenceDeps {
  directory: Directory;
  consent: Pick<Consent, 'recordAccess'>;
  types: {
    readonly businessLicence: string;
    readonly birthCertificate: string;
    readonly householdRegister: string;
  };
}

const mostOfOne = 20;
/** The types of holder code of a unified social credit code and of a citizen number. */
const [organisationType, citizenType] = ['001', '111'] as const;

type Holder = { type: string; code: string };
type Child = Parameters<MandateEvidence['findParentage']>[0]['child'];

/** What a household register calls the head, and a child of the head's: adopted ones too, the spouse's own not [M]. */
const head = '户主';
const childOfHead = /^(独生|[长次二三四五六七八九十]|养)?(子|女)$|^(儿子|女儿)$/;

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
  const tellOfChild = (child: Child, certificateIdentifier: string, fields: string[]) =>
    consent.recordAccess({
      // Who opens an account later sees it by the number.
      person: {
        ...(child.accountId === null ? {} : { accountId: child.accountId }),
        holderIndex: directory.holderIndexOf({ type: citizenType, code: child.number }),
      },
      reader: { kind: 'system', id: 'yihao', name: { zh: '一号', en: 'Yihao' } },
      what: { certificateIdentifier, fields },
      cause: { purpose: '核对申请代办的人是否为父母' },
      // From memory: parents are the guardians of their children under age.
      basis: { kind: 'law', law: '中华人民共和国民法典', article: '第二十七条' },
      outcome: { kind: 'granted' },
      channel: 'portal',
    });
  const findBirth = async (parent: { number: string }, child: Child) => {
    const births = await inForce({ type: citizenType, code: child.number }, types.birthCertificate);
    const fields = ['motherIdNumber', 'fatherIdNumber'];
    const provenBy = await findNaming(births, parent.number, fields);
    if (provenBy === null) return null;
    await tellOfChild(child, provenBy, fields);
    const birth = await directory.findCertificate(provenBy);
    return { provenBy, childName: birth?.holders.find(({ code }) => code === child.number)?.name ?? null };
  };
  /** The register says who is a child of the head's; of others in the household it says nothing to us. */
  const findInRegister = async (parent: { accountId: string; number: string }, child: Child) => {
    const holder = { type: citizenType, code: parent.number };
    for (const provenBy of await inForce(holder, types.householdRegister)) {
      await consent.recordAccess({
        person: { accountId: parent.accountId },
        reader: { kind: 'self', id: parent.accountId, name: { zh: '本人', en: 'Yourself' } },
        what: { certificateIdentifier: provenBy, fields: ['members'] },
        cause: { purpose: '证明您是户主和父母' },
        basis: { kind: 'self' },
        outcome: { kind: 'granted' },
        channel: 'portal',
      });
      const isGenuine = (await directory.verifySeal(provenBy)) === 'genuine';
      const members = isGenuine ? (await directory.findCertificate(provenBy))?.fields['members'] : [];
      const rows = (Array.isArray(members) ? members : []) as Record<string, unknown>[];
      const of = (number: string) => rows.find((row) => row['citizenNumber'] === number);
      const row = of(child.number);
      if (of(parent.number)?.['relation'] !== head || !childOfHead.test(String(row?.['relation']))) continue;
      await tellOfChild(child, provenBy, ['members']);
      return { provenBy, childName: String(row?.['name']) };
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
    findParentage: async ({ parent, child }) =>
      (await findBirth(parent, child)) ?? (await findInRegister(parent, child)),
    isLicensed: async (creditCode) =>
      (await inForce({ type: organisationType, code: creditCode }, types.businessLicence)).length > 0,
    isInForce: async (identifier) => (await directory.describe(identifier))?.summary.state === 'valid',
  };
}
