import { z } from 'zod';
import { AppError } from '../base/error.ts';
import type { JsonObject, JsonValue } from '../crypto/ports.ts';
import type { CertificateType, FieldDefinition } from './certificate-type.ts';
import { refusalOf } from './face-refusal.ts';

/** No field holds a truth value; it stands for what is nested deeper than any field. */
const misfit: JsonValue = false;
const deepest = 3;

/**
 * Writes fields one way, whatever their type says: texts composed (NFC) and trimmed, what is empty left out, names in
 * order. So equal contents are equal texts, to a digest as to a seal.
 */
export const tidyFields = (fields: JsonObject): JsonObject => {
  const tidied = tidy(fields, 0);
  return isObject(tidied) ? tidied : {};
};

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function tidy(value: JsonValue | undefined, depth: number): JsonValue {
  if (typeof value === 'string') return value.normalize('NFC').trim();
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (depth > deepest) return misfit;
  if (Array.isArray(value)) return value.map((element) => tidy(element, depth + 1));
  const entries = Object.entries(value)
    .map(([name, inner]): [string, JsonValue] => [name, tidy(inner, depth + 1)])
    .filter(([, inner]) => inner !== null && inner !== '' && !(Array.isArray(inner) && inner.length === 0))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}

/** Reads tidied fields as the type demands. Throws certificate-field-missing, -unknown or -invalid. */
export function readFields(type: Pick<CertificateType, 'fields'>, tidied: JsonObject): JsonObject {
  const [first] = refusalsOf(type, tidied);
  if (first !== undefined) throw first.refusal;
  return tidied;
}

/** What is wrong with one face field, or with one column of a row of it. */
export interface FieldRefusal {
  /** Field; or field, row and column. */
  path: readonly PropertyKey[];
  refusal: AppError;
}

/** Finds everything that readFields would refuse, so that a form tells all of it at once, each where it is. */
export const judgeFields = (type: Pick<CertificateType, 'fields'>, fields: JsonObject): FieldRefusal[] =>
  refusalsOf(type, tidyFields(fields));

const refusalsOf = (type: Pick<CertificateType, 'fields'>, tidied: JsonObject): FieldRefusal[] => {
  const { error } = schemaOf(type.fields).safeParse(tidied);
  // The validator's own error is not passed on as the cause: it may quote what was given.
  return (error?.issues ?? []).map((issue) => {
    const { code, values } = refusalOf(type.fields, tidied, issue);
    return { path: issue.path, refusal: new AppError(code, values) };
  });
};

/**
 * Writes the JSON Schema (2020-12) of a type's face fields, made of the very schema that validates them, for those who
 * fill them in by machine. Lengths count characters, not UTF-16 units.
 */
export const faceSchemaOf = (type: Pick<CertificateType, 'fields'>): Record<string, unknown> => ({
  ...z.toJSONSchema(schemaOf(type.fields), { target: 'draft-2020-12' }),
});

const schemaOf = (fields: readonly FieldDefinition[]) =>
  z.strictObject(Object.fromEntries(fields.map((field) => [field.name, fieldSchemaOf(field)])));

function fieldSchemaOf(field: FieldDefinition): z.ZodType {
  const schema = valueSchemaOf(field).meta({ title: field.label.zh, description: field.label.en });
  return field.required ? schema : schema.optional();
}

function valueSchemaOf(field: FieldDefinition): z.ZodType {
  switch (field.kind) {
    case 'text':
      // Characters that are not seen, or turn the line round, are kept out; private use holds rare characters of names.
      return z.string().regex(new RegExp(`^[^\\p{Cc}\\p{Cf}\\p{Cs}]{1,${field.longest}}$`, 'u'));
    case 'date':
      return z.iso.date();
    case 'integer':
      return z.int().min(field.least).max(field.most);
    case 'choice':
      return z.enum(field.choices.map(({ value }) => value));
    case 'rows':
      return z.array(schemaOf(field.columns)).min(1).max(field.most);
  }
}
