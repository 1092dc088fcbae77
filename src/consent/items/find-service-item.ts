import { AppError } from '../../base/error.ts';
import { limitOf, type Page, type PageRequest } from '../page.ts';
import type { Work } from '../ports.ts';
import { isItemCode } from './save-service-item.ts';
import { type ServiceItem, viewServiceItem } from './service-item.ts';

/** Finds an item; null when there is none. */
export async function findServiceItem(work: Work, code: string): Promise<ServiceItem | null> {
  const record = await work.items.byCode(code);
  return record === null ? null : viewServiceItem(record);
}

/** Which items: of one department, or only those in use. */
export interface ServiceItemQuery extends PageRequest {
  departmentCode?: string;
  onlyEnabled?: boolean;
}

/** Lists items by code; `next` of a page is the code to go on after. Throws consent-page-invalid. */
export async function listServiceItems(work: Work, query: ServiceItemQuery = {}): Promise<Page<ServiceItem>> {
  if (query.after !== undefined && !isItemCode(query.after)) throw new AppError('consent-page-invalid');
  const limit = limitOf(query);
  const found = await work.items.page({ ...query, limit: limit + 1 });
  const rows = found.slice(0, limit).map(viewServiceItem);
  return { rows, next: found.length > limit ? (rows.at(-1)?.code ?? null) : null };
}
