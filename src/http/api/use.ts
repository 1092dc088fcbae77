import type { z } from 'zod';
import { AppError } from '../../base/error.ts';
import type { CheckRefusal } from '../../consent/index.ts';
import type { CertificateDescription } from '../../directory/index.ts';
import type { TrustLevel } from '../../terms/trust-level.ts';
import type { UseCause } from '../../terms/use-cause.ts';
import type { Caller } from './operation.ts';
import { accessBy, basisOf, type basisShape, type Ledger } from './shapes.ts';

/** A use of a certificate that a machine asks for. */
export interface AskedUse {
  identifier: string;
  typeCode: string;
  trustLevel: TrustLevel;
  /** Blind indexes of the holders. */
  holderIndexes: readonly string[];
  /** Names of what is read, as the ledger tells it. */
  fields: string[];
  /** Only a verdict is given out, so an authorisation need cover no field. */
  verdictOnly?: boolean;
  cause: UseCause;
  basis: z.output<typeof basisShape>;
}

/** Names of a certificate what a use of it is admitted by. */
export const usedOf = ({ typeCode, holderIndexes, summary }: CertificateDescription) => ({
  identifier: summary.identifier,
  trustLevel: summary.trustLevel,
  typeCode,
  holderIndexes,
});

/**
 * Admits a use and writes it down for every holder, before anything is read. Of several holders one who allowed it is
 * enough, as one who holds the paper may show it. Throws use-not-authorised, and use-trust-low for a certificate
 * that is below what the service item needs; either is written down too.
 */
export async function admitUse(consent: Ledger, caller: Caller, use: AskedUse): Promise<void> {
  const { identifier, typeCode, trustLevel, holderIndexes, fields, cause, basis } = use;
  const reason = 'authorisationId' in basis ? await reasonAgainst(consent, caller, use, basis) : null;
  const refusal = reason === null ? null : refusalOf(reason, trustLevel);

  const what = { certificateIdentifier: identifier, typeCode, fields };
  for (const holderIndex of holderIndexes) {
    const access = accessBy(caller, { holderIndex }, { what, cause, basis: basisOf(basis) });
    const outcome =
      refusal === null ? ({ kind: 'granted' } as const) : ({ kind: 'refused', code: refusal.code } as const);
    await consent.recordAccess({ ...access, outcome });
  }
  if (refusal !== null) throw refusal;
}

const refusalOf = (reason: CheckRefusal, held: TrustLevel): AppError =>
  reason === 'trust-low'
    ? new AppError('use-trust-low', { held })
    : new AppError('use-not-authorised', { reason });

const reasonAgainst = async (
  consent: Ledger,
  { clientId }: Caller,
  { identifier, holderIndexes, typeCode, trustLevel, fields, verdictOnly = false }: AskedUse,
  { authorisationId }: { authorisationId: string },
): Promise<CheckRefusal | null> => {
  const checks = await Promise.all(
    holderIndexes.map((holderIndex) =>
      consent.checkAuthorisation({
        authorisationId,
        requesterId: clientId,
        person: { holderIndex },
        typeCode,
        trustLevel,
        certificateIdentifier: identifier,
        fields: verdictOnly ? [] : fields,
        verdictOnly,
      }),
    ),
  );
  if (checks.some(({ kind }) => kind === 'allowed')) return null;
  const reasons = checks.flatMap((check) => (check.kind === 'refused' ? check.reason : []));
  // The other holder of a certificate was not asked; what became of who was says more.
  return reasons.find((reason) => reason !== 'other-person') ?? reasons[0] ?? 'unknown';
};
