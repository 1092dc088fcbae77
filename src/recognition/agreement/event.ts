import { z } from 'zod';
import { AppError } from '../../base/error.ts';
import {
  canonicalBytes,
  digestOf,
  type JsonObject,
  type PublicEcJwk,
  readHeader,
  thumbprintOf,
  verifyDocument,
} from '../../crypto/index.ts';
import { parseCalendarDate } from '../../terms/calendar-date.ts';

/** The type in the header of a signed event, and of the proof by a new key that it takes over. */
export const eventSignatureType = 'yihao-agreement-event+jws';
export const keyProofType = 'yihao-agreement-key-proof+jws';

const hash = z.string().regex(/^[\w-]{43}$/);
const reason = z.string().min(1).max(512);
const day = z.string().transform((text, context) => {
  try {
    return parseCalendarDate(text);
  } catch {
    context.addIssue({ code: 'custom' });
    return z.NEVER;
  }
});
const jwk = z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: hash, y: hash });

const place = {
  type: z.literal('yihao-agreement-event/1'),
  agreementId: z.string(),
  agreementVersion: z.int(),
  /** The digest of the document, so that an event cannot be moved to another text. */
  digest: hash,
  party: z.string(),
  /** Counts the events of this party about this agreement, from 1. */
  sequence: z.int().positive(),
  /** The hash of the event before; of the first, the digest of the document. */
  previous: hash,
  /** Seconds since the Unix epoch. */
  at: z.int().positive(),
};

const eventSchema = z.discriminatedUnion('act', [
  z.strictObject({ ...place, act: z.literal('proposed') }),
  z.strictObject({ ...place, act: z.literal('withdrawn'), reason }),
  z.strictObject({ ...place, act: z.literal('rejected'), reason }),
  z.strictObject({ ...place, act: z.literal('countersigned') }),
  /** This party holds the document with the signatures of all, whose hash this is. */
  z.strictObject({ ...place, act: z.literal('acknowledged'), signedDigest: hash }),
  z.strictObject({ ...place, act: z.literal('suspended'), reason, emergency: z.boolean() }),
  z.strictObject({ ...place, act: z.literal('suspensionConfirmed') }),
  z.strictObject({ ...place, act: z.literal('resumed'), reason }),
  /** The first day without effect; of no account when for cause, as then it ends at once. */
  z.strictObject({ ...place, act: z.literal('terminated'), reason, forCause: z.boolean(), effectiveOn: day }),
  /** The key of the events that follow; `proof` is its own signature over the thumbprint of the old one. */
  z.strictObject({
    ...place,
    act: z.literal('keyRotated'),
    newKey: jwk,
    proof: z.strictObject({ protected: z.string(), signature: z.string() }),
  }),
]);

/** One step of one party, as its chain holds it. */
export type AgreementEvent = z.infer<typeof eventSchema>;
type OfAct<A extends AgreementEvent['act']> = Extract<AgreementEvent, { act: A }>;

/** What an event says beside its place in the chain. */
export type EventContent = {
  [A in AgreementEvent['act']]: Omit<OfAct<A>, keyof typeof place>;
}[AgreementEvent['act']];

/** Writes the bytes that are signed and hashed. */
export const eventBytes = (event: AgreementEvent): Buffer => canonicalBytes(event as unknown as JsonObject);

/** Names an event by the hash of its bytes, not of its signature: the same event signed twice is the same event. */
export const hashOfEvent = (event: AgreementEvent): string => digestOf(eventBytes(event));

/** Reads an event as it is kept and sent, `header.payload.signature`, without verifying it. Throws agreement-event-invalid. */
export function readEvent(signed: string): AgreementEvent {
  const [, payload = ''] = signed.split('.');
  const bytes = Buffer.from(payload, 'base64url');
  const parsed = eventSchema.safeParse(jsonOf(bytes));
  if (!parsed.success) throw eventInvalid('members');
  if (!eventBytes(parsed.data).equals(bytes)) throw eventInvalid('canonical form');
  return parsed.data;
}

/** Verifies an event by the key its chain has come to, a rotation also by the new key. Throws agreement-signature-invalid. */
export async function verifyEvent(signed: string, event: AgreementEvent, key: PublicEcJwk): Promise<void> {
  const [header = '', payload = '', signature = '', more] = signed.split('.');
  const jws = { protected: header, payload, signature };
  const holds = more === undefined && (await verifyDocument(key, eventSignatureType, jws)) !== null;
  if (!holds || readHeader(header)?.['iss'] !== event.party)
    throw new AppError('agreement-signature-invalid');
  if (event.act !== 'keyRotated') return;
  const proof = { ...event.proof, payload: keyProofBytes(event, key).toString('base64url') };
  if ((await verifyDocument(event.newKey, keyProofType, proof)) === null)
    throw new AppError('agreement-signature-invalid');
}

/** Writes what a new key signs to show that who announces it holds it: for this agreement, after that key. */
export const keyProofBytes = (
  { agreementId, party }: Pick<AgreementEvent, 'agreementId' | 'party'>,
  oldKey: PublicEcJwk,
): Buffer => canonicalBytes({ agreementId, party, follows: thumbprintOf(oldKey) });

/** Makes the refusal of an event, naming what is wrong with it. */
export const eventInvalid = (fault: string): AppError => new AppError('agreement-event-invalid', { fault });

const jsonOf = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
};
