import { z } from 'zod';
import { AppError } from '../../base/error.ts';
import { digestOf, type JsonObject, thumbprintOf } from '../../crypto/index.ts';
import { type CalendarDate, parseCalendarDate } from '../../terms/calendar-date.ts';
import { isCreditCode } from '../../terms/credit-code.ts';
import { isProvincePrefix } from '../../terms/region-code.ts';
import { canonicalOf, jsonOf } from '../canonical-text.ts';
import { isMapped } from '../mapping/reference.ts';
import { reservationSchema, rulesSchema, termsSchema, type WrittenTerms } from './rules.ts';

/** The most bytes of an agreement. A design of this project. */
const mostBytes = 256 * 1024;

const text = z.string().min(1).max(512);
const address = z.url({ protocol: /^https?$/ }).max(512);
const digest = z.string().regex(/^[\w-]{43}$/);
const agreementId = z.string().regex(/^agr_[\w-]{22}$/);
const version = z.int().positive();
const day = z.custom<CalendarDate>((value) => typeof value === 'string' && isDay(value));

const partySchema = z.strictObject({
  /** The issuer identifier of the region's server. */
  entityId: address,
  regionCode: z.string().regex(/^\d{6}$/),
  /** The digits that the codes of its own territory begin with: two of a province, four of a city. */
  regionPrefix: z.string().regex(/^(\d\d){1,3}$/),
  name: text,
  creditCode: z.string().refine(isCreditCode),
  role: z.enum(['party', 'operator']),
  /** The public agreement key that signs here, whose thumbprint the other side has pinned. */
  agreementKey: z.strictObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: digest,
    y: digest,
  }),
});

const shared = {
  type: z.literal('yihao-agreement/1'),
  id: agreementId,
  version,
  supersedes: z.strictObject({ version, digest }).optional(),
  suites: z.strictObject({
    signature: z.tuple([z.literal('ES256')]),
    encryption: z.tuple([z.literal('ECDH-ES+A256KW/A256GCM')]),
  }),
  /** The first and the last day of effect in Asia/Shanghai, the last included. */
  validFrom: day,
  validUntil: day,
  reviewBy: day,
  noticeDays: z.int().min(0).max(3660),
  legalBasis: text,
};

const documentSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...shared,
    kind: z.literal('bilateral'),
    parties: z.tuple([partySchema, partySchema]),
    rules: rulesSchema,
  }),
  z.strictObject({
    ...shared,
    kind: z.literal('framework'),
    parties: z.tuple([partySchema]),
    terms: termsSchema,
    /** Whether two members may recognise more between them than the framework does; left out, they may not. */
    allowWidening: z.boolean().optional(),
  }),
  z.strictObject({
    ...shared,
    kind: z.literal('accession'),
    parties: z.tuple([partySchema, partySchema]),
    framework: z.strictObject({ id: agreementId, version, digest }),
    offers: termsSchema,
    acceptances: termsSchema,
    reservations: z.array(reservationSchema).max(200),
  }),
]);

export type Party = z.infer<typeof partySchema>;
export type AgreementDocument = z.infer<typeof documentSchema>;
type OfKind<K extends AgreementDocument['kind']> = Extract<AgreementDocument, { kind: K }>;
export type BilateralDocument = OfKind<'bilateral'>;
export type FrameworkDocument = OfKind<'framework'>;
export type AccessionDocument = OfKind<'accession'>;

/** What an officer drafts: the document without what the system numbers. */
export type AgreementContent = {
  [K in AgreementDocument['kind']]: Omit<OfKind<K>, 'type' | 'id' | 'version' | 'supersedes'>;
}[AgreementDocument['kind']];

/** A document beside the bytes that are signed and their digest. */
export interface ReadDocument {
  document: AgreementDocument;
  bytes: Buffer;
  digest: string;
}

/** Reads the bytes of an agreement, which have to be in the one form of RFC 8785. Throws agreement-document-invalid {place}. */
export function parseDocument(bytes: Uint8Array): ReadDocument {
  if (bytes.length > mostBytes) throw invalid('size');
  const value = jsonOf(bytes, invalid);
  const read = writeDocument(value);
  // A member twice, a space, another order, another spelling of a number or a character: all of them differ here.
  if (!read.bytes.equals(bytes)) throw invalid('canonical form');
  return read;
}

