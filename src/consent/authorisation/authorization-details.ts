import { AppError } from '../../base/error.ts';
import { type CertificateTypeCode, parseCertificateTypeCode } from '../../terms/certificate-identifier.ts';
import { isItemCode } from '../items/save-service-item.ts';
import type { ServiceItem } from '../items/service-item.ts';
import { longestPurpose } from '../ledger/read-access.ts';
import { fieldNamesExpected, isFieldName, mostFields, readText } from '../text.ts';
import type { Authorisation } from './authorisation.ts';
import type { CoverDraft } from './rules.ts';

export const electronicCertificateType = 'electronic_certificate';

/**
 * One object of `authorization_details` (RFC 9396, known here from memory): certificates wanted for a service item.
 * The type and its members are a design of this project; `type` and `locations` are the standard's own.
 */
export interface CertificateDetail {
  certificateTypes: CertificateTypeCode[];
  /** Names of fields; left out, all that the item needs of each type. */
  fields?: string[];
  itemCode: string;
  purpose: string;
  /** Where the authorisation is to be used. */
  locations?: string[];
}

/** The object on the wire. */
export interface CertificateDetailWire {
  type: typeof electronicCertificateType;
  certificate_types: string[];
  fields?: string[];
  service_item: string;
  purpose: string;
  locations?: string[];
}

const mostDetails = 5;
const mostTypes = 20;
const mostLocations = 5;
const longestLocation = 512;
const longestText = 16_384;
const known = ['type', 'certificate_types', 'fields', 'service_item', 'purpose', 'locations'];

const refuse = (member: string, expected: string, options?: ErrorOptions): AppError =>
  new AppError('authorization-details-invalid', { member, expected }, options);

/**
 * Reads `authorization_details`, as JSON text or as parsed. Members that are not known are refused: what nobody reads
 * must not look as if it had been granted. Throws authorization-details-invalid, naming the member and never its value.
 */
export function parseAuthorizationDetails(given: unknown): CertificateDetail[] {
  const details = typeof given === 'string' ? parseJson(given) : given;
  if (!Array.isArray(details) || details.length === 0 || details.length > mostDetails)
    throw refuse('authorization_details', `array of 1-${mostDetails}`);
  return details.map((detail: unknown, i) => readDetail(detail, `[${i}]`));
}

function parseJson(text: string): unknown {
  if (text.length > longestText) throw refuse('authorization_details', `at most ${longestText} characters`);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's own message quotes the text.
    throw refuse('authorization_details', 'JSON');
  }
}

function readDetail(value: unknown, place: string): CertificateDetail {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse(place, 'object');
  const detail = value as Record<string, unknown>;
  const stranger = Object.keys(detail).find((member) => !known.includes(member));
  // A member's name is the sender's text too: only what looks like a name is repeated.
  if (stranger !== undefined)
    throw refuse(`${place}.${/^[A-Za-z_]{1,40}$/.test(stranger) ? stranger : '?'}`, 'no such member');
  if (detail['type'] !== electronicCertificateType) throw refuse(`${place}.type`, electronicCertificateType);
  const { fields, locations, service_item: itemCode } = detail;
  if (!isItemCode(itemCode)) throw refuse(`${place}.service_item`, '1-64 of 0-9 A-Z a-z -');
  return {
    certificateTypes: readList(
      detail['certificate_types'],
      `${place}.certificate_types`,
      mostTypes,
      readType,
    ),
    ...(fields === undefined ? {} : { fields: readList(fields, `${place}.fields`, mostFields, readField) }),
    itemCode,
    purpose: readPurpose(detail['purpose'], `${place}.purpose`),
    ...(locations === undefined
      ? {}
      : { locations: readList(locations, `${place}.locations`, mostLocations, readLocation) }),
  };
}

function readList<T>(
  value: unknown,
  member: string,
  most: number,
  read: (text: string, member: string) => T,
): T[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > most)
    throw refuse(member, `array of 1-${most}`);
  const items = value.map((item: unknown, i) => {
    if (typeof item !== 'string') throw refuse(`${member}[${i}]`, 'text');
    return read(item, `${member}[${i}]`);
  });
  if (new Set(items).size < items.length) throw refuse(member, 'each once');
  return items;
}

function readType(text: string, member: string): CertificateTypeCode {
  try {
    return parseCertificateTypeCode(text);
  } catch (cause) {
    throw refuse(member, 'certificate type code', { cause });
  }
}

function readField(text: string, member: string): string {
  if (!isFieldName(text)) throw refuse(member, fieldNamesExpected);
  return text;
}

function readPurpose(value: unknown, member: string): string {
  try {
    return readText(value, 'purpose', longestPurpose);
  } catch (cause) {
    throw refuse(member, `1-${longestPurpose}`, { cause });
  }
}

function readLocation(text: string, member: string): string {
  const url = text.length <= longestLocation && URL.canParse(text) ? new URL(text) : null;
  const isPlain = url?.protocol === 'https:' && url.username === '' && url.password === '' && url.hash === '';
  if (!isPlain) throw refuse(member, 'https address');
  return text;
}

/** Writes details as they go on the wire; read again they are the same. */
export const formatAuthorizationDetails = (details: readonly CertificateDetail[]): CertificateDetailWire[] =>
  details.map(({ certificateTypes, fields, itemCode, purpose, locations }) => ({
    type: electronicCertificateType,
    certificate_types: [...certificateTypes],
    ...(fields === undefined ? {} : { fields: [...fields] }),
    service_item: itemCode,
    purpose,
    ...(locations === undefined ? {} : { locations: [...locations] }),
  }));

/** What was granted of one type, on the wire. The certificates themselves are named at the department interface only. */
export interface GrantedDetailWire extends CertificateDetailWire {
  fields: string[];
  /** What the use is asked for under. */
  authorisation_id: string;
}

/** Writes what an authorisation grants, a detail a type: what was asked of two types may have been narrowed in one. */
export function formatGrantedDetails(granted: Authorisation): GrantedDetailWire[] {
  const { authorisationId, allowed, item, purpose } = granted;
  const typeCodes = [...new Set(allowed.map(({ typeCode }) => typeCode))];
  return typeCodes.map((typeCode) => ({
    type: electronicCertificateType,
    certificate_types: [typeCode],
    fields: [...new Set(allowed.flatMap((cover) => (cover.typeCode === typeCode ? cover.fields : [])))],
    service_item: item.code,
    purpose,
    authorisation_id: authorisationId,
  }));
}

/**
 * Turns a detail into what is asked for of each type: the fields named as far as the item needs them of that type, or
 * all it needs. Throws authorisation-beyond-item for a type, or a field, that it needs of none.
 */
export function coversOfDetail(detail: CertificateDetail, item: ServiceItem): CoverDraft[] {
  const needs = detail.certificateTypes.map((type) => item.needs.find(({ typeCode }) => typeCode === type));
  const needed = new Set(needs.flatMap((need) => need?.fields ?? []));
  if (detail.fields?.some((field) => !needed.has(field))) throw new AppError('authorisation-beyond-item');
  return needs.map((need) => {
    if (need === undefined) throw new AppError('authorisation-beyond-item');
    const fields = need.fields.filter((field) => detail.fields?.includes(field) ?? true);
    if (fields.length === 0) throw new AppError('authorisation-beyond-item');
    return { typeCode: need.typeCode, fields };
  });
}
