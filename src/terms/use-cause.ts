import { AppError } from '../base/error.ts';
import { type CreditCode, parseCreditCode } from './credit-code.ts';

/**
 * Why a certificate is asked for (用证事由): who asks, for which service item, in place of which paper, to what end.
 * No request goes without one. The five fields of the wire and the 200 characters are those of a provincial sharing
 * service in the manner of GB/T 36906-2018, whose own text was not read; department and item name are added here.
 */
export type UseCause = UseCauseBase & (ServiceItemUse | OtherUse);

interface UseCauseBase {
  /** The credit code and name of the department that asks. */
  departmentCode: CreditCode;
  departmentName: string;
  /** The system it asks from. */
  systemName: string;
  /** The paper that need not be handed in. */
  materialName: string;
  /** What it is used for, at most 200 characters; the citizen reads it. */
  purpose: string;
}

interface ServiceItemUse {
  category: 'service-item';
  itemCode: string;
  itemName: string;
}

interface OtherUse {
  category: 'other';
}

/** The object on the wire of a sharing service, field for field. */
export interface SharingServiceUseCause {
  certificateSystemName: string;
  /** `0` for a service item, `1` for anything else. */
  certificateCallCategory: '0' | '1';
  certificateMatterName: string;
  /** The service item's code; empty without one. */
  certificateEventCode: string;
  certificateCopyCause: string;
}

/** The most characters of each field; only that of the purpose was read, the rest is a design of this project. */
const longest = {
  departmentName: 256,
  systemName: 128,
  materialName: 256,
  purpose: 200,
  itemCode: 64,
  itemName: 256,
} as const;

const refuse = (field: string, expected: string, options?: ErrorOptions): AppError =>
  new AppError('use-cause-invalid', { field, expected }, options);

/**
 * Reads a use cause from an object of texts; unknown fields are left behind. Throws use-cause-invalid, with the
 * field and what is expected of it, and never what it held.
 */
export function parseUseCause(value: unknown): UseCause {
  const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const base = {
    departmentCode: readDepartmentCode(given['departmentCode']),
    departmentName: readText(given, 'departmentName'),
    systemName: readText(given, 'systemName'),
    materialName: readText(given, 'materialName'),
    purpose: readText(given, 'purpose'),
  };
  const category = given['category'];
  if (category === 'other') return { ...base, category: withoutItem(given) };
  if (category !== 'service-item') throw refuse('category', 'service-item | other');
  return { ...base, category, itemCode: readItemCode(given), itemName: readText(given, 'itemName') };
}

function readDepartmentCode(value: unknown): CreditCode {
  try {
    return parseCreditCode(typeof value === 'string' ? value : '');
  } catch (cause) {
    throw refuse('departmentCode', 'GB 32100', { cause });
  }
}

function readText(given: Record<string, unknown>, field: keyof typeof longest): string {
  const value = given[field];
  const text = typeof value === 'string' ? value.normalize('NFC').trim().replace(/\s+/g, ' ') : '';
  const length = [...text].length;
  // Characters that are not seen, or turn the line round. Private use stays: rare characters of names live there.
  if (length === 0 || length > longest[field] || /[\p{Cc}\p{Cf}\p{Cs}]/u.test(text))
    throw refuse(field, `1-${longest[field]}`);
  return text;
}

function readItemCode(given: Record<string, unknown>): string {
  const code = readText(given, 'itemCode');
  if (!/^[0-9A-Za-z-]+$/.test(code)) throw refuse('itemCode', '0-9 A-Z a-z -');
  return code;
}

/** A use that names an item and yet is none of an item is a mistake somewhere, and no one can tell where. */
function withoutItem(given: Record<string, unknown>): 'other' {
  for (const field of ['itemCode', 'itemName'])
    if (given[field] !== undefined && given[field] !== '') throw refuse(field, 'category: service-item');
  return 'other';
}

/** Writes a use cause for a sharing service; the department is known there by its access. */
export const formatUseCause = (cause: UseCause): SharingServiceUseCause => ({
  certificateSystemName: cause.systemName,
  certificateCallCategory: cause.category === 'service-item' ? '0' : '1',
  certificateMatterName: cause.materialName,
  certificateEventCode: cause.category === 'service-item' ? cause.itemCode : '',
  certificateCopyCause: cause.purpose,
});

/** Who a sharing service knows the caller to be, and what its catalogue calls the item; the wire has neither. */
export interface SharingServiceCaller {
  departmentCode: string;
  departmentName: string;
  itemName?: string;
}

/** Reads a use cause from the wire of a sharing service. Throws use-cause-invalid, naming the field as it is here. */
export function parseSharingServiceUseCause(value: unknown, caller: SharingServiceCaller): UseCause {
  const wire = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const categories: Record<string, string> = { '0': 'service-item', '1': 'other' };
  return parseUseCause({
    ...caller,
    systemName: wire['certificateSystemName'],
    category: categories[String(wire['certificateCallCategory'])],
    materialName: wire['certificateMatterName'],
    itemCode: wire['certificateEventCode'],
    purpose: wire['certificateCopyCause'],
  });
}
