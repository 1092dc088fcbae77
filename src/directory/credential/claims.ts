import type { CredentialClaims, DisclosureFrame, HolderJwk } from '../../crypto/sd-jwt.ts';
import type { CalendarDate } from '../../terms/calendar-date.ts';
import type { Certificate } from '../certificate.ts';

/** Where and for whom a credential is made. */
export interface ClaimContext {
  issuer: string;
  issuedAtSeconds: number;
  status: { idx: number; uri: string };
  holder: HolderJwk | null;
}

/**
 * Writes the claims of a certificate's credential, and which of them its holder discloses one by one: all that is about a
 * person, the identifier (its serial may be a licence number), the days and the photo's digest. Who issued it, of what
 * type and until when stand in the clear. The names of the claims are a design of this project.
 */
export function claimsOf(
  certificate: Certificate,
  { issuer, issuedAtSeconds, status, holder }: ClaimContext,
): { claims: CredentialClaims; frame: DisclosureFrame } {
  const { typeCode, typeVersion, validFrom, validUntil, photoDigest } = certificate;
  const concealed = {
    identifier: certificate.identifier,
    number: certificate.number,
    issuedOn: certificate.issuedOn,
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validUntil === undefined ? {} : { validUntil }),
    ...(photoDigest === undefined ? {} : { photoDigest }),
  };
  const claims: CredentialClaims = {
    iss: issuer,
    vct: credentialTypeOf(typeCode, typeVersion),
    iat: issuedAtSeconds,
    ...(validUntil === undefined ? {} : { exp: endOf(validUntil) }),
    status: { status_list: status },
    ...(holder === null ? {} : { cnf: { jwk: holder } }),
    authority: { code: certificate.issuerCode, name: certificate.issuerName },
    areaCode: certificate.areaCode,
    trustLevel: certificate.trustLevel,
    ...concealed,
    holders: certificate.holders.map(({ type, code, name }) => ({ type, code, name })),
    fields: certificate.fields,
  };
  const holders = certificate.holders.map((_holder, i) => [i, { _sd: ['type', 'code', 'name'] }]);
  const frame: DisclosureFrame = {
    _sd: Object.keys(concealed),
    holders: Object.fromEntries(holders),
    fields: { _sd: Object.keys(certificate.fields) },
  };
  return { claims, frame };
}

/** Names the type of a certificate's credential: the `vct`. */
export const credentialTypeOf = (typeCode: string, typeVersion: number): string =>
  `urn:yihao:certificate:${typeCode}:${typeVersion}`;

const daySeconds = 86_400;
/** The last day counts to its end in Asia/Shanghai; from that second on the credential has expired. */
const endOf = (validUntil: CalendarDate): number =>
  Date.parse(`${validUntil}T00:00:00+08:00`) / 1000 + daySeconds;
