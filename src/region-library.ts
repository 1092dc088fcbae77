import type { Crypto } from './crypto/index.ts';
import type { Credentials, Directory } from './directory/index.ts';
import { ownMembers, type RegionLibrary } from './recognition/index.ts';

export interface RegionLibraryWiring {
  directory: Directory;
  credentials: Pick<Credentials, 'presentCredential'>;
  credentialKeys: Crypto['credentialKeys']['load'];
}

/** Opens the certificates of this region for the answers to other regions. */
export const openRegionLibrary = ({
  directory,
  credentials,
  credentialKeys,
}: RegionLibraryWiring): RegionLibrary => ({
  holderIndexOf: directory.holderIndexOf,
  async find({ holder, type, identifier: named }) {
    const identifier = named ?? (await identifierOf(directory, holder, type));
    const described = identifier === null ? null : await directory.describe(identifier);
    if (identifier === null || described === null) return null;
    const { holderIndexes, summary } = described;
    // One of somebody else's is answered as one that is not there.
    if (!holderIndexes.includes(directory.holderIndexOf(holder))) return null;
    const verdict = await directory.verifyCertificate({ identifier });
    return { identifier, verdict, trustLevel: summary.trustLevel, holderIndexes };
  },
  async copyOf({ identifier, fields, actor }) {
    const certificate = await directory.findCertificate(identifier);
    if (certificate === null) throw new Error('A certificate was found and is gone.');
    const shown = fields.filter((field) =>
      isOwnMember(field) ? certificate[field] !== undefined : field in certificate.fields,
    );
    const disclosed = shown.flatMap((field) => pathsOf(field, certificate.holders.length));
    const { credential } = await credentials.presentCredential({ identifier, disclosed, actor });
    return { credential, shown };
  },
  credentialKeys: async () => (await credentialKeys()).published.keys.map((key) => ({ ...key })),
});

/** Finds the certificate of a type that a holder has: one in force, else the one that was changed last. */
async function identifierOf(
  directory: Directory,
  holder: { type: string; code: string },
  typeCode: string,
): Promise<string | null> {
  const { certificates } = await directory.listCertificatesOfHolder(holder, { typeCode, limit: 100 });
  const newestFirst = certificates.sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime());
  return (newestFirst.find(({ state }) => state === 'valid') ?? newestFirst[0])?.identifier ?? null;
}

type OwnMember = (typeof ownMembers)[number];
const isOwnMember = (field: string): field is OwnMember => ownMembers.some((member) => member === field);

/** The paths of a credential under which a field is disclosed. */
const pathsOf = (field: string, holders: number): string[] => {
  if (field === 'holders')
    return Array.from({ length: holders }, (_, i) =>
      ['type', 'code', 'name'].map((part) => `holders.${i}.${part}`),
    ).flat();
  return [isOwnMember(field) ? field : `fields.${field}`];
};
