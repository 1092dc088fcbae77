import { maskName } from '../../base/mask.ts';
import type { JsonObject, JsonValue } from '../../crypto/ports.ts';
import type { Holder } from '../../terms/holder.ts';
import type { CertificateType, FieldDefinition } from '../certificate-type.ts';
import type { PresentedField } from './presentation.ts';

/** Writes who shows a certificate, the family name hidden. */
export const shownHolder = (holder: Holder | undefined): string =>
  holder === undefined ? '*' : maskName(holder.name);

/** Writes the fields named, in the order of the type; what is not filled in is left out. */
export const shownFields = (
  type: Pick<CertificateType, 'fields'>,
  content: JsonObject,
  names: readonly string[],
): PresentedField[] =>
  type.fields
    .filter(({ name }) => names.includes(name))
    .flatMap((field) => {
      const value = content[field.name];
      return value === undefined
        ? []
        : [{ name: field.name, label: field.label, value: written(field, value) }];
    });

/** Writes a value for a reader: a choice by its label, a list row by row. */
const written = (field: FieldDefinition, value: JsonValue): string => {
  if (field.kind === 'choice')
    return field.choices.find((choice) => choice.value === value)?.label.zh ?? String(value);
  if (field.kind !== 'rows' || !Array.isArray(value)) return String(value);
  return value
    .map((row) =>
      field.columns
        .flatMap((column) => {
          const cell = (row as JsonObject)[column.name];
          return cell === undefined ? [] : [`${column.label.zh}：${written(column, cell)}`];
        })
        .join('，'),
    )
    .join('；');
};
