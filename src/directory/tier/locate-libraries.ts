import { type CertificateIdentifier, parseCertificateTypeCode } from '../../terms/certificate-identifier.ts';
import type { CertificateStatus } from '../../terms/certificate-status.ts';
import { holderKeyOf, parseHolderCode, parseHolderType } from '../../terms/holder.ts';
import type { ParentWork } from './ports.ts';
import { indexOfBlind, keyOf } from './receive-entries.ts';

/** A library that holds certificates asked for, and where to ask for them. */
export interface LocatedLibrary {
  region: string;
  name: { zh: string; en: string };
  address: string;
  certificates: { identifier: CertificateIdentifier; status: CertificateStatus }[];
}

export interface LocateQuestion {
  holder: { type: string; code: string };
  typeCode: string;
}

const mostEntries = 200;

/**
 * Finds which libraries below hold a certificate of a type for a holder. It writes no row of the ledger: who asks must
 * have. Throws tier-not-kept, certificate-type-code-invalid and what the terms throw for the holder.
 */
export async function locateLibraries(
  work: ParentWork,
  { holder, typeCode }: LocateQuestion,
): Promise<LocatedLibrary[]> {
  const key = keyOf(work);
  const type = parseHolderType(holder.type);
  const code = parseHolderCode(type, holder.code, work.clock);
  const holderIndex = indexOfBlind(work, key.blindOf(holderKeyOf({ type, code })));
  const [entries, children] = await Promise.all([
    work.store.entriesOfHolder(holderIndex, parseCertificateTypeCode(typeCode), mostEntries),
    work.store.children(),
  ]);

  return children.flatMap(({ _id, name, address, enabled }) => {
    const certificates = entries
      .filter(({ region }) => region === _id)
      .map(({ identifier, status }) => ({ identifier, status }));
    return enabled && certificates.length > 0 ? [{ region: _id, name, address, certificates }] : [];
  });
}
