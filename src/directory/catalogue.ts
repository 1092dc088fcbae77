import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../base/error.ts';
import { newEvent } from '../base/event.ts';
import { parseCertificateTypeCode } from '../terms/certificate-identifier.ts';
import { checkType } from './catalogue-rules.ts';
import { type CertificateType, typeVersionId } from './certificate-type.ts';
import { faceSchemaOf } from './face-fields.ts';
import { newestTypeOf, typeOf, typeVersionOf } from './find-type.ts';
import type { Work } from './ports.ts';
import type { TypeRecord } from './store.ts';

type CatalogueWork = Pick<Work, 'store' | 'clock'>;

/** The catalogue of certificate types (证照类型目录). */
export interface Catalogue {
  /**
   * Saves a version; the same again changes nothing, nor does it enable what was disabled since. Throws
   * certificate-type-code-invalid, certificate-type-invalid and certificate-type-version-taken.
   */
  saveType(type: CertificateType, actor: string): Promise<{ created: boolean }>;
  /** Enables or disables a version. Throws as findType does, and certificate-changed-meanwhile. */
  setTypeEnabled(input: { code: string; version: number; enabled: boolean; actor: string }): Promise<void>;
  /** Finds the newest enabled version. Throws certificate-type-code-invalid and certificate-type-unknown. */
  findType(code: string): Promise<CertificateType>;
  /** Finds the version that a certificate was issued under, enabled or not. Throws as findType does. */
  findTypeVersion(code: string, version: number): Promise<CertificateType>;
  /** Lists the newest enabled version of every type, by code. */
  listTypes(): Promise<CertificateType[]>;
  /** Lists every version of every type, enabled or not: certificates stand under each. */
  listVersions(): Promise<CertificateType[]>;
  /** Writes the JSON Schema (2020-12) of a type's face fields. Throws as findType does. */
  faceSchema(code: string): Promise<Record<string, unknown>>;
}

/** Opens the catalogue on the domain's store. */
export const createCatalogue = (work: CatalogueWork): Catalogue => ({
  saveType: (type, actor) => saveType(work, type, actor),
  setTypeEnabled: (input) => setTypeEnabled(work, input),
  findType: async (code) => newestTypeOf(work, parseCertificateTypeCode(code)),
  findTypeVersion: async (code, version) =>
    typeVersionOf(work, typeVersionId({ code: parseCertificateTypeCode(code), version })),
  listTypes: async () => newestOfEach((await work.store.allTypes()).filter(({ enabled }) => enabled)),
  listVersions: async () => (await work.store.allTypes()).map(typeOf),
  faceSchema: async (code) => faceSchemaOf(await newestTypeOf(work, parseCertificateTypeCode(code))),
});

/** The store hands versions out by code, the newest first. */
const newestOfEach = (records: readonly TypeRecord[]): CertificateType[] =>
  records.filter(({ code }, i) => code !== records[i - 1]?.code).map(typeOf);

async function saveType(
  work: CatalogueWork,
  type: CertificateType,
  actor: string,
): Promise<{ created: boolean }> {
  parseCertificateTypeCode(type.code);
  checkType(type);
  const { enabled, ...definition } = type;
  const { code, version } = definition;
  const now = work.clock.now();

  const created = await work.store.insertType({
    _id: typeVersionId(type),
    code,
    version,
    enabled,
    definition,
    revision: 1,
    outbox: [newEvent(work.clock, 'certificate-type.saved', actor, { code, version, enabled })],
    createdAt: now,
    updatedAt: now,
  });
  if (created) return { created };

  const existing = await work.store.typeById(typeVersionId(type));
  if (!isDeepStrictEqual(existing?.definition, definition))
    throw new AppError('certificate-type-version-taken');
  return { created };
}

async function setTypeEnabled(
  work: CatalogueWork,
  { code, version, enabled, actor }: { code: string; version: number; enabled: boolean; actor: string },
): Promise<void> {
  const read = await work.store.typeById(typeVersionId({ code: parseCertificateTypeCode(code), version }));
  if (read === null) throw new AppError('certificate-type-unknown');
  if (read.enabled === enabled) return;
  const happened = enabled ? 'certificate-type.enabled' : 'certificate-type.disabled';
  const event = newEvent(work.clock, happened, actor, { code: read.code, version });
  if (!(await work.store.swapTypeEnabled(read, enabled, event)))
    throw new AppError('certificate-changed-meanwhile');
}
