import { claimText, textOf } from '../../../views/text/index.ts';
import type { CertificateType } from '../../directory/index.ts';
import type { PortalDeps } from './deps.ts';

/** Finds the types of the catalogue by their codes, to name them and their fields. */
export const typesByCode = async ({
  directory,
}: Pick<PortalDeps, 'directory'>): Promise<Map<string, CertificateType>> =>
  new Map((await directory.catalogue.listTypes()).map((type) => [type.code, type]));

/** Names a field of a certificate in words; without a type it is the claim of a sign-in. */
export const fieldLabel = (
  type: CertificateType | undefined,
  name: string,
  language: 'zh' | 'en',
): string => {
  if (type === undefined) return claimText(language, name).label;
  const extra: Record<string, string> = textOf(language).portal.authorisations.extraFields;
  const own = type.fields.find((known) => known.name === name)?.label[language];
  return own ?? (Object.hasOwn(extra, name) ? extra[name] : undefined) ?? name;
};
