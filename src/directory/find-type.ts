import { AppError } from '../base/error.ts';
import type { CertificateType } from './certificate-type.ts';
import type { Work } from './ports.ts';
import type { TypeRecord } from './store.ts';

/** Reads a type as it is kept. */
export const typeOf = ({ definition, enabled }: TypeRecord): CertificateType => ({ ...definition, enabled });

/** Finds the newest enabled version of a type. Throws certificate-type-unknown. */
export async function newestTypeOf(work: Pick<Work, 'store'>, code: string): Promise<CertificateType> {
  const record = await work.store.newestEnabledType(code);
  if (record === null) throw new AppError('certificate-type-unknown');
  return typeOf(record);
}

/** Finds one version of a type, enabled or not. Throws certificate-type-unknown. */
export async function typeVersionOf(work: Pick<Work, 'store'>, id: string): Promise<CertificateType> {
  const record = await work.store.typeById(id);
  if (record === null) throw new AppError('certificate-type-unknown');
  return typeOf(record);
}
