import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { type AssuranceLevel, acrOf, levelOf } from '../../terms/assurance.ts';
import { parseCertificateTypeCode } from '../../terms/certificate-identifier.ts';
import { parseCreditCode } from '../../terms/credit-code.ts';
import { parseTrustLevel } from '../../terms/trust-level.ts';
import { readLaw } from '../ledger/read-access.ts';
import type { Work } from '../ports.ts';
import { fieldInvalid, readFieldNames, readName } from '../text.ts';
import type { ItemBasis, Need, ServiceItem, ServiceItemRecord } from './service-item.ts';

/** An item to be saved; codes and levels are read from texts. */
export interface ServiceItemDraft extends Omit<ServiceItem, 'version' | 'department' | 'needs'> {
  department: { code: string; name: ServiceItem['department']['name'] };
  needs: { typeCode: string; fields: readonly string[]; minimumTrust: string; required: boolean }[];
}

/** What to save, over which version, by whom. */
export interface ServiceItemChange {
  item: ServiceItemDraft;
  /** The version the change was made on; null for a new item. */
  expectedVersion: number | null;
  /** The officer or client who saves. */
  actor: string;
}

const mostNeeds = 20;
const longestUse = 366 * 86_400;

/**
 * Saves a service item as its next version. Throws service-item-changed when it no longer is the version expected,
 * consent-field-invalid, and what the terms throw for codes and levels.
 */
export async function saveServiceItem(work: Work, change: ServiceItemChange): Promise<{ version: number }> {
  const { code, ...item } = readDraft(change.item);
  const version = (change.expectedVersion ?? 0) + 1;

  const { basis, enabled } = item;
  const detail = { version, basis: basis.kind, enabled };
  const event = newEvent(work.clock, 'service-item.saved', change.actor, detail);
  const record: ServiceItemRecord = { _id: code, ...item, version, outbox: [event], updatedAt: event.at };
  const isSaved =
    change.expectedVersion === null ? await work.items.insert(record) : await work.items.swap(record);
  if (!isSaved) throw new AppError('service-item-changed');

  return { version };
}

/** Reads the code of an item. Throws consent-field-invalid. */
export function readItemCode(value: unknown): string {
  if (!isItemCode(value)) throw fieldInvalid('itemCode', '0-9 A-Z a-z -');
  return value;
}

/** Tells whether a value can be the code of an item. */
export const isItemCode = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9A-Za-z-]{1,64}$/.test(value);

function readDraft(draft: ServiceItemDraft): Omit<ServiceItem, 'version'> {
  const { longestUseSeconds, enabled } = draft;
  if (!Number.isInteger(longestUseSeconds) || longestUseSeconds < 1 || longestUseSeconds > longestUse)
    throw fieldInvalid('longestUseSeconds', `1-${longestUse}`);
  return {
    code: readItemCode(draft.code),
    name: readName(draft.name, 'name'),
    department: {
      code: parseCreditCode(draft.department.code),
      name: readName(draft.department.name, 'department.name'),
    },
    needs: readNeeds(draft.needs),
    basis: readBasis(draft.basis),
    // Written even when it asks nothing: a change must take away what the version before asked.
    minimumAssurance: readAssurance(draft.minimumAssurance ?? 1),
    longestUseSeconds,
    enabled: enabled === true,
  };
}

function readNeeds(given: ServiceItemDraft['needs']): Need[] {
  const needs = given.map(({ typeCode, fields, minimumTrust, required }, i) => ({
    typeCode: parseCertificateTypeCode(typeCode),
    fields: readFieldNames(fields, `needs[${i}].fields`),
    minimumTrust: parseTrustLevel(minimumTrust),
    required: required === true,
  }));
  const types = new Set(needs.map(({ typeCode }) => typeCode));
  if (needs.length === 0 || needs.length > mostNeeds || types.size < needs.length)
    throw fieldInvalid('needs', `1-${mostNeeds}, each type once`);
  return needs;
}

function readAssurance(level: AssuranceLevel): AssuranceLevel {
  const known = levelOf(acrOf(level));
  if (known === null) throw fieldInvalid('minimumAssurance', '1-4');
  return known;
}

const readBasis = (given: ItemBasis): ItemBasis =>
  given.kind === 'law' ? { kind: 'law', ...readLaw(given) } : { kind: 'consent' };
