import { parse } from 'csv-parse/sync';
import { AppError } from '../../base/error.ts';
import type { JsonObject, JsonValue } from '../../crypto/ports.ts';
import type { CertificateType, FieldDefinition } from '../certificate-type.ts';
import type { Column, HolderPart, PlainName } from './csv-header.ts';
import type { ImportRow } from './row.ts';

/** Reads the cells of one CSV record; null when its quotes do not match. */
export function readCells(record: string): string[] | null {
  try {
    const [cells] = parse(record, { relax_column_count: true, record_delimiter: '\n' }) as string[][];
    return cells ?? [];
  } catch {
    // The cause is not passed on: the parser quotes the record.
    return null;
  }
}

/**
 * Reads a CSV record under its header. A type's definition, where there is one, tells which cells are numbers and lists.
 * Throws import-row-cells.
 */
export async function readCsvRow(
  record: string,
  columns: readonly Column[],
  typeOf: (code: string) => Promise<CertificateType | null>,
): Promise<ImportRow> {
  const cells = readCells(record);
  if (cells?.length !== columns.length) throw new AppError('import-row-cells', { columns: columns.length });
  const given = columns.map((column, i) => ({ column, text: cells[i] ?? '' }));
  const plain = (name: PlainName): string =>
    given.find(({ column }) => column.kind === 'plain' && column.name === name)?.text.trim() ?? '';
  const optional = <Name extends string>(name: Name, text: string) =>
    text === '' ? {} : ({ [name]: text } as Record<Name, string>);
  const type = await typeOf(plain('typeCode'));
  return {
    issuer: { code: plain('issuerCode'), name: plain('issuerName') },
    areaCode: plain('areaCode'),
    typeCode: plain('typeCode'),
    serial: plain('serial'),
    number: plain('number'),
    holders: holdersOf(given),
    dates: {
      issuedOn: plain('issuedOn'),
      ...optional('validFrom', plain('validFrom')),
      ...optional('validUntil', plain('validUntil')),
    },
    fields: fieldsOf(given, type),
    ...optional('trustLevel', plain('trustLevel')),
    ...optional('photoFile', plain('photo')),
  };
}

type Given = readonly { column: Column; text: string }[];

/** Columns of holders that a row leaves wholly empty are no holder of it. */
function holdersOf(given: Given): ImportRow['holders'] {
  const holders = new Map<number, Record<HolderPart, string>>();
  for (const { column, text } of given) {
    if (column.kind !== 'holder') continue;
    const holder = holders.get(column.index) ?? { type: '', code: '', name: '' };
    holders.set(column.index, { ...holder, [column.part]: text.trim() });
  }
  return [...holders.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, holder]) => holder)
    .filter(({ type, code, name }) => type !== '' || code !== '' || name !== '');
}

function fieldsOf(given: Given, type: CertificateType | null): JsonObject {
  const entries = given.flatMap(({ column, text }): [string, JsonValue][] => {
    if (column.kind !== 'field' || text.trim() === '') return [];
    const definition = type?.fields.find(({ name }) => name === column.name);
    return [[column.name, fieldValueOf(text.trim(), definition)]];
  });
  return Object.fromEntries(entries);
}

/** What is not the number or list it should be stays a text, which the type then refuses by the name of the field. */
function fieldValueOf(text: string, definition: FieldDefinition | undefined): JsonValue {
  if (definition?.kind === 'integer') return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  if (definition?.kind !== 'rows') return text;
  try {
    const value = JSON.parse(text) as JsonValue;
    return Array.isArray(value) ? value : text;
  } catch {
    return text;
  }
}