/** Checks a value for being an agreement and writes its bytes. Throws agreement-document-invalid {place}. */
export function writeDocument(value: unknown): ReadDocument {
  const parsed = documentSchema.safeParse(value);
  if (!parsed.success) throw invalid(parsed.error.issues[0]?.path.join('.') || 'members');
  const document = parsed.data;
  const fault = faultOf(document);
  if (fault !== null) throw invalid(fault);
  const bytes = canonicalOf(document as unknown as JsonObject, invalid);
  if (bytes.length > mostBytes) throw invalid('size');
  return { document, bytes, digest: digestOf(bytes) };
}

/** Lists every place where what an officer drafts is no agreement, as far as the text alone tells; empty when it is one. */
export function faultsOfContent(content: object): string[] {
  const numbers = { type: 'yihao-agreement/1', id: `agr_${'x'.repeat(22)}`, version: 1 };
  const parsed = documentSchema.safeParse({ ...content, ...numbers });
  if (!parsed.success) return parsed.error.issues.map(({ path }) => path.join('.') || 'members');
  const fault = faultOf(parsed.data);
  return fault === null ? [] : [fault];
}

/** Finds the party whose own territory a region code lies in: where one lies in the other, the inner one. */
export const ownerOf = (parties: readonly Party[], regionCode: string): Party | null =>
  [...parties]
    .sort((a, b) => b.regionPrefix.length - a.regionPrefix.length)
    .find(({ regionPrefix }) => regionCode.startsWith(regionPrefix)) ?? null;

/** Tells what the shape alone does not hold; null when all of it does. */
function faultOf(document: AgreementDocument): string | null {
  const { parties, validFrom, validUntil, reviewBy, supersedes, version: own } = document;
  if (validUntil < validFrom || reviewBy < validFrom || reviewBy > validUntil) return 'validUntil';
  if (own === 1 ? supersedes !== undefined : supersedes?.version !== own - 1) return 'supersedes';
  if (!parties.every(standsForItsRegion)) return 'parties.regionPrefix';
  for (const name of [idOf, codeOf, keyOf])
    if (new Set(parties.map(name)).size < parties.length) return 'parties';
  const roles = parties.map(({ role }) => role).join(' ');
  const expected = { bilateral: 'party party', framework: 'operator', accession: 'party operator' };
  if (roles !== expected[document.kind]) return 'parties.role';
  return (document.kind === 'bilateral' ? strandedIn(document) : null) ?? saidTwiceIn(document);
}

/** Finds a rule of which one end lies at no party, or both at one; null when there is none. */
function strandedIn({ parties, rules }: BilateralDocument): string | null {
  const isStranded = ({ from, to }: { from: string; to: string }): boolean => {
    const [home, other] = [ownerOf(parties, from), ownerOf(parties, to)];
    return home === null || other === null || home === other;
  };
  for (const kind of ['signIn', 'certificates'] as const) {
    const stranded = rules[kind].findIndex(isStranded);
    if (stranded >= 0) return `rules.${kind}.${stranded}.from`;
  }
  return null;
}

/** Finds a rule that says what fields are called though its mapping does; null when there is none. */
function saidTwiceIn(document: AgreementDocument): string | null {
  for (const [part, { certificates }] of Object.entries(writtenIn(document))) {
    const twice = certificates.findIndex(
      ({ as, fieldMap }) => isMapped(as) && Object.keys(fieldMap).length > 0,
    );
    if (twice >= 0) return `${part}.certificates.${twice}.fieldMap`;
  }
  return null;
}

/** Names the parts of a document that say what is recognised, as they are written. */
export function writtenIn(document: AgreementDocument): Record<string, WrittenTerms> {
  if (document.kind === 'bilateral') return { rules: document.rules };
  if (document.kind === 'framework') return { terms: document.terms };
  return { offers: document.offers, acceptances: document.acceptances };
}

const idOf = ({ entityId }: Party): string => entityId;
const codeOf = ({ regionCode }: Party): string => regionCode;
const keyOf = ({ agreementKey }: Party): string => thumbprintOf(agreementKey);

/** A party signs for the codes under its own prefix, and that prefix is what its own code begins with. */
const standsForItsRegion = ({ regionCode, regionPrefix }: Party): boolean =>
  isProvincePrefix(regionPrefix.slice(0, 2)) && regionPrefix.padEnd(6, '0') === regionCode;

function isDay(value: string): boolean {
  try {
    return parseCalendarDate(value) === value;
  } catch {
    return false;
  }
}

const invalid = (place: string, cause?: unknown): AppError =>
  new AppError('agreement-document-invalid', { place }, { cause });
