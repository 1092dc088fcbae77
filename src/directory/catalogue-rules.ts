import { AppError } from '../base/error.ts';
import { isCreditCode } from '../terms/credit-code.ts';
import type { CertificateType, FieldDefinition } from './certificate-type.ts';

const longestText = 2000;
const mostRows = 100;
const mostHoldersOfAll = 50;

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= most;

const isNamed = ({ zh, en }: { zh: string; en: string }): boolean => zh.trim() !== '' && en.trim() !== '';

/** Refuses a definition nobody could issue by. Throws certificate-type-invalid with the part that is wrong. */
export function checkType(type: CertificateType): void {
  const parts: [part: string, holds: boolean][] = [
    ['version', isWhole(type.version, 1, 9999)],
    ['name', isNamed(type.name)],
    ['leastHolders', isWhole(type.leastHolders, 1, type.mostHolders)],
    ['mostHolders', isWhole(type.mostHolders, 1, mostHoldersOfAll)],
    ['issuers', type.issuers.every((code) => isCreditCode(code))],
    ['validity', !('years' in type.validity) || isWhole(type.validity.years, 1, 150)],
    ['fields', haveOwnNames(type.fields)],
    ...type.fields.map((field): [string, boolean] => [`fields.${field.name}`, isFieldSound(field)]),
  ];
  const wrong = parts.find(([, holds]) => !holds);
  if (wrong !== undefined) throw new AppError('certificate-type-invalid', { part: wrong[0] });
}

const haveOwnNames = (fields: readonly FieldDefinition[]): boolean =>
  new Set(fields.map(({ name }) => name)).size === fields.length;

function isFieldSound(field: FieldDefinition): boolean {
  if (!/^[a-z][A-Za-z0-9]{0,39}$/.test(field.name) || !isNamed(field.label)) return false;
  switch (field.kind) {
    case 'text':
      return isWhole(field.longest, 1, longestText);
    case 'date':
      return true;
    case 'integer':
      return Number.isSafeInteger(field.least) && isWhole(field.most, field.least, Number.MAX_SAFE_INTEGER);
    case 'choice':
      return areChoicesSound(field.choices.map(({ value }) => value));
    case 'rows':
      return (
        isWhole(field.most, 1, mostRows) &&
        field.columns.length > 0 &&
        haveOwnNames(field.columns) &&
        field.columns.every(isFieldSound)
      );
  }
}

const areChoicesSound = (values: readonly string[]): boolean =>
  values.length > 0 && values.every((value) => value.trim() !== '') && new Set(values).size === values.length;
