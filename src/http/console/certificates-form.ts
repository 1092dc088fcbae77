import type { Context } from 'koa';
import {
  cellInput,
  countInput,
  fieldInput,
  holderInput,
  holderList,
  rowsOf,
  type Values,
} from '../../../views/console/certificate-inputs.ts';
import { AppError, type ErrorCode } from '../../base/error.ts';
import type { CertificateType, FieldDefinition, GivenParts } from '../../directory/index.ts';
import { field } from '../form.ts';

/** Face fields by name, as the directory takes them. */
export type FaceValues = GivenParts['fields'];
type FaceValue = FaceValues[string];

const plainInputs = [
  'serial',
  'number',
  'areaCode',
  'issuedOn',
  'validFrom',
  'validUntil',
  'reason',
  'newPhoto',
];

/** A list of the form: its least and most rows, and the inputs of one row. */
interface FormList {
  list: string;
  least: number;
  most: number;
  inputs(row: number): string[];
}

const holderParts = ['type', 'code', 'name'] as const;

const listsOf = (type: CertificateType): FormList[] => [
  {
    list: holderList,
    least: type.leastHolders,
    most: type.mostHolders,
    inputs: (row) => holderParts.map((part) => holderInput(row, part)),
  },
  ...type.fields.flatMap((one) =>
    one.kind === 'rows'
      ? [
          {
            list: one.name,
            least: 1,
            most: one.most,
            inputs: (row: number) => one.columns.map((column) => cellInput(one.name, row, column.name)),
          },
        ]
      : [],
  ),
];

const upTo = (count: number): number[] => Array.from({ length: count }, (_, row) => row);

/** Tells which list of the form is to get a row more; empty when it is submitted. */
export const moreOf = (ctx: Context): string => field(ctx, 'more');

/** Reads what was typed, with the row more that was asked for. */
export function readValues(ctx: Context, type: CertificateType): Values {
  const read = (name: string): [string, string] => [name, field(ctx, name).normalize('NFC').trim()];
  const lists = listsOf(type).flatMap(({ list, least, most, inputs }) => {
    const typed = rowsOf(Object.fromEntries([read(countInput(list))]), list, least, most);
    const count = Math.min(typed + (moreOf(ctx) === list ? 1 : 0), most);
    return [[countInput(list), String(count)] as [string, string], ...upTo(count).flatMap(inputs).map(read)];
  });
  const plainFields = type.fields.filter(({ kind }) => kind !== 'rows').map(({ name }) => fieldInput(name));
  return Object.fromEntries([...[...plainInputs, ...plainFields].map(read), ...lists]);
}

/** A holder as typed, and in which row of the form. */
export interface TypedHolder {
  row: number;
  holder: { type: string; code: string; name: string };
}

/** Reads the holders; a row beyond the least that was left empty is none. */
export const holdersIn = (type: CertificateType, values: Values): TypedHolder[] =>
  upTo(rowsOf(values, holderList, type.leastHolders, type.mostHolders))
    .map((row) => {
      const [kind, code, name] = holderParts.map((part) => values[holderInput(row, part)] ?? '');
      return { row, holder: { type: kind ?? '', code: code ?? '', name: name ?? '' } };
    })
    .filter(({ row, holder }) => row < type.leastHolders || holder.code !== '' || holder.name !== '');

const typedValue = ({ kind }: FieldDefinition, text: string): FaceValue =>
  kind === 'integer' && /^-?\d{1,15}$/.test(text) ? Number(text) : text;

/** Returns the rows of a list that say something, as cells by column, and where each stands in the form. */
const filledRows = (
  { name, columns, most }: Extract<FieldDefinition, { kind: 'rows' }>,
  values: Values,
): { row: number; cells: FaceValues }[] =>
  upTo(rowsOf(values, name, 1, most))
    .map((row) => {
      const typed = columns.map(
        (column) => [column, values[cellInput(name, row, column.name)] ?? ''] as const,
      );
      const filled = typed.filter(([, text]) => text !== '');
      return {
        row,
        cells: Object.fromEntries(filled.map(([column, text]) => [column.name, typedValue(column, text)])),
      };
    })
    .filter(({ cells }) => Object.keys(cells).length > 0);

/** Reads the face fields; what was left empty is not there. */
export const fieldsIn = ({ fields }: CertificateType, values: Values): FaceValues =>
  Object.fromEntries(
    fields.flatMap((one): [string, FaceValue][] => {
      if (one.kind === 'rows') {
        const rows = filledRows(one, values).map(({ cells }) => cells);
        return rows.length === 0 ? [] : [[one.name, rows]];
      }
      const text = values[fieldInput(one.name)] ?? '';
      return text === '' ? [] : [[one.name, typedValue(one, text)]];
    }),
  );

/** Finds the input that a path into the face fields came from. */
export function inputOf(type: CertificateType, values: Values, path: readonly PropertyKey[]): string {
  const [name = '', place, column] = path.map(String);
  const found = type.fields.find((one) => one.name === name);
  if (found?.kind !== 'rows') return fieldInput(name);
  const row = filledRows(found, values)[Number(place ?? 0)]?.row ?? 0;
  return cellInput(name, row, column ?? found.columns[0]?.name ?? '');
}

/** Reads the days; one that was left empty is not given. */
export const datesIn = ({ issuedOn = '', validFrom, validUntil }: Values): GivenParts['dates'] => ({
  issuedOn,
  validFrom: validFrom || undefined,
  validUntil: validUntil || undefined,
});

/** Which input a refusal is about; those of single terms and face fields are placed where they are read. */
const inputByCode: Partial<Record<ErrorCode, string>> = {
  'certificate-serial-personal': 'serial',
  'certificate-serial-taken': 'serial',
  'certificate-number-invalid': 'number',
  'certificate-dates-order': 'validUntil',
  'certificate-validity': 'validUntil',
  'certificate-holder-count': holderInput(0, 'code'),
  'certificate-holder-category': holderInput(0, 'type'),
  'certificate-holder-repeated': holderInput(1, 'code'),
  'certificate-act-date': 'day',
  'certificate-photo-required': 'photo',
  'certificate-photo-waiting': 'photo',
};

/** What is wrong with a form, by input; `form` for what is wrong with none of them. */
export type FormErrors = Map<string, AppError>;

/** Runs a deed; a refusal that can be put right is placed among the errors, and null comes back. */
export async function placing<T>(errors: FormErrors, deed: () => Promise<T>): Promise<T | null> {
  try {
    return await deed();
  } catch (error) {
    if (!(error instanceof AppError) || ![400, 403, 409].includes(error.status)) throw error;
    errors.set(inputByCode[error.code] ?? 'form', error);
    return null;
  }
}

/** Says what is wrong, in a language. */
export const sentencesOf = (errors: FormErrors, language: 'zh' | 'en'): Record<string, string> =>
  Object.fromEntries([...errors].map(([input, error]) => [input, error.text(language)]));
