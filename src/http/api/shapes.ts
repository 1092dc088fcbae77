import { z } from 'zod';
import type { Basis, Channel, Consent, NewAccess, Person } from '../../consent/index.ts';
import type { Certificate, CertificateSummary } from '../../directory/index.ts';
import { parseUseCause, type UseCause } from '../../terms/use-cause.ts';
import type { Caller } from './operation.ts';

/** The shapes that several operations share. Texts are bounded here and read into terms by the domains. */

export const identifierShape = z.string().min(1).max(128);

/** Why a certificate is asked for (用证事由); the department itself is known by its registration. */
export const useCauseShape = z.strictObject({
  systemName: z.string().max(128),
  materialName: z.string().max(256),
  purpose: z.string().max(200),
  category: z.enum(['service-item', 'other']),
  itemCode: z.string().max(64).optional(),
  itemName: z.string().max(256).optional(),
});

/** By what right: the person's own authorisation, or a duty by law, which is no consent. */
export const basisShape = z.union([
  z.strictObject({ authorisationId: z.string().min(1).max(64) }),
  z.strictObject({ law: z.string().min(1).max(128), article: z.string().min(1).max(128) }),
]);

export const verdictShape = z.looseObject({
  kind: z.enum(['genuine', 'notInForce', 'ended', 'notGenuine', 'unknown']),
});

export const summaryShape = z.object({
  identifier: z.string(),
  typeCode: z.string(),
  typeVersion: z.int(),
  issuerCode: z.string(),
  issuerName: z.string(),
  areaCode: z.string(),
  state: z.string(),
  version: z.int(),
  issuedOn: z.string(),
  validFrom: z.string().nullable(),
  validUntil: z.string().nullable(),
  trustLevel: z.enum(['A', 'B', 'C', 'D']),
});

/** Writes what stands in the clear of a certificate for a machine. */
export const summaryOf = (one: CertificateSummary | Certificate): z.output<typeof summaryShape> => ({
  identifier: one.identifier,
  typeCode: one.typeCode,
  typeVersion: one.typeVersion,
  issuerCode: one.issuerCode,
  issuerName: one.issuerName,
  areaCode: one.areaCode,
  state: one.state,
  version: one.version,
  issuedOn: one.issuedOn,
  validFrom: one.validFrom ?? null,
  validUntil: one.validUntil ?? null,
  trustLevel: one.trustLevel,
});

/** Reads the cause a caller gives, in the name of the department it is registered for. Throws use-cause-invalid. */
export const causeOf = (given: z.output<typeof useCauseShape>, caller: Caller): UseCause =>
  parseUseCause({ ...given, departmentCode: caller.authorityCode, departmentName: caller.department });

export const basisOf = (given: z.output<typeof basisShape>): Basis =>
  'authorisationId' in given
    ? { kind: 'consent', authorisationId: given.authorisationId }
    : { kind: 'law', law: given.law, article: given.article };

/** Puts a read by a department's machine together for the ledger. */
export const accessBy = (
  caller: Caller,
  person: Person,
  rest: { what: NewAccess['what']; cause: UseCause; basis: Basis; channel?: Channel },
): Omit<NewAccess, 'outcome'> => ({
  person,
  reader: { kind: 'department', id: caller.clientId, name: { zh: caller.department, en: caller.name.en } },
  what: rest.what,
  cause: rest.cause,
  basis: rest.basis,
  channel: rest.channel ?? 'api',
});

export type Ledger = Pick<Consent, 'recordAccess' | 'withAccess' | 'checkAuthorisation'>;
