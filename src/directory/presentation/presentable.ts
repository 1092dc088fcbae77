import { AppError } from '../../base/error.ts';
import type { Holder } from '../../terms/holder.ts';
import type { Certificate } from '../certificate.ts';
import type { CertificateType } from '../certificate-type.ts';
import type { NewPresentation, PresentationDeps } from './presentations.ts';

/**
 * Reads a certificate and its type for who holds it and may show these fields of it. Throws
 * presentation-not-holder, presentation-of-no-use and presentation-field-unknown.
 */
export async function presentable(
  directory: PresentationDeps['directory'],
  { identifier, holder, fields }: NewPresentation,
): Promise<{ certificate: Certificate; type: CertificateType; holder: Holder }> {
  const certificate = await directory.findCertificate(identifier);
  const holderIndex = directory.holderIndexOf(holder);
  const own = certificate?.holders.find((one) => directory.holderIndexOf(one) === holderIndex);

  // A certificate of somebody else is answered as one that is not there.
  if (certificate === null || own === undefined) throw new AppError('presentation-not-holder');
  if (certificate.state !== 'valid') throw new AppError('presentation-of-no-use');
  const { typeCode, typeVersion } = certificate;
  const type = await directory.catalogue.findTypeVersion(typeCode, typeVersion);
  const known = new Set(type.fields.map(({ name }) => name));
  if (fields.some((name) => !known.has(name))) throw new AppError('presentation-field-unknown');
  return { certificate, type, holder: own };
}
