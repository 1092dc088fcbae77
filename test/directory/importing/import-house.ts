import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ImportProgress,
  type ImportRequest,
  type ImportResult,
  importFile,
} from '../../../src/directory/index.ts';
import { checkCharacterOf } from '../../../src/terms/citizen-number.ts';
import { type DirectoryHouse, openDirectoryHouse, organB, typeCodes } from '../directory-house.ts';

/** A line of a report of rejected rows. */
export interface RejectedLine {
  line: number;
  field?: string;
  code: string;
  zh: string;
  en: string;
}

/** The directory and its photos, and a folder for files to import. */
export interface ImportHouse extends DirectoryHouse {
  folder: string;
  write(name: string, content: string | Buffer): Promise<string>;
  run(
    file: string,
    request?: Partial<ImportRequest>,
    tell?: (progress: ImportProgress) => void,
  ): Promise<ImportResult>;
  rejected(file: string): Promise<RejectedLine[]>;
  certificates(): Promise<number>;
}

/** Opens the directory and the photos in temporary folders. */
export async function openImportHouse(): Promise<ImportHouse> {
  const house = await openDirectoryHouse();
  const folder = await mkdtemp(join(tmpdir(), 'yihao-import-'));
  const { directory, photos, clock, records } = house;
  return {
    ...house,
    folder,
    async write(name, content) {
      const file = join(folder, name);
      await writeFile(file, content);
      return file;
    },
    run: (file, request = {}, tell = () => undefined) =>
      importFile(
        { directory, photos, clock },
        { file, acceptPhotos: false, dryRun: false, actor: 'import', ...request },
        tell,
      ),
    rejected: rejectedOf,
    certificates: () => records.collection('certificates').countDocuments(),
    close: async () => {
      await house.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Reads the report of a file; none when nothing was rejected. */
export async function rejectedOf(file: string): Promise<RejectedLine[]> {
  const text = await readFile(`${file}.rejected.ndjson`, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RejectedLine);
}

/** Makes a citizen number that nobody has: its address code stands for no place. */
export function syntheticNumber(index: number): string {
  const day = String((index % 28) + 1).padStart(2, '0');
  const month = String((Math.floor(index / 28) % 12) + 1).padStart(2, '0');
  const body = `999999${1950 + (Math.floor(index / 336) % 50)}${month}${day}${String(index % 1000).padStart(3, '0')}`;
  return `${body}${checkCharacterOf(body)}`;
}

export const marriageHeader = [
  'issuerCode,issuerName,areaCode,typeCode,serial,number',
  'holder1.type,holder1.code,holder1.name,holder2.type,holder2.code,holder2.name',
  'issuedOn,validFrom,validUntil,trustLevel',
  'field.registeredOn,field.registrationOffice,field.registrar,field.remarks',
].join(',');

/** Writes a row of a marriage certificate of two synthetic people, under marriageHeader. */
export function marriageRow(
  index: number,
  other: Partial<Record<'code' | 'name' | 'remarks' | 'areaCode', string>> = {},
): string {
  const serial = `J999999-2026-${String(index).padStart(6, '0')}`;
  const { code = syntheticNumber(2 * index), name = '陈知远', remarks = '', areaCode = '990000' } = other;
  return [
    ...[organB, '示例市民政局', areaCode, typeCodes.marriage, serial, serial],
    ...['111', code, name, '111', syntheticNumber(2 * index + 1), '林晚晴'],
    ...['2026-11-20', '', '', ''],
    ...['2026-11-20', '示例市民政局', '何静姝', remarks],
  ].join(',');
}

/** Writes a CSV file of marriage certificates. */
export const marriageFile = (rows: readonly string[], lineEnd = '\n'): string =>
  [marriageHeader, ...rows, ''].join(lineEnd);
