import { AppError } from '../../base/error.ts';
import type { DirectoryKey } from '../../crypto/directory-key.ts';
import type { FieldCipher } from '../../crypto/ports.ts';
import { holderKeyOf } from '../../terms/holder.ts';
import type { CertificateRecord } from '../certificate.ts';
import { openContent } from '../find-certificate.ts';
import type { DirectoryStore } from '../store.ts';
import type { ThinEntry } from './entry.ts';
import type { Library, LibraryRow } from './ports.ts';

interface LibraryDeps {
  store: Pick<DirectoryStore, 'countedAfter' | 'certificatesByIds'>;
  cipher: FieldCipher;
  directoryKey: DirectoryKey;
}

/** Reads the certificates of this instance as entries. Content is opened here to call its holders, and goes no further. */
export const openLibrary = (deps: LibraryDeps): Library => ({
  rowsAfter: async (identifier, limit) => (await deps.store.countedAfter(identifier, limit)).map(rowOf),
  entriesOf: async (identifiers) =>
    (await deps.store.certificatesByIds(identifiers)).map((record) => ({
      row: rowOf(record),
      entry: entryOf(deps, record),
    })),
});

const rowOf = ({
  _id,
  areaCode,
  status,
  revision,
}: Pick<CertificateRecord, '_id' | 'areaCode' | 'status' | 'revision'>): LibraryRow => ({
  identifier: _id,
  areaCode,
  status,
  revision,
});

/** A record that does not open must not hold up the others; it is told of where it is read. */
function entryOf(deps: LibraryDeps, record: CertificateRecord): ThinEntry | null {
  try {
    const { holders } = openContent(deps, record);
    return {
      ...rowOf(record),
      holderBlinds: holders.map((holder) => deps.directoryKey.blindOf(holderKeyOf(holder))),
    };
  } catch (error) {
    if (error instanceof AppError && error.code === 'certificate-record-damaged') return null;
    throw error;
  }
}
