import { textOf } from '../../../views/text/index.ts';
import type { Clock } from '../../base/clock.ts';
import {
  type Certificate,
  type CertificateType,
  type GivenParts,
  shownFields,
} from '../../directory/index.ts';
import { parseCertificateDates } from '../../terms/certificate-status.ts';
import { parseHolder } from '../../terms/holder.ts';

/** One line of what changes. */
export interface ChangedLine {
  label: string;
  before: string | null;
  after: string | null;
}

type Parts = Omit<GivenParts, 'issuerName' | 'trustLevel'>;

interface Reader {
  language: 'zh' | 'en';
  clock: Clock;
}

interface Line {
  label: string;
  value: string | undefined;
}

/** Writes the parts of a certificate as lines, each by a name of its own: labels may be alike. */
const linesOf = (type: CertificateType, parts: Parts, { language, clock }: Reader): Map<string, Line> => {
  const words = textOf(language).officersCertificates;
  const dates = parseCertificateDates(parts.dates);
  const holders = parts.holders.map((given) => parseHolder(given, clock));
  const names = type.fields.map(({ name }) => name);
  return new Map<string, Line>([
    ['number', { label: words.number, value: parts.number }],
    ['area', { label: words.area, value: parts.areaCode }],
    [
      'holders',
      { label: words.holder, value: holders.map(({ name, code }) => `${name} ${code}`).join('; ') },
    ],
    ['issuedOn', { label: words.issuedOn, value: dates.issuedOn }],
    ['validFrom', { label: words.validFrom, value: dates.validFrom }],
    ['validUntil', { label: words.validUntil, value: dates.validUntil }],
    ...shownFields(type, parts.fields, names).map(({ name, label, value }): [string, Line] => [
      `fields.${name}`,
      { label: label[language], value },
    ]),
  ]);
};

/** Compares a certificate with what it is to become, line by line. Throws what the terms throw for the new parts. */
export function changesOf(
  type: CertificateType,
  certificate: Certificate,
  parts: Parts,
  reader: Reader,
): ChangedLine[] {
  const { issuedOn, validFrom, validUntil } = certificate;
  const before = linesOf(type, { ...certificate, dates: { issuedOn, validFrom, validUntil } }, reader);
  const after = linesOf(type, parts, reader);
  const words = textOf(reader.language).officersCertificates;
  const isNewPhoto = parts.photoDigest !== undefined && parts.photoDigest !== certificate.photoDigest;
  return [
    ...[...new Map([...before, ...after])]
      .map(([name, { label }]) => ({
        label,
        before: before.get(name)?.value ?? null,
        after: after.get(name)?.value ?? null,
      }))
      .filter((line) => line.before !== line.after),
    ...(isNewPhoto ? [{ label: words.photo, before: null, after: words.newPhotoLine }] : []),
  ];
}
