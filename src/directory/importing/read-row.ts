import { AppError } from '../../base/error.ts';
import type { CertificateType } from '../certificate-type.ts';
import { type CheckedRow, checkRow } from './check-row.ts';
import { type Column, readHeader } from './csv-header.ts';
import { readCells, readCsvRow } from './csv-row.ts';
import { lineReader } from './encoding.ts';
import { type Fault, faultsOf } from './fault.ts';
import { type Frame, framesOf, mostRowBytes } from './frames.ts';
import { readJsonRow } from './json-row.ts';
import type { RowWork } from './ports.ts';
import type { ImportRow } from './row.ts';
import type { ImportSource } from './source.ts';

/** A row as far as it can be told without what is kept: sound, or with everything that is wrong with it. */
export type ReadRow = { row: ImportRow; checked: CheckedRow } | { faults: readonly Fault[] };

/** Reads the rows of one file. */
export interface RowReader {
  /** Where the first row begins, behind the header if there is one. */
  start: Frame['next'];
  read(frame: Frame): Promise<ReadRow>;
}

/** Makes the reader of a file. Throws import-header-column and import-header-missing. */
export async function openReader(source: ImportSource, work: RowWork): Promise<RowReader> {
  const textOf = lineReader(source.encoding);
  const header = source.form === 'csv' ? await findHeader(source, textOf) : null;
  const typeOf = rememberTypes(work);
  const rowOf = (text: string): Promise<ImportRow> | ImportRow =>
    header === null ? readJsonRow(text) : readCsvRow(text, header.columns, typeOf);
  return {
    start: header?.next ?? source.start,
    async read({ bytes }) {
      try {
        if (bytes === null) throw new AppError('import-line-too-long', { maximumBytes: mostRowBytes });
        const row = await rowOf(textOf(bytes));
        return { row, checked: checkRow(row, work.clock) };
      } catch (error) {
        return { faults: faultsOf(error) };
      }
    },
  };
}

async function findHeader(
  source: ImportSource,
  textOf: (bytes: Buffer) => string,
): Promise<{ columns: Column[]; next: Frame['next'] }> {
  for await (const frame of framesOf(source.chunksFrom(source.start), source.start, 'csv')) {
    if (isBlank(frame)) continue;
    const cells = frame.bytes === null ? null : readCells(textOf(frame.bytes));
    return { columns: readHeader(cells ?? []), next: frame.next };
  }
  return { columns: readHeader([]), next: source.start };
}

/** Tells whether a row is an empty line, which is nothing to import and nothing to reject. */
export const isBlank = ({ bytes }: Frame): boolean =>
  bytes?.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d) ?? false;

/** Only types that are there are remembered: a file may hold any number of codes that are none. */
function rememberTypes({ directory }: RowWork): (code: string) => Promise<CertificateType | null> {
  const known = new Map<string, CertificateType>();
  return async (code) => {
    const remembered = known.get(code);
    if (remembered !== undefined) return remembered;
    try {
      const type = await directory.catalogue.findType(code);
      known.set(code, type);
      return type;
    } catch (error) {
      if (error instanceof AppError && error.code === 'certificate-type-unknown') return null;
      throw error;
    }
  };
}
