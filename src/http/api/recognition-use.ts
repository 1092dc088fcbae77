import { z } from 'zod';
import { AppError, type ErrorCode } from '../../base/error.ts';
import type { Directory } from '../../directory/index.ts';
import type { RegionQuestion, Verifications } from '../../recognition/index.ts';
import { acrOf } from '../../terms/assurance.ts';
import type { TrustLevel } from '../../terms/trust-level.ts';
import type { UseCause } from '../../terms/use-cause.ts';
import type { Caller } from './operation.ts';
import {
  accessBy,
  basisOf,
  basisShape,
  causeOf,
  identifierShape,
  type Ledger,
  useCauseShape,
} from './shapes.ts';

export interface RegionDeps {
  verifications: Pick<Verifications, 'planQuestion' | 'askRegion' | 'checkCode'>;
  directory: Pick<Directory, 'holderIndexOf'>;
  consent: Ledger;
}

/** Why an agreement does not let a question pass. */
export const gateRefusals: readonly ErrorCode[] = [
  'agreement-not-found',
  'agreement-not-active',
  'agreement-suspended',
  'agreement-expired',
  'agreement-terminated',
  'agreement-status-stale',
  'certificate-type-not-covered',
  'channel-not-covered',
  'purpose-not-covered',
  'insufficient-assurance',
];

/** How surely the department knows the person before it. */
export const assuranceShape = z.literal([1, 2, 3, 4]);

/** What every question to another region says. */
export const regionBody = {
  holder: z.strictObject({ type: z.string().max(3), code: z.string().max(64) }),
  /** The certificate; left out, one of the type in the region is looked for. */
  identifier: identifierShape.optional(),
  /** The region's code (GB/T 2260); left out, the issuer's as the identifier names it. */
  region: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
  /** The type as it is called here. */
  typeCode: z.string().max(32).optional(),
  assurance: assuranceShape,
  /** For a service item: its code is the purpose in the agreement. */
  useCause: useCauseShape,
  basis: basisShape,
};
const body = z.strictObject(regionBody);

/** Where an answer comes from and by what agreement. */
export const sourceShape = {
  region: z.object({ code: z.string(), name: z.string() }),
  agreement: z.object({ id: z.string(), version: z.int() }),
  /** Names the receipt that both regions keep. */
  receiptId: z.string(),
};

/** Reads a cause that names a service item. Throws use-cause-invalid. */
export function itemCauseOf(given: z.output<typeof useCauseShape>, caller: Caller): ItemCause {
  const cause = causeOf(given, caller);
  if (cause.category === 'service-item') return cause;
  throw new AppError('use-cause-invalid', { field: 'category', expected: 'service-item' });
}

type ItemCause = Extract<UseCause, { category: 'service-item' }>;

/**
 * Asks another region for a department: the gate of this side, the authorisation of the person, the row in their ledger,
 * and only then the question. Throws what either domain throws, use-not-authorised, and use-trust-low.
 */
export async function askOtherRegion(
  deps: RegionDeps,
  caller: Caller,
  given: z.output<typeof body>,
  asked: Pick<RegionQuestion, 'wants' | 'fields'>,
) {
  if (given.identifier === undefined && (given.region === undefined || given.typeCode === undefined))
    throw new AppError('machine-request-invalid', {
      field: 'identifier',
      expected: 'or region and typeCode',
    });
  const cause = itemCauseOf(given.useCause, caller);
  const plan = await deps.verifications.planQuestion({
    ...asked,
    holder: given.holder,
    identifier: given.identifier ?? null,
    region: given.region ?? null,
    typeCode: given.typeCode ?? null,
    level: acrOf(given.assurance),
    cause,
    basis: ledgerBasisOf(given.basis),
    requester: { id: caller.clientId, name: { zh: caller.department, en: caller.name.en } },
  });
  const { as: typeCode, fields: covered, fieldMap } = plan.admission;
  const fields = covered.map((field) => fieldMap[field] ?? field);
  const holderIndex = deps.directory.holderIndexOf(given.holder);
  const use = { holderIndex, typeCode, fields, cause, given };
  await admitRegionUse(deps.consent, caller, use);
  const finding = await deps.verifications.askRegion(plan);
  const refusal =
    finding.trustLevel === null ? null : await refusalOf(deps.consent, caller, use, finding.trustLevel);
  if (refusal !== null) throw refusal;
  return { ...finding, statusAt: finding.statusAt.toISOString() };
}

const ledgerBasisOf = (given: z.output<typeof basisShape>): RegionQuestion['basis'] =>
  'authorisationId' in given
    ? { kind: 'consent', authorisationId: given.authorisationId }
    : { kind: 'law', ...given };

interface RegionUse {
  holderIndex: string;
  /** As the type is called here, and so as the person allowed it. */
  typeCode: string;
  fields: string[];
  cause: ItemCause;
  given: z.output<typeof body>;
}

/** Admits the use by the person's authorisation, if that is its ground, and writes it down either way. */
async function admitRegionUse(consent: Ledger, caller: Caller, use: RegionUse): Promise<void> {
  const { holderIndex, typeCode, fields, cause, given } = use;
  // What the certificate is trusted for is known once it was found; here only that everything else holds.
  const refusal = await refusalOf(consent, caller, use, 'A');
  const { identifier } = given;
  const what = {
    ...(identifier === undefined ? {} : { certificateIdentifier: identifier }),
    typeCode,
    fields: fields.length === 0 ? ['verdict'] : fields,
  };
  const access = accessBy(caller, { holderIndex }, { what, cause, basis: basisOf(given.basis) });
  const outcome =
    refusal === null ? ({ kind: 'granted' } as const) : ({ kind: 'refused', code: refusal.code } as const);
  await consent.recordAccess({ ...access, outcome });
  if (refusal !== null) throw refusal;
}

async function refusalOf(
  consent: Ledger,
  { clientId }: Caller,
  { holderIndex, typeCode, fields, cause, given }: RegionUse,
  trustLevel: TrustLevel,
): Promise<AppError | null> {
  if (!('authorisationId' in given.basis)) return null;
  const check = await consent.checkAuthorisation({
    authorisationId: given.basis.authorisationId,
    requesterId: clientId,
    person: { holderIndex },
    typeCode,
    trustLevel,
    fields,
    verdictOnly: fields.length === 0,
    ...(given.identifier === undefined ? {} : { certificateIdentifier: given.identifier }),
  });
  if (check.kind === 'refused')
    return check.reason === 'trust-low'
      ? new AppError('use-trust-low', { held: trustLevel })
      : new AppError('use-not-authorised', { reason: check.reason });
  // Allowed for another service item is not allowed for this one: the other region goes by its code.
  return check.itemCode === cause.itemCode
    ? null
    : new AppError('use-not-authorised', { reason: 'not-covered' });
}
