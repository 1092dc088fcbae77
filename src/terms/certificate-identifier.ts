import { AppError } from '../base/error.ts';
import { type CreditCode, isCreditCode } from './credit-code.ts';

declare const identifierBrand: unique symbol;
declare const typeBrand: unique symbol;
/**
 * An electronic certificate identifier (电子证照标识, GB/T 36904-2018):
 * `1.2.156.3005.2.<type code>.<issuer code>.<serial>.<version>.<check>`. The layout was read in systems that implement
 * the standard, not in its own text; the check rule was recomputed on identifiers that such systems published.
 */
export type CertificateIdentifier = string & { readonly [identifierBrand]: 'CertificateIdentifier' };

/** A certificate type code (证照类型代码): the credit code of the authority that defines the type, and three digits. */
export type CertificateTypeCode = string & { readonly [typeBrand]: 'CertificateTypeCode' };

/** The parts as read; other issuers' type and issuer codes are kept as they stand. */
export interface CertificateIdentifierParts {
  /** 21 characters. */
  typeCode: string;
  /** A credit code; a six-digit region code is met in practice. */
  issuerCode: string;
  /** The issuer's own, 1 to 32 characters of 0-9 and A-Z. */
  serial: string;
  /** 1 to 999; each re-issue or change adds one. */
  version: number;
}

/** The parts as this house mints them: stricter than what it reads. */
export interface NewCertificateIdentifier extends CertificateIdentifierParts {
  typeCode: CertificateTypeCode;
  issuerCode: CreditCode;
}

export const certificateIdentifierRoot = '1.2.156.3005.2';
export const highestCertificateVersion = 999;

const characters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const modulus = characters.length;

/**
 * Computes the check character of the parts joined without root and dots: ISO 7064 MOD 37,36 (GB/T 17710-2008). Every
 * substitution of one character is caught; of adjacent transpositions nearly all: two characters whose values are
 * neighbours (0 and Z among them) pass when exchanged after one of the 36 states, 72 of 45,360 cases.
 */
export function certificateCheckOf(body: string): string {
  const product = [...body].reduce((carried, character) => {
    const sum = (carried + characters.indexOf(character)) % modulus || modulus;
    return (sum * 2) % (modulus + 1);
  }, modulus);
  return characters[(modulus + 1 - product) % modulus] ?? '';
}

/** The form of each part after the root, in order. */
const forms = [
  /^[0-9A-Z]{21}$/,
  /^(?:[0-9A-Z]{18}|\d{6})$/,
  /^[0-9A-Z]{1,32}$/,
  /^(?!000)\d{3}$/,
  /^[0-9A-Z]$/,
];

/**
 * Reads an identifier; spaces around it and full-width characters are understood, small letters are not, since the
 * check is over capitals. Throws certificate-identifier-form, -part (with the part's number after the root) or -check.
 */
export function parseCertificateIdentifier(text: string): CertificateIdentifier {
  const identifier = text.normalize('NFKC').trim();
  const parts = partsOf(identifier);
  if (!identifier.startsWith(`${certificateIdentifierRoot}.`) || parts.length !== forms.length)
    throw new AppError('certificate-identifier-form');
  refuseMisformed(parts);
  if (certificateCheckOf(parts.slice(0, -1).join('')) !== parts.at(-1))
    throw new AppError('certificate-identifier-check');
  return identifier as CertificateIdentifier;
}

function refuseMisformed(parts: readonly string[]): void {
  const place = forms.findIndex((form, i) => !form.test(parts[i] ?? ''));
  if (place !== -1) throw new AppError('certificate-identifier-part', { part: place + 1 });
}

const partsOf = (identifier: string): string[] =>
  identifier.slice(certificateIdentifierRoot.length + 1).split('.');

/** Takes an identifier apart. */
export function describeCertificateIdentifier(identifier: CertificateIdentifier): CertificateIdentifierParts {
  const [typeCode = '', issuerCode = '', serial = '', version = ''] = partsOf(identifier);
  return { typeCode, issuerCode, serial, version: Number(version) };
}

/**
 * Mints an identifier from its parts and adds the check character. Throws certificate-identifier-part when serial
 * (3) or version (4) has not the form; a UUID is a serial once `serialOf` has stripped it.
 */
export function formatCertificateIdentifier(parts: NewCertificateIdentifier): CertificateIdentifier {
  return join(parts);
}

function join({ typeCode, issuerCode, serial, version }: CertificateIdentifierParts): CertificateIdentifier {
  const body = [typeCode, issuerCode, serial, String(version).padStart(3, '0')];
  const parts = [...body, certificateCheckOf(body.join(''))];
  // Before they are joined: a dot in a serial must be told as that, not as one part too many.
  refuseMisformed(parts);
  return [certificateIdentifierRoot, ...parts].join('.') as CertificateIdentifier;
}

/** Turns a licence number or a UUID into a serial: hyphens, dots and spaces go, letters become capitals. */
export const serialOf = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[-.\s]/g, '')
    .toUpperCase();

/** Returns the identifier of the next version of the same certificate. Throws certificate-version-exhausted after 999. */
export function nextVersionOf(identifier: CertificateIdentifier): CertificateIdentifier {
  const parts = describeCertificateIdentifier(identifier);
  if (parts.version >= highestCertificateVersion) throw new AppError('certificate-version-exhausted');
  return join({ ...parts, version: parts.version + 1 });
}

/** Reads a type code of this house's catalogue: the defining authority's code must check. Throws certificate-type-code-invalid. */
export function parseCertificateTypeCode(text: string): CertificateTypeCode {
  const code = text.normalize('NFKC').trim().toUpperCase();
  if (code.length !== 21 || !isCreditCode(code.slice(0, 18)) || !/\d{3}$/.test(code))
    throw new AppError('certificate-type-code-invalid');
  return code as CertificateTypeCode;
}
