import type { Clock } from '../../base/clock.ts';
import {
  type CertificateIdentifier,
  type CertificateTypeCode,
  formatCertificateIdentifier,
  parseCertificateTypeCode,
  serialOf,
} from '../../terms/certificate-identifier.ts';
import type { CreditCode } from '../../terms/credit-code.ts';
import { type CertificateParts, type GivenParts, parseIssuer, parseParts } from '../certificate-request.ts';
import { checkSerial } from '../rules.ts';
import { type Fault, faultOf, faultsOf, RowRefusal } from './fault.ts';
import type { ImportRow } from './row.ts';

/** A row all of whose words are words of the field; whether they fit the type is still to be seen. */
export interface CheckedRow {
  identifier: CertificateIdentifier;
  issuerCode: CreditCode;
  typeCode: CertificateTypeCode;
  parts: CertificateParts;
}

/** Stands for the digest of a photo whose file was not read yet. */
const noDigestYet = '0'.repeat(64);

/** Parts that nothing is wrong with: beside them one part of a row is read alone. */
const harmless: GivenParts = {
  issuerName: '-',
  areaCode: '990000',
  number: '-',
  holders: [],
  dates: { issuedOn: '2000-01-01' },
  fields: {},
};

/** Checks every word of a row; throws a refusal with everything that is wrong, each with its place. */
export function checkRow(row: ImportRow, clock: Clock): CheckedRow {
  const faults: Fault[] = [];
  const read = <T>(field: string | null, step: () => T): T | null => {
    try {
      return step();
    } catch (error) {
      faults.push(...faultsOf(error, field));
      return null;
    }
  };
  const part = (field: string | null, given: Partial<GivenParts>) =>
    read(field, () => parseParts({ ...harmless, ...given }, clock));

  const issuer = read(null, () => parseIssuer(row.issuer, clock));
  const typeCode = read('typeCode', () => parseCertificateTypeCode(row.typeCode));
  part('areaCode', { areaCode: row.areaCode });
  part('number', { number: row.number });
  if (row.trustLevel !== undefined) part('trustLevel', { trustLevel: row.trustLevel });
  for (const [name, day] of daysOf(row)) part(name, { dates: { issuedOn: day } });
  faults.push(...holderFaults(row, clock));
  // Two photos for one certificate: which would it be?
  if (row.photoFile !== undefined && (row.photoId ?? row.photoDigest) !== undefined)
    faults.push(faultOf('photo', { code: 'import-row-shape', values: {} }));
  // What only shows of the parts together, the order of the days say.
  const whole = faults.length > 0 ? null : read(null, () => partsOf(row, clock));
  const serial = serialOf(row.serial);
  if (issuer === null || typeCode === null || whole === null) throw new RowRefusal(faults);
  const { code: issuerCode, name: issuerName } = issuer;
  checkSerial(serial, whole.holders, clock);
  return {
    identifier: formatCertificateIdentifier({ typeCode, issuerCode, serial, version: 1 }),
    issuerCode,
    typeCode,
    parts: { ...whole, issuerName },
  };
}

const partsOf = (row: ImportRow, clock: Clock): CertificateParts =>
  parseParts(
    {
      ...row,
      issuerName: row.issuer.name,
      ...(row.photoFile === undefined ? {} : { photoDigest: noDigestYet }),
    },
    clock,
  );

/** The days that are given; 长期 is none. */
const daysOf = ({ dates }: ImportRow): [name: string, day: string][] => [
  ['issuedOn', dates.issuedOn],
  ...(['validFrom', 'validUntil'] as const).flatMap((name): [string, string][] => {
    const day = dates[name]?.trim() ?? '';
    return day === '' || day === '长期' ? [] : [[name, day]];
  }),
];

function holderFaults({ holders }: ImportRow, clock: Clock): Fault[] {
  return holders.flatMap((holder, i) => {
    try {
      parseParts({ ...harmless, holders: [holder] }, clock);
      return [];
    } catch (error) {
      return faultsOf(error, 'holders').map((fault) => ({
        ...fault,
        field: `holder${i + 1}.${holderPartOf(fault.code)}`,
      }));
    }
  });
}

const holderPartOf = (code: string): string => {
  if (code === 'holder-type-unknown') return 'type';
  return code === 'name-invalid' || code === 'organisation-name-invalid' ? 'name' : 'code';
};
