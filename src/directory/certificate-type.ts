import type { CertificateTypeCode } from '../terms/certificate-identifier.ts';
import type { CreditCode } from '../terms/credit-code.ts';
import type { HolderKind } from '../terms/holder.ts';
import type { PhotoProfileId } from './photo/profiles.ts';

/** A name in both languages. */
export interface Bilingual {
  zh: string;
  en: string;
}

interface FieldBase {
  /** The name on the wire: letters and digits, a small letter first. */
  name: string;
  label: Bilingual;
  required: boolean;
  /** Masked wherever it is not the holder or a department entitled to it that looks. */
  sensitive: boolean;
  /** Whether the card shows it before it is opened. */
  onCard: boolean;
}

/** A face field with one value; a list of rows has these for columns. */
export type PlainFieldDefinition = FieldBase &
  (
    | { kind: 'text'; longest: number }
    | { kind: 'date' }
    | { kind: 'integer'; least: number; most: number }
    | { kind: 'choice'; choices: { value: string; label: Bilingual }[] }
  );

/** A face field (照面项): what stands on the face of a certificate beside number, holders and dates. */
export type FieldDefinition =
  | PlainFieldDefinition
  | (FieldBase & { kind: 'rows'; most: number; columns: PlainFieldDefinition[] });

/** How long certificates of a type are in force (有效期). */
export type ValidityRule =
  | { kind: 'for-good' }
  /** At most so many years from the first day; without a last day given, to the same day that many years on. */
  | { kind: 'years'; years: number }
  /** Whatever the authority gives, none at all for good. */
  | { kind: 'given' }
  /** To the eve of the day the first holder reaches an age; the birth date is read from the citizen number. */
  | { kind: 'until-age'; years: number };

/** The levels of authorities that issue (证照颁发机构层级), as a national aggregation table lists them. */
export const issuingLevels = ['national', 'provincial', 'prefecture', 'county', 'township', 'other'] as const;
export type IssuingLevel = (typeof issuingLevels)[number];

/** How the card of a type looks: tokens of the stylesheet, not colours. */
export interface CardLook {
  colour: 'indigo' | 'jade' | 'crimson' | 'amber' | 'azure' | 'violet' | 'slate';
  icon: 'person' | 'home' | 'car' | 'rings' | 'building' | 'key' | 'shield' | 'cradle' | 'heart' | 'cap';
}

/** One version of a type of certificate (证照类型); a version that was saved is never written over. */
export interface CertificateType {
  code: CertificateTypeCode;
  version: number;
  name: Bilingual;
  holderCategory: HolderKind;
  leastHolders: number;
  mostHolders: number;
  /** The authorities entitled to issue; empty: nobody yet. */
  issuers: CreditCode[];
  issuingLevel: IssuingLevel;
  validity: ValidityRule;
  /** What the holder's photo must be; null: the type has none. */
  photoProfile: PhotoProfileId | null;
  look: CardLook;
  /** The code of the national catalogue where one was found; null where a province has to fill it in. */
  officialCode: string | null;
  relatedItems: { code: string; name: string }[];
  enabled: boolean;
  fields: FieldDefinition[];
}

/** Names one version of a type, as records and seals do. */
export const typeVersionId = ({ code, version }: Pick<CertificateType, 'code' | 'version'>): string =>
  `${code}@${version}`;
