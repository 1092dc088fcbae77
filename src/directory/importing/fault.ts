import { AppError, type ErrorCode, type ErrorValues } from '../../base/error.ts';

/** What is wrong with a row: where, as far as that is known, and why; never the value. */
export interface Fault {
  field: string | null;
  code: ErrorCode;
  zh: string;
  en: string;
}

/** A row that is not imported, with everything that was found wrong with it. */
export class RowRefusal extends Error {
  override readonly name = 'RowRefusal';

  constructor(readonly faults: readonly Fault[]) {
    super(`refused: ${faults.map(({ code }) => code).join(', ')}`);
  }
}

/** Writes a fault of a code of the catalogue. */
export const faultOf = (
  field: string | null,
  { code, values }: { code: ErrorCode; values: ErrorValues },
): Fault => {
  const error = new AppError(code, values);
  return { field, code, zh: error.text('zh'), en: error.text('en') };
};

/** Where a refusal that names no place of its own stands in a row, by how its code begins. */
const fieldsByCode: readonly (readonly [start: string, field: string])[] = [
  ['certificate-type-', 'typeCode'],
  ['certificate-issuer-', 'issuerCode'],
  ['certificate-holder-', 'holders'],
  ['certificate-field-', 'fields'],
  ['certificate-validity', 'validUntil'],
  ['certificate-dates-order', 'validUntil'],
  ['certificate-photo-', 'photo'],
  ['certificate-number-', 'number'],
  ['certificate-serial-', 'serial'],
  ['certificate-identifier-', 'serial'],
  ['import-photo-', 'photo'],
  ['photo-', 'photo'],
  ['organisation-name-', 'issuerName'],
  ['credit-code-', 'issuerCode'],
];

/**
 * Reads what a step over one row threw as its faults. What is no refusal of the row, a storage that does not answer
 * say, is thrown on: it is not the row's fault and ends the import.
 */
export function faultsOf(error: unknown, field: string | null = null): readonly Fault[] {
  if (error instanceof RowRefusal) return error.faults;
  if (!(error instanceof AppError) || error.status >= 500) throw error;
  const byCode = fieldsByCode.find(([start]) => error.code.startsWith(start))?.[1];
  return [faultOf(field ?? byCode ?? null, error)];
}
