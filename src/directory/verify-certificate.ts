import { createHash, timingSafeEqual } from 'node:crypto';
import type { JsonObject } from '../crypto/ports.ts';
import { parseCertificateIdentifier } from '../terms/certificate-identifier.ts';
import { certificateStateAt } from '../terms/certificate-status.ts';
import { type FalseReason, type Verdict, verdictOf } from '../terms/verdict.ts';
import type { CertificateContent, CertificateRecord, SaltedContent } from './certificate.ts';
import { tidyFields } from './face-fields.ts';
import { checkSeal, openContent } from './find-certificate.ts';
import type { Work } from './ports.ts';

/** What whoever shows a certificate says of it. */
export interface CertificateClaims {
  number?: string;
  /** Name and code, when both are claimed, must be of one holder. */
  holderName?: string;
  holderCode?: string;
  /** Face fields by name. */
  fields?: JsonObject;
}

export interface VerificationQuestion {
  identifier: string;
  claims?: CertificateClaims;
  /** SHA-256 of the photo shown, hexadecimal. */
  photoDigest?: string;
}

/**
 * Verifies a certificate as it is shown: known here, sealed, as claimed, in force. Of claims that differ it never tells
 * which. Throws certificate-identifier-…, and certificate-record-damaged, since what cannot be read proves nothing.
 */
export async function verifyCertificate(work: Work, question: VerificationQuestion): Promise<Verdict> {
  const record = await work.store.certificateById(parseCertificateIdentifier(question.identifier));
  if (record === null) return verdictOf(null);
  const content = openContent(work, record);
  const differsIn = await differenceOf(work, question, record, content);
  return verdictOf({
    state: certificateStateAt(record, work.clock.now()),
    ...(record.endedOn === undefined ? {} : { endedOn: record.endedOn }),
    ...(differsIn === null ? {} : { differsIn }),
  });
}

/** The seal first: nothing can be said of claims about a record that is not as it was sealed. */
async function differenceOf(
  work: Work,
  { claims = {}, photoDigest }: VerificationQuestion,
  record: CertificateRecord,
  content: SaltedContent,
): Promise<FalseReason | null> {
  if ((await checkSeal(work, record, content)) !== 'genuine') return 'seal';
  if (!claimsHold(claims, content)) return 'claims';
  const isPhoto =
    photoDigest === undefined || isSame(photoDigest.trim().toLowerCase(), record.photoDigest ?? '');
  return isPhoto ? null : 'digest';
}

/** Compares every claim, also after one that differs, so that the time taken tells no more than the answer does. */
function claimsHold(claims: CertificateClaims, content: CertificateContent): boolean {
  const { number, holderName, holderCode, fields = {} } = claims;
  const outcomes = [
    number === undefined || isSame(written(number), content.number),
    isSomeHolder({ holderName, holderCode }, content),
    ...fieldOutcomes(fields, content.fields),
  ];
  return outcomes.every((holds) => holds);
}

function isSomeHolder(
  { holderName, holderCode }: { holderName: string | undefined; holderCode: string | undefined },
  { holders }: CertificateContent,
): boolean {
  const outcomes = holders.map(({ name, code }) => {
    const isName = holderName === undefined || isSame(written(holderName), name);
    const isCode = holderCode === undefined || isSame(codeWritten(holderCode), code);
    return isName && isCode;
  });
  return outcomes.some((holds) => holds) || (holderName === undefined && holderCode === undefined);
}

function fieldOutcomes(claimed: JsonObject, kept: JsonObject): boolean[] {
  const tidied = tidyFields(claimed);
  // By the names as claimed: one that is claimed empty must be empty here too.
  return Object.keys(claimed).map((name) => isSame(textOf(tidied, name), textOf(kept, name)));
}

const textOf = (fields: JsonObject, name: string): string =>
  Object.hasOwn(fields, name) ? JSON.stringify(fields[name]) : '';

const written = (text: string): string => text.normalize('NFC').trim();
const codeWritten = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toUpperCase();

/** Digests have one length, whatever was given, and compare in one time. */
const isSame = (claimed: string, kept: string): boolean => timingSafeEqual(digestOf(claimed), digestOf(kept));
const digestOf = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
