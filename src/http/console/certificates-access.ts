import type { Context } from 'koa';
import type { Clock } from '../../base/clock.ts';
import { AppError } from '../../base/error.ts';
import type { NewAccess, Person } from '../../consent/index.ts';
import type { Certificate, CertificateSummary, CertificateType } from '../../directory/index.ts';
import { authorityOf, mayAct, type OfficerAuthority } from '../../staff/index.ts';
import type { ConsoleDeps } from './deps.ts';
import { parameter } from './page.ts';
import type { Visit } from './visit.ts';

/** Where the pages of certificates begin. */
export const certificatesPath = '/console/certificates';

/** The address of a certificate's page: its identifier holds no personal data. */
export const certificatePath = (identifier: string): string => `${certificatesPath}/${identifier}`;

/** A certificate that the officer's own authority issued, not opened. */
export interface OwnCertificate {
  authority: OfficerAuthority;
  summary: CertificateSummary;
  type: CertificateType;
  holderIndexes: readonly string[];
}

/** The clock of the terms, as the console knows it. */
export const clockOf = ({ nowSeconds }: Pick<ConsoleDeps, 'nowSeconds'>): Clock => ({
  now: () => new Date(nowSeconds() * 1000),
});

/**
 * Finds the certificate of the address, one of the officer's authority and region. Throws officer-no-authority,
 * certificate-identifier-…, certificate-unknown, certificate-issuer-other, officer-not-allowed.
 */
export async function findOwn(
  ctx: Context,
  { directory }: ConsoleDeps,
  { officer }: Visit,
): Promise<OwnCertificate> {
  const authority = authorityOf(officer);
  const described = await directory.describe(parameter(ctx, 'id'));
  if (described === null) throw new AppError('certificate-unknown');
  const { summary, type, holderIndexes } = described;
  if (summary.issuerCode !== authority.code) throw new AppError('certificate-issuer-other');
  if (!mayAct(officer, 'certificates.read', summary.areaCode)) throw new AppError('officer-not-allowed');
  return { authority, summary, type, holderIndexes };
}

const longestPurpose = 200;

/**
 * Writes down that an officer reads of a person's certificates, and what for; before anything is read. Throws
 * certificate-purpose, access-not-recorded.
 */
export async function recordRead(
  { consent }: ConsoleDeps,
  { officerId }: Visit,
  { person, what, purpose }: { person: Person; what: NewAccess['what']; purpose: string },
): Promise<void> {
  try {
    await consent.recordAccess({
      person,
      reader: {
        kind: 'officer',
        id: officerId,
        name: { zh: '发证机构证照经办人员', en: 'Certificate officer of the issuing authority' },
      },
      what,
      cause: { purpose },
      // 国务院令第716号 article 10, as read: certificates are made to national standards before they are shared.
      basis: { kind: 'law', law: '国务院关于在线政务服务的若干规定', article: '第十条' },
      outcome: { kind: 'granted' },
      channel: 'console',
    });
  } catch (error) {
    // Of what is recorded the officer types the purpose only.
    const isPurpose = error instanceof AppError && error.code === 'consent-field-invalid';
    throw isPurpose ? new AppError('certificate-purpose', { longest: longestPurpose }) : error;
  }
}

/** Opens a certificate after each holder's ledger has it. Throws what recordRead throws, and certificate-unknown. */
export async function openOwn(
  deps: ConsoleDeps,
  visit: Visit,
  { summary, holderIndexes }: OwnCertificate,
  { fields, purpose }: { fields: string[]; purpose: string },
): Promise<Certificate> {
  const { identifier, typeCode } = summary;
  const what = { certificateIdentifier: identifier, typeCode, fields };
  for (const holderIndex of holderIndexes)
    await recordRead(deps, visit, { person: { holderIndex }, what, purpose });
  const certificate = await deps.directory.findCertificate(identifier);
  if (certificate === null) throw new AppError('certificate-unknown');
  return certificate;
}
