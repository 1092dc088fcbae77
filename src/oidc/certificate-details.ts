import { createHash } from 'node:crypto';
import { errors } from 'oidc-provider';
import { AppError } from '../base/error.ts';
import {
  type Authorisation,
  type CertificateDetail,
  type Consent,
  coversOfDetail,
  electronicCertificateType,
  formatAuthorizationDetails,
  parseAuthorizationDetails,
  type ServiceItem,
} from '../consent/index.ts';

/** What of consent the provider asks. */
export type CertificateConsent = Pick<Consent, 'findServiceItem' | 'pollAuthorisation'>;

/** One detail of a request for certificates, with the service item it is for. */
export interface AskedDetail {
  detail: CertificateDetail;
  item: ServiceItem;
  /** What is asked of each type. */
  covers: ReturnType<typeof coversOfDetail>;
  /** The same for the same detail: what was allowed for it is found again by it. */
  key: string;
}

/** What a grant keeps of a detail that was agreed to; all else stands in the use authorisation. */
export interface KeptDetail {
  type: typeof electronicCertificateType;
  key: string;
  authorisation_id: string;
}

/**
 * Reads the details of a request with their items; none when there are none. Throws authorization-details-invalid,
 * service-item-missing, -disabled and authorisation-beyond-item.
 */
export async function readAskedDetails(
  consent: Pick<Consent, 'findServiceItem'>,
  given: unknown,
): Promise<AskedDetail[]> {
  if (given === undefined) return [];
  const asked = await Promise.all(
    parseAuthorizationDetails(given).map((detail) => withItem(consent, detail)),
  );
  if (new Set(asked.map(({ key }) => key)).size < asked.length)
    throw new AppError('authorization-details-invalid', {
      member: 'authorization_details',
      expected: 'each once',
    });
  return asked;
}

const withItem = async (
  consent: Pick<Consent, 'findServiceItem'>,
  detail: CertificateDetail,
): Promise<AskedDetail> => {
  const item = await consent.findServiceItem(detail.itemCode);
  if (item === null) throw new AppError('service-item-missing');
  if (!item.enabled) throw new AppError('service-item-disabled');
  const key = createHash('sha256').update(JSON.stringify(formatAuthorizationDetails([detail])));
  return { detail, item, covers: coversOfDetail(detail, item), key: key.digest('base64url') };
};

/** Reads details as readAskedDetails does, and refuses in the words of RFC 9396: invalid_authorization_details. */
export async function readDetailsOfRequest(
  consent: Pick<Consent, 'findServiceItem'>,
  given: unknown,
  location: string,
): Promise<AskedDetail[]> {
  try {
    const asked = await readAskedDetails(consent, given);
    const isElsewhere = asked.some(({ detail }) => detail.locations?.some((place) => place !== location));
    if (isElsewhere)
      throw new AppError('authorization-details-invalid', { member: 'locations', expected: location });
    return asked;
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    throw new errors.InvalidAuthorizationDetails(`${error.code}: ${error.message}`, { cause: error });
  }
}

/** Finds the authorisation that stands for a detail; null when none was given, or it has ended. */
export async function standingFor(
  consent: Pick<Consent, 'pollAuthorisation'>,
  clientId: string,
  kept: readonly KeptDetail[],
  key: string,
): Promise<Authorisation | null> {
  const one = kept.find((detail) => detail.key === key);
  if (one === undefined) return null;
  return await standing(consent, clientId, one.authorisation_id);
}

/** Finds an authorisation of a site as long as it stands. */
export async function standing(
  consent: Pick<Consent, 'pollAuthorisation'>,
  clientId: string,
  authorisationId: string,
): Promise<Authorisation | null> {
  const found = await consent.pollAuthorisation({ authorisationId, requesterId: clientId });
  return found?.state === 'approved' ? found : null;
}

/** Reads what a grant keeps of details agreed to. */
export const keptDetails = (grant: { rar?: object[] | undefined } | undefined): KeptDetail[] =>
  (grant?.rar ?? []) as KeptDetail[];

/** Puts what was agreed to in the place of what was agreed to before for the same details. */
export function keepDetails(
  grant: { rar?: { type: string }[] | undefined },
  asked: readonly AskedDetail[],
  agreed: readonly Omit<KeptDetail, 'type'>[],
): void {
  if (asked.length === 0) return;
  const keys = new Set(asked.map(({ key }) => key));
  grant.rar = [
    ...keptDetails(grant).filter(({ key }) => !keys.has(key)),
    ...agreed.map((one) => ({ type: electronicCertificateType, ...one })),
  ];
}
