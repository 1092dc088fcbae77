import type { ErrorCode, ErrorValues } from '../base/error.ts';
import type { JsonObject, JsonValue } from '../crypto/ports.ts';
import type { Bilingual, FieldDefinition } from './certificate-type.ts';

/** What a validator reports, as far as it is told on: where, and of which kind; never the value. */
export interface FaceIssue {
  code: string;
  path: PropertyKey[];
}

/** Turns a report into a refusal that names the field by its label and says what is expected of it. */
export function refusalOf(
  fields: readonly FieldDefinition[],
  given: JsonObject,
  issue: FaceIssue,
): { code: ErrorCode; values: ErrorValues } {
  const { label, field, value } = placeOf(fields, given, issue.path);
  const named = { fieldZh: label.zh, fieldEn: label.en };
  // Names that are not in the catalogue came from outside, as values do: they are not repeated.
  if (issue.code === 'unrecognized_keys')
    return {
      code: 'certificate-field-unknown',
      values: { knownNames: namesOf(field?.kind === 'rows' ? field.columns : fields) },
    };
  if (value === undefined) return { code: 'certificate-field-missing', values: named };
  const { zh, en } = expectedOf(field);
  return { code: 'certificate-field-invalid', values: { ...named, expectedZh: zh, expectedEn: en } };
}

const namesOf = (fields: readonly FieldDefinition[]): string => fields.map(({ name }) => name).join(', ');

interface Place {
  label: Bilingual;
  field: FieldDefinition | null;
  value: JsonValue | undefined;
}

/** Walks the path of a report: field, or field, row and column. */
function placeOf(fields: readonly FieldDefinition[], given: JsonObject, path: readonly PropertyKey[]): Place {
  const [name, row, column] = path;
  const field = fields.find((candidate) => candidate.name === name) ?? null;
  const value = field === null ? given : given[field.name];
  if (field === null) return { label: { zh: '照面项', en: 'face fields' }, field, value };
  if (field.kind !== 'rows' || typeof row !== 'number') return { label: field.label, field, value };
  const rowLabel = { zh: `${field.label.zh}第 ${row + 1} 行`, en: `${field.label.en}, row ${row + 1}` };
  const rowValue = Array.isArray(value) ? value[row] : undefined;
  const inner = field.columns.find((candidate) => candidate.name === column);
  if (inner === undefined) return { label: rowLabel, field, value: rowValue };
  return {
    label: { zh: `${rowLabel.zh}的${inner.label.zh}`, en: `${rowLabel.en}, ${inner.label.en}` },
    field: inner,
    value:
      typeof rowValue === 'object' && rowValue !== null && !Array.isArray(rowValue)
        ? rowValue[inner.name]
        : undefined,
  };
}

function expectedOf(field: FieldDefinition | null): Bilingual {
  if (field === null) return { zh: '一组照面项', en: 'a set of face fields' };
  switch (field.kind) {
    case 'text':
      return { zh: `1 至 ${field.longest} 个字`, en: `1 to ${field.longest} characters` };
    case 'date':
      return { zh: '真实存在的一天，如 2026-01-31', en: 'a real day like 2026-01-31' };
    case 'integer':
      return {
        zh: `${field.least} 至 ${field.most} 的整数`,
        en: `a whole number from ${field.least} to ${field.most}`,
      };
    case 'choice': {
      const values = field.choices.map(({ value }) => value).join(' | ');
      return { zh: values, en: values };
    }
    case 'rows':
      return { zh: `1 至 ${field.most} 行`, en: `1 to ${field.most} rows` };
  }
}
