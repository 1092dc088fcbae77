import { AppError } from '../../base/error.ts';

const plainNames = [
  'issuerCode',
  'issuerName',
  'areaCode',
  'typeCode',
  'serial',
  'number',
  'issuedOn',
  'validFrom',
  'validUntil',
  'trustLevel',
  'photo',
] as const;
export type PlainName = (typeof plainNames)[number];

const holderParts = ['type', 'code', 'name'] as const;
export type HolderPart = (typeof holderParts)[number];

/** What a column holds. */
export type Column =
  | { kind: 'plain'; name: PlainName }
  /** `index` counts holders from 1. */
  | { kind: 'holder'; index: number; part: HolderPart }
  | { kind: 'field'; name: string };

const requiredNames: readonly string[] = [
  'issuerCode',
  'issuerName',
  'areaCode',
  'typeCode',
  'serial',
  'number',
  'issuedOn',
  'holder1.type',
  'holder1.code',
  'holder1.name',
];

/**
 * Reads the header of a CSV file. Throws import-header-column with the place of an unknown or repeated column (its text
 * is not told: in a file without a header it would be somebody's data) and import-header-missing.
 */
export function readHeader(cells: readonly string[]): Column[] {
  const names = cells.map((cell) => cell.normalize('NFKC').trim());
  const columns = names.map((name, i) => {
    const column = names.indexOf(name) === i ? columnOf(name) : null;
    if (column === null) throw new AppError('import-header-column', { column: i + 1 });
    return column;
  });
  const wanted = columns.flatMap((column) =>
    column.kind === 'holder' ? holderParts.map((part) => `holder${column.index}.${part}`) : [],
  );
  const missing = [...new Set([...requiredNames, ...wanted])].filter((name) => !names.includes(name));
  if (missing.length > 0) throw new AppError('import-header-missing', { names: missing.join(', ') });
  return columns;
}

function columnOf(name: string): Column | null {
  const plain = plainNames.find((known) => known === name);
  if (plain !== undefined) return { kind: 'plain', name: plain };
  const [, index, partName] = /^holder([1-9]\d?)\.(\w+)$/.exec(name) ?? [];
  const part = holderParts.find((known) => known === partName);
  if (part !== undefined && Number(index) <= 50) return { kind: 'holder', index: Number(index), part };
  const [, field] = /^field\.([a-z][A-Za-z0-9]{0,39})$/.exec(name) ?? [];
  return field === undefined ? null : { kind: 'field', name: field };
}
