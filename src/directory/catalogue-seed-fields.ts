import { type CertificateTypeCode, parseCertificateTypeCode } from '../terms/certificate-identifier.ts';
import { type CreditCode, parseCreditCode } from '../terms/credit-code.ts';
import type { CertificateType, FieldDefinition, PlainFieldDefinition } from './certificate-type.ts';

/** Marks of a field that differ from required, open and inside. */
type Marks = Partial<Pick<FieldDefinition, 'required' | 'sensitive' | 'onCard'>>;
type Label = readonly [zh: string, en: string];

export const onCard: Marks = { onCard: true };
export const sensitive: Marks = { sensitive: true };
export const optional: Marks = { required: false };

const base = (name: string, [zh, en]: Label, marks: Marks) => ({
  name,
  label: { zh, en },
  required: true,
  sensitive: false,
  onCard: false,
  ...marks,
});

/** Defines a text of at most so many characters. */
export const text = (
  name: string,
  label: Label,
  longest: number,
  marks: Marks = {},
): PlainFieldDefinition => ({
  ...base(name, label, marks),
  kind: 'text',
  longest,
});

/** Defines a day. */
export const day = (name: string, label: Label, marks: Marks = {}): PlainFieldDefinition => ({
  ...base(name, label, marks),
  kind: 'date',
});

/** Defines a whole number within bounds. */
export const whole = (
  name: string,
  label: Label,
  [least, most]: readonly [least: number, most: number],
  marks: Marks = {},
): PlainFieldDefinition => ({ ...base(name, label, marks), kind: 'integer', least, most });

/** Defines a choice; the values are the Chinese words as they stand on the certificate. */
export const choice = (
  name: string,
  label: Label,
  choices: readonly Label[],
  marks: Marks = {},
): PlainFieldDefinition => ({
  ...base(name, label, marks),
  kind: 'choice',
  choices: choices.map(([zh, en]) => ({ value: zh, label: { zh, en } })),
});

/** Defines a list of rows. */
export const rows = (
  name: string,
  label: Label,
  most: number,
  columns: PlainFieldDefinition[],
  marks: Marks = {},
): FieldDefinition => ({ ...base(name, label, marks), kind: 'rows', most, columns });

/** The synthetic authorities of the seed: two organs and an institution that exist nowhere (region 999999). */
export const seedAuthorities: Readonly<Record<'organA' | 'organB' | 'institutionC', CreditCode>> = {
  organA: parseCreditCode('11999999000000019M'),
  organB: parseCreditCode('11999999000000027G'),
  institutionC: parseCreditCode('129999990000000358'),
};

/** Writes a type code of ours: defined by the first synthetic authority, three digits after it. */
export const seedCode = (digits: string): CertificateTypeCode =>
  parseCertificateTypeCode(`${seedAuthorities.organA}${digits}`);

/** A type of the seed, without what most of them share. */
export type SeedType = Omit<
  CertificateType,
  'version' | 'enabled' | 'leastHolders' | 'mostHolders' | 'holderCategory' | 'photoProfile' | 'officialCode'
> &
  Partial<CertificateType>;

/** Completes a type of the seed: first version, enabled, one person for holder, no photo, no official code. */
export const seedType = (type: SeedType): CertificateType => ({
  version: 1,
  enabled: true,
  holderCategory: 'natural',
  leastHolders: 1,
  mostHolders: 1,
  photoProfile: null,
  officialCode: null,
  ...type,
});

export const sexes: readonly Label[] = [
  ['男', 'male'],
  ['女', 'female'],
];
