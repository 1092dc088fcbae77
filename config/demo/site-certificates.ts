import type { JWK } from 'jose';
import { CallRefused, createDepartmentCaller } from './department-caller.ts';
import { SiteProblem } from './site-problem.ts';

/** A certificate that a site can be shown instead of a paper copy: what it asks for as it signs the person in. */
export interface CertificateWish {
  /** Names it in the site's own addresses. */
  id: string;
  name: { zh: string; en: string };
  typeCode: string;
  fields: readonly string[];
  item: { code: string; name: string };
  purpose: string;
}

/** What the person allowed of a wish. */
export interface AllowedWish {
  wish: CertificateWish;
  authorisationId: string;
}

/** What the site reads of a certificate. */
export interface ReadCertificate {
  issuerName: string;
  fields: readonly { name: string; label: { zh: string; en: string }; value: string }[];
}

/** Writes a wish as `authorization_details` (RFC 9396). */
export const detailsOf = ({ typeCode, fields, item, purpose }: CertificateWish): string =>
  JSON.stringify([
    {
      type: 'electronic_certificate',
      certificate_types: [typeCode],
      fields,
      service_item: item.code,
      purpose,
    },
  ]);

/** Finds in what came with the tokens what was allowed of a wish; null when the person ticked nothing. */
export const allowedOf = (wish: CertificateWish, granted: unknown): AllowedWish | null => {
  const [detail] = Array.isArray(granted) ? granted : [];
  const id: unknown = (detail as { authorisation_id?: unknown } | undefined)?.authorisation_id;
  return typeof id === 'string' ? { wish, authorisationId: id } : null;
};

/** Reads at Yihao, each time anew, what a person allowed: nothing is kept here. */
export type CertificateReader = (allowed: AllowedWish) => Promise<ReadCertificate>;

interface Poll {
  allowed: { typeCode: string; certificateIdentifier: string | null; fields: string[] }[];
}

/**
 * Makes the reader of a site, which acts in its own name. It throws SiteProblem: certificate-ended when the person has
 * withdrawn it or its time is over.
 */
export function createCertificateReader(options: {
  issuer: string;
  clientId: string;
  privateJwk: JWK;
  systemName: string;
}): CertificateReader {
  const call = createDepartmentCaller({ ...options, scope: 'certificate.query' });
  return async ({ wish, authorisationId }) => {
    const { item, purpose, name } = wish;
    try {
      const { allowed } = (await call('/authorisations/poll', { authorisationId })) as Poll;
      const [cover] = allowed;
      const { certificate, fields } = (await call('/certificates/read', {
        identifier: cover?.certificateIdentifier,
        fields: cover?.fields,
        useCause: {
          systemName: options.systemName,
          materialName: name.zh,
          purpose,
          category: 'service-item',
          itemCode: item.code,
          itemName: item.name,
        },
        basis: { authorisationId },
      })) as { certificate: { issuerName: string }; fields: ReadCertificate['fields'] };
      return { issuerName: certificate.issuerName, fields };
    } catch (error) {
      throw problemOf(error);
    }
  };
}

const problemOf = (error: unknown): SiteProblem => {
  if (error instanceof SiteProblem) return error;
  if (!(error instanceof CallRefused)) return new SiteProblem('certificate-unread', null, { cause: error });
  const kind = error.code === 'use-not-authorised' ? 'certificate-ended' : 'certificate-unread';
  return new SiteProblem(kind, error.code, { cause: error });
};
