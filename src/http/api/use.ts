import type { z } from 'zod';
import { AppError } from '../../base/error.ts';
import type { UseCause } from '../../terms/use-cause.ts';
import type { Caller } from './operation.ts';
import { accessBy, basisOf, type basisShape, type Ledger } from './shapes.ts';

/** A use of a certificate that a machine asks for. */
export interface AskedUse {
  identifier: string;
  typeCode: string;
  /** Blind indexes of the holders. */
  holderIndexes: readonly string[];
  /** Names of what is read, as the ledger tells it. */
  fields: string[];
  /** Only a verdict is given out, so an authorisation need cover no field. */
  verdictOnly?: boolean;
  cause: UseCause;
  basis: z.output<typeof basisShape>;
}

/**
 * Admits a use and writes it down for every holder, before anything is read. Of several holders one who allowed it is
 * enough, as one who holds the paper may show it. Throws use-not-authorised, which is written down too.
 */
export async function admitUse(consent: Ledger, caller: Caller, use: AskedUse): Promise<void> {
  const { identifier, typeCode, holderIndexes, fields, cause, basis } = use;
  const refusal = 'authorisationId' in basis ? await refusalOf(consent, caller, use, basis) : null;

  const what = { certificateIdentifier: identifier, typeCode, fields };
  for (const holderIndex of holderIndexes) {
    const access = accessBy(caller, { holderIndex }, { what, cause, basis: basisOf(basis) });
    const outcome =
      refusal === null
        ? ({ kind: 'granted' } as const)
        : ({ kind: 'refused', code: 'use-not-authorised' } as const);
    await consent.recordAccess({ ...access, outcome });
  }
  if (refusal !== null) throw new AppError('use-not-authorised', { reason: refusal });
}

const refusalOf = async (
  consent: Ledger,
  { clientId }: Caller,
  { identifier, holderIndexes, typeCode, fields, verdictOnly = false }: AskedUse,
  { authorisationId }: { authorisationId: string },
): Promise<string | null> => {
  const checks = await Promise.all(
    holderIndexes.map((holderIndex) =>
      consent.checkAuthorisation({
        authorisationId,
        requesterId: clientId,
        person: { holderIndex },
        typeCode,
        certificateIdentifier: identifier,
        fields: verdictOnly ? [] : fields,
        verdictOnly,
      }),
    ),
  );
  if (checks.some(({ kind }) => kind === 'allowed')) return null;
  const [first] = checks;
  return first?.kind === 'refused' ? first.reason : 'unknown';
};
